"""Chance that repeats: everything invented comes from one seeded source, so two demonstration cities are alike."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")
SEED = 20220301


class Dice(random.Random):
    """A seeded source with the throws the city needs."""

    def happens(self, share: float) -> bool:
        """True in ``share`` of the throws."""
        return self.random() < share

    def weighted(self, choices: Sequence[tuple[T, float]]) -> T:
        """One of the choices by weight."""
        return self.choices([choice for choice, _ in choices], [weight for _, weight in choices])[0]

    def day_between(self, first: date, last: date) -> date:
        """A day from ``first`` to ``last``, both possible."""
        return first + timedelta(days=self.randint(0, max(0, (last - first).days)))
