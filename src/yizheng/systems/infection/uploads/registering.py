"""登记医院系统: the reviewer of a hospital enters the public keys of its system, the security administrator approves them.

Whoever could put in a key alone could send in the hospital's name, or read what is given back to it.
"""

from __future__ import annotations

from typing import Any

from yizheng.exchange.keys import UnreadableKey, opening_key, signing_key
from yizheng.exchange.partners import fingerprint
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Scope
from yizheng.people.permissions import Held, allowed
from yizheng.people.scope import acting_as_system
from yizheng.systems.infection.models import Sender
from yizheng.systems.infection.reporting.lifecycle import APPROVER
from yizheng.systems.infection.reporting.plans import district_of
from yizheng.work import approval
from yizheng.work.models import Approval

KIND = "infection.sender"


class NotRegistered(Exception):
    """Why keys are not taken; the message is Chinese."""


def propose(hospital: Scope, account: Account, name: str, signing: str, opening: str, reason: str) -> Approval:
    """Ask that a system of the hospital may send packages. Raises NotRegistered, ApprovalRefused."""
    if not allowed(account, APPROVER, hospital.pk):
        raise NotRegistered("医院系统的公钥由感控审核人登记")
    if not name.strip():
        raise NotRegistered("请填写系统名称")
    try:
        signing_key(signing)
        opening_key(opening)
    except UnreadableKey as fault:
        raise NotRegistered(str(fault)) from fault
    payload = {
        "subject_id": hospital.subject_id, "institution_scope": hospital.pk, "authority_scope": district_of(hospital),
        "name": name.strip()[:50], "signing_key": signing.strip(), "opening_key": opening.strip(),
        "title": f"{hospital.name}：{name.strip()[:50]}　签名公钥指纹 {fingerprint(signing)}　加密公钥指纹 {fingerprint(opening)}",
    }  # fmt: skip
    return approval.propose(KIND, f"institution:{hospital.subject_id}", account, payload, reason)


def asked(subject_id: int) -> Approval | None:
    """What waits to be agreed for a hospital."""
    return Approval.objects.waiting().filter(kind=KIND, object_ref=f"institution:{subject_id}").first()


def _may_decide(held: Held, asked: Approval) -> bool:
    return held.has(Role.SECURITY_ADMIN)


def _carry_out(agreed: Approval) -> None:
    given: dict[str, Any] = {
        name: value for name, value in agreed.payload.items() if name not in ("title", "subject_id")
    }
    with acting_as_system("approved keys of a hospital's system"):
        sender, _ = Sender.objects.update_or_create(
            subject_id=agreed.payload["subject_id"], defaults={**given, "account": agreed.proposer}
        )
    audit.record(agreed.decider, "infection.sender", f"infection_sender:{sender.pk}")


approval.ApprovalKind(KIND, title="登记医院系统的公钥", may_decide=_may_decide, carry_out=_carry_out)
