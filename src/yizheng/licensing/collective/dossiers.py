"""集体办理: one list of people becomes one dossier, every row in order a case of its own (医师法 第十三条).

The columns are those of the item's own form; a row is judged by the same fields, permissions and rules as a single
application. A person is known by the identity or the qualification number written beside her name; every look is recorded.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from yizheng.documents import numbers
from yizheng.licensing import catalogue
from yizheng.licensing.collective import corrected
from yizheng.licensing.collective.corrected import FORMER, NAME
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Item
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, CaseQuerySet, Dossier, DossierRow
from yizheng.licensing.states import CaseState
from yizheng.people import audit, vault
from yizheng.people.canonical import holds_identifier
from yizheng.people.models import Account, Scope
from yizheng.registry.writer.rows import insert_many

IDENTITY = "证件号码"
PROBLEM = "不合格原因"
MOST_ROWS = 5000
LONGEST = 500
"""Characters of a cell; no field takes more."""
QUOTED = 20
"""Characters of what was written that a sentence repeats."""
PORTION = 20
"""Drafts that are made, weighed or submitted in one transaction."""
_BOX = {**dict.fromkeys(("是", "有", "true", "on"), "on"), **dict.fromkeys(("否", "没有", "无", "false"), "")}
"""Words for a box to tick, and what the form holds for them."""


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """A column of the list: which field of which step it fills in, and the words it takes."""

    title: str
    step: str
    name: str
    field: forms.Field

    @property
    def choices(self) -> dict[str, str]:
        """The words of a coded field or a box to tick and their codes; none for a free one."""
        if isinstance(self.field, forms.BooleanField):
            return {"是": "on", "否": ""}
        given = getattr(self.field, "choices", None)
        return {str(word): str(code) for code, word in given if code} if given else {}

    @property
    def is_day(self) -> bool:
        """Whether it takes a date."""
        return isinstance(self.field, forms.DateField)

    def value(self, written: str) -> str:
        """What the form holds for what was written: the code of a word, a yes as the browser sends it."""
        words = _BOX if isinstance(self.field, forms.BooleanField) else self.choices
        return words.get(written, written)

    def fault(self, written: str, step: Step) -> str:
        """Why the form does not take what was written here, or nothing."""
        if isinstance(self.field, forms.BooleanField):
            return "" if written in _BOX else f"“{self.title}”请填是或者否"
        for each in step.errors.as_data().get(self.name, ()):
            if each.code == "invalid_choice":
                said = "所填" if holds_identifier(written) else f"“{written[:QUOTED]}”"
                return f"“{self.title}”没有{said}这一项，请从下拉中选择"
            return f"“{self.title}”：{'，'.join(each.messages)}"
        return ""


def head_of(item: Item) -> tuple[str, ...]:
    """The columns that say who a row is about: the name, the identity number, and the number of the register."""
    return (NAME, IDENTITY) if item.known_by is None else (NAME, IDENTITY, item.known_by.title)


def asked_for(item: Item) -> dict[str, str]:
    """Fields that say who it is, and the column each is written in."""
    by = {} if item.known_by is None else {item.known_by.field: item.known_by.title}
    return {"name": NAME, "id_number": IDENTITY, **by}


def columns_of(item: Item) -> list[FieldColumn]:
    """The fields of the item's form, but for who it is and which institution applies; equal labels carry their step's title."""
    found = [
        (step, name, field)
        for step in item.steps
        for name, field in step().fields.items()
        if name not in asked_for(item)
        and name not in step.fixed
        and not isinstance(field, forms.FileField)
        and (step.code, name) != (item.institution_step, "institution")
    ]
    labels = [str(field.label) for _, _, field in found]
    taken = {*head_of(item), PROBLEM, FORMER}
    return [
        FieldColumn(_title(step.title, label, labels, taken), step.code, name, field)
        for (step, name, field), label in zip(found, labels, strict=True)
    ]


def _title(step: str, label: str, labels: Sequence[str], taken: set[str]) -> str:
    return f"{step}：{label}" if labels.count(label) > 1 or label in taken else label


def begin(account: Account, item_code: str, institution: Scope) -> Dossier:
    """Open an empty dossier. Raises NotPossibleError for an item that is not handed in together."""
    today = timezone.localdate()
    item = catalogue.item(item_code, today)
    if not item.collective or institution.subject_id is None:
        raise NotPossibleError(f"“{item.title}”不能集体办理")
    with transaction.atomic():
        serial = numbers.allocate("dossier", f"{today:%Y}", given_to="licensing.dossier")
        made = Dossier.objects.create(
            number=f"批{today:%y}-{serial:05d}",
            item_code=item_code,
            rules_on=today,
            institution_scope=institution.pk,
            institution_name=institution.name,
            institution_subject_id=institution.subject_id,
            opened_by=account,
        )
        audit.record(account, "dossier.open", f"dossier:{made.pk}", {"item": item_code})
    return made


def take_in(dossier: Dossier, account: Account, rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[DossierRow]:
    """Add rows as they were written; `working_up.work_up` makes drafts of them. Raises NotPossibleError.

    Rows of a corrected sheet take the place of those that were not handed in; what stands there already stays.
    """
    given = list(rows)
    _check(dossier.item, given)
    with transaction.atomic():
        standing = held(dossier)
        live = list(dossier.rows.live().select_related("case"))
        placed = corrected.placed(live, written_in(dossier, live), given, closed=standing.handed_in_at is not None)
        if len(live) + sum(each.replaces is None for each in placed) > MOST_ROWS:
            raise NotPossibleError(f"一批最多 {MOST_ROWS} 人，请分批办理")
        texts = [(dossier.institution_subject_id, json.dumps(each.written, ensure_ascii=False)) for each in placed]
        made = insert_many(
            [
                DossierRow(
                    dossier=dossier, line=each.line, name=each.written.get(NAME, "").strip()[:100], sealed=text,
                    replaces=each.replaces,
                )
                for each, text in zip(placed, vault.seal_texts(texts), strict=True)
            ]
        )  # fmt: skip
        given_up = [each.replaces.case_id for each in placed if each.replaces is not None and each.replaces.case_id]
        Case.objects.filter(pk__in=given_up).update(dossier=None)
        audit.record(account, "dossier.take_in", f"dossier:{dossier.pk}", {"rows": len(made)})
    return made


def _check(item: Item, given: Sequence[tuple[int, Mapping[str, str]]]) -> None:
    """A sheet has the columns of the item and nothing else: what nobody would read is not taken in unsaid."""
    if not given:
        raise NotPossibleError("没有人员：请每人填一行")
    known = {*head_of(item), *(column.title for column in columns_of(item)), PROBLEM, FORMER}
    titles = {title for _, written in given for title in written if title}
    if unknown := sorted(title[:QUOTED] for title in titles - known):
        raise NotPossibleError(f"这个事项没有“{'”“'.join(unknown[:5])}”这样的栏目，请用下载的表填写")
    for line, written in given:
        for title, text in written.items():
            if len(text) > LONGEST:
                raise NotPossibleError(f"第 {line} 行“{title}”超过 {LONGEST} 字，请核对")


def held(dossier: Dossier) -> Dossier:
    """The dossier as it stands, kept from others until the transaction ends: it is worked on by one at a time."""
    return Dossier.objects.select_for_update(no_key=True).get(pk=dossier.pk)


def waiting_rows(dossier: Dossier) -> QuerySet[DossierRow]:
    """The rows of which neither a draft was made nor a fault is known."""
    return dossier.rows.live().filter(case=None, problem="")


def written_in(dossier: Dossier, rows: Sequence[DossierRow]) -> list[dict[str, str]]:
    """What the institution wrote in these rows."""
    sealed = [(dossier.institution_subject_id, row.sealed) for row in rows]
    return [json.loads(text) for text in vault.open_texts(sealed)] if sealed else []


def drafts_of(dossier: Dossier, account: Account) -> CaseQuerySet:
    """The cases of the dossier that are not handed in yet."""
    return Case.objects.visible_to(account).filter(dossier=dossier, state=CaseState.DRAFT)


def rows_of(dossier: Dossier, drafts: Iterable[Case]) -> list[tuple[Case, DossierRow, dict[str, str]]]:
    """The drafts in the order of their rows, each with its row and what was written there."""
    cases = {case.pk: case for case in drafts}
    rows = [row for row in dossier.rows.live().exclude(case=None) if row.case_id in cases]
    return [(cases[row.case_id or 0], row, said) for row, said in zip(rows, written_in(dossier, rows), strict=True)]
