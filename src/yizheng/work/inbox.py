"""The in-app inbox: a short note to an account, or to all who hold a role in a scope.

A note says what happened and where to look. It never carries an identity number: whoever may see one opens the page.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from yizheng.people.kinds import Role
from yizheng.people.models import Account, Scope
from yizheng.registry.writer.rows import Known, insert_many
from yizheng.work.models import Notice, NoticeReading

_IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{24,27}[Xx]?(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)")


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
        title=title,
        body=body,
        link=link,
        account=to,
        role=role or "",
        scope_id=scope.pk if isinstance(scope, Scope) else scope,
    )


def _without_numbers(title: str, body: str) -> None:
    if _IDENTITY_NUMBER.search(title) or _IDENTITY_NUMBER.search(body):
        raise PersonalNumber("a note carries no identity, qualification or mobile number")


@dataclass(frozen=True, slots=True)
class Note:
    """One of many notes of a kind: to the account with this id, or, without one, to a role in a scope."""

    account: int | None
    title: str
    body: str = ""
    link: str = ""
    role: Role | None = None
    scope: int | None = None


def send_many(kind: str, notes: Iterable[Note]) -> int:
    """Put every note into its inbox, in one statement; returns how many."""
    rows = []
    for each in notes:
        _without_numbers(each.title, each.body)
        rows.append(
            Notice(
                kind=kind, account_id=each.account, role=each.role or "", scope_id=each.scope,
                title=each.title[:120], body=each.body, link=each.link,
            )
        )  # fmt: skip
    return len(insert_many(rows))


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
