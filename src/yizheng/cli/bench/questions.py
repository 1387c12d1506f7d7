"""A question of `./yizheng bench`: what is measured, what stands beside it, how far it must reach.

A file in `benchmarks/` declares one or a few. The function that answers is a generator: it sets up, then yields one
`Pair` a run; the harness takes as many runs as declared, closes the generator and reports medians::

    @question(
        "asof-subject",
        "一名主体在某日的登记，p99",
        beside="同一张表按唯一键读一行，p99",
        unit="ms",
        reach=ratio_at_most(3),
    )
    def one_subject(lab: Lab) -> Iterator[Pair]:
        with lab.connect("serving") as connection:
            while True:
                yield Pair(ours=..., beside=...)
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from statistics import median

from yizheng.cli.bench.laboratory import Lab


@dataclass(frozen=True, slots=True)
class Pair:
    """One run: ours and what stands beside it, in the question's unit. `beside` may be None when nothing does."""

    ours: float
    beside: float | None = None
    note: str = ""
    """What else the reader should know of this run, in Chinese; shown in the table, not in the JSON."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an answer must reach: the words of it, and the test of (ours, ratio)."""

    words: str
    holds: Callable[[float, float | None], bool]
    elsewhere: Mapping[str, "Reach"] = field(default_factory=dict)
    """Another reach at the scales named."""

    def at(self, scale: str) -> "Reach":
        """The reach at a scale."""
        return self.elsewhere.get(scale, self)


def ratio_at_most(limit: float) -> Reach:
    """Ours costs at most so many times what stands beside it."""
    return Reach(f"ratio ≤ {limit:g}", lambda _, ratio: ratio is not None and ratio <= limit)


def ratio_at_least(limit: float) -> Reach:
    """Ours gives at least this share of what stands beside it."""
    return Reach(f"ratio ≥ {limit:g}", lambda _, ratio: ratio is not None and ratio >= limit)


def at_most(limit: float) -> Reach:
    """Ours is at most this, in the question's unit."""
    return Reach(f"≤ {limit:g}", lambda ours, _: ours <= limit)


def at_least(limit: float) -> Reach:
    """Ours is at least this, in the question's unit."""
    return Reach(f"≥ {limit:g}", lambda ours, _: ours >= limit)


def by_scale(reach: Reach, **elsewhere: Reach) -> Reach:
    """The first, but another at the scales named: ``by_scale(at_most(50), country=at_most(20))``."""
    others = "".join(f"（{scale}：{other.words}）" for scale, other in elsewhere.items())
    return Reach(f"{reach.words}{others}", reach.holds, elsewhere)


REPORTED = Reach("reported", lambda _ours, _ratio: True)
"""Told, not judged."""

Answer = Callable[[Lab], Iterator[Pair]]


@dataclass(frozen=True, slots=True)
class Question:
    """A declared question."""

    name: str
    asks: str
    beside: str
    unit: str
    reach: Reach
    runs: int
    scales: Sequence[str]
    """The scales it makes sense at; empty means every one."""
    answer: Answer


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with the medians of its runs."""

    question: Question
    reach: Reach
    ours: float
    beside: float | None
    note: str

    @property
    def ratio(self) -> float | None:
        """Ours divided by what stands beside it."""
        return self.ours / self.beside if self.beside else None

    @property
    def ok(self) -> bool:
        """Whether the answer reaches as far as it must."""
        return self.reach.holds(self.ours, self.ratio)


DECLARED: dict[str, Question] = {}


def question(
    name: str, asks: str, *, beside: str, unit: str, reach: Reach, runs: int = 3, scales: Sequence[str] = ()
) -> Callable[[Answer], Answer]:
    """Declare a question; the names of all files of `benchmarks/` are one name space."""

    def declare(answer: Answer) -> Answer:
        if name in DECLARED:
            raise ValueError(f"question {name} is declared twice")
        DECLARED[name] = Question(name, asks, beside, unit, reach, runs, tuple(scales), answer)
        return answer

    return declare


def ask(asked: Question, lab: Lab) -> Answered:
    """Run the question and take the medians. Raises ValueError when it yields no run."""
    running = asked.answer(lab)
    try:
        pairs = list(islice(running, asked.runs))
    finally:
        running.close()  # type: ignore[attr-defined]  # answers are generators
    if not pairs:
        raise ValueError(f"question {asked.name} gave no run")
    besides = [pair.beside for pair in pairs if pair.beside is not None]
    return Answered(
        asked,
        asked.reach.at(lab.scale.name),
        median(pair.ours for pair in pairs),
        median(besides) if besides else None,
        pairs[-1].note,
    )
