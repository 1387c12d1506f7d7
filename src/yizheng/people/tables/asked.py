"""What somebody asks of a table: who she is, on which day, and by which filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils import timezone

from yizheng.people.models import Account
from yizheng.people.pages.frame import account_of
from yizheng.people.tables.filters import Filter

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to a table; ``asked["q"]`` is the cleaned value of the filter of that name."""

    request: HttpRequest
    values: Mapping[str, Any]
    today: date = field(default_factory=timezone.localdate)
    _known: dict[Callable[[Asked], Any], Any] = field(default_factory=dict)

    @classmethod
    def of(cls, request: HttpRequest, filters: tuple[Filter, ...]) -> Asked:
        """Read the address."""
        return cls(request, {each.name: each.read(request.GET) for each in filters})

    def about(self, filters: tuple[Filter, ...], known: Mapping[str, Any]) -> Asked:
        """The same request to another table of the page; ``known`` are values the address does not say."""
        values = {each.name: each.read(self.request.GET) for each in filters} | dict(known)
        return Asked(self.request, values, self.today, self._known)

    @property
    def account(self) -> Account:
        """Who asks."""
        return account_of(self.request)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def once(self, find: Callable[[Asked], T]) -> T:
        """What ``find`` finds, looked up once a request however many parts of the page need it."""
        if find not in self._known:
            self._known[find] = find(self)
        found: T = self._known[find]
        return found
