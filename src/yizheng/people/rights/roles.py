"""Roles: who may hold them, over what, and what they open. The whole of it is data on this screen.

The three administrators are separate (三员分立, GB/T 22239-2019 8.1.5): the kind of an account allows exactly one
administration, the database refuses any other grant, and administrators see no business rows. One issues passwords,
another resets the second factor, so neither alone can sign in as somebody.
"""

from dataclasses import dataclass
from enum import Enum

from yizheng.people.kinds import AccountKind, Role, ScopeKind


class Power(Enum):
    """What this room lets a role do; the business rooms have their own tables."""

    LIST_ACCOUNTS = "查看账号"
    OPEN_ACCOUNT = "开通账号"
    ISSUE_PASSWORD = "开具一次性密码"  # noqa: S105 - the name of a power
    PROPOSE_GRANT = "提出授权"
    APPROVE_GRANT = "批准授权"
    SUSPEND_ACCOUNT = "停用账号"
    RELEASE_LOCK = "解除锁定"
    RESET_SECOND_FACTOR = "重置第二因素"
    READ_AUDIT = "查看审计"
    UNMASK = "查看完整证件号码"
    FIND_PEOPLE = "检索人员"
    CHECK_DOCUMENTS = "窗口核对证件"
    OPEN_FILES = "打开个人的附件、文书和证书"
    PRINT_CERTIFICATES = "打印证书"


@dataclass(frozen=True, slots=True)
class Rule:
    """The kind of account that may hold a role, the scopes it is given over, and what it opens."""

    kind: AccountKind
    over: tuple[ScopeKind, ...]
    opens_rows: bool
    reaches_down: bool
    powers: tuple[Power, ...] = ()


_AUTHORITY = (ScopeKind.CITY, ScopeKind.DISTRICT)
_CITY = (ScopeKind.CITY,)
_OFFICE = (ScopeKind.ORGANISATION,)
_WATCH = (Power.FIND_PEOPLE, Power.UNMASK, Power.OPEN_FILES)
_DESK = (*_WATCH, Power.PRINT_CERTIFICATES)

#: ``reaches_down``: the role over the city is also a role over each district. Who decides is decided by law, so not there.
RULES: dict[Role, Rule] = {
    Role.ACCEPTOR: Rule(AccountKind.CLERK, _AUTHORITY, True, False, (*_DESK, Power.CHECK_DOCUMENTS)),
    Role.REVIEWER: Rule(AccountKind.CLERK, _AUTHORITY, True, False, _DESK),
    Role.DECIDER: Rule(AccountKind.CLERK, _AUTHORITY, True, False, _DESK),
    Role.INSTITUTION_OPERATOR: Rule(
        AccountKind.INSTITUTION, (ScopeKind.ORGANISATION,), True, False, (Power.OPEN_FILES,)
    ),
    Role.INFECTION_NURSE: Rule(AccountKind.INSTITUTION, (ScopeKind.ORGANISATION,), True, False),
    Role.INFECTION_APPROVER: Rule(AccountKind.INSTITUTION, (ScopeKind.ORGANISATION,), True, False),
    Role.INFECTION_OFFICER: Rule(AccountKind.CLERK, _AUTHORITY, True, False),
    Role.EDITOR: Rule(AccountKind.CLERK, _CITY, False, False),
    Role.INSPECTOR: Rule(AccountKind.INSPECTOR, _AUTHORITY, True, True, _WATCH),
    Role.ANALYST: Rule(AccountKind.ANALYST, _AUTHORITY, True, True),
    Role.ENGINEER: Rule(AccountKind.ENGINEER, _CITY, False, False),
    Role.SERVICE_MANAGER: Rule(AccountKind.ENGINEER, _CITY, False, False),
    Role.CLIENT_MANAGER: Rule(AccountKind.CLERK, _CITY, False, False),
    Role.ORTHOPAEDIST: Rule(AccountKind.EXPERT, _OFFICE, True, False),
    Role.RESPIRATORY: Rule(AccountKind.EXPERT, _OFFICE, True, False),
    Role.PSYCHOLOGIST: Rule(AccountKind.EXPERT, _OFFICE, True, False),
    Role.COHORT_KEEPER: Rule(AccountKind.CLERK, _OFFICE, True, False),
    Role.COHORT_ADMIN: Rule(AccountKind.CLERK, _OFFICE, True, False),
    Role.COHORT_STATISTICIAN: Rule(AccountKind.ANALYST, _OFFICE, True, False),
    Role.SYSTEM_ADMIN: Rule(
        AccountKind.SYSTEM_ADMIN, _CITY, False, True,
        (Power.LIST_ACCOUNTS, Power.OPEN_ACCOUNT, Power.ISSUE_PASSWORD, Power.PROPOSE_GRANT, Power.SUSPEND_ACCOUNT),
    ),
    Role.SECURITY_ADMIN: Rule(
        AccountKind.SECURITY_ADMIN, _CITY, False, True,
        (Power.LIST_ACCOUNTS, Power.APPROVE_GRANT, Power.SUSPEND_ACCOUNT, Power.RELEASE_LOCK,
         Power.RESET_SECOND_FACTOR),
    ),
    Role.AUDIT_ADMIN: Rule(AccountKind.AUDIT_ADMIN, _CITY, False, True, (Power.READ_AUDIT,)),
}  # fmt: skip
