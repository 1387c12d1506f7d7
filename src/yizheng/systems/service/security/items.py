"""The items of GB/T 22239-2019 level 3 and of GB/T 39786-2021, read from ``data/security.csv``."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class SecurityItem:
    """One item; ``proof`` names a live check, or says that a test or a document proves it, or that it is missing."""

    code: str
    standard: str
    control: str
    requirement: str
    proof: str
    where: str


@cache
def security_items() -> tuple[SecurityItem, ...]:
    """All of them in the order of the standards."""
    with files("yizheng.systems.service").joinpath("data/security.csv").open(encoding="utf-8") as file:
        return tuple(
            SecurityItem(row["id"], row["standard"], row["control"], row["requirement"], row["proof"], row["where"])
            for row in csv.DictReader(file)
        )
