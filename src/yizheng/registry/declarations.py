"""用语的声明: how a kind of fact is drawn and told, as its model declares it.

A sentence is text with names in braces: a field of the kind, a property of the version, `line` (the label of its line),
`says` (what it says) or `office` (the authority that entered it); a colon and a format may follow. Parts between wide spaces
whose names are all empty are left out. Where text is not enough a sentence is a function of the words, the version and the
one before it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

Sentence = str | Callable[[Any, Any, Any], str]
"""A sentence; where it is a function it takes the words (`yizheng.registry.wording.words.Words`), the version and the one before."""
Look = str | Callable[[Any], str]

FILLED, OUTLINED, PLAIN, HATCHED, ENDED = "filled", "outlined", "plain", "hatched", "ended"
"""How a state is drawn."""
GOOD, BAD, NEUTRAL = "ok", "bad", "go"
"""How an event is drawn."""
NOT_DRAWN = ""


def by_result(version: Any) -> str:
    """An event that was passed or not."""
    return GOOD if version.passed else BAD


@dataclass(frozen=True, slots=True)
class Told:
    """What a version says, and what a change did that begins, alters or ends its line."""

    says: Sentence = ""
    """One phrase; without it the first two values."""
    begins: Sentence = "{line}"
    changes: Sentence = "变更 {line}"
    ends: Sentence = "终止 {line}"
    extends: Sentence = "延长 {line}"
    """The same goes on longer than it would have."""
    withdrawn: Sentence = "撤去 {line}"
    """The line is taken back altogether."""
    bar: Sentence = "{says}"
    """The words in a bar of the timeline."""
    past: Sentence = ""
    """Its line in the history beside a case; without it there is none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row among the entries of a day: its label, what is said of each version, and what where there is none."""

    label: str = "{line}"
    says: Sentence = "{says}"
    none: str = ""
    place: int = 50
    newest: bool = False
    """Only the last one is told."""

    @property
    def each(self) -> bool:
        """Whether every version has a row of its own, because its label says which."""
        return "{" in self.label


@dataclass(frozen=True, slots=True)
class Naming:
    """The kind that says who the subject is: the field with the name, and what is said beside it."""

    field: str
    beside: Sentence = ""
    hint: Sentence = ""
    """What tells namesakes apart."""
    own: tuple[tuple[str, Sentence], ...] = ()
    """Labels and values on the subject's own page."""


@dataclass(frozen=True, slots=True)
class Head:
    """The kind that says how a subject stands in its register: head of the page and a section of the day for each version."""

    standing: Callable[[Any, date], Any]
    """How a version stands (`yizheng.disclosure.standings.Words`); given None, that there is none."""
    rank: Callable[[Any], Any]
    """Sorts the versions of a day, the one that counts first."""
    rows: tuple[tuple[str, Sentence, str], ...]
    """Label, sentence, and what is said where that is empty."""
    about: Sentence = ""
    """Said beside the name."""
    number: str = ""
    """The field with the number people know it by."""
    number_label: str = ""
