"""What can be found from the top bar: a room declares a source, the page asks each in turn.

A source answers for one account and sees only what that account may see; at most ``MOST`` hits are asked of it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from yizheng.people.models import Account

MOST = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its name, one line about it, its page, its state word and its heading if it has one."""

    title: str
    about: str
    url: str
    state: str = ""
    heading: str = ""
    """Where one source finds for several headings, the one of this hit; else it stands under the source's title."""


Finder = Callable[[Account, str], list[Hit]]


@dataclass(frozen=True, slots=True)
class Source:
    """A heading of the answer, who may ask it, and what answers."""

    title: str
    roles: frozenset[str]
    find: Finder


_declared: dict[str, Source] = {}


def declare(title: str, find: Finder, roles: Collection[str] = ()) -> None:
    """Add a source; declaring a title again replaces it (an app may be loaded twice in tests)."""
    _declared[title] = Source(title, frozenset(roles), find)


def sources(roles: Collection[str]) -> list[Source]:
    """The sources an account with these roles may ask, in order of declaration."""
    return [source for source in _declared.values() if not source.roles or not source.roles.isdisjoint(roles)]
