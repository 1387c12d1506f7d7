"""签字发布: whoever verified signs first, a second person agrees, and only then others may rely on the slice."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import Held
from yizheng.slices import files
from yizheng.slices.models import Slice, SliceReport, SliceState, SliceTable
from yizheng.slices.verifying import NotReady, standing_of
from yizheng.work import approval
from yizheng.work.models import Approval

KIND = "slice.release"
RELEASED_FOR = timedelta(days=3653)
"""How long the files of a released slice are kept: ten years."""
SIGNERS = (Role.ANALYST, Role.DECIDER)


@transaction.atomic
def sign(made: Slice, account: Account, note: str) -> Approval:
    """Sign as the one who verified, and ask for the second signature. Raises NotReady or ApprovalRefused."""
    standing = standing_of(made)
    if standing["reasons"]:
        raise NotReady("；".join(standing["reasons"]))
    if not note.strip():
        raise NotReady("请写明发布说明：可以依靠什么、已知缺口是什么")
    if Slice.objects.filter(pk=made.pk, state=SliceState.CUT).update(state=SliceState.SIGNED, note=note.strip()) != 1:
        raise NotReady("切片已由他人签字，或者对账不符")
    SliceReport.objects.filter(slice=made).update(
        sampled=standing["sampled"], differing=standing["differing"], conclusion=standing["conclusion"],
        first_signer=account, first_signed_at=timezone.now(),
    )  # fmt: skip
    audit.record(account, "slice.sign", f"slice:{made.pk}", {"conclusion": standing["conclusion"]})
    title = f"{made.valid_on} 切片 {made.pk}：{standing['conclusion']}，{made.rows:,} 行"
    return approval.propose(KIND, f"slice:{made.pk}", account, {"slice": made.pk, "title": title}, note)


def _may_decide(held: Held, asked: Approval) -> bool:
    made = Slice.objects.visible_to(held.account).filter(pk=asked.payload["slice"]).first()
    return made is not None and any(held.has_over(role, [made.authority_scope]) for role in SIGNERS)


def _carry_out(asked: Approval) -> None:
    released = Slice.objects.filter(pk=asked.payload["slice"], state=SliceState.SIGNED)
    if released.update(state=SliceState.RELEASED, keep_until=timezone.localdate() + RELEASED_FOR) != 1:
        raise approval.ApprovalRefused("切片已由他人处理，请刷新后再看")
    SliceReport.objects.filter(slice=asked.payload["slice"]).update(
        second_signer=asked.decider, second_signed_at=timezone.now()
    )
    audit.record(asked.decider, "slice.release", f"slice:{asked.payload['slice']}")


approval.ApprovalKind(KIND, title="发布数据切片", may_decide=_may_decide, carry_out=_carry_out)


def retire_overdue() -> int:
    """Destroy the files of slices whose time is over; the manifest, the report and the digests stay. How many slices."""
    over = list(Slice.objects.filter(keep_until__lt=timezone.localdate()).exclude(state=SliceState.RETIRED))
    for made in over:
        Slice.objects.filter(pk=made.pk).update(state=SliceState.RETIRED)
        for file in made.tables.values_list("file", flat=True):
            if not SliceTable.objects.filter(file=file).exclude(slice__state=SliceState.RETIRED).exists():
                files.store().path(file).unlink(missing_ok=True)
        audit.record(None, "slice.retire", f"slice:{made.pk}")
    return len(over)
