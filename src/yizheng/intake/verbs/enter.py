"""入册: a checked batch is loaded as one change, exactly as its preview said."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from yizheng.intake import staging
from yizheng.intake.formats import Format
from yizheng.intake.loading import load
from yizheng.intake.models import Batch, BatchState
from yizheng.intake.verbs import Refused
from yizheng.intake.verbs.check import check
from yizheng.intake.verdicts import LOADED
from yizheng.people import audit, vault
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import ChangeKind
from yizheng.registry.models.knowledge import latest_position
from yizheng.registry.verbs import changing

ENTERABLE = (BatchState.CHECKED, BatchState.APPROVED)


def enter(batch: Batch, declared: Format, *, actor: Account | None, approved_by: Account | None) -> Batch:
    """Load the batch as one change, or say that there was nothing to load.

    When the register moved on since the check, the batch is checked again, and loaded only if nothing of the
    preview changed by that. Raises Refused.
    """
    with acting_as_system(f"批次入册 batch:{batch.pk}"):
        _check_again_if_needed(batch, declared)
        try:
            with transaction.atomic():
                _claim(batch)
                _enter(batch, declared, actor, approved_by)
        except (IntegrityError, vault.AlreadyHeld) as error:
            raise Refused("写入时登记已有变化，本批次未写入任何内容；请重新核对后再确认。") from error
    return batch


def _check_again_if_needed(batch: Batch, declared: Format) -> None:
    if batch.checked_at == latest_position():
        return
    before, state = (batch.difference, batch.errors), batch.state
    check(batch, declared)
    if (batch.difference, batch.errors) != before:
        raise Refused("核对之后登记已有变化，结果与预览不同；已重新核对，请看过新的预览再确认。")
    batch.state = state
    batch.save(update_fields=["state"])


def _claim(batch: Batch) -> None:
    """Of two who load the same batch, one wins."""
    held = Batch.objects.select_for_update().filter(pk=batch.pk, change=None, state__in=ENTERABLE)
    if not held.exists():
        raise Refused("批次已由他人写入，或尚未核对、已作废。")


def _enter(batch: Batch, declared: Format, actor: Account | None, approved_by: Account | None) -> None:
    verdicts = batch.difference["verdicts"]
    batch.loaded = timezone.now()
    batch.approved_by = approved_by
    if any(verdicts.get(verdict) for verdict in LOADED):
        opening = changing(
            kind=ChangeKind.INTAKE,
            actor=actor.pk if actor else None,
            approved_by=approved_by.pk if approved_by else None,
            cause=f"intake:{batch.pk}",
            reason=f"{declared.title}：{batch.name}",
        )
        with opening as change:
            load(batch, declared, change)
            if declared.follows is not None:
                declared.follows(change.id)
        batch.change, batch.state = change.id, BatchState.LOADED
    else:
        batch.state = BatchState.NOTHING
    audit.record(
        approved_by or actor, "intake.load", f"batch:{batch.pk}", {"change": batch.change, "rows": batch.accepted}
    )
    staging.drop(batch)
    batch.save()
