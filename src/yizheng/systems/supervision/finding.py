"""判定: every rule over the newest slices and the extracts, and what is found entered as clues of its district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from yizheng.kernel.statistics.intervals import wilson
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import city
from yizheng.systems.supervision import clues, further_rules, judging, reading
from yizheng.systems.supervision.declaring import RULES, SupervisionRule
from yizheng.systems.supervision.declaring import Clue as Hit
from yizheng.systems.supervision.further_rules import FURTHER, Registers
from yizheng.systems.supervision.models import Clue, ClueState
from yizheng.systems.supervision.severities import SEVERITY


def every_rule() -> dict[str, SupervisionRule]:
    """The rules by their numbers."""
    found = {**RULES, **{rule.code: rule for rule in further_rules.all_rules()}}
    return dict(sorted(found.items()))


def hits(registers: Registers) -> list[Hit]:
    """What all rules find, each once."""
    found = set(judging.clues(registers.world))
    for code, (_, find) in FURTHER.items():
        for each in find(registers):
            subject, day = each if isinstance(each, tuple) else (each, registers.world.today)
            found.add(Hit(code, subject, day))
    return sorted(found)


@transaction.atomic
def judge(account: Account | None = None) -> tuple[int, int, int]:
    """Ask the rules of the newest slices; how many clues are new, grew, and were closed as mended. Raises NoSlices."""
    with acting_as_system("监管规则判定"):
        ground = reading.newest()
        found = hits(reading.registers(ground))
        done = clues.enter(
            found, severity=SEVERITY, scopes=ground.scopes, city=city().pk, slices=list(ground.slices), day=ground.day
        )
        audit.record(account, "clue.judge", f"slice:{ground.slices[0]}", {"count": done[0]})
    return done


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """How a rule fares: open and closed clues, how many were confirmed, and the interval of that share."""

    rule: SupervisionRule
    severity: str
    open: int
    closed: int
    confirmed: int
    judged: int

    @property
    def rate(self) -> str:
        """The share confirmed of those a person judged, with its 95 % interval."""
        if not self.judged:
            return ""
        low, high = wilson(self.confirmed, self.judged, 0.95)
        return f"{self.confirmed / self.judged:.0%}（{low:.0%}–{high:.0%}）"


def figures(account: Account) -> Iterator[RuleFigures]:
    """Every rule with its figures, as far as the account sees."""
    counted: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for code, state, confirmed in Clue.objects.visible_to(account).values_list("rule", "state", "confirmed"):
        counted[code]["closed" if state == ClueState.CLOSED else "open"] += 1
        if confirmed is not None:
            counted[code]["judged"] += 1
            counted[code]["confirmed"] += confirmed
    for code, rule in every_rule().items():
        of = counted[code]
        yield RuleFigures(rule, SEVERITY[code], of["open"], of["closed"], of["confirmed"], of["judged"])
