"""Whether an entry a browser holds is still the page: a tag of the published row, the day, and the page's own making."""

import hashlib
from datetime import date, datetime
from functools import cache

from django.template.loader import get_template
from django.urls import reverse

from yizheng.disclosure.stencils import gap, stencil


def entry_tag(token: str, refreshed: datetime, today: date, query: str) -> str:
    """The ETag of an entry: it changes when the row is published anew, at midnight, and with the program's pages."""
    said = f"{edition()}|{token}|{refreshed.timestamp():.6f}|{today}|{query}"
    return f'"{hashlib.blake2b(said.encode(), digest_size=12).hexdigest()}"'


@cache
def edition() -> str:
    """A digest of what an entry's page is made of besides its row: the frame with its styles, the templates."""
    frame = stencil("disclosure/too_many.html", reverse("disclosure:home"), (("seconds", gap("seconds")),))
    sources = (get_template(f"disclosure/{name}.html") for name in ("practitioner", "place"))
    texts = [*frame.fixed, *(source.template.source for source in sources)]  # type: ignore[attr-defined]
    return hashlib.sha256("".join(texts).encode()).hexdigest()[:16]
