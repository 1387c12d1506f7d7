"""The in-app inbox: a short note to an account, or to all who hold a role in a scope.

A note says what happened and where to look. It never carries an identity number: whoever may see one opens the page.
"""

import re
from collections.abc import Iterable, Sequence

from yizheng.people.kinds import Role
from yizheng.people.models import Account, Scope
from yizheng.registry.writer.rows import Known, insert_many
from yizheng.work.models import Notice, NoticeReading

_IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{24,27}[Xx]?(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)")


LONGEST_TITLE = 120


class PersonalNumber(ValueError):
    """A note held a number that looks like an identity, qualification or mobile number."""


def send(
    *,
    title: str,
    kind: str,
    to: Account | None = None,
    role: Role | None = None,
    scope: Scope | int | None = None,
    body: str = "",
    link: str = "",
) -> Notice:
    """Put a note into an account's inbox (`to`), or into those of all who hold `role` in `scope`."""
    _without_numbers(title, body)
    if (to is None) == (role is None or scope is None):
        raise ValueError("a note goes to an account, or to a role in a scope")
    return Notice.objects.create(
        kind=kind,
        title=title[:LONGEST_TITLE],
        body=body,
        link=link,
        account=to,
        role=role or "",
        scope_id=scope.pk if isinstance(scope, Scope) else scope,
    )


def _without_numbers(title: str, body: str) -> None:
    if _IDENTITY_NUMBER.search(title) or _IDENTITY_NUMBER.search(body):
        raise PersonalNumber("a note carries no identity, qualification or mobile number")


def send_many(kind: str, notices: Sequence[Notice]) -> None:
    """Put these new notices into their inboxes, in one statement; a title is cut to what fits."""
    for each in notices:
        _without_numbers(each.title, each.body)
        each.kind, each.title = kind, each.title[:LONGEST_TITLE]
    insert_many(notices)


def unread_count(account: Account) -> int:
    """How many notes the account has not opened."""
    return Notice.objects.visible_to(account).unread_by(account).count()


def mark_read(account: Account, notices: Iterable[Notice]) -> None:
    """Record that the account has read these notes; those read before stay as they are."""
    insert_many([NoticeReading(account=account, notice=notice) for notice in notices], Known.KEPT)


def mark_all_read(account: Account) -> int:
    """Record that the account has read everything in its inbox; returns how many were unread."""
    unread = list(Notice.objects.visible_to(account).unread_by(account))
    mark_read(account, unread)
    return len(unread)
