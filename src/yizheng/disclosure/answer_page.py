"""The page that answers a lookup, and the page that says that it was too many: filled from stencils.

Whether an entry a browser holds is still the page says a tag of the published row, the day, and the page's own making.
"""

import hashlib
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import mark_safe

from yizheng.disclosure import keys, lookup
from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.sources import PeopleSource, of_people
from yizheng.disclosure.stencils import Stencil, gap, stencil
from yizheng.disclosure.verdicts import verdict_on


@cache
def here(source: PeopleSource) -> str:
    """The address of lookups; asking for it costs as much as a line of the page."""
    return source.address


def search_context(source: PeopleSource) -> tuple[tuple[str, Any], ...]:
    """What the search form says of the register: its words, and the addresses of the two ways to ask."""
    home, others = reverse("disclosure:home"), of_people()
    asked = "" if source == others[0] else f"of={source.lookup.slug}&"
    return (
        ("source", source),
        ("others", others),
        ("by_name", f"{home}?{asked}".rstrip("?&")),
        ("by_number", f"{home}?{asked}by=number"),
    )


def answer_page(source: PeopleSource, by: str, name: str, institution: str, found: lookup.Found, today: date) -> str:
    """The answer to a question by `name` (with what was asked) or by `number` (which is not repeated)."""
    asked = urlencode({"name": name, "institution": institution}) if by == "name" else ""
    chosen = (
        *search_context(source),
        ("by", by),
        ("name", gap("name")),
        ("institution", gap("institution")),
        ("count", gap("count")),
        ("found", bool(found.entries)),
        ("listed", gap("listed")),
        ("more", found.more),
    )
    page = stencil("disclosure/results.html", here(source), chosen)
    return page.fill(
        {
            "name": name,
            "institution": institution,
            "count": str(len(found.entries)),
            "listed": mark_safe("".join(_line(source, entry, asked, today) for entry in found.entries)),  # noqa: S308 - filled and escaped
        }
    )


def too_many_page(seconds: int) -> str:
    """How long to wait."""
    return _too_many().fill({"seconds": str(seconds)})


def _too_many() -> Stencil:
    return stencil("disclosure/too_many.html", reverse("disclosure:home"), (("seconds", gap("seconds")),))


def entry_tag(token: str, refreshed: datetime, today: date, query: str) -> str:
    """The ETag of an entry: it changes when the row is published anew, at midnight, and with the program's pages."""
    said = f"{edition()}|{token}|{refreshed.timestamp():.6f}|{today}|{query}"
    return f'"{hashlib.blake2b(said.encode(), digest_size=12).hexdigest()}"'


@cache
def edition() -> str:
    """A digest of what an entry's page is made of besides its row: the frame with its styles, the templates."""
    sources = (get_template(f"disclosure/{name}.html") for name in ("practitioner", "place"))
    texts = [*_too_many().fixed, *(source.template.source for source in sources)]  # type: ignore[attr-defined]
    return hashlib.sha256("".join(texts).encode()).hexdigest()[:16]


def _line(source: PeopleSource, entry: PublicPractitioner, asked: str, today: date) -> str:
    verdict, main = verdict_on(entry, today), entry.main
    chosen = (
        ("source", source),
        ("state", verdict.words.state),
        ("sentence", verdict.words.verdict),
        ("detailed", bool(verdict.detail)),
        ("placed", main is not None),
        ("detail", gap("detail")),
        ("address", gap("address")),
        ("name", gap("name")),
        ("about", gap("about")),
        ("house", gap("house")),
        ("number", gap("number")),
    )
    line = stencil("disclosure/result.html", here(source), chosen)
    return line.fill(
        {
            "detail": verdict.detail,
            "address": f"{here(source)}{entry.token}/{'?' if asked else ''}{asked}",
            "name": entry.name,
            "about": "　".join(filter(None, (entry.sex, entry.level, entry.category))),
            "house": main.name if main else "",
            "number": keys.public_number(entry.practice_number),
        }
    )
