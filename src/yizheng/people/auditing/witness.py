"""The audit trail witnessed: every hour the digest of what was written is appended to a file outside of the database.

A block ends where the trail ended an hour before, so that no entry under way is left out whatever the clock says.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from yizheng.kernel import journals
from yizheng.registry.seals.verification import proof

_TRAILS = {
    "people_auditentry": ("审计记录", "actor_id, verb, object_ref, detail::text"),
    "people_unmaskingrecord": ("查看记录", "subject_id, kind, account_id, reason"),
}
_DIGEST = """
select count(*), encode(sha256(coalesce(string_agg(sha256(convert_to(jsonb_build_array(
    id, to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), {columns}
)::text, 'UTF8')), '' order by id), '')), 'hex')
from {table} where id > %s and id <= %s
"""


def trail_file() -> Path:
    """Where the blocks are told."""
    return Path(settings.WITNESS_DIR) / "audit.jsonl"


def witness_trail() -> None:
    """Append a block of each trail: from the end of the former one to where the trail ended at the former run."""
    before: dict[str, dict[str, Any]] = {line["trail"]: line for line in journals.entries(trail_file())}
    with connection.cursor() as cursor:
        for table in _TRAILS:
            former = before.get(table, {"last": 0, "seen": 0})
            cursor.execute(f"select coalesce(max(id), 0) from {table}")  # noqa: S608 - a name of ours
            seen = int(cursor.fetchone()[0])
            first, last = int(former["last"]), int(former["seen"])
            count, digest = _digest(table, first, last)
            block = {"after": first, "last": last, "seen": seen, "count": count, "digest": digest}
            journals.append(trail_file(), {"trail": table, **block})


@proof("审计记录")
def differing() -> Iterator[str]:
    """Blocks of the trails that are not as they were witnessed."""
    for line in journals.entries(trail_file()):
        table, after, last = line["trail"], int(line["after"]), int(line["last"])
        count, digest = _digest(table, after, last)
        if (count, digest) != (line["count"], line["digest"]):
            title, _ = _TRAILS[table]
            what = f"见证时有 {line['count']} 条，现有 {count} 条" if count != line["count"] else "内容被改动"
            yield f"{title}第 {after + 1}—{last} 号之间{what}"


def _digest(table: str, after: int, last: int) -> tuple[int, str]:
    statement = _DIGEST.format(table=table, columns=_TRAILS[table][1])
    with connection.cursor() as cursor:
        cursor.execute(statement, [after, last])
        count, digest = cursor.fetchone()
    return int(count), str(digest)
