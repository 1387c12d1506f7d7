"""Articles a system drafts from its own figures; an editor looks through one and asks a second person as for any other."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """A title and a text to begin with."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Drafter:
    """A kind of article that can be drafted: its code, words, the section it goes to, and what drafts it."""

    code: str
    words: str
    site: str
    section: str
    draft: Callable[[], Draft]


_declared: list[Drafter] = []


def declare(drafter: Drafter) -> None:
    """Offer it to editors."""
    _declared.append(drafter)


def drafters() -> list[Drafter]:
    """What is offered."""
    return list(_declared)
