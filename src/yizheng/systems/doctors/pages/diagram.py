"""A doctor's record as lines over the years: registrations filled, filings outlined, not practising hatched, events diamonds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yizheng.registry.models import EventFact, Fact
from yizheng.registry.periods import last_day
from yizheng.shell.lines import Diagram, Line, Point, Span, draw
from yizheng.systems.doctors.models import (
    InstitutionFiling,
    MilitaryTransfer,
    PeriodicAssessment,
    Qualification,
    Registration,
)
from yizheng.systems.doctors.pages.wording import Wording, short_scope
from yizheng.systems.practitioners.models import (
    ConductRecord,
    Education,
    PenaltyRecord,
    PersonIdentity,
    ProfessionalTitle,
    RegistrationBar,
    TrainingProof,
)
from yizheng.systems.practitioners.models.conduct import GOOD

_ORDER: tuple[type[Fact], ...] = (Qualification, Registration, InstitutionFiling)
_LAST: tuple[type[Fact], ...] = (
    RegistrationBar,
    PeriodicAssessment,
    TrainingProof,
    PenaltyRecord,
    ConductRecord,
    MilitaryTransfer,
)
_NOT_DRAWN = (PersonIdentity, Education, ProfessionalTitle)


def lines_of(versions: Iterable[Fact], words: Wording, *, day: date, today: date) -> Diagram | None:
    """The drawing of what was known; None when there is nothing to draw."""
    by_line: dict[tuple[int, str, str], list[Fact]] = {}
    for each in versions:
        if not isinstance(each, _NOT_DRAWN):
            by_line.setdefault((_rank(type(each)), each.fact_table(), each.line), []).append(each)
    rows = [_line(sorted(found, key=_start), words) for _, found in sorted(by_line.items(), key=_key)]
    return draw(rows, day=day, today=today) if rows else None


def _key(item: tuple[tuple[int, str, str], list[Fact]]) -> tuple[int, str, date, str]:
    rank, table, line = item[0]
    return rank, table, min(map(_start, item[1])), line


def _start(version: Fact) -> date:
    return version.valid_from


def _rank(kind: type[Fact]) -> int:
    if kind in _ORDER:
        return _ORDER.index(kind)
    return 20 + _LAST.index(kind) if kind in _LAST else 10


def _line(versions: list[Fact], words: Wording) -> Line:
    label = words.line(versions[-1])
    if isinstance(versions[-1], EventFact):
        return Line(label, points=tuple(Point(v.valid_from, words.says(v), _colour(v)) for v in versions))
    spans = []
    former: Fact | None = None
    for version in versions:
        spans.append(_span(version, former, words))
        former = version
    return Line(label, spans=tuple(spans))


def _span(version: Fact, former: Fact | None, words: Wording) -> Span:
    text, short = words.says(version), ""
    if isinstance(version, Registration) and isinstance(former, Registration):
        added = [short_scope(code) for code in version.scopes if code not in former.scopes]
        if added and version.institution_id == former.institution_id and version.status == former.status:
            text = "＋" + "、".join(added)
    if isinstance(version, InstitutionFiling):
        last = last_day(version.valid_to)
        text = f"到 {last}" if last else ""
        short = text
    return Span(version.valid_from, version.valid_to, text, _look(version), short)


def _look(version: Fact) -> str:
    if isinstance(version, Qualification):
        return "plain"
    if isinstance(version, RegistrationBar):
        return "hatched"
    if isinstance(version, Registration):
        return "filled" if version.may_practise else "hatched" if version.stands else "ended"
    return "outlined"


def _colour(version: Fact) -> str:
    if isinstance(version, PenaltyRecord):
        return "bad"
    if isinstance(version, ConductRecord):
        return "ok" if version.kind == GOOD else "bad"
    passed = getattr(version, "passed", None)
    return "go" if passed is None else "ok" if passed else "bad"
