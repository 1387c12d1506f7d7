"""Names of people who do not exist: common, compound, rare beyond the basic plane, and of several peoples."""

from yizheng.demo.data_files import tables
from yizheng.demo.dice import Dice
from yizheng.kernel.codes import table

_NAMES = tables("names.toml")
SURNAMES: str = _NAMES["surnames"]
COMPOUND: list[str] = _NAMES["compound"]
MALE: str = _NAMES["male"]
FEMALE: str = _NAMES["female"]
RARE: list[str] = _NAMES["rare"]


def name(dice: Dice, sex: str) -> tuple[str, str]:
    """A name for a man (``1``) or a woman (``2``), with the code of the ethnic group it goes with."""
    if dice.happens(0.02):
        people = dice.choice(sorted(_NAMES["peoples"]))
        men, women = _NAMES["peoples"][people]
        return dice.choice(men if sex == "1" else women), _code(people)
    group = dice.choice(_NAMES["northern"]) if dice.happens(0.06) else "汉族"
    made = _han_name(dice, sex)
    while made in _NAMES["well_known"]:
        made = _han_name(dice, sex)
    return made, _code(group)


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
