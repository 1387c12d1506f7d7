"""A rule of supervision: its number, what it finds, its articles, and the pure function that finds it in a world."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.statutes import Article
from yizheng.systems.supervision.world import World

Found = Iterator[str | tuple[str, date]]
"""What a rule yields: a subject, found on the day asked about, or a subject and the day of a service."""


@dataclass(frozen=True, slots=True, order=True)
class Clue:
    """One finding: the rule, whom it concerns, and the day."""

    rule: str
    subject: str
    date: date


@dataclass(frozen=True, slots=True)
class SupervisionRule:
    """A declared rule."""

    code: str
    title: str
    articles: tuple[Article, ...]
    find: Callable[[World], Found]

    def clues(self, world: World) -> Iterator[Clue]:
        """What the rule finds."""
        for found in self.find(world):
            subject, day = found if isinstance(found, tuple) else (found, world.today)
            yield Clue(self.code, subject, day)


RULES: dict[str, SupervisionRule] = {}


def rule(code: str, title: str, *articles: Article) -> Callable[[Callable[[World], Found]], Callable[[World], Found]]:
    """Declare the function below as a rule."""

    def declare(find: Callable[[World], Found]) -> Callable[[World], Found]:
        RULES[code] = SupervisionRule(code, title, articles, find)
        return find

    return declare
