"""What this room does in the background: checking, loading and undoing a batch. Each can be repeated after a crash."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.urls import reverse

from yizheng.intake import approving
from yizheng.intake.formats import format_of
from yizheng.intake.models import Batch, BatchState
from yizheng.intake.verbs import Refused
from yizheng.intake.verbs.check import check
from yizheng.intake.verbs.enter import enter
from yizheng.intake.verbs.undo import take_back
from yizheng.people.scope import acting_as_system
from yizheng.registry.failures import RegistryError
from yizheng.registry.models import Change
from yizheng.registry.rolling_back.undoing import preview_rollback
from yizheng.work.jobs import JobFailed, Progress, job
from yizheng.work.models import Approval


@job(approving.CHECK_JOB, title="核对批次", retries=1)
def check_batch(progress: Progress, batch: int) -> str:
    """Check the file of a batch and say where to look."""
    found = _batch(batch)
    with _told(batch, Refused):
        check(found, format_of(found.format), lambda rows: progress.report(rows, None, "正在核对"))
    return _page(batch)


@job(approving.ENTER, title="写入批次", retries=1)
def enter_batch(progress: Progress, batch: int, approval: int) -> str:
    """Load an approved batch; when it cannot be, it waits for confirmation again."""
    found, consent = _batch(batch), _consent(approval)
    progress.report(0, None, "正在写入登记")
    with _told(batch, Refused):
        enter(found, format_of(found.format), actor=consent.proposer, approved_by=consent.decider)
    return _page(batch)


@job(approving.UNDO, title="回退批次", retries=1)
def undo_batch(progress: Progress, batch: int, approval: int) -> str:
    """Undo a loaded batch, but for what was agreed to be kept."""
    found, consent = _batch(batch), _consent(approval)
    progress.report(0, None, "正在回退")
    with _told(batch, Refused, RegistryError), acting_as_system(f"回退批次 batch:{batch}"):
        change = Change.objects.get(pk=int(found.change or 0))
        keep = preview_rollback(change.pk).refused if consent.payload["partly"] else {}
        take_back(change, consent.proposer, consent.decider, consent.reason, keep)
    return _page(batch)


@contextmanager
def _told(number: int, *refusals: type[Exception]) -> Iterator[None]:
    """A refusal ends the job with its words; a batch that was approved waits for confirmation again, and shows them."""
    try:
        yield
    except refusals as refused:
        approved = Batch.objects.filter(pk=number, state=BatchState.APPROVED)
        approved.update(state=BatchState.CHECKED, message=str(refused)[:500])
        raise JobFailed(str(refused)) from refused


def _consent(number: int) -> Approval:
    return Approval.objects.select_related("proposer", "decider").get(pk=number)


def _batch(number: int) -> Batch:
    with acting_as_system(f"批次 batch:{number}"):
        return Batch.objects.get(pk=number)


def _page(number: int) -> str:
    return reverse("intake:batch", args=[number])
