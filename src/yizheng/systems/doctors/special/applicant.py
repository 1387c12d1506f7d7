"""What the rules of special qualifications are asked about: the registration as it stands, and what is asked for beside it."""

from dataclasses import dataclass, field
from datetime import date

from yizheng.kernel.codes import table
from yizheng.kernel.statutes import cosmetic_rules, radiation_worker_rules
from yizheng.licensing.dated_numbers import DatedNumbers, number, shared
from yizheng.systems.doctors.clocks.numbers import TRANSPLANT_YEARS
from yizheng.systems.practitioners.employer import Employer
from yizheng.systems.practitioners.permitted import UNREGISTERED

RANKS = ("初级（士）", "初级（师）", "中级", "副高", "正高")
"""Ranks of professional titles, rising."""


@dataclass(frozen=True)
class SpecialLimits(DatedNumbers, prefix="special."):
    """The numbers as they stand on the day asked about."""

    cosmetic_months: int = number("医疗美容培训或者工作最短时间", 12, "个月", cosmetic_rules(11), limits=(0, 60))
    radiation_age: int = number("放射工作人员最低年龄", 18, "岁", radiation_worker_rules(5), limits=(16, 30))
    retraining_years: int = number("放射工作人员复训间隔", 2, "年", radiation_worker_rules(8), limits=(1, 10))
    health_years: int = number("放射工作人员体检间隔", 2, "年", radiation_worker_rules(19), limits=(1, 10))
    idle_years: int = shared(TRANSPLANT_YEARS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialApplicant:
    """A doctor, and the special qualification asked for."""

    register_status: str = UNREGISTERED
    level: str = ""
    category: str = ""
    scopes: tuple[str, ...] = ()
    birth_date: date | None = None
    employer: Employer | None = None
    practises_there: bool = False
    type: str = ""
    detail: str = ""
    """What it is about: an organ, a specialty, a technique, a class."""
    title: str = ""
    """The code of the professional title held."""
    trained_from: date | None = None
    trained_to: date | None = None
    passed: bool | None = None
    years: int | None = None
    """Full years of clinical work in the field."""
    cosmetic_months: int | None = None
    health_checked_on: date | None = None
    last_work_on: date | None = None
    held_already: bool = False
    lapsed_on: date | None = None
    """The day on which the same qualification, held before, ended."""
    limits: SpecialLimits = field(default_factory=SpecialLimits)

    @property
    def rank(self) -> str:
        """The rank of the title, in words."""
        found = table("professional_title").get(self.title)
        return "" if found is None else found.attributes["rank"]

    def ranks_at_least(self, rank: str) -> bool:
        """Whether the title held is of this rank or above."""
        return self.rank in RANKS and RANKS.index(self.rank) >= RANKS.index(rank)
