"""Names of people and how they are looked up: each distinct name is folded and read once, whoever bears it."""

import random
from collections.abc import Iterator
from itertools import islice

from yizheng.cli.bench.laboratory import Scale
from yizheng.cli.bench.steps import Steps
from yizheng.cli.bench.writing import copied
from yizheng.demo.names import COMPOUND, FEMALE, MALE, SURNAMES
from yizheng.kernel.names import fold_name
from yizheng.kernel.names.pinyin import initials, pinyin

SEED = 20260101


def build(steps: Steps, scale: Scale) -> None:
    """The distinct names of so many people."""
    steps.once("names", lambda: _names(scale.people))


def _names(people: int) -> int:
    names = sorted({name for name, _ in islice(stream(), people)})
    return copied("bench_name", ((name, fold_name(name), pinyin(name), initials(name)) for name in names))


def stream() -> Iterator[tuple[str, str]]:
    """Names with the sex they go with, forever and always the same; frequent surnames far more often than rare ones."""
    dice = random.Random(SEED)  # noqa: S311 - invented people
    surnames = [*SURNAMES, *COMPOUND]
    weights = [1 / (rank + 4) for rank in range(len(surnames))]
    given = {"1": MALE, "2": FEMALE}
    while True:
        for surname in dice.choices(surnames, weights, k=10_000):
            sex = "1" if dice.random() < 0.5 else "2"
            chars = given[sex]
            name = surname + dice.choice(chars) + (dice.choice(chars) if dice.random() < 0.75 else "")
            yield name, sex
