"""What a database holds up to a position, as JSON (`python -m yizheng.cli.recovery.account POSITION [--prove]`).

Asked of the restored database and of its source, the two answers must be equal: every table of the ledger and of facts
by count and digest, the seals by their last root. With `--prove` every table is read to its end, the register is verified
against its seals, and some identifiers are deciphered with the key that lies there.
"""

import json
import logging
import os
import sys
from collections.abc import Sequence
from typing import Any

import django

_LEDGER = {
    "registry_change": '"position" <= {p}',
    "registry_subject": 'opened in (select id from registry_change where "position" <= {p})',
    "registry_basis": 'change_id in (select id from registry_change where "position" <= {p})',
    "registry_keptline": 'change_id in (select id from registry_change where "position" <= {p})',
}
_COLUMNS = """
select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped
  and attname not in ('closed', 'revision', 'overtaken') order by attnum
"""
_OTHERS = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind = 'r' and c.relpersistence = 'p' order by 1
"""


def account(position: int, *, prove: bool) -> dict[str, Any]:
    """The account of this process's database."""
    return {
        "position": position,
        "tables": _tables(position),
        "seals": _seals(position),
        **(_proofs() if prove else {}),
    }


def _tables(position: int) -> dict[str, list[str]]:
    from yizheng.registry.reading import kinds

    facts = {
        kind.fact_table(): 'opened in (select id from registry_change where "position" <= {p})' for kind in kinds()
    }
    return {
        table: _digest(table, condition.format(p=int(position))) for table, condition in {**_LEDGER, **facts}.items()
    }


def _digest(table: str, condition: str) -> list[str]:
    """How many rows, and a sum of their hashes that no order changes."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [table])
        columns = ", ".join(f'"{name}"' for (name,) in cursor.fetchall())
        cursor.execute(
            f"select count(*), coalesce(sum(hash_record_extended(row({columns}), 0)), 0)"  # noqa: S608 - names from the catalogue
            f' from "{table}" where {condition}'
        )
        count, digest = cursor.fetchone()
    return [str(count), str(digest)]


def _seals(position: int) -> list[str]:
    from yizheng.registry.models import Seal

    seals = Seal.objects.filter(last_position__lte=position)
    last = seals.order_by("-number").first()
    return [str(seals.count()), bytes(last.root).hex() if last else ""]


def _rows() -> dict[str, int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_OTHERS)
        counts = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f'select count(*) from "{table}"')  # noqa: S608 - a name from the catalogue
            counts[table] = int(cursor.fetchone()[0])
    return counts


def _proofs() -> dict[str, Any]:
    from yizheng.people import vault
    from yizheng.people.enciphering.cipher import Undecipherable
    from yizheng.people.enciphering.masterkey import MasterKeyMissing, MasterKeyUnusable
    from yizheng.registry.seals.verification import verify

    report = verify()
    try:
        deciphered, fault = vault.drill(), ""
    except (Undecipherable, MasterKeyMissing, MasterKeyUnusable) as problem:
        deciphered, fault = 0, str(problem)
    return {
        "read": _rows(),
        "sound": report.sound,
        "findings": [finding.text for finding in report.findings[:20]],
        "sealed_to": report.sealed_to,
        "witnessed_to": report.witnessed_to,
        "deciphered": deciphered,
        "key_fault": fault,
    }


def main(words: Sequence[str]) -> None:
    """Print the account."""
    position, *more = words
    print(json.dumps(account(int(position), prove="--prove" in more)))


if __name__ == "__main__":
    os.environ["YIZHENG_DB_ROLE"] = "owner"
    django.setup()
    logging.disable(logging.INFO)
    main(sys.argv[1:])
