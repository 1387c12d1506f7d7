"""One act, two persons: somebody proposes, somebody else agrees, and only then it is carried out.

What a kind of proposal means, who may agree and what then happens is declared by the room the act belongs to. The act
is carried out inside the transaction that records the consent: both stand or neither. Of two who decide at once, one wins.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.people.permissions import Held, held_by
from yizheng.work.models import Approval, ApprovalState

VALID_FOR = timedelta(days=7)


class ApprovalRefused(Exception):
    """A proposal or decision that cannot be; the words say why and are meant for the person."""


@dataclass(frozen=True, slots=True)
class ApprovalKind:
    """What a kind of proposal is called, who may decide it by the roles held, and what consent sets off.

    Making one, when its room starts, declares it.
    """

    code: str
    title: str
    may_decide: Callable[[Held, Approval], bool]
    carry_out: Callable[[Approval], None]
    describe: Callable[[Approval], str] = lambda asked: str(asked.payload.get("title", asked.object_ref))

    def __post_init__(self) -> None:
        _declared[self.code] = self


@dataclass(frozen=True, slots=True)
class Shown:
    """What the second person reads before she signs: a template with its context, and the page that shows the whole."""

    template: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    link: str = ""


_declared: dict[str, ApprovalKind] = {}
_previews: dict[str, Callable[[Approval, Account], Shown]] = {}


def declare_preview(code: str, preview: Callable[[Approval, Account], Shown]) -> None:
    """Say what proposals of a kind show on the page where they are decided; the upper room that has the words says it."""
    _previews[code] = preview


def shown(approval: Approval, account: Account) -> Shown:
    """What is signed, for this account; nothing where no room said it."""
    preview = _previews.get(approval.kind)
    return preview(approval, account) if preview else Shown()


def kind_of(approval: Approval) -> ApprovalKind:
    """The declared kind of a proposal; `ApprovalRefused` when this program does not know it."""
    try:
        return _declared[approval.kind]
    except KeyError:
        raise ApprovalRefused("本版本程序没有这类提请，不能处理。") from None


def propose(kind: str, object_ref: str, proposer: Account, payload: dict[str, Any], reason: str) -> Approval:
    """Ask for a second person's consent to an act; `ApprovalRefused` when the same is being asked already."""
    if kind not in _declared:
        raise LookupError(f"no kind of approval is called {kind!r}")
    if not reason.strip():
        raise ApprovalRefused("请写明理由。")
    now = timezone.now()
    try:
        with transaction.atomic():
            _expire(Approval.objects.filter(kind=kind, object_ref=object_ref))
            made = Approval.objects.create(
                kind=kind,
                object_ref=object_ref,
                proposer=proposer,
                payload=payload,
                reason=reason,
                expires=now + VALID_FOR,
            )
            audit.record(proposer, "approval.propose", f"approval:{made.pk}", {"kind": kind, "object": object_ref})
    except IntegrityError:
        raise ApprovalRefused("同一事项已有待批准的提请。") from None
    return made


def may_decide(held: Held, approval: Approval) -> bool:
    """Whether this account may agree or reject: another person than the proposer, entitled by the kind."""
    return approval.proposer_id != held.account.pk and kind_of(approval).may_decide(held, approval)


@transaction.atomic
def approve(approval_id: int, account: Account, opinion: str = "") -> Approval:
    """Agree, and carry the act out in the same transaction; `ApprovalRefused` says in words why not."""
    approval = _decide(approval_id, account, ApprovalState.APPROVED, opinion)
    kind_of(approval).carry_out(approval)
    return approval


@transaction.atomic
def reject(approval_id: int, account: Account, opinion: str) -> Approval:
    """Refuse consent with a reason; `ApprovalRefused` says in words why that cannot be."""
    if not opinion.strip():
        raise ApprovalRefused("驳回须写明理由。")
    return _decide(approval_id, account, ApprovalState.REJECTED, opinion)


def expire_overdue() -> int:
    """End the proposals nobody decided in time; returns how many."""
    return _expire(Approval.objects.all())


def _expire(among: Any) -> int:
    overdue = among.filter(state=ApprovalState.PROPOSED, expires__lte=timezone.now())
    ended: int = overdue.update(state=ApprovalState.EXPIRED, decided=timezone.now())
    return ended


def _decide(approval_id: int, account: Account, state: ApprovalState, opinion: str) -> Approval:
    approval = Approval.objects.select_related("proposer", "decider").get(pk=approval_id)
    if approval.proposer_id == account.pk:
        raise ApprovalRefused("提请人不能批准自己的提请，须由另一人办理。")
    if not may_decide(held_by(account), approval):
        raise ApprovalRefused(f"您没有批准“{kind_of(approval).title}”的权限。")
    won = (
        Approval.objects.waiting()
        .filter(pk=approval_id)
        .exclude(proposer=account)
        .update(state=state, decider=account, decided=timezone.now(), opinion=opinion)
    )
    approval.refresh_from_db()
    if not won:
        raise ApprovalRefused(_who_was_first(approval))
    audit.record(account, f"approval.{state.value}", f"approval:{approval_id}", {"kind": approval.kind})
    return approval


def _who_was_first(approval: Approval) -> str:
    if approval.decider is None or approval.decided is None:
        return "提请已过期，请提请人重新提出。"
    local = timezone.localtime(approval.decided)
    return f"{approval.decider.display_name} 已于 {local:%H:%M} 办理：{approval.get_state_display()}。"
