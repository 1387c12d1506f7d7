"""Restored beside source: what must be equal, and in words what is not."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg

from yizheng.cli.database.databases import Addresses
from yizheng.cli.trouble import Trouble, last_line

_REACHED = 'select coalesce(max("position"), 0) from registry_change'


def accounts(restored: Addresses, source: Addresses) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the restored database holds, with its proofs, and what its source holds up to the same position; asked at once."""
    with psycopg.connect(restored.owner) as owner:
        row = owner.execute(_REACHED).fetchone()
    assert row is not None
    with ThreadPoolExecutor(2) as both:
        proved = both.submit(_account, restored, str(row[0]), "--prove")
        original = both.submit(_account, source, str(row[0]))
        return proved.result(), original.result()


def _account(addresses: Addresses, *words: str) -> dict[str, Any]:
    """The account of one database (see `account`), from a process of its own."""
    done = addresses.run("yizheng.cli.recovery.account", *words, owner=True, capture_output=True)
    if done.returncode:
        raise Trouble(f"比对时出错：{last_line(done.stderr)}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def differences(restored: dict[str, Any], source: dict[str, Any]) -> list[str]:
    """What is not as it was, in sentences; none when the restore is proved."""
    return [
        *_of_tables(restored, source),
        *(["封存的号数或最后的根与源库不同"] if restored["seals"] != source["seals"] else []),
        *([] if restored["sound"] else ["恢复后的登记库核验未通过：" + "；".join(restored["findings"][:3])]),
        *([f"主密钥不能解密：{restored['key_fault']}"] if restored["key_fault"] else []),
    ]


def _of_tables(restored: dict[str, Any], source: dict[str, Any]) -> Iterator[str]:
    for table, (count, digest) in source["tables"].items():
        had, found = restored["tables"].get(table, ("0", "0"))
        if had != count:
            yield f"{table} 恢复出 {had} 行，源库同一序位有 {count} 行"
        elif found != digest:
            yield f"{table} 行数相同而内容摘要不同"
