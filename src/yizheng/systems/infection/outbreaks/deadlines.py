"""By when an outbreak must be reported, level by level; the strictest rule that holds wins (2006 办法 17, 18; 2009 规范 10–14)."""

from collections.abc import Mapping
from dataclasses import dataclass

from yizheng.kernel.codes import Code, table

STATUSES = ("suspected", "confirmed")
FEW_CASES = 3
"""Fewer than these are watched inside the hospital."""
LEVELS = ("district_hours", "municipal_hours", "national_hours")


@dataclass(frozen=True, slots=True)
class Situation:
    """What the hospital's investigation found."""

    status: str
    cases: int
    deaths: int
    harmed: int
    flags: Mapping[str, bool]

    def watch(self, duty: int | None) -> str:
        """How the hospital treats it inside: few cases without a duty are watched, anything else is a signal."""
        return "watch" if duty is None and self.cases < FEW_CASES else "internal_signal"

    def falls_under(self, rule: Code) -> bool:
        """Whether a rule holds; one of a flag needs neither number nor confirmation."""
        said = rule.attributes
        if said["flag"]:
            return self.flags[said["flag"]]
        counted = {"cases": self.cases, "deaths": self.deaths, "harmed": self.harmed}
        return self.status == said["status"] and all(count >= int(said[name] or 0) for name, count in counted.items())


def duty(situation: Situation) -> tuple[int | None, ...]:
    """Hours from the hospital to the district, from there to the city and from there to the nation; nothing without a duty."""
    rules = [each for each in table("outbreak_report_rule").items() if situation.falls_under(each)]
    return tuple(
        min((int(each.attributes[level]) for each in rules if each.attributes[level]), default=None) for level in LEVELS
    )
