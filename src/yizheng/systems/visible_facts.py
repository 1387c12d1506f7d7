"""Facts as a page may ask for them: by what held and was known, and by who is looking."""

from __future__ import annotations

from typing import TypeVar

from yizheng.people.visibility import ScopedQuerySet
from yizheng.registry.models import EventQuerySet, Fact, FactQuerySet

F = TypeVar("F", bound=Fact)


class VisibleStates(FactQuerySet[F], ScopedQuerySet[F]):
    """States that know ``visible_to``."""


class VisibleEvents(EventQuerySet[F], ScopedQuerySet[F]):
    """Events that know ``visible_to``."""
