"""The obligations of the contract, read from ``data/obligations.csv``: clause, actor, limit, and the evidence asked for."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ACTORS = {"contractor": "乙方", "client": "甲方", "both": "双方"}


@dataclass(frozen=True, slots=True)
class Obligation:
    """One obligation; ``evidence`` names the question whose answer proves it."""

    code: str
    clause: str
    title: str
    actor: str
    limit: str
    evidence: str

    @property
    def actor_words(self) -> str:
        """Who owes it."""
        return ACTORS[self.actor]


@cache
def obligations() -> tuple[Obligation, ...]:
    """All of them, in the order of the contract."""
    with files("yizheng.systems.service").joinpath("data/obligations.csv").open(encoding="utf-8") as file:
        return tuple(
            Obligation(row["id"], row["clause"], row["title"], row["actor"], row["limit"], row["evidence"])
            for row in csv.DictReader(file)
        )
