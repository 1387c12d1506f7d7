"""All rules asked of a world: the clues they find, each once, in order."""

from __future__ import annotations

from yizheng.systems.supervision import cross_rules, institution_rules, people_rules  # noqa: F401 — declare the rules
from yizheng.systems.supervision.declaring import RULES, Clue
from yizheng.systems.supervision.world import World


def clues(world: World) -> list[Clue]:
    """What the rules find in a world."""
    return sorted({clue for rule in RULES.values() for clue in rule.clues(world)})
