"""Short ways to write and read the sample kinds of fact."""

from datetime import date
from typing import Any

from tests.registry.sample.models import Post
from yizheng.registry import FOREVER, ChangeInProgress, Subject

D = date.fromisoformat


def put(
    change: ChangeInProgress,
    subject: Subject,
    title: str,
    valid_from: str,
    valid_to: str | None = None,
    line: str = "main",
) -> Post:
    """The line says `title` over the period."""
    until = D(valid_to) if valid_to else FOREVER
    return change.state(
        Post, subject, line, {"title": title}, valid_from=D(valid_from), valid_to=until, authority_scope=1
    )


def spans(subject: Subject, line: str = "main", known: Any = None) -> list[tuple[str, str, str]]:
    """What the line says, in order: from, to ("…" for no end), title."""
    rows = Post.objects.known(known).filter(subject=subject, line=line).order_by("valid_from")
    return [(str(row.valid_from), "…" if row.valid_to == FOREVER else str(row.valid_to), row.title) for row in rows]
