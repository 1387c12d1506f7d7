"""Names of people who do not exist: common, compound, rare beyond the basic plane, and of several peoples."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from yizheng.demo.dice import Dice
from yizheng.kernel.codes import table

_NAMES = tomllib.loads(files("yizheng.demo").joinpath("data", "names.toml").read_text("utf-8"))
SURNAMES: str = _NAMES["surnames"]
COMPOUND: list[str] = _NAMES["compound"]
MALE: str = _NAMES["male"]
FEMALE: str = _NAMES["female"]
RARE: list[str] = _NAMES["rare"]


@dataclass(frozen=True, slots=True)
class Named:
    """A name with the ethnic group it goes with (a code of the table)."""

    name: str
    ethnic_group: str


def name(dice: Dice, sex: str) -> Named:
    """A name for a man (``1``) or a woman (``2``)."""
    if dice.happens(0.02):
        people = dice.choice(sorted(_NAMES["peoples"]))
        men, women = _NAMES["peoples"][people]
        return Named(dice.choice(men if sex == "1" else women), _code(people))
    group = dice.choice(_NAMES["northern"]) if dice.happens(0.06) else "汉族"
    made = _han_name(dice, sex)
    while made in _NAMES["well_known"]:
        made = _han_name(dice, sex)
    return Named(made, _code(group))


def _han_name(dice: Dice, sex: str) -> str:
    surname = dice.choice(COMPOUND) if dice.happens(0.015) else _surname(dice)
    given = MALE if sex == "1" else FEMALE
    if dice.happens(0.012):
        return surname + dice.choice(RARE)
    first = dice.choice(given)
    return surname + first + (dice.choice(given) if dice.happens(0.72) else "")


def _surname(dice: Dice) -> str:
    """The frequent ones far more often than the rest."""
    return SURNAMES[min(int(dice.expovariate(1 / 22)), len(SURNAMES) - 1)]


def _code(people: str) -> str:
    found = table("ethnic_group").find_by_name(people)
    assert found is not None, people
    return found.code
