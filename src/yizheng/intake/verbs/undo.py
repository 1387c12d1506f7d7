"""回退一批: what a batch wrote is undone as any change is, line by line, and the batch says so."""

from collections.abc import Mapping

from django.db import transaction

from yizheng.intake.formats import format_of
from yizheng.intake.models import Batch, BatchState
from yizheng.intake.verbs import Refused
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import held_by
from yizheng.registry.models import Change
from yizheng.registry.rolling_back.undoing import LineKey, rollback, undo_own_change

COMMAND_LINE = 0
"""The actor of what the command line takes back: no account has this number."""


def batch_of(change: Change) -> Batch | None:
    """The batch that became this change."""
    return Batch.objects.filter(change=change.pk).first()


def entitled(account: Account, change: Change) -> None:
    """The account decides for the authority the batch was handed in at. Raises Refused."""
    batch = batch_of(change)
    if batch is None:
        raise Refused("这个变更不是导入的批次，请在登记页提请回退。")
    if not held_by(account).has_over(Role.DECIDER, [batch.authority_scope]):
        raise Refused(f"{account.display_name}没有决定权限，不能提出或复核回退。")


def take_back(
    change: Change, proposer: Account | None, approver: Account | None, reason: str, keep: Mapping[LineKey, str]
) -> Change:
    """Undo a change, but for the lines kept. Without persons only what the command line took in itself is undone.

    Raises Refused, and registry's refusals.
    """
    batch = batch_of(change)
    with transaction.atomic():
        if proposer is None or approver is None:
            if batch is None or change.actor_id is not None or keep:
                raise Refused("人员办理的变更须由两人回退：请用 --by 和 --approved-by 写明提出人和复核人。")
            done = undo_own_change(change.pk, actor=COMMAND_LINE, reason=reason, cause=f"intake:{batch.pk}")
        else:
            done = rollback(
                change.pk,
                actor=proposer.pk,
                approved_by=approver.pk,
                reason=reason,
                cause=f"intake:{batch.pk}" if batch else "",
                keep=keep,
            )
        if batch is not None:
            batch.state, batch.undone_by = BatchState.UNDONE, done.pk
            batch.save(update_fields=["state", "undone_by"])
            follows = format_of(batch.format).follows
            if follows is not None:
                follows(done.pk)
        audit.record(approver, "intake.undo", f"change:{change.pk}", {"by": done.pk})
    return done
