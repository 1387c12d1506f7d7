"""Searching the directory: by name, number and time of change, in pages; the next page begins behind the last entry shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from yizheng.disclosure.models import PublicInstitution, PublicPractitioner
from yizheng.gateway.fhir.resources import Entry, Kind, Resource

MOST, USUAL = 200, 50
SUPPORTED = ("_id", "_count", "_lastUpdated", "_since", "_page", "name", "identifier")


class BadSearch(ValueError):
    """A parameter that is not known or cannot be read; the message says which."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of entries as resources, and where the next one begins; empty at the end."""

    resources: list[Resource]
    following: str


def search(kind: Kind, asked: Mapping[str, str]) -> Found:
    """The resources asked for, the longest unchanged first. Raises BadSearch."""
    unknown = sorted(set(asked) - set(SUPPORTED))
    if unknown:
        raise BadSearch(f"unknown parameter {unknown[0]}")
    count = _count(asked.get("_count", ""))
    rows = _narrowed(kind, asked).order_by("refreshed", "register", "subject")[: count + 1]
    entries = list(rows)
    page, more = entries[:count], len(entries) > count
    return Found(as_resources(kind, page), _cursor(page[-1]) if more and page else "")


def one(kind: Kind, name: str) -> Resource | None:
    """The resource of an id; nothing where there is none."""
    if kind.suffix and not name.endswith(kind.suffix):
        return None
    entries = list(_all(kind).filter(token=name.removesuffix(kind.suffix) if kind.suffix else name))
    return as_resources(kind, entries)[0] if entries else None


def as_resources(kind: Kind, entries: list[Any]) -> list[Resource]:
    """Entries as resources, the institutions they name by their ids."""
    tokens = _tokens(entries)
    return [kind.made(each, tokens) for each in entries]


def _tokens(entries: list[Entry]) -> dict[int, str]:
    wanted = {each.main.institution for each in entries if isinstance(each, PublicPractitioner) and each.main}
    if not wanted:
        return {}
    return dict(PublicInstitution.objects.filter(subject__in=wanted).values_list("subject", "token"))


def _all(kind: Kind) -> QuerySet[Any]:
    manager: Any = kind.of
    rows: QuerySet[Any] = manager.objects.all()
    return rows


def _narrowed(kind: Kind, asked: Mapping[str, str]) -> QuerySet[Any]:
    rows = _all(kind)
    if name := asked.get("_id"):
        rows = rows.filter(token=name.removesuffix(kind.suffix) if kind.suffix else name)
    if name := asked.get("name"):
        rows = rows.filter(name__startswith=name)
    if number := asked.get("identifier", "").rpartition("|")[2]:
        rows = rows.filter(practice_number=number) if kind.of is PublicPractitioner else rows.filter(number=number)
    if since := asked.get("_since"):
        rows = rows.filter(refreshed__gte=_moment(since))
    if changed := asked.get("_lastUpdated"):
        rows = rows.filter(**_compared(changed))
    if page := asked.get("_page"):
        rows = rows.filter(_behind(page))
    return rows


def _compared(text: str) -> dict[str, datetime]:
    ways = {"gt": "refreshed__gt", "ge": "refreshed__gte", "lt": "refreshed__lt", "le": "refreshed__lte"}
    way = ways.get(text[:2])
    if way is None:
        raise BadSearch("_lastUpdated begins with gt, ge, lt or le")
    return {way: _moment(text[2:])}


def _moment(text: str) -> datetime:
    try:
        read = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        raise BadSearch(f"{text} is no instant") from None
    if read.tzinfo is None:
        raise BadSearch(f"{text} names no time zone")
    return read


def _count(text: str) -> int:
    if not text:
        return USUAL
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise BadSearch(f"_count is between 1 and {MOST}")
    return int(text)


def _cursor(entry: Entry) -> str:
    return f"{entry.refreshed.isoformat()}~{entry.register}~{entry.subject}"


def _behind(cursor: str) -> Q:
    at, _, named = cursor.partition("~")
    register, _, subject = named.partition("~")
    if not subject.isdecimal():
        raise BadSearch("_page is not one that was given")
    moment = _moment(at)
    later_here = Q(refreshed=moment, register=register, subject__gt=int(subject))
    return Q(refreshed__gt=moment) | Q(refreshed=moment, register__gt=register) | later_here
