"""登记交换对象: the keys of a partner are entered by the system administrator and approved by the security administrator.

Whoever could put in a key alone could read or forge what is exchanged; fingerprints are compared by voice or on paper.
"""

import hashlib
import re
from textwrap import wrap
from typing import Any

from asn1crypto import pem

from yizheng.exchange.keys import UnreadableKey, opening_key, signing_key
from yizheng.exchange.models import Partner
from yizheng.exchange.sending import NotPossible
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Scope
from yizheng.people.permissions import Held, roles_of
from yizheng.work import approval
from yizheng.work.models import Approval

KIND = "exchange.partner"
ADDRESS = re.compile(r"(https://|http://127\.0\.0\.1[:/])\S+")
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{2,38}")


def propose(
    account: Account,
    *,
    code: str,
    name: str,
    authority: Scope,
    signing: str,
    opening: str,
    active: bool,
    reason: str,
    address: str = "",
) -> Approval:
    """Ask for a partner with these keys, or for other keys of a known one. Raises NotPossible, ApprovalRefused."""
    if Role.SYSTEM_ADMIN not in roles_of(account):
        raise NotPossible("交换对象由系统管理员提出、安全管理员批准")
    code, name = code.strip().lower(), name.strip()
    if not _CODE.fullmatch(code):
        raise NotPossible("代码用 3 至 39 位小写字母、数字和连字符，如 military-health")
    if not name:
        raise NotPossible("请填写交换对象的名称")
    if address and not ADDRESS.fullmatch(address):
        raise NotPossible("接口地址以 https:// 开头（本机回环地址可用 http://127.0.0.1），不用接口的留空")
    try:
        signing_key(signing)
        opening_key(opening)
    except UnreadableKey as fault:
        raise NotPossible(str(fault)) from fault
    payload = {
        "code": code,
        "name": name,
        "authority_scope": authority.pk,
        "signing_key": signing.strip(),
        "opening_key": opening.strip(),
        "active": active,
        "address": address,
        "title": f"{name}（{code}）　签名公钥指纹 {fingerprint(signing)}　加密公钥指纹 {fingerprint(opening)}",
    }
    return approval.propose(KIND, f"partner:{code}", account, payload, reason)


def fingerprint(text: str) -> str:
    """The first sixteen digits of the SHA-256 of a public key, in groups of four, to be compared by people."""
    _, _, plain = pem.unarmor(text.strip().encode())
    digits = hashlib.sha256(plain).hexdigest()[:16]
    return " ".join(wrap(digits, 4))


def _may_decide(held: Held, asked: Approval) -> bool:
    return held.has(Role.SECURITY_ADMIN)


def _carry_out(asked: Approval) -> None:
    given: dict[str, Any] = {name: value for name, value in asked.payload.items() if name not in ("code", "title")}
    partner, _ = Partner.objects.update_or_create(code=asked.payload["code"], defaults=given)
    audit.record(asked.decider, "exchange.partner", f"partner:{partner.code}", {"active": partner.active})


approval.ApprovalKind(KIND, title="登记交换对象", may_decide=_may_decide, carry_out=_carry_out)
