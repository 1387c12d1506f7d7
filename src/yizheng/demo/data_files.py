"""The data files of the demonstration city."""

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

PLACE = files("yizheng.demo").joinpath("data")


@cache
def tables(name: str) -> dict[str, Any]:
    """The tables of a TOML file."""
    return tomllib.loads(PLACE.joinpath(name).read_text("utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file with a heading."""
    with PLACE.joinpath(name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))
