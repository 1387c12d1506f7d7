"""Rows become drafts, portion by portion: who it is, what the form takes, and what still stands against handing in."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from django.db import transaction

from yizheng.licensing import answers as form_answers
from yizheng.licensing.cases import parallel
from yizheng.licensing.collective.dossiers import (
    PORTION,
    FieldColumn,
    asked_for,
    columns_of,
    held,
    waiting_rows,
    written_in,
)
from yizheng.licensing.collective.faults import remember_faults
from yizheng.licensing.collective.naming import NOBODY, OwnPeople, who_is
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Item
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, Dossier, DossierRow
from yizheng.licensing.verbs.drafting import keep, one_at_a_time, open_for
from yizheng.people.models import Account
from yizheng.work import jobs
from yizheng.work.jobs import Progress


def work_up(dossier: Dossier, account: Account, progress: Progress | None = None) -> None:
    """Make a draft of every waiting row that is in order, and write the reasons beside the others; portion by portion.

    Two who work on one dossier take turns: each portion is what nobody has judged yet.
    """
    item = dossier.item
    columns, lent = columns_of(item), {step.code: step.lent() for step in item.steps}
    own = OwnPeople(item, dossier.institution_scope, dossier.rules_on)
    total, done, last = waiting_rows(dossier).count(), 0, 0
    while True:
        with transaction.atomic(), item.together():
            portion = list(waiting_rows(held(dossier)).select_related("replaces").filter(pk__gt=last)[:PORTION])
            if not portion:
                return
            seen = set(dossier.rows.live().exclude(case=None).values_list("case__subject_id", flat=True))
            formerly = _formerly(dossier, item, columns, portion)
            texts = dict(zip((row.pk for row in portion), written_in(dossier, portion), strict=True))
            typed = {row.pk: _typed(dossier, item, columns, texts[row.pk]) for row in portion}
            subjects = {
                row.pk: _meant(row, item, account, columns, lent, own, texts[row.pk], typed[row.pk]) for row in portion
            }
            one_at_a_time({subject for subject in subjects.values() if subject is not None}, item)
            for row in portion:
                if (subject := subjects[row.pk]) is not None:
                    faults = partial(_faults, item, columns, lent, texts[row.pk])
                    _draft(row, dossier, account, subject, typed[row.pk], formerly.get(row.pk, {}), seen, faults)
            DossierRow.objects.bulk_update(portion, ["case", "problem"])
            remember_faults([row.case for row in portion if row.case is not None])
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


def _meant(
    row: DossierRow, item: Item, account: Account, columns: Sequence[FieldColumn], lent: Mapping[str, Step],
    own: OwnPeople, written: Mapping[str, str], typed: form_answers.Typed,
) -> int | None:  # fmt: skip
    """Whom a row that the form takes is about; nothing where its problem is written down."""
    try:
        if problems := _faults(item, columns, lent, written, typed):
            raise NotPossibleError("；".join(problems))
        return who_is(item, account, own, written)
    except NotPossibleError as problem:
        row.problem = str(problem)
        return None


def _draft(
    row: DossierRow, dossier: Dossier, account: Account, subject: int, typed: form_answers.Typed,
    formerly: form_answers.Typed, seen: set[int], faults: Callable[[form_answers.Typed], list[str]],
) -> None:  # fmt: skip
    """The draft of a row, or why she has none; beside what is known the row may have further faults."""
    item, institution, on = dossier.item, dossier.institution_scope, dossier.rules_on
    try:
        if not item.concerns(subject, institution, on):
            raise NotPossibleError(NOBODY)
        if subject in seen:
            raise NotPossibleError("本批中已有此人")
        if why := parallel.told_to_institution(item, subject, institution):
            raise NotPossibleError(why)
        with transaction.atomic():
            case = open_for(account, item.code, subject, row.name, institution, on=on)
            if case.dossier_id not in (None, dossier.pk):
                raise NotPossibleError("此人的同一事项已在另一批中办理")
            case = keep(case, account, _news(typed, form_answers.typed_in(case), formerly))
            if problems := faults(form_answers.typed_in(case)):
                raise NotPossibleError("；".join(problems))
            Case.objects.filter(pk=case.pk).update(dossier=dossier)
        seen.add(subject)
        row.case = case
    except NotPossibleError as problem:
        row.problem = str(problem)


def _news(typed: form_answers.Typed, known: form_answers.Typed, formerly: form_answers.Typed) -> form_answers.Typed:
    """Of what was written, that which the draft does not know yet or has from the row that is corrected.

    The rest is shown as a difference, never put over what is known.
    """
    return {
        step: kept
        for step, fields in typed.items()
        if (
            kept := {
                name: text
                for name, text in fields.items()
                if known.get(step, {}).get(name) in (None, "", formerly.get(step, {}).get(name))
            }
        )
    }


def _formerly(
    dossier: Dossier, item: Item, columns: Sequence[FieldColumn], rows: Sequence[DossierRow]
) -> dict[int, form_answers.Typed]:
    """What the rows that are corrected had typed, by the row that takes their place."""
    corrects = [row for row in rows if row.replaces is not None]
    texts = written_in(dossier, [row.replaces for row in corrects if row.replaces is not None])
    return {row.pk: _typed(dossier, item, columns, text) for row, text in zip(corrects, texts, strict=True)}


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
        known = {name: written.get(title, "").strip() for name, title in asked_for(item).items()}
        if step.code == item.institution_step:
            known["institution"] = dossier.institution_name
        typed[step.code] |= {name: text for name, text in known.items() if text and name in step.base_fields}
    for column in columns:
        if text := written.get(column.title, "").strip():
            typed[column.step][column.name] = column.value(text)
    return {step: fields for step, fields in typed.items() if fields}
