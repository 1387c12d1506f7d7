"""What an upper room hands over for publication: public fields only, as plain values.

The list of fields is closed. Identity numbers, birth dates, telephone numbers, addresses, ethnic group, education, health,
contracts and the 27-digit qualification number have no place here.
"""

from dataclasses import dataclass
from datetime import date

from yizheng.disclosure.standings import Standing
from yizheng.registry.periods import FOREVER, last_day


@dataclass(frozen=True, slots=True)
class PracticeScope:
    """One scope of practice (执业范围) in words, and the day it was added if later than the registration."""

    name: str
    added: date | None = None


@dataclass(frozen=True, slots=True)
class PracticePlace:
    """An institution where the person practises over ``[since, until)``."""

    institution: int
    name: str
    since: date
    until: date = FOREVER

    @property
    def last_day(self) -> date | None:
        """The last day the person practises there; None when no end is known."""
        return last_day(self.until)


@dataclass(frozen=True, slots=True)
class Period:
    """How the registration stood over ``[since, until)``, at which institution, named as it then was, with which scopes.

    `level` and `place` are given where they differ from the entry's, as those of an assistant who became a physician.
    `because`, which is announced and not stored with the period, is the category of the reason of an ending; reasons of
    health have none of their own.
    """

    standing: Standing
    since: date
    until: date = FOREVER
    institution: str = ""
    scopes: tuple[str, ...] = ()
    level: str = ""
    place: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """One event of the public history (登记经过) in words."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Note:
    """A further public field that only some entries have, such as nationality or the last day of validity."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class PublicPenalty:
    """A decision against an institution, and the last day on which anybody may read of it; without one it stays."""

    decided_on: date
    authority: str
    number: str
    what: str
    behaviour: str
    basis: str
    last_day: date | None


@dataclass(frozen=True, slots=True)
class PractitionerRecord:
    """Somebody in a register as the public may know her.

    `main` is the main institution, `None` after leaving it (离岗备案); for an ended registration, the former one.
    `periods` cover every registration she held, oldest first, without overlap; the verdict of any day is read from them.
    """

    subject: int
    name: str
    sex: str
    level: str
    category: str
    place: str
    authority: str
    practice_number: str
    first_registered: date
    scopes: tuple[PracticeScope, ...]
    main: PracticePlace | None
    others: tuple[PracticePlace, ...] = ()
    periods: tuple[Period, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    notes: tuple[Note, ...] = ()
