"""What the rules are asked about: one plain value that holds all a rule may know of an applicant.

Whatever has not been typed yet is ``None`` or empty; rules stay silent about it, because completeness is
the form's affair and not theirs. No identity number is carried, only whether the numbers agree.
"""

from dataclasses import dataclass, field
from datetime import date

from yizheng.licensing.asking.weighing import answered
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.practitioners.checks import Training
from yizheng.systems.practitioners.employer import Employer
from yizheng.systems.practitioners.permitted import UNREGISTERED

PHYSICIAN = "1"
"""执业医师"""
ASSISTANT = "2"
"""执业助理医师"""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldQualification:
    """A qualification (医师资格) as the register holds it, and whether the applicant's papers agree with it."""

    level: str
    category: str
    qualified_on: date
    holder_name: str
    number_agrees: bool | None = None
    """Whether the certificate number typed is this qualification's; nothing while none was typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One recorded ground for refusing a registration: which, since when, and until when where an order says so."""

    ground: str
    since: date
    """The day it stands from: the conviction, the penalty decision, the day a condition began."""
    until: date | None = None
    """The last day named by the order itself, or the day a sentence is served; nothing where none is named."""
    licence: str = ""
    """The only licence it bars; empty where it bars all."""
    ceased_on: date | None = None
    """The day a condition ended (recovered, capacity restored, assessed and passed)."""
    evidence: str = ""
    field: str = ""
    """Where the applicant declared it; empty for what the register holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRegistration:
    """A registration that stands on the day asked about, wherever it was made."""

    level: str
    category: str = ""
    scopes: tuple[str, ...] = ()
    place: str
    place_name: str
    institution: str = ""
    since: date | None = None
    """The day it was granted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """A person who asks to be registered, and everything the rules weigh."""

    name: str = answered("person", "name", "")
    birth_date: date | None = answered("person", "birth_date")
    identity_agrees: bool | None = None
    """Whether the identity number typed is the one kept for this person; nothing while none was typed."""

    qualification: HeldQualification | None = None
    register_status: str = UNREGISTERED
    """The status of the registration that counts (see ``doctors.permitted``)."""
    ever_registered: bool = False
    registrations: tuple[StandingRegistration, ...] = ()
    bars: tuple[Bar, ...] = ()
    licence: str = "doctor"
    """What is applied for; a ground may bar one licence alone."""
    suspended_until: date | None = None
    """The last day of the order to stop that runs, whether a registration stands or not."""
    assessed_on: date | None = None
    """The day the last assessment under 医师法 第十九条 was passed."""
    training: Training = field(default_factory=Training)
    apprenticed: bool = False
    """Whether she learnt Chinese medicine from a master and passed: the certificate stands for a diploma."""

    level: str = answered("practice", "level", "")
    category: str = answered("practice", "category", "")
    scopes: tuple[str, ...] = ()
    employer: Employer | None = None
    employment_proof_name: str = ""
    """The institution's name as it stands on the employment proof."""

    individual: bool = answered("practice", "individual", False)
    """Whether she is going to practise on her own account (个体行医) at the institution."""
    first_practised_on: date | None = None
    """The day of the first registration; nothing where there never was one."""
    days_away: int = 0
    """Days since then on which she was not in practice."""

    elsewhere: str = ""
    """What she is registered as in other registers."""

    fit: bool | None = answered("declaration", "health")
    truthful: bool | None = answered("declaration", "truth")
    namesakes: int = 0
    periods: Periods = field(default_factory=Periods)
