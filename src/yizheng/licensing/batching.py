"""A batch from the choice to the answer of every case: done at once when small, as a job with progress when large."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from yizheng.licensing.models import Batch, BatchRow, Case
from yizheng.licensing.verbs.performing import CHUNK, chunks, perform_chunk
from yizheng.licensing.verbs.winning import told_who_won
from yizheng.people.models import Account
from yizheng.registry.writing import insert_many
from yizheng.work import jobs
from yizheng.work.jobs import Progress
from yizheng.work.models import Job

AT_ONCE = 50
"""Cases that are done while the page is waited for; more become a job."""
JOB = "licensing.batch"
MOST_WORDS = 300


def choose(account: Account, verb: str, cases: Sequence[Case], reason: str = "") -> Batch:
    """Write down which cases were chosen, as they stood."""
    with transaction.atomic():
        batch = Batch.objects.create(account=account, verb=verb, reason=reason)
        insert_many([BatchRow(batch=batch, case=case, revision=case.revision) for case in cases])
    return batch


def start(batch: Batch, title: str) -> Job | None:
    """Do a small batch now; put a large one into the queue and return its job."""
    size = batch.rows.count()
    if size <= AT_ONCE:
        carry_out(batch)
        return None
    return jobs.defer(JOB, account=batch.account, title=f"批量{title} {size} 件", batch=batch.pk)


@jobs.job(JOB, title="批量办理")
def carry_out_as_job(progress: Progress, batch: int) -> str:
    """The batch in chunks, each its own transaction; what was answered before a crash is not done again."""
    found = Batch.objects.select_related("account").get(pk=batch)
    carry_out(found, progress)
    return reverse("desk:batch_result", args=[found.pk])


def carry_out(batch: Batch, progress: Progress | None = None) -> None:
    """Answer every row that has no answer yet."""
    rows = list(batch.rows.filter(done=None))
    total, done = batch.rows.count(), batch.rows.exclude(done=None).count()
    cases = Case.objects.visible_to(batch.account).select_related("applicant")
    seen = {case.pk: case for case in cases.filter(pk__in=[row.case_id for row in rows])}
    by_case = {row.case_id: row for row in rows}
    _answer([(row, "办件不在您的辖区，或者已撤回") for row in rows if row.case_id not in seen])
    moved = [row for row in rows if row.case_id in seen and seen[row.case_id].revision != row.revision]
    _answer([(row, told_who_won(seen[row.case_id])) for row in moved])
    waiting = [seen[row.case_id] for row in rows if row.case_id in seen and row not in moved]
    done += len(rows) - len(waiting)
    for chunk in chunks(waiting, CHUNK):
        with transaction.atomic():
            outcomes = perform_chunk(
                chunk, batch.verb, batch.account, reason=batch.reason, on=timezone.localdate()
            )
            _answer([(by_case[each.case.pk], each.problem) for each in outcomes])
        done += len(chunk)
        if progress is not None:
            progress.report(done, total)


def _answer(answers: Sequence[tuple[BatchRow, str]]) -> None:
    for row, problem in answers:
        row.done, row.problem = not problem, problem[:MOST_WORDS]
    BatchRow.objects.bulk_update([row for row, _ in answers], ["done", "problem"])
