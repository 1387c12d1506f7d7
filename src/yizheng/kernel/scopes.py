"""Practice scopes and the clinical subjects (诊疗科目) an institution must hold for them (医师法 第十四条).

``full`` means the scope may be registered where the institution holds the subject; ``review`` means a person decides.
"""

import csv
from collections.abc import Iterable
from enum import StrEnum
from functools import cache

from yizheng.kernel.codes import DATA


class Fit(StrEnum):
    """How well a scope fits an institution's subjects."""

    FULL = "full"
    REVIEW = "review"
    NONE = "none"


@cache
def _pairs() -> dict[str, dict[str, Fit]]:
    pairs: dict[str, dict[str, Fit]] = {}
    for row in _rows():
        pairs.setdefault(row["scope"], {})[row["subject"]] = Fit(row["fit"])
    return pairs


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with (DATA / "scope_subject.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _covered() -> frozenset[tuple[str, str]]:
    return frozenset((row["scope"], row["subject"]) for row in _rows() if row["covers"] == "1")


def covers(scope: str, subject: str) -> bool:
    """Whether what is done under a subject lies within a scope; a level-1 subject covers its sections.

    Wider than what may be registered without a person's judgement: who was let do it does it rightly.
    """
    return not {(scope, subject), (scope, subject.partition(".")[0])}.isdisjoint(_covered())


def subjects_of(scope: str) -> tuple[str, ...]:
    """The subject codes that fully carry a scope."""
    return tuple(subject for subject, fit in _pairs().get(scope, {}).items() if fit is Fit.FULL)


def scopes_of(subject: str) -> tuple[str, ...]:
    """The scope codes that a subject (or its level-1 parent) fully carries."""
    return tuple(scope for scope in _pairs() if fit(scope, [subject]) is Fit.FULL)


def fit(scope: str, subjects: Iterable[str]) -> Fit:
    """The best fit of a scope among an institution's subjects; a section (03.04) counts for its subject (03)."""
    pairs = _pairs().get(scope, {})
    found = {_fit_of(pairs, subject) for subject in subjects}
    return Fit.FULL if Fit.FULL in found else Fit.REVIEW if Fit.REVIEW in found else Fit.NONE


def _fit_of(pairs: dict[str, Fit], subject: str) -> Fit:
    while subject:
        if subject in pairs:
            return pairs[subject]
        subject = subject.rpartition(".")[0]
    return Fit.NONE
