"""An advert as it was filed, with what the register says of its institution: the plain value the rules weigh."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from yizheng.licensing.asking.weighing import answered
from yizheng.systems.adverts.review.files import SampleFile
from yizheng.systems.adverts.screening.licence import AdvertLicence


class Spared(NamedTuple):
    """A phrase in which a rule is not hit, as two persons found."""

    rule: str
    phrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The approval an application is about, as the register knows it."""

    number: str
    institution: int
    status: str
    term_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """An advert as filed, and what the register says of its institution."""

    name: str = answered("content", "name", "")
    address: str = answered("content", "address", "")
    ownership: str = answered("content", "ownership", "")
    category: str = answered("content", "category", "")
    subjects: str = answered("content", "subjects", "")
    beds: int | None = answered("content", "beds")
    hours: str = answered("content", "hours", "")
    telephone: str = answered("content", "telephone", "")
    checked_to: date | None = answered("content", "checked_to")
    check_due: date | None = None
    """The next verification as the register has it."""
    media: Sequence[str] = answered("content", "media_kinds", ())
    samples: Sequence[Mapping[str, Any]] = answered("samples", "samples", ())
    script: Sequence[Mapping[str, Any]] = answered("samples", "script", ())
    objection: str = answered("samples", "objection", "")
    """Why the institution holds a hit of the screening to be wrong; a person then decides."""
    licence: AdvertLicence | None = None
    status: str = "active"
    hindrance: str = ""
    """Why the institution may not advertise now; empty where it may."""
    licensed_codes: Mapping[str, Any] | None = None
    """Ownership, category, subjects and beds of the licence as codes."""
    barred_until: date | None = None
    barred_for: str = ""
    institution: int = 0
    files: Sequence[SampleFile] = ()
    """The files of the samples that were handed in."""
    exceptions: Sequence[Spared] = ()
    """What two persons found to be no violation."""
    held: Held | None = None
    held_number: str = answered("held", "number", "")
