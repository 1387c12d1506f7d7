"""The audit trail for the audit administrator."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import QuerySet

from yizheng.people.auditing.wording import detail_words, known_verbs, object_reference, object_words, verb_words
from yizheng.people.models import AuditEntry
from yizheng.people.pages.frame import requires
from yizheng.people.rights.roles import Power
from yizheng.people.tables import Asked, Choice, Column, Table, Text


class ObjectText(Text):
    """What an entry is about, typed as the page says it (办件 206) or as the trail has it."""

    coded: ClassVar[bool] = True

    def cleaned(self, text: str) -> str:
        """The reference the trail has."""
        return object_reference(text)

    def words(self, value: Any) -> str:
        """办件 206."""
        return object_words(value)

    written = words


def _entries(asked: Asked) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.select_related("actor")


def _who(entry: AuditEntry) -> str:
    return f"{entry.actor.display_name}（{entry.actor.username}）" if entry.actor else ""


def _detail(entry: AuditEntry) -> str:
    return "　".join(f"{name} {value}" for name, value in detail_words(entry.detail))


AUDIT = Table(
    "audit",
    "审计记录",
    _entries,
    (
        Column("时间", "at", 18, css="dense"),
        Column("操作人", _who, 24, css="name", nothing="没有登录的账号，或者系统"),
        Column("行为", lambda entry: verb_words(entry.verb), 20, css="together"),
        Column(
            "对象",
            lambda entry: object_words(entry.object_ref),
            18,
            css="together",
            nothing="没有对象",
            link=lambda entry: f"?{urlencode({'object': entry.object_ref})}" if entry.object_ref else "",
        ),
        Column("详情", _detail, 50, css="dense ink-2", nothing="没有另记的内容"),
    ),
    guard=requires(Power.READ_AUDIT),
    filters=(
        Choice("行为", "verb", known_verbs, by="verb"),
        Text("用户名", "actor", by="actor__username"),
        ObjectText("对象", "object", by="object_ref", hint="办件 206"),
    ),
    says="只增不改；不含个人信息",
    tally="条，新的在前",
    unfound="没有符合条件的记录。",
)
"""Entries, newest first, by verb, actor or object."""
