"""Which registers have a page for each subject, and where. A system declares its register's page and lists the addresses; no more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import Http404
from django.urls import reverse

from yizheng.people.models import Account
from yizheng.people.searching.search import find_people
from yizheng.people.visible_facts import record_for as visible_record
from yizheng.registry.models import Fact
from yizheng.registry.reading import kinds_of
from yizheng.registry.record import Record
from yizheng.registry.registers import Register


@dataclass(frozen=True, slots=True)
class PageLink:
    """A button in the head of the page of a subject."""

    label: str
    icon: str
    url: str


def _no_links(account: Account, subject_id: int) -> Sequence[PageLink]:
    return ()


def _people(account: Account, text: str) -> Sequence[tuple[int, str]]:
    return [(each.subject_id, each.name) for each in find_people(text, account)]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """The page of the subjects of a register; `namespace` is that of the addresses, in which the page is named by the register's code."""

    register: Register
    namespace: str
    who: str
    """One of its subjects: 医师."""
    search_hint: str = ""
    """What the search of the register finds; its address is `search` in the namespace."""
    founding: tuple[type[Fact], ...] = ()
    """The kinds of which one makes somebody known in the register; without any, every fact does."""
    search: str = "search"
    """What the address of its search is called in the namespace."""
    standing_label: str = "注册状态"
    """What the page calls how a subject stands."""
    verdicts: tuple[str, str] = ("可以执业", "不能执业")
    """What it says of a subject that stands well, and of one that does not."""
    links: Callable[[Account, int], Sequence[PageLink]] = _no_links
    """The buttons in the head of a subject's page."""
    find: Callable[[Account, str], Sequence[tuple[int, str]]] | None = None
    """The subjects a text finds among those the account sees; without it only people are found, by name."""

    @property
    def title(self) -> str:
        """The title of the page: 医师登记."""
        return f"{self.who}登记"

    @property
    def finder(self) -> Callable[[Account, str], Sequence[tuple[int, str]]] | None:
        """How subjects are found of which one may be the other's duplicate; nothing where there are no duplicates."""
        return self.find or (_people if self.register.of_people else None)

    def address(self, subject_id: int) -> str:
        """The page of a subject."""
        return reverse(f"{self.namespace}:{self.register.code}", args=[subject_id])

    def within(self, name: str, *arguments: Any) -> str:
        """Another address of the namespace."""
        return reverse(f"{self.namespace}:{name}", args=arguments)


@dataclass(frozen=True, slots=True)
class ChangeLink:
    """A button under a change, for accounts of an authority."""

    label: str
    icon: str
    address: Callable[[RecordPage, int, int], str]
    """Of the page, the subject and the change."""
    place: int = 0


_pages: dict[str, RecordPage] = {}
_links: list[ChangeLink] = []


def declare(page: RecordPage) -> RecordPage:
    """Add the page of a register; called once when its system starts."""
    return _pages.setdefault(page.register.code, page)


def declare_link(link: ChangeLink) -> None:
    """Add a button under every change of every register."""
    _links.append(link)


def page_of(register: str) -> RecordPage:
    """The page of the register of this code. Raises KeyError."""
    return _pages[register]


def person_address(register: str, subject_id: int) -> str:
    """The address of a person's page in a register; empty while it has none."""
    return _pages[register].address(subject_id) if register in _pages else ""


def known_in(account: Account, subject_id: int) -> frozenset[str]:
    """What the person is called in each register of people that knows her, as far as the account sees: 医师, 护士."""

    def knows(page: RecordPage) -> bool:
        founding: tuple[Any, ...] = page.founding
        return any(kind.objects.visible_to(account).filter(subject_id=subject_id).exists() for kind in founding)

    return frozenset(page.who for page in _pages.values() if page.register.of_people and knows(page))


def staff_pages(subject_id: int) -> list[tuple[str, str]]:
    """The lists of an institution's staff, one a register of people: title and address."""
    of_people = [each for each in _pages.values() if each.register.of_people]
    return [(each.register.title, f"{each.within('roster')}?house={subject_id}") for each in of_people]


def change_links() -> list[ChangeLink]:
    """The buttons under a change, in order."""
    return sorted(_links, key=lambda each: each.place)


@cache
def head_kind(register: Register) -> type[Fact] | None:
    """The kind that says how a subject stands in the register; None where none does."""
    return next((kind for kind in kinds_of(register) if kind.head), None)


@cache
def naming_of(register: Register) -> type[Fact] | None:
    """The kind that says who a subject of the register is."""
    return next((kind for kind in kinds_of(register) if kind.naming), None)


def record_for(account: Account, page: RecordPage, subject_id: int) -> Record:
    """The subject's record as far as the account sees it; a missing subject and one out of reach get the same answer."""
    record = visible_record(account, subject_id, kinds_of(page.register)).within(page.register)
    if not any(isinstance(each, page.founding or Fact) for each in record.versions):
        raise Http404(f"没有这位{page.who}，或者不在您的辖区和机构")
    return record
