"""Keyset paging, newest first: a page costs the same at the end of ten million rows as at the beginning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import models
from django.db.models import QuerySet

M = TypeVar("M", bound=models.Model)
SIZE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Rows of one page and the cursors to its neighbours, empty where there is none."""

    rows: list[M]
    before: str
    after: str


def page_of(rows: QuerySet[M], query: Mapping[str, str]) -> Page[M]:
    """The page of ``rows`` that ``?after=`` or ``?before=`` (ids) asks for."""
    after, before = _cursor(query.get("after")), _cursor(query.get("before"))
    if before is not None:
        found = list(rows.filter(pk__gt=before).order_by("pk")[: SIZE + 1])
        more, shown = len(found) > SIZE, found[:SIZE][::-1]
        return Page(shown, str(shown[0].pk) if more and shown else "", str(shown[-1].pk) if shown else "")
    older = rows.filter(pk__lt=after) if after is not None else rows
    found = list(older.order_by("-pk")[: SIZE + 1])
    shown = found[:SIZE]
    newer = str(shown[0].pk) if after is not None and shown else ""
    return Page(shown, newer, str(shown[-1].pk) if len(found) > SIZE else "")


def _cursor(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else None
