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
from yizheng.licensing.verbs import Outcome
from yizheng.licensing.verbs.drafting import keep, open_for
from yizheng.licensing.verbs.performing import chunks, perform_chunk
from yizheng.people import audit, vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import names_of
from yizheng.registry.writer.rows import insert_many
from yizheng.work import jobs
from yizheng.work.jobs import Progress

NAME, IDENTITY, QUALIFICATION = "姓名", "证件号码", "医师资格证书编码"
HEAD = (NAME, IDENTITY, QUALIFICATION)
PROBLEM = "不合格原因"
MOST_ROWS = 1000
PORTION = 20
"""Drafts that are submitted in one transaction."""
_KINDS = ((IDENTITY, IdentifierKind.RESIDENT_ID), (QUALIFICATION, IdentifierKind.QUALIFICATION_NUMBER))
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
        """The words of a coded field and their codes; none for a free one."""
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
                return f"“{self.title}”没有“{written}”这一项，请从下拉中选择"
            return f"“{self.title}”：{'，'.join(each.messages)}"
        return ""


def columns_of(item: Item) -> list[FieldColumn]:
    """The fields of the item's form, but for who it is and which institution applies; equal labels carry their step's title."""
    found = [
        (step, name, field)
        for step in item.steps
        for name, field in step().fields.items()
        if name not in _WHO
        and name not in step.fixed
        and not isinstance(field, forms.FileField)
        and (step.code, name) != (item.institution_step, "institution")
    ]
    labels = [str(field.label) for _, _, field in found]
    taken = {*HEAD, PROBLEM}
    return [
        FieldColumn(_title(step.title, label, labels, taken), step.code, name, field)
        for (step, name, field), label in zip(found, labels, strict=True)
    ]


def _title(step: str, label: str, labels: Sequence[str], taken: set[str]) -> str:
    return f"{step}：{label}" if labels.count(label) > 1 or label in taken else label


def template(item: Item, rows: Iterable[Sequence[Cell]] = (), *, problems: bool = False) -> tuple[Sheet, ...]:
    """The sheet to fill in, the code words to choose from, and how to fill it in; with rows, the user's own back."""
    columns = columns_of(item)
    head = [*HEAD, *(column.title for column in columns)]
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
            widths=[12, 22, 32, *(16 for _ in columns), *([60] if problems else [])],
            choices=choices,
            text_columns=frozenset(range(len(head))),
        ),
        Sheet(
            "代码",
            [column.title for column in coded],
            [[each[n] if n < len(each) else "" for each in words] for n in range(longest)],
            widths=[24 for _ in coded],
        ),
        Sheet("填写说明", [item.title], [[line] for line in _HOW], widths=[80]),
    )


_HOW = (
    "一行一人。姓名必填；证件号码、医师资格证书编码至少填一项，用来确认是哪一个人。",
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


def take_in(dossier: Dossier, account: Account, rows: Iterable[tuple[int, Mapping[str, str]]]) -> None:
    """Add rows: each in order becomes a draft of its own, each other stays with its reasons."""
    given = list(rows)
    if dossier.handed_in_at is not None:
        raise NotPossibleError("这批已经提交；其他人员请另开一批")
    if len(given) + dossier.rows.count() > MOST_ROWS:
        raise NotPossibleError(f"一批最多 {MOST_ROWS} 人，请分批办理")
    item = dossier.item
    columns = columns_of(item)
    lent = {step.code: step.lent() for step in item.steps}
    seen = set(dossier.rows.exclude(case=None).values_list("case__subject_id", flat=True))
    with transaction.atomic():
        made = [_row(dossier, account, item, columns, lent, line, written, seen) for line, written in given]
        sealed = vault.seal_texts(
            [(dossier.institution_subject_id, json.dumps(dict(written), ensure_ascii=False)) for _, written in given]
        )
        for row, text in zip(made, sealed, strict=True):
            row.sealed = text
        insert_many(made)
        audit.record(account, "dossier.take_in", f"dossier:{dossier.pk}", {"rows": len(made)})


def _row(
    dossier: Dossier, account: Account, item: Item, columns: Sequence[FieldColumn], lent: Mapping[str, Step],
    line: int, written: Mapping[str, str], seen: set[int],
) -> DossierRow:  # fmt: skip
    name = written.get(NAME, "").strip()
    row = DossierRow(dossier=dossier, line=line, name=name[:100])
    typed = _typed(dossier, item, columns, written)
    problems = _faults(item, columns, lent, written, typed)
    try:
        if problems:
            raise NotPossibleError("；".join(problems))
        subject = who_is(account, name, written)
        if subject in seen:
            raise NotPossibleError("本批中已有此人")
        with transaction.atomic():
            case = open_for(account, item.code, subject, name, dossier.institution_scope, on=dossier.rules_on)
            if case.dossier_id not in (None, dossier.pk):
                raise NotPossibleError("此人的同一事项已在另一批中办理")
            case = keep(case, account, _unknown(typed, form_answers.typed_in(case)))
            Case.objects.filter(pk=case.pk).update(dossier=dossier)
        seen.add(subject)
        row.case = case
    except NotPossibleError as problem:
        row.problem = str(problem)
    return row


def _unknown(typed: form_answers.Typed, known: form_answers.Typed) -> form_answers.Typed:
    """Of what was written, that which the draft does not know yet; the rest is shown as a difference, never put over it."""
    return {
        step: kept
        for step, fields in typed.items()
        if (kept := {name: text for name, text in fields.items() if not known.get(step, {}).get(name)})
    }


def who_is(account: Account, name: str, written: Mapping[str, str]) -> int:
    """The subject of a row: by number, and only if the name is hers. Raises NotPossibleError, the same for every miss."""
    numbered = [(kind, written.get(title, "").strip()) for title, kind in _KINDS]
    numbered = [(kind, number) for kind, number in numbered if number]
    if not name or not numbered:
        raise NotPossibleError(f"须填{NAME}，以及{IDENTITY}或者{QUALIFICATION}")
    found = {vault.resolve(kind, number, account, "集体办理核对人员") for kind, number in numbered}
    subject = found.pop() if len(found) == 1 else None
    if subject is None or fold_name(name) not in _names(subject):
        raise NotPossibleError("登记数据中没有姓名和号码都相符的人，请核对；资格数据没有的，请本人先到窗口核实")
    return subject


def _names(subject: int) -> set[str]:
    with acting_as_system("集体办理核对姓名"):
        accounts = Account.objects.filter(subject_id=subject).values_list("display_name", flat=True)
        return {fold_name(name) for name in (*names_of(subject), *accounts)}


def _faults(
    item: Item, columns: Sequence[FieldColumn], lent: Mapping[str, Step], written: Mapping[str, str],
    typed: form_answers.Typed,
) -> list[str]:  # fmt: skip
    """What of the row the form does not take; what is left empty is filled in later, by person or register."""
    filled = form_answers.decode(item, typed, lent)
    return [
        fault
        for column in columns
        if (text := written.get(column.title, "").strip()) and (fault := column.fault(text, filled.steps[column.step]))
    ]


_WHO = {"name": NAME, "id_number": IDENTITY, "qualification_number": QUALIFICATION}
"""Fields that say who it is, and the column each is written in."""


def _typed(
    dossier: Dossier, item: Item, columns: Sequence[FieldColumn], written: Mapping[str, str]
) -> form_answers.Typed:
    typed: form_answers.Typed = {step.code: {} for step in item.steps}
    for step in item.steps:
        known = {name: written.get(title, "").strip() for name, title in _WHO.items()}
        if step.code == item.institution_step:
            known["institution"] = dossier.institution_name
        typed[step.code] |= {name: text for name, text in known.items() if text and name in step.base_fields}
    for column in columns:
        if text := written.get(column.title, "").strip():
            typed[column.step][column.name] = column.value(text)
    return {step: fields for step, fields in typed.items() if fields}


def given_back(dossier: Dossier) -> list[list[Cell]]:
    """The rows as the institution wrote them, each with why it was not taken."""
    head = [*HEAD, *(column.title for column in columns_of(dossier.item))]
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


def hand_in(
    dossier: Dossier, account: Account, on: date | None = None, progress: Progress | None = None
) -> list[Outcome]:
    """Submit every draft of the dossier that is in order; the others stay drafts, with the reason. Chunk by chunk."""
    waiting = list(drafts_of(dossier, account).select_related("applicant"))
    outcomes: list[Outcome] = []
    for chunk in chunks(waiting, PORTION):
        with transaction.atomic():
            answered = perform_chunk(chunk, "submit", account, reason="", on=on or timezone.localdate())
            _answer(dossier, answered)
        outcomes += answered
        if progress is not None:
            progress.report(len(outcomes), len(waiting))
    done = sum(not outcome.problem for outcome in outcomes)
    audit.record(account, "dossier.hand_in", f"dossier:{dossier.pk}", {"cases": done})
    return outcomes


def _answer(dossier: Dossier, outcomes: Sequence[Outcome]) -> None:
    """Write beside each row what became of its case."""
    problems = {outcome.case.pk: outcome.problem for outcome in outcomes}
    rows = list(DossierRow.objects.filter(dossier=dossier, case__in=problems))
    for row in rows:
        row.problem = problems[row.case_id or 0]
    DossierRow.objects.bulk_update(rows, ["problem"])
    done = [outcome.case for outcome in outcomes if not outcome.problem]
    if done:
        Dossier.objects.filter(pk=dossier.pk).update(
            authority_scope=done[0].authority_scope, handed_in_at=timezone.now()
        )


JOB = "licensing.hand_in"


@jobs.job(JOB, title="批量提交")
def hand_in_as_job(progress: Progress, dossier: int, by: int, page: str) -> str:
    """A large dossier is submitted while nobody waits; cases that went before a crash are not drafts any more."""
    actor = Account.objects.get(pk=by)
    hand_in(Dossier.objects.visible_to(actor).get(pk=dossier), actor, progress=progress)
    return page
