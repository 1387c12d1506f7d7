"""Which cases the worklist shows: by whose desk, by view, by filter, by dossier; the same for page, paper, file and batch."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Min, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from yizheng.licensing.catalogue import items
from yizheng.licensing.item import Item
from yizheng.licensing.lifecycle import HOLDERS, Actor
from yizheng.licensing.models import Case, Dossier
from yizheng.licensing.states import STOPPED, CaseState
from yizheng.licensing.verbs.permits import STAFF_ROLES
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of

PARTS = {**{role: part for part, role in STAFF_ROLES.items()}, Role.INSTITUTION_OPERATOR: Actor.INSTITUTION}


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose desk it is, and the states in which a case lies on it."""

    account: Account
    states: frozenset[CaseState]
    roles: frozenset[Role]


def desk_of(account: Account) -> Desk:
    """The desk of the account's roles; one query."""
    roles = roles_of(account)
    played = {PARTS[role] for role in roles if role in PARTS}
    return Desk(account, frozenset(state for state, part in HOLDERS.items() if part in played), roles)


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
    WorkView("due", "今天与超期", lambda desk, today: Q(due_on__lte=today) | Q(urgent_on__isnull=False), alarming=True),
    WorkView("mine", "我的在办", _on_the_desk),
    WorkView("received", "待受理", lambda desk, today: Q(state=CaseState.RECEIVED)),
    WorkView("corrected", "补正已回", lambda desk, today: Q(state=CaseState.CORRECTED)),
    WorkView("deciding", "待决定", lambda desk, today: Q(state=CaseState.DECIDING)),
    WorkView("stopped", "时钟停计", lambda desk, today: Q(state__in=STOPPED)),
    WorkView("all", "全部在办", lambda desk, today: Q()),
)

BY_CODE = {view.code: view for view in VIEWS}
ON_DESK = (
    CaseState.RECEIVED, CaseState.CORRECTED, CaseState.CORRECTING, CaseState.REVIEWING, CaseState.IN_PROCEDURE,
    CaseState.DECIDING, CaseState.CHECKING, CaseState.PROPOSED, CaseState.NOTICED, CaseState.HEARING,
    CaseState.CONFIRMING,
)  # fmt: skip
FINDINGS = (("clear", "全部通过"), ("open", "有发现"))
FILTERS = ("item", "stage", "findings", "q", "dossier")
"""What an address may say beside the view."""
MOST_DOSSIERS = 20


def on_desk(account: Account) -> QuerySet[Case]:
    """The open cases the account's authority or institution has; what waits for the institution is hers alone."""
    cases = Case.objects.visible_to(account).filter(state__in=ON_DESK)
    if account.is_office:
        return cases.exclude(state=CaseState.CONFIRMING)
    return cases


def open_count(account: Account) -> int:
    """How many open cases wait for this person; the number at the side."""
    desk = desk_of(account)
    return on_desk(account).filter(BY_CODE["mine"].keeps(desk, timezone.localdate())).count()


def chosen_cases(account: Account, query: QueryDict, today: date) -> QuerySet[Case]:
    """The cases an address asks for, what is due first in front; those of dossiers too."""
    desk = desk_of(account)
    cases = filtered(query, on_desk(account)).filter(view_of(query, desk).keeps(desk, today))
    return cases.select_related("handler").order_by(F("due_on").asc(nulls_last=True), "id")


def view_of(query: QueryDict, desk: Desk) -> WorkView:
    """The view the address names; without one, what waits for this person, or everything for who only looks on."""
    return BY_CODE.get(query.get("view", ""), BY_CODE["mine" if desk.states else "all"])


def filtered(query: QueryDict, cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases that pass the filters of the address."""
    if code := query.get("item"):
        cases = cases.filter(item_code=code)
    if (state := query.get("stage")) in CaseState.values:
        cases = cases.filter(state=state)
    if query.get("findings") == "clear":
        cases = cases.filter(blocks=0, advice=0)
    elif query.get("findings") == "open":
        cases = cases.exclude(blocks=0, advice=0)
    if (dossier := query.get("dossier", "")).isdecimal():
        cases = cases.filter(dossier=int(dossier))
    if text := query.get("q", "").strip():
        cases = cases.filter(Q(applicant_name=text) | Q(number=text) | Q(institution_name__startswith=text))
    return cases


def dossiers_among(account: Account, cases: QuerySet[Case]) -> list[tuple[Dossier, int, date | None]]:
    """The dossiers these cases belong to, with their number of cases and first due day; what is due first in front."""
    found = cases.exclude(dossier=None).order_by().values("dossier").annotate(n=Count("pk"), due=Min("due_on"))
    rows = list(found.order_by(F("due").asc(nulls_last=True), "dossier")[:MOST_DOSSIERS])
    known = Dossier.objects.visible_to(account).in_bulk([row["dossier"] for row in rows])
    return [(known[row["dossier"]], row["n"], row["due"]) for row in rows if row["dossier"] in known]


def item_word(code: str) -> str:
    """The short name of an item in force today with its register, by its code."""
    return next((in_register(item) for item in items(timezone.localdate()) if item.code == code), code)


def in_register(item: Item) -> str:
    """The short name of an item with whose it is: 护士延续注册."""
    return item.short_title if item.register in item.short_title else f"{item.register}　{item.short_title}"
