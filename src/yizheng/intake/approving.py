"""Two persons for every batch: who confirms it proposes, another deciding person of the authority approves.

Consent puts the load, or the undoing, into the queue of the background worker within the same transaction.
"""

from typing import Any

from django.db import transaction
from django.urls import reverse

from yizheng.intake import staging
from yizheng.intake.formats import format_of
from yizheng.intake.models import Batch, BatchState
from yizheng.intake.verbs import Refused
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import Held
from yizheng.work import approval, inbox
from yizheng.work.jobs import defer
from yizheng.work.models import Approval, Job

ENTER = "intake.enter"
UNDO = "intake.undo"
CHECK_JOB = "intake.check"


def start_check(batch: Batch, account: Account) -> None:
    """Put the check of a batch into the queue."""
    _defer(CHECK_JOB, "核对", batch, account)


def _defer(job: str, does: str, batch: Batch, account: Account, **arguments: Any) -> None:
    title = f"{does} {batch.name[:80]}"
    batch.job = defer(job, account=account, title=title, batch=batch.pk, **arguments).pk
    batch.save(update_fields=["job"])


@transaction.atomic
def propose_entering(batch: Batch, account: Account, reason: str) -> Approval:
    """Ask a second person to let a checked batch in. Raises Refused, ApprovalRefused."""
    if batch.state != BatchState.CHECKED or not batch.accepted:
        raise Refused("批次尚未核对，或没有可接收的行。")
    Batch.objects.filter(pk=batch.pk).update(state=BatchState.PROPOSED)
    return _propose(ENTER, "接收", batch, account, reason)


@transaction.atomic
def propose_undoing(batch: Batch, account: Account, reason: str, *, partly: bool) -> Approval:
    """Ask a second person to undo a loaded batch; ``partly`` keeps what later decisions rest upon."""
    if batch.state != BatchState.LOADED:
        raise Refused("只有已入册的批次可以回退。")
    return _propose(UNDO, "回退", batch, account, reason, partly=partly)


def _propose(kind: str, does: str, batch: Batch, account: Account, reason: str, **more: bool) -> Approval:
    title = f"{format_of(batch.format).title}：{batch.name}"
    payload = {"batch": batch.pk, "title": title, "scope": batch.authority_scope, **more}
    made = approval.propose(kind, f"batch:{batch.pk}", account, payload, reason)
    inbox.send(
        title=f"待批准：{does}“{batch.name[:60]}”",
        kind="approval",
        role=Role.DECIDER,
        scope=batch.authority_scope,
        link=reverse("intake:batch", args=[batch.pk]),
    )
    return made


@transaction.atomic
def discard(batch: Batch, account: Account) -> None:
    """A batch that is not loaded is put aside; its staging is gone. Raises Refused."""
    open_states = (BatchState.RECEIVED, BatchState.CHECKED, BatchState.REFUSED)
    if not Batch.objects.filter(pk=batch.pk, state__in=open_states).update(state=BatchState.DISCARDED):
        raise Refused("已提请、已入册或已作废的批次不能作废。")
    staging.drop(batch)
    audit.record(account, "intake.discard", f"batch:{batch.pk}")


def waiting_for(batch: Batch) -> Approval | None:
    """What about the batch waits for a second person."""
    waiting = Approval.objects.waiting().filter(kind__in=(ENTER, UNDO), object_ref=f"batch:{batch.pk}")
    return waiting.select_related("proposer").first()


def job_of(batch: Batch) -> Job | None:
    """The job that checks or enters the batch; whoever sees the batch sees how far it has come."""
    return Job.objects.filter(pk=batch.job).first() if batch.job else None


def _may_decide(held: Held, made: Approval) -> bool:
    return held.has_over(Role.DECIDER, [made.payload["scope"]])


def _carry_out(made: Approval) -> None:
    assert made.decider is not None
    batch = Batch.objects.get(pk=made.payload["batch"])
    if made.kind == ENTER:
        Batch.objects.filter(pk=batch.pk).update(state=BatchState.APPROVED)
    _defer(made.kind, "写入" if made.kind == ENTER else "回退", batch, made.decider, approval=made.pk)


approval.ApprovalKind(ENTER, title="接收批次", may_decide=_may_decide, carry_out=_carry_out)
approval.ApprovalKind(UNDO, title="回退批次", may_decide=_may_decide, carry_out=_carry_out)
