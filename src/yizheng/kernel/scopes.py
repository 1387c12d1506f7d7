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
    with (DATA / "scope_subject.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            pairs.setdefault(row["scope"], {})[row["subject"]] = Fit(row["fit"])
    return pairs


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
