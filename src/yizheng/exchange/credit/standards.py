"""The data standard of 双公示 as dated data: tables with their fields, and the titles of the rules (发改办财金〔2018〕424号).

A version of the standard holds on ``valid_from <= day < valid_to``; another version is further rows of the files.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

DATA = Path(__file__).parent.parent / "data"
TableName = Literal["license", "penalty"]
OTHER = "其他-"
"""A category of one's own begins so, with its text behind."""


@dataclass(frozen=True, slots=True)
class CreditField:
    """One field: what it holds (text, day, amount, uscc), how many characters at most, and when it is required."""

    name: str
    label: str
    kind: str
    longest: int | None
    required: str


@dataclass(frozen=True, slots=True)
class Standard:
    """One table in one version of the standard."""

    version: str
    prefix: str
    fields: tuple[CreditField, ...]
    categories: frozenset[str]
    basis: str
    authority: str
    """The field of the deciding organ; that of its code ends in DM."""
    source_code: str
    """The field of the code of the unit that uploads."""

    def named(self, short: str) -> str:
        """The name of a field of both tables: ``XDR_MC`` is XK_XDR_MC or CF_XDR_MC."""
        return self.prefix + short

    @property
    def category(self) -> str:
        """The field of the kind of permission or penalty."""
        return self.named("XKLB" if self.prefix == "XK_" else "CFLB")


_ORGANS: Mapping[str, tuple[str, str, str]] = {
    "license": ("XK_", "XK_XKJG", "XK_LYDWDM"),
    "penalty": ("CF_", "CF_CFJG", "CF_SJLYDM"),
}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _in_force(row: Mapping[str, str], on: date) -> bool:
    return date.fromisoformat(row["valid_from"]) <= on and (
        not row["valid_to"] or on < date.fromisoformat(row["valid_to"])
    )


@cache
def standard(table: TableName, on: date) -> Standard:
    """The table as it is reported on a day; before the first version, as in the first."""
    versions = _rows("credit_versions")
    row = next((each for each in versions if _in_force(each, on)), versions[0])
    prefix, authority, source_code = _ORGANS[table]
    fields = tuple(
        CreditField(
            each["field"], each["label"], each["kind"], int(each["longest"]) if each["longest"] else None,
            each["required"],
        )
        for each in _rows("credit_fields")
        if (each["version"], each["table"]) == (row["version"], table)
    )  # fmt: skip
    categories = frozenset(row[f"{table}_categories"].split(";"))
    return Standard(row["version"], prefix, fields, categories, row["basis"], authority, source_code)


@cache
def rules_in_force(on: date) -> Mapping[int, str]:
    """The rules of a day by their number, with what each asks."""
    return {int(each["no"]): each["title"] for each in _rows("credit_rules") if _in_force(each, on)}
