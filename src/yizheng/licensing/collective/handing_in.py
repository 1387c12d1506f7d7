"""Handing in a dossier: every draft that is in order is submitted, the others stay drafts with the reason beside their row."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from yizheng.licensing.cases import notices
from yizheng.licensing.collective.dossiers import PORTION, drafts_of, held
from yizheng.licensing.models import Dossier, DossierRow
from yizheng.licensing.verbs import Outcome
from yizheng.licensing.verbs.performing import chunks, perform_chunk
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.work import jobs
from yizheng.work.jobs import Progress


def hand_in(
    dossier: Dossier, account: Account, on: date | None = None, progress: Progress | None = None
) -> list[Outcome]:
    """Submit every draft of the dossier that is in order; the others stay drafts, with the reason. Chunk by chunk."""
    waiting = list(drafts_of(dossier, account).select_related("applicant"))
    outcomes: list[Outcome] = []
    with notices.collected():
        for chunk in chunks(waiting, PORTION):
            with transaction.atomic():
                held(dossier)
                left = set(
                    drafts_of(dossier, account).filter(pk__in=[case.pk for case in chunk]).values_list("pk", flat=True)
                )
                drafts = [case for case in chunk if case.pk in left]
                if not drafts:
                    continue
                answered = perform_chunk(drafts, "submit", account, reason="", on=on or timezone.localdate())
                _answer(dossier, answered)
            outcomes += answered
            if progress is not None:
                progress.report(len(outcomes), len(waiting))
    done = sum(not outcome.problem for outcome in outcomes)
    audit.record(account, "dossier.hand_in", f"dossier:{dossier.pk}", {"cases": done})
    return outcomes


def _answer(dossier: Dossier, outcomes: Sequence[Outcome]) -> None:
    """Write beside each row what became of its case; what was known to stand against it before stays in its own words."""
    problems = {outcome.case.pk: outcome.problem for outcome in outcomes}
    rows = list(DossierRow.objects.live().filter(dossier=dossier, case__in=problems))
    for row in rows:
        refused = problems[row.case_id or 0]
        row.problem = row.problem or refused if refused else ""
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
