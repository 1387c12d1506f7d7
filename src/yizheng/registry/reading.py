"""Reading the register in both times: what held on a day, as it was known at a position or a moment."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypeVar

from django.apps import apps
from django.db import connection
from django.db.models import Q

from yizheng.registry.models import EventFact, EventQuerySet, Fact, FactQuerySet
from yizheng.registry.models.identity import SameAs
from yizheng.registry.models.knowledge import Knowledge
from yizheng.registry.registers import Register
from yizheng.registry.writer.versions import SubjectRef, subject_id

Version = TypeVar("Version", bound=Fact)


def kinds() -> tuple[type[Fact], ...]:
    """Every kind of fact installed, in the order of their tables' names."""
    models = (model for model in apps.get_models() if issubclass(model, Fact))
    return tuple(sorted(models, key=lambda model: model.fact_table()))


def kinds_of(register: Register) -> tuple[type[Fact], ...]:
    """The kinds of a register, and for one of people those that belong to the person; by the names of their tables.

    That two subjects are one is not told of either: it leads to the page of the one that stands for both.
    """
    return tuple(kind for kind in kinds() if register in kind.registers() and kind is not SameAs)


def kind_of_table(table: str) -> type[Fact]:
    """The kind whose versions a table holds. Raises LookupError."""
    for model in kinds():
        if model.fact_table() == table:
            return model
    raise LookupError(f"{table} holds no facts")


def facts_touched(change_id: int) -> tuple[tuple[str, int], ...]:
    """Table and subject of every fact a change opened or closed; to be asked with sight of every line."""
    return tuple(
        (kind.fact_table(), subject)
        for kind in kinds()
        for subject in FactQuerySet(kind)
        .filter(Q(opened=change_id) | Q(closed=change_id))
        .values_list("subject_id", flat=True)
        .distinct()
    )


def spoken_of(subjects: Sequence[int], among: Iterable[type[Fact]]) -> list[type[Fact]]:
    """Those of the kinds of which one of the subjects has a version in sight, in one query: most subjects have a few kinds."""
    asked = list(among)
    probes = " union all ".join(
        f"select {place} where exists (select from {kind.fact_table()} where subject_id = any(%(subjects)s))"  # noqa: S608
        for place, kind in enumerate(asked)
    )
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(probes, {"subjects": list(subjects)})
        found = {place for (place,) in cursor.fetchall()}
    return [kind for place, kind in enumerate(asked) if place in found]


def as_of(
    model: type[Version], subject: SubjectRef, *, valid: date, known: int | datetime | Knowledge | None = None
) -> FactQuerySet[Version]:
    """The subject's facts of a kind on a day, as known then; `known=None` means as known now.

    States: those that hold on the day. Events: those that had happened by the day.
    """
    queryset: FactQuerySet[Version]
    queryset = EventQuerySet(model) if issubclass(model, EventFact) else FactQuerySet(model)
    return queryset.filter(subject_id=subject_id(subject)).as_of(valid, known)
