"""The saved views of the worklist as data: what each shows, in the words of the page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from yizheng.licensing.lifecycle import HOLDERS, Actor
from yizheng.licensing.states import STOPPED, CaseState
from yizheng.licensing.verbs.permits import STAFF_ROLES
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of

PARTS = {**{role: part for part, role in STAFF_ROLES.items()}, Role.INSTITUTION_OPERATOR: Actor.INSTITUTION}
RECEIVED = (CaseState.RECEIVED, CaseState.CORRECTED)


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose desk it is, and the states in which a case lies on it."""

    account: Account
    states: frozenset[CaseState]


def desk_of(account: Account) -> Desk:
    """The desk of the account's roles; one query."""
    played = {PARTS[role] for role in roles_of(account) if role in PARTS}
    return Desk(account, frozenset(state for state, part in HOLDERS.items() if part in played))


def _on_the_desk(desk: Desk, today: date) -> Q:
    """What waits for this person: a case in her hands, or in nobody's yet."""
    return Q(state__in=desk.states) & (Q(handler=desk.account) | Q(handler=None))


@dataclass(frozen=True, slots=True)
class WorkView:
    """One tab: its name, its address, and which open cases it keeps."""

    code: str
    title: str
    keeps: Callable[[Desk, date], Q]
    alarming: bool = False
    """Its count is shown in red."""


VIEWS: tuple[WorkView, ...] = (
    WorkView("due", "今天与超期", lambda desk, today: Q(due_on__lte=today), alarming=True),
    WorkView("mine", "我的在办", _on_the_desk),
    WorkView("received", "待受理", lambda desk, today: Q(state=CaseState.RECEIVED)),
    WorkView("corrected", "补正已回", lambda desk, today: Q(state=CaseState.CORRECTED)),
    WorkView("deciding", "待决定", lambda desk, today: Q(state=CaseState.DECIDING)),
    WorkView("stopped", "时钟停计", lambda desk, today: Q(state__in=STOPPED)),
    WorkView("all", "全部在办", lambda desk, today: Q()),
)

BY_CODE = {view.code: view for view in VIEWS}
