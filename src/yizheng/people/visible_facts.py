"""Facts as a page may ask for them: by what held and was known, and by who is looking."""

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from yizheng.people.models import Account
from yizheng.people.rights.visibility import ScopedQuerySet
from yizheng.registry.models import EventFact, EventQuerySet, Fact, FactQuerySet, StateFact
from yizheng.registry.reading import spoken_of
from yizheng.registry.record import Record, record_of

F = TypeVar("F", bound=Fact)


class VisibleStates(FactQuerySet[F], ScopedQuerySet[F]):  # type: ignore[override]
    """States that know ``visible_to``."""


class VisibleEvents(EventQuerySet[F], ScopedQuerySet[F]):  # type: ignore[override]
    """Events that know ``visible_to``."""


class VisibleState(StateFact):
    """Base of the states of a system: rows belong to an authority and to a subject."""

    objects: ClassVar[VisibleStates[Any]] = VisibleStates.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True


class VisibleEvent(EventFact):
    """Base of the events of a system: rows belong to an authority and to a subject."""

    objects: ClassVar[VisibleEvents[Any]] = VisibleEvents.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True


def record_for(account: Account, subject_id: int, kinds: Iterable[type[Fact]]) -> Record:
    """The subject's record of these kinds as far as the account may see it."""
    return record_of(subject_id, (visible(kind).visible_to(account) for kind in spoken_of([subject_id], kinds)))


def visible(kind: type[Fact]) -> VisibleStates[Any]:
    """The rows of any kind, to be asked for by who is looking."""
    return VisibleStates(kind)
