"""The page of one person of a register, and what the register has at the side of office pages."""

from collections.abc import Iterable

from yizheng.people.kinds import AccountKind
from yizheng.shell import navigation
from yizheng.shell.access import DESKS
from yizheng.shell.navigation import NavEntry
from yizheng.shell.record import pages
from yizheng.shell.record.pages import RecordPage
from yizheng.systems.practitioners.registered import PeopleRegister
from yizheng.systems.practitioners.searching import READERS


def declare_pages(
    people: PeopleRegister, title: str, search_hint: str, *, order: int, more: Iterable[NavEntry] = ()
) -> None:
    """Declare them under the title of the system; ``more`` are entries of the register alone, before the others."""
    system, who = people.system, people.title
    pages.declare(RecordPage(people.register, system, who, search_hint, founding=people.founding))
    shared = (
        NavEntry("登记簿", f"本机构{who}", "users", f"{system}:roster", frozenset({AccountKind.INSTITUTION}), order=5),
        NavEntry("登记簿", "关注名单", "eye", f"{system}:watch", READERS, order=60),
        NavEntry("登记簿", f"{who}登记", "id-badge-2", f"{system}:search", READERS, order=10),
        NavEntry("登记簿", "考试合格名单", "school", f"{system}:passing", DESKS, order=45),
    )
    navigation.declare(system, title, (*more, *shared), order)
