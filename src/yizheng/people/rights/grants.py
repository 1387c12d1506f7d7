"""Giving and taking roles, every step recorded.

In the running system it takes two: the system administrator proposes, the security administrator approves (三员分立).
"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.canonical import holds_identifier
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Grant, GrantProposal, Scope
from yizheng.people.permissions import may
from yizheng.people.rights.reach import Actor
from yizheng.people.rights.roles import RULES, Power

LONGEST_REASON = 200


class Refused(Exception):
    """An act on an account or its roles that cannot be; the message says why, to who wants it."""


def checked_reason(text: str) -> str:
    """The reason of a recorded act without blanks around it; the trail it goes into holds no personal numbers.

    Raises Refused when it is missing, too long or holds a personal number.
    """
    reason = text.strip()
    if not reason:
        raise Refused("请写明理由")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"理由不超过 {LONGEST_REASON} 个字")
    if holds_identifier(reason):
        raise Refused("理由中不要写证件号码或手机号码：审计记录不含个人信息")
    return reason


def give(account: Account, role: Role, scope: Scope, by: Actor) -> Grant:
    """Put a grant in force, or find it in force. For set-up and for approval; pages go through ``propose``.

    Raises Refused when the account's kind or the scope does not fit the role.
    """
    if (why := unfit(account, role, scope)) is not None:
        raise Refused(why)
    try:
        with transaction.atomic():
            grant, made = Grant.objects.get_or_create(account=account, role=role, scope=scope, revoked_at=None)
    except IntegrityError:
        raise Refused("一个账号只能担任一种管理员；体检校对和随访管理也不能由一个账号兼任") from None
    if made:
        audit.record(by, "grant.give", f"account:{account.pk}", {"role": role, "scope": scope.pk})
    return grant


def revoke(account: Account, role: Role, scope: Scope, by: Actor) -> None:
    """End a grant. Raises Refused when none is in force."""
    held = Grant.objects.filter(account=account, role=role, scope=scope, revoked_at=None)
    if held.update(revoked_at=timezone.now()) != 1:
        raise Refused("该账号没有这一授权，或者已被撤销")
    audit.record(by, "grant.revoke", f"account:{account.pk}", {"role": role, "scope": scope.pk})


def unfit(account: Account, role: Role, scope: Scope) -> str | None:
    """Why the account cannot hold the role over the scope; None when it can."""
    rule = RULES[role]
    if account.kind != rule.kind:
        return f"“{role.label}”只能授予{rule.kind.label}账号，该账号是{account.get_kind_display()}"
    if scope.kind not in rule.over:
        return f"“{role.label}”的范围应是{'、'.join(kind.label for kind in rule.over)}，不能是{scope.name}"
    return None


def propose(
    account: Account, role: Role, scope: Scope, proposer: Account, reason: str, *, revokes: bool = False
) -> GrantProposal:
    """Ask for a grant, or for its end. Raises Refused, naming what is wrong."""
    if not may(proposer, Power.PROPOSE_GRANT):
        raise Refused("只有系统管理员可以提出授权")
    reason = checked_reason(reason)
    if account.pk == proposer.pk:
        raise Refused("不能为自己提出授权")
    if not revokes and (why := unfit(account, role, scope)) is not None:
        raise Refused(why)
    if Grant.objects.filter(account=account, role=role, scope=scope, revoked_at=None).exists() is not revokes:
        raise Refused("该授权已经有效" if not revokes else "该授权已不存在")
    try:
        with transaction.atomic():
            proposal = GrantProposal.objects.create(
                account=account, role=role, scope=scope, revokes=revokes, reason=reason, proposer=proposer
            )
    except IntegrityError:
        raise Refused("同样的授权已在等待批准") from None
    audit.record(proposer, "grant.propose", f"grant_proposal:{proposal.pk}", {"revokes": revokes})
    return proposal


def decide(proposal: GrantProposal, decider: Account, *, approve: bool) -> None:
    """Approve or decline; of two deciders at once one wins. Raises Refused."""
    if not may(decider, Power.APPROVE_GRANT) or decider.pk == proposal.proposer_id:
        raise Refused("授权由安全管理员批准，提出人不能自己批准")
    if decider.pk == proposal.account_id:
        raise Refused("不能批准给自己的授权")
    state = GrantProposal.State.APPROVED if approve else GrantProposal.State.DECLINED
    waiting = GrantProposal.objects.filter(pk=proposal.pk, state=GrantProposal.State.WAITING)
    with transaction.atomic():
        if waiting.update(state=state, decider=decider, decided_at=timezone.now()) != 1:
            raise Refused("这项授权已有人处理")
        audit.record(decider, f"grant.{state.value}", f"grant_proposal:{proposal.pk}")
        if not approve:
            return
        role = Role(proposal.role)
        if proposal.revokes:
            revoke(proposal.account, role, proposal.scope, decider)
        else:
            give(proposal.account, role, proposal.scope, decider)
