"""What every page of a shell needs besides its own data; lazily, so that a page that shows no frame asks nothing.

Names in templates: `shell.now`, `shell.working_day`, `shell.standing`, `shell.inbox`, `shell.systems`,
`shell.system`, `shell.navigation`, `shell.bottom`, `shell.single_keys`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any

from django.http import HttpRequest

from yizheng.kernel.calendar import BEIJING, state_council_calendar
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Grant
from yizheng.shell import navigation
from yizheng.shell.navigation import Group, Item, System
from yizheng.work.inbox import unread_count

SEVERAL = "各登记系统"
BOTTOM = 3
"""Entries of the bottom bar on a phone; the fourth opens the side."""
SINGLE_KEYS_COOKIE = "single_keys"
_KEPT = "_shell_standing"


@dataclass(frozen=True, slots=True)
class Standing:
    """Who looks at the page: the shown name, 辖区 · role, and the roles held."""

    name: str = ""
    where: str = ""
    roles: frozenset[str] = frozenset()
    office: bool = False


def standing(request: HttpRequest) -> Standing:
    """The standing of the request's account, worked out once a request; empty for a visitor, without grants outside the office."""
    kept: Standing | None = getattr(request, _KEPT, None)
    if kept is None:
        kept = _standing(getattr(request, "user", None))
        setattr(request, _KEPT, kept)
    return kept


def _standing(account: Any) -> Standing:
    if not isinstance(account, Account):
        return Standing()
    kind = frozenset({str(account.kind)})
    if account.kind == AccountKind.INDIVIDUAL:
        return Standing(account.display_name, roles=kind)
    grants = list(Grant.objects.filter(account=account, revoked_at=None).select_related("scope").order_by("id"))
    if account.kind == AccountKind.INSTITUTION:
        grants = [each for each in grants if each.role != Role.INSTITUTION_OPERATOR]
        if not grants:
            return Standing(account.display_name, roles=kind)
    first = grants[0] if grants else None
    where = f"{first.scope.name} · {first.get_role_display()}" if first else ""
    roles = frozenset(str(grant.role) for grant in grants)
    return Standing(account.display_name, where, roles, office=account.is_office)


class Shell:
    """The frame of one page."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def now(self) -> datetime:
        """The wall clock in Beijing."""
        return datetime.now(BEIJING)

    @cached_property
    def working_day(self) -> bool:
        """Whether today counts in working-day periods; a visitor is told by the years that ship."""
        if not isinstance(self._request.user, Account):
            return state_council_calendar().is_working_day(self.now.date())
        return _is_working_day(self.now.date(), self.now.hour)

    @cached_property
    def standing(self) -> Standing:
        """Who looks at the page."""
        return standing(self._request)

    @cached_property
    def inbox(self) -> int:
        """Unread notices of the account."""
        account = self._request.user
        return unread_count(account) if isinstance(account, Account) else 0

    @cached_property
    def systems(self) -> list[tuple[System, str]]:
        """The systems the account may enter, each with the address of its first page."""
        roles = self.standing.roles
        return [(system, navigation.home(system, roles)) for system in navigation.systems(roles)]

    @cached_property
    def system(self) -> System | None:
        """The system this page belongs to."""
        return navigation.current(self._request, self.standing.roles)

    @cached_property
    def system_title(self) -> str:
        """What the switcher says: the system the page belongs to, or that it serves several."""
        several = navigation.is_about_several(self._request)
        return SEVERAL if several else self.system.title if self.system else ""

    @cached_property
    def navigation(self) -> list[Group]:
        """The side of the page."""
        return navigation.groups(self._request, self.system, self.standing.roles)

    @cached_property
    def bottom(self) -> list[Item]:
        """The first entries, for the bottom bar of a phone."""
        return [item for group in self.navigation for item in group.items][:BOTTOM]

    @cached_property
    def public_links(self) -> list[tuple[str, str]]:
        """The links of the public masthead whose pages are installed."""
        return navigation.links(navigation.PUBLIC)

    @cached_property
    def own_links(self) -> list[tuple[str, str]]:
        """The applicant's links; unread messages are counted in the word."""
        unread = f" {self.inbox}" if self.inbox else ""
        return [(f"{title}{unread if title == '消息' else ''}", url) for title, url in navigation.links(self._own)]

    @property
    def frame(self) -> str:
        """The shell of pages on the applicant's side: who works for an institution stays in the office's."""
        inside = AccountKind.INSTITUTION in self.standing.roles
        return "shell/applicant_office.html" if inside else "shell/applicant.html"

    @property
    def _own(self) -> tuple[tuple[str, str], ...]:
        account = self._request.user
        of_institution = isinstance(account, Account) and account.kind == AccountKind.INSTITUTION
        return navigation.OF_INSTITUTION if of_institution else navigation.OWN

    @cached_property
    def single_keys(self) -> bool:
        """Whether single letters act as keys for this person (WCAG 2.1.4 lets them be switched off)."""
        return self._request.COOKIES.get(SINGLE_KEYS_COOKIE) != "off"


@lru_cache(maxsize=4)
def _is_working_day(day: date, hour: int) -> bool:
    """By the years an administrator loaded too; asked once an hour, for a line at the foot of pages."""
    return working_calendar().is_working_day(day)


def shell(request: HttpRequest) -> dict[str, Shell]:
    """The context processor."""
    return {"shell": Shell(request)}
