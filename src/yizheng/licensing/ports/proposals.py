"""What a proposal (拟办) leads to: an act of the authority to open, or a case to look at; declared by who proposes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yizheng.licensing.catalogue import items


@dataclass(frozen=True, slots=True)
class ProposedAct:
    """The act of the authority a proposal leads to: its item, and what its form begins with."""

    item: str
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


_acts: dict[str, ProposedAct] = {}
_about_cases: set[str] = set()


def leads_to_act(consequence: str, act: ProposedAct) -> None:
    """Declare that proposals of this consequence open an act."""
    _acts[consequence] = act


def leads_to_case(consequence: str) -> None:
    """Declare that proposals of this consequence are about the case whose change is their cause."""
    _about_cases.add(consequence)


def act_of(consequence: str, on: date) -> ProposedAct | None:
    """The act that proposals of this consequence open, where one is declared and its item is in force."""
    act = _acts.get(consequence)
    return act if act is not None and any(each.code == act.item for each in items(on)) else None


def is_about_case(consequence: str) -> bool:
    """Whether proposals of this consequence are about the case that caused them."""
    return consequence in _about_cases
