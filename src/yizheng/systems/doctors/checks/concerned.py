"""A doctor whose entry an item is about, and the rule all such items share: it is handled where the entry is kept."""

from dataclasses import dataclass, field

from yizheng.kernel.statutes import physicians_law
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.practitioners import checks


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned(checks.Concerned):
    """A doctor in the register, and the periods of the rules as they stand on the day."""

    periods: Periods = field(default_factory=Periods)


kept_here = checks.kept_here("D-Z02", physicians_law(18))
