"""The audit trail witnessed: every hour the digest of what was written is appended to a file outside of the database.

A block ends where the trail ended an hour before, so that no entry under way is left out whatever the clock says.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

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
    before = _last_of_each()
    with connection.cursor() as cursor:
        for table in _TRAILS:
            former = before.get(table, {"last": 0, "seen": 0})
            cursor.execute(f"select coalesce(max(id), 0) from {table}")  # noqa: S608 - a name of ours
            seen = int(cursor.fetchone()[0])
            first, last = int(former["last"]), int(former["seen"])
            count, digest = _digest(table, first, last)
            _append({"trail": table, "after": first, "last": last, "seen": seen, "count": count, "digest": digest})


@proof("审计记录")
def differing() -> Iterator[str]:
    """Blocks of the trails that are not as they were witnessed."""
    for line in _lines():
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


def _last_of_each() -> dict[str, dict[str, Any]]:
    return {line["trail"]: line for line in _lines()}


def _lines() -> Iterator[dict[str, Any]]:
    """Complete lines; one torn by a crash is passed over."""
    if not trail_file().exists():
        return
    for line in trail_file().read_text("utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            continue


def _append(line: dict[str, Any]) -> None:
    path = trail_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line, separators=(",", ":")) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
