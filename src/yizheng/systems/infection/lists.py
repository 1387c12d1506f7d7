"""The code lists of the records: sites, organisms, devices, operations, jobs and the like, with the group a code belongs to."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def _lists() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    found: dict[str, dict[str, tuple[str, str]]] = {}
    with (DATA / "lists.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(row["list"], {})[row["code"]] = (row["name"], row["group"])
    return found


@cache
def names(name: str) -> Mapping[str, str]:
    """The codes of a list with their words, in the order of the list."""
    return {code: words for code, (words, _) in _lists()[name].items()}


def group(name: str, code: str) -> str:
    """The group a code belongs to; empty for none."""
    return _lists()[name].get(code, ("", ""))[1]
