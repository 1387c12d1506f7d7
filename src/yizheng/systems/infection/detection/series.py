"""Counts at equal periods, of one series or of many at once (a row each), and which periods are watched."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Series:
    """Counts in the order of their periods, the last axis; a period not monitored only serves as history."""

    counts: Numbers
    monitored: Flags

    def __len__(self) -> int:
        return int(self.counts.shape[-1])

    @property
    def first_monitored(self) -> int | None:
        """The place of the first period watched."""
        return int(np.argmax(self.monitored)) if self.monitored.any() else None

    def watched(self, history: int) -> NDArray[np.intp]:
        """The places watched that have so many periods before them."""
        places = np.flatnonzero(self.monitored)
        return places[places >= history]

    def around(self, places: NDArray[np.intp], offsets: NDArray[np.intp]) -> Numbers:
        """The counts at offsets from each place, a row a place."""
        return self.counts[..., places[:, None] + offsets[None, :]]


def empty(*shape: int) -> Numbers:
    """As many unknown numbers."""
    return np.full(shape, np.nan)


def spread(length: int, places: NDArray[np.intp], values: Numbers) -> Numbers:
    """Values put at their places, the rest unknown."""
    whole = empty(*values.shape[:-1], length)
    whole[..., places] = values
    return whole
