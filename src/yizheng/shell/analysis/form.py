"""The form of a question: what an address says, and what the selects offer for the dataset that is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from yizheng.analysis import asking
from yizheng.analysis.datasets import Dimension, datasets
from yizheng.analysis.questions import VIEWS, BadQuestion, Filter, Question

FILTERS = 4
FIRST = "doctors_registration"
_ROWS_OF_DISTRICT = "institution_id.district"


@dataclass(frozen=True, slots=True)
class Slot:
    """One filter on the form: the dimension chosen, its values to choose from or the text to type."""

    number: int
    dimension: str
    options: list[tuple[str, str, bool]]
    text: str

    @property
    def is_days(self) -> bool:
        """Whether a range of days is typed."""
        return bool(self.dimension) and not self.options


def read(query: QueryDict) -> Question:
    """The question an address asks."""
    if not query.get("dataset"):
        return Question(FIRST, rows=_ROWS_OF_DISTRICT, view="bar", filters=(Filter("status", ("REG",)),))
    filters = []
    for number in range(FILTERS):
        dimension = query.get(f"f{number}", "")
        values = [value for value in query.getlist(f"v{number}") if value]
        if dimension and values:
            filters.append(Filter(dimension, tuple(values)))
    return Question(
        query.get("dataset", ""), query.get("measure", "subjects"), query.get("rows", ""), query.get("columns", ""),
        tuple(filters), query.get("day", ""), query.get("compare", ""), query.get("view", "table"), query.get("per", ""),
    )  # fmt: skip


def address(question: Question) -> str:
    """The question as an address says it."""
    pairs: list[tuple[str, str]] = [
        ("dataset", question.dataset), ("measure", question.measure), ("rows", question.rows), ("columns", question.columns),
        ("day", question.day), ("compare", question.compare), ("view", question.view), ("per", question.per),
    ]  # fmt: skip
    for number, each in enumerate(question.filters):
        pairs.append((f"f{number}", each.dimension))
        pairs += [(f"v{number}", value) for value in each.values]
    return urlencode([(name, value) for name, value in pairs if value])


def fit(question: Question) -> Question:
    """The question without what its dataset does not have: another dataset was chosen on the form."""
    of = question.of
    filters = tuple(each for each in question.filters if each.dimension in of.dimensions)
    rows = question.rows if question.rows in of.dimensions else ""
    columns = question.columns if question.columns in of.dimensions else ""
    measure = question.measure if question.measure in of.measures else "subjects"
    view = question.view if rows else "table"
    return Question(
        question.dataset, measure, rows, columns, filters, question.day, question.compare, view, question.per
    )


def offered(question: Question) -> Mapping[str, Any]:
    """What the selects of the form offer."""
    of = question.of
    days = asking.days(asking.registers_of(question))
    dimensions = sorted(of.dimensions.values(), key=lambda each: (bool(each.via), each.label))
    groups = [each for each in dimensions if each.kind != "day"]
    return {
        "datasets": _grouped(),
        "measures": [(each.code, each.label) for each in of.measures.values()],
        "dimensions": [(each.code, each.label) for each in groups],
        "filterable": [
            (each.code, each.label) for each in dimensions if each.kind not in ("text", "year", "month", "scope")
        ],
        "days": [day.isoformat() for day in days],
        "views": list(VIEWS.items()),
        "slots": list(_slots(question)),
    }


def _grouped() -> list[tuple[str, list[tuple[str, str]]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for each in datasets():
        found.setdefault(each.register.title, []).append((each.code, each.title))
    return list(found.items())


def _slots(question: Question) -> Iterator[Slot]:
    for number in range(min(FILTERS, len(question.filters) + 1)):
        chosen = question.filters[number] if number < len(question.filters) else None
        if chosen is None:
            yield Slot(number, "", [], "")
            continue
        dimension: Dimension = question.dimension(chosen.dimension)
        options = [(code, words, code in chosen.values) for code, words in dimension.values()]
        yield Slot(number, chosen.dimension, options, chosen.values[0] if not options else "")


def chosen_without_values(query: QueryDict) -> list[tuple[int, str]]:
    """Filters whose dimension was chosen and nothing of it yet: the next step of the form."""
    return [
        (number, str(query.get(f"f{number}", "")))
        for number in range(FILTERS)
        if query.get(f"f{number}") and not any(query.getlist(f"v{number}"))
    ]


def with_open(question: Question, slots: list[Slot], waiting: list[tuple[int, str]]) -> list[Slot]:
    """The slots with those opened whose dimension was only now chosen."""
    opened = []
    for number, code in waiting:
        try:
            dimension = question.dimension(code)
        except BadQuestion:
            continue
        opened.append(Slot(number, code, [(value, words, False) for value, words in dimension.values()], ""))
    if not opened:
        return slots
    return [*(each for each in slots if each.dimension), *opened][:FILTERS]
