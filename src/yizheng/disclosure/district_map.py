"""各区示意图: the districts of the city as tiles about where they lie, with how many entries each has; drawn from our own data.

A cartogram: every district has a tile of one size, neighbours lie beside each other as far as a grid lets them. No outside map.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from yizheng.kernel.codes import table

SHADES = 4
"""How many steps of shade a tile may have, the darkest for the most."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One district: its place, its short name, how many there are and how dark that is drawn."""

    code: str
    row: int
    column: int
    name: str
    count: int
    shade: int


@cache
def _places() -> tuple[tuple[str, int, int], ...]:
    with files("yizheng.disclosure").joinpath("data/district_tiles.csv").open(encoding="utf-8") as stream:
        return tuple((row["code"], int(row["row"]), int(row["column"])) for row in csv.DictReader(stream))


def tiles(counts: Mapping[str, int]) -> list[Tile]:
    """The tiles from north-west to south-east, as a person reads them aloud."""
    most = max(counts.values(), default=0)
    return [
        Tile(code, row, column, _short(code), count, -(-SHADES * count // most) if most else 0)
        for code, row, column in _places()
        for count in (counts.get(code, 0),)
    ]


def _short(code: str) -> str:
    name = table("district")[code].name
    return "经开区" if code == "BDA" else name.removesuffix("区")
