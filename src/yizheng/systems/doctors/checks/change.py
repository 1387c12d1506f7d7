"""What the rules of changing a registration weigh beside those of registering: how it stands now and what was learned since.

医师法 第十四条、第十八条、第十九条: a change is handled where it is registered, under the conditions of registering.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yizheng.systems.doctors.checks.applicant import Applicant, HeldQualification


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A registration as it stands: level, category, scopes, place, institution."""

    level: str
    category: str
    scopes: tuple[str, ...]
    place: str
    place_name: str
    institution: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """What entitles to another scope: a higher education, or training with an examination passed."""

    ground: str = ""
    """``education`` or ``training``."""
    education: str = ""
    """Code of the education reached."""
    best_education: str = ""
    """Code of the highest education on record before."""
    started_on: date | None = None
    ended_on: date | None = None
    second_started_on: date | None = None
    """A further period of study (专业进修), added to the first."""
    second_ended_on: date | None = None
    passed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A registration in another province, as the applicant states it; the national platform is looked up by a clerk."""

    province: str = ""
    practice_number: str = ""
    level: str = ""
    category: str = ""
    first_practised_on: date | None = None
    released_on: date | None = None
    reference: str = ""
    suspended_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """Practising again: since when she did not, and what was passed and looked at since (医师法 第十九条)."""

    ground: str = ""
    """Why she is registered again, as she says."""
    stopped_on: date | None = None
    assessed_on: date | None = None
    assessment_passed: bool | None = None
    checked_on: date | None = None
    """The day of the physical check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changer(Applicant):
    """A person whose registration is to change."""

    now: Practice | None = None
    left_on: date | None = None
    """The day of the leave filing while it stands."""
    suspended: bool = False
    open_cases: int = 0
    """Other applications under way."""
    qualifications: tuple[HeldQualification, ...] = ()
    keep_old: bool = False
    """Whether the former main institution is to be kept as a filing."""
    learning: Learning = Learning()
    origin: Origin = Origin()
    back: Return = Return()
