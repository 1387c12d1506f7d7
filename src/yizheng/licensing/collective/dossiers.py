"""集体办理: one list of people becomes one dossier, every row in order a case of its own (医师法 第十三条).

The columns are those of the item's own form; a row is judged by the same fields, permissions and rules as a single
application. A person is known by the identity or the qualification number written beside her name; every look is recorded.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from yizheng.documents import numbers
from yizheng.documents.spreadsheets import Cell, Sheet
from yizheng.kernel.names import fold_name
from yizheng.kernel.places import letters
from yizheng.licensing import answers as form_answers
from yizheng.licensing import catalogue
from yizheng.licensing.fields import EXAMPLE
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Item
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, CaseQuerySet, Dossier, DossierRow
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.drafting import keep, open_for
from yizheng.people import audit, vault
from yizheng.people.canonical import IdentifierKind, holds_identifier
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import names_of
from yizheng.registry.writer.rows import insert_many
from yizheng.work import jobs
from yizheng.work.jobs import Progress

NAME, IDENTITY = "姓名", "证件号码"
PROBLEM = "不合格原因"
LOOKED_UP_FOR = "集体办理核对人员"
"""The reason with which a look into the vault is recorded."""
MOST_ROWS = 5000
LONGEST = 500
"""Characters of a cell; no field takes more."""
QUOTED = 20
"""Characters of what was written that a sentence repeats."""
NOBODY = "登记数据中没有姓名和号码都相符的人，或者此人不由本机构办理，请核对；登记数据没有的，请本人先到窗口核实"
"""Said of every miss alike: who is registered elsewhere is not told to who guesses names and numbers."""
PORTION = 20
"""Drafts that are submitted in one transaction."""
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


def _asked_for(item: Item) -> dict[str, str]:
    """Fields that say who it is, and the column each is written in."""
    by = {} if item.known_by is None else {item.known_by.field: item.known_by.title}
    return {"name": NAME, "id_number": IDENTITY, **by}


def columns_of(item: Item) -> list[FieldColumn]:
    """The fields of the item's form, but for who it is and which institution applies; equal labels carry their step's title."""
    found = [
        (step, name, field)
        for step in item.steps
        for name, field in step().fields.items()
        if name not in _asked_for(item)
        and name not in step.fixed
        and not isinstance(field, forms.FileField)
        and (step.code, name) != (item.institution_step, "institution")
    ]
    labels = [str(field.label) for _, _, field in found]
    taken = {*head_of(item), PROBLEM}
    return [
        FieldColumn(_title(step.title, label, labels, taken), step.code, name, field)
        for (step, name, field), label in zip(found, labels, strict=True)
    ]


def _title(step: str, label: str, labels: Sequence[str], taken: set[str]) -> str:
    return f"{step}：{label}" if labels.count(label) > 1 or label in taken else label


def template(item: Item, rows: Iterable[Sequence[Cell]] = (), *, problems: bool = False) -> tuple[Sheet, ...]:
    """The sheet to fill in, the code words to choose from, and how to fill it in; with rows, the user's own back."""
    columns = columns_of(item)
    head = [*head_of(item), *(column.title for column in columns)]
    coded = [column for column in columns if column.choices]
    choices = {
        head.index(column.title): f"代码!${letters(n)}$2:${letters(n)}${len(column.choices) + 1}"
        for n, column in enumerate(coded)
    }
    longest = max((len(column.choices) for column in coded), default=0)
    words = [list(column.choices) for column in coded]
    return (
        Sheet(
            item.short_title[:31],
            [*head, PROBLEM] if problems else head,
            rows,
            widths=[12, *(26 for _ in head_of(item)[1:]), *(16 for _ in columns), *([60] if problems else [])],
            choices=choices,
            text_columns=frozenset(range(len(head))),
        ),
        Sheet(
            "代码",
            [column.title for column in coded],
            [[each[n] if n < len(each) else "" for each in words] for n in range(longest)],
            widths=[24 for _ in coded],
        ),
        Sheet("填写说明", [item.title], [[_named_by(item)], *([line] for line in _HOW)], widths=[80]),
    )


def staff_rows(item: Item, institution_scope: int, on: date) -> list[list[Cell]]:
    """Those of the institution for whom the item is due, as the sheet names them; none where it does not say."""
    if not item.lists_staff or item.known_by is None:
        return []
    return [[each.name, "", each.number] for each in item.staff(institution_scope, on)]


def _named_by(item: Item) -> str:
    numbers = head_of(item)[1:]
    needed = f"{'、'.join(numbers)}至少填一项" if len(numbers) > 1 else f"{IDENTITY}必填"
    return f"一行一人。姓名必填；{needed}，用来确认是哪一个人。"


_HOW = (
    f"有代码的列请从下拉中选择，词语见“代码”表；日期写成 {EXAMPLE}。",
    "空着的列按平台已有的资料填写；平台没有的，由经办人在各人的申请表上补。",
    f"一次最多 {MOST_ROWS} 人。材料（如照片）在各人的申请表上传。",
)


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
    """Add rows as they were written; `work_up` makes drafts of them. Raises NotPossibleError."""
    given = list(rows)
    _check(dossier.item, given)
    texts = [(dossier.institution_subject_id, json.dumps(dict(written), ensure_ascii=False)) for _, written in given]
    with transaction.atomic():
        standing = held(dossier)
        if standing.handed_in_at is not None:
            raise NotPossibleError("这批已经提交；其他人员请另开一批")
        if len(given) + standing.rows.count() > MOST_ROWS:
            raise NotPossibleError(f"一批最多 {MOST_ROWS} 人，请分批办理")
        made = insert_many(
            [
                DossierRow(dossier=dossier, line=line, name=written.get(NAME, "").strip()[:100], sealed=text)
                for (line, written), text in zip(given, vault.seal_texts(texts), strict=True)
            ]
        )
        audit.record(account, "dossier.take_in", f"dossier:{dossier.pk}", {"rows": len(made)})
    return made


def _check(item: Item, given: Sequence[tuple[int, Mapping[str, str]]]) -> None:
    """A sheet has the columns of the item and nothing else: what nobody would read is not taken in unsaid."""
    if not given:
        raise NotPossibleError("没有人员：请每人填一行")
    known = {*head_of(item), *(column.title for column in columns_of(item)), PROBLEM}
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
    return dossier.rows.filter(case=None, problem="")


def work_up(dossier: Dossier, account: Account, progress: Progress | None = None) -> None:
    """Make a draft of every waiting row that is in order, and write the reasons beside the others; portion by portion.

    Two who work on one dossier take turns: each portion is what nobody has judged yet.
    """
    item = dossier.item
    columns, lent = columns_of(item), {step.code: step.lent() for step in item.steps}
    total, done, last = waiting_rows(dossier).count(), 0, 0
    while True:
        with transaction.atomic(), item.together():
            portion = list(waiting_rows(held(dossier)).filter(pk__gt=last)[:PORTION])
            if not portion:
                return
            seen = set(dossier.rows.exclude(case=None).values_list("case__subject_id", flat=True))
            for row, written in zip(portion, _written(dossier, portion), strict=True):
                _judge(row, dossier, account, item, columns, lent, written, seen)
            DossierRow.objects.bulk_update(portion, ["case", "problem"])
        done, last = done + len(portion), portion[-1].pk
        if progress is not None:
            progress.report(done, max(done, total))


WORK_UP = "licensing.work_up"


@jobs.job(WORK_UP, title="核对人员表")
def work_up_as_job(progress: Progress, dossier: int, by: int, page: str) -> str:
    """A long list is worked up while nobody waits; rows that were done before a crash wait no more."""
    actor = Account.objects.get(pk=by)
    work_up(Dossier.objects.visible_to(actor).get(pk=dossier), actor, progress)
    return page


def _judge(
    row: DossierRow, dossier: Dossier, account: Account, item: Item, columns: Sequence[FieldColumn],
    lent: Mapping[str, Step], written: Mapping[str, str], seen: set[int],
) -> None:  # fmt: skip
    name = written.get(NAME, "").strip()
    typed = _typed(dossier, item, columns, written)
    problems = _faults(item, columns, lent, written, typed)
    try:
        if problems:
            raise NotPossibleError("；".join(problems))
        subject = who_is(item, account, name, written)
        if not item.concerns(subject, dossier.institution_scope, dossier.rules_on):
            raise NotPossibleError(NOBODY)
        if subject in seen:
            raise NotPossibleError("本批中已有此人")
        with transaction.atomic():
            case = open_for(account, item.code, subject, name, dossier.institution_scope, on=dossier.rules_on)
            if case.dossier_id not in (None, dossier.pk):
                raise NotPossibleError("此人的同一事项已在另一批中办理")
            case = keep(case, account, _unknown(typed, form_answers.typed_in(case)))
            if problems := _faults(item, columns, lent, written, form_answers.typed_in(case)):
                raise NotPossibleError("；".join(problems))
            Case.objects.filter(pk=case.pk).update(dossier=dossier)
        seen.add(subject)
        row.case = case
    except NotPossibleError as problem:
        row.problem = str(problem)


def _unknown(typed: form_answers.Typed, known: form_answers.Typed) -> form_answers.Typed:
    """Of what was written, that which the draft does not know yet; the rest is shown as a difference, never put over it."""
    return {
        step: kept
        for step, fields in typed.items()
        if (kept := {name: text for name, text in fields.items() if not known.get(step, {}).get(name)})
    }


def who_is(item: Item, account: Account, name: str, written: Mapping[str, str]) -> int:
    """The subject of a row: by number, and only if the name is hers. Raises NotPossibleError, the same for every miss."""
    identity, by = written.get(IDENTITY, "").strip(), item.known_by
    number = "" if by is None else written.get(by.title, "").strip()
    if not name or not (identity or number):
        raise NotPossibleError(f"须填{NAME}，以及{'或者'.join(head_of(item)[1:])}")
    found: set[int | None] = set()
    if identity:
        found.add(vault.resolve(IdentifierKind.RESIDENT_ID, identity, account, LOOKED_UP_FOR))
    if by is not None and number:
        found.add(by.find(number, account))
    subject = found.pop() if len(found) == 1 else None
    if subject is None or fold_name(name) not in _names(subject):
        raise NotPossibleError(NOBODY)
    return subject


def _names(subject: int) -> set[str]:
    with acting_as_system("集体办理核对姓名"):
        accounts = Account.objects.filter(subject_id=subject).values_list("display_name", flat=True)
        return {fold_name(name) for name in (*names_of(subject), *accounts)}


def _faults(
    item: Item, columns: Sequence[FieldColumn], lent: Mapping[str, Step], written: Mapping[str, str],
    typed: form_answers.Typed,
) -> list[str]:  # fmt: skip
    """What of the row the form does not take, alone and beside what is known; what is left empty is filled in later."""
    filled = form_answers.decode(item, typed, lent)
    return [
        fault
        for column in columns
        if (text := written.get(column.title, "").strip()) and (fault := column.fault(text, filled.steps[column.step]))
    ]


def _typed(
    dossier: Dossier, item: Item, columns: Sequence[FieldColumn], written: Mapping[str, str]
) -> form_answers.Typed:
    typed: form_answers.Typed = {step.code: {} for step in item.steps}
    for step in item.steps:
        known = {name: written.get(title, "").strip() for name, title in _asked_for(item).items()}
        if step.code == item.institution_step:
            known["institution"] = dossier.institution_name
        typed[step.code] |= {name: text for name, text in known.items() if text and name in step.base_fields}
    for column in columns:
        if text := written.get(column.title, "").strip():
            typed[column.step][column.name] = column.value(text)
    return {step: fields for step, fields in typed.items() if fields}


def given_back(dossier: Dossier) -> list[list[Cell]]:
    """The rows as the institution wrote them, each with why it was not taken."""
    head = [*head_of(dossier.item), *(column.title for column in columns_of(dossier.item))]
    rows = list(dossier.rows.all())
    return [
        [*(said.get(title, "") for title in head), row.problem]
        for row, said in zip(rows, _written(dossier, rows), strict=True)
    ]


def _written(dossier: Dossier, rows: Sequence[DossierRow]) -> list[dict[str, str]]:
    """What the institution wrote in these rows."""
    sealed = [(dossier.institution_subject_id, row.sealed) for row in rows]
    return [json.loads(text) for text in vault.open_texts(sealed)] if sealed else []


def drafts_of(dossier: Dossier, account: Account) -> CaseQuerySet:
    """The cases of the dossier that are not handed in yet."""
    return Case.objects.visible_to(account).filter(dossier=dossier, state=CaseState.DRAFT)


def rows_of(dossier: Dossier, drafts: Iterable[Case]) -> list[tuple[Case, DossierRow, dict[str, str]]]:
    """The drafts in the order of their rows, each with its row and what was written there."""
    cases = {case.pk: case for case in drafts}
    rows = [row for row in dossier.rows.exclude(case=None) if row.case_id in cases]
    return [(cases[row.case_id or 0], row, said) for row, said in zip(rows, _written(dossier, rows), strict=True)]
