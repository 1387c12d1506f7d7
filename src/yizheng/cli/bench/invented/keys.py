"""How people are found: identity numbers in the vault, search keys for the staff; copied without indexes."""

from __future__ import annotations

from functools import partial

from django.db import connection

from yizheng.cli.bench.scales import Scale
from yizheng.cli.bench.steps import Steps
from yizheng.cli.bench.writing import as_job
from yizheng.people import vault

PORTION = 200_000

_SEARCH = """
insert into people_searchkey (subject_id, kind, key, scope_id)
select r.subject_id, k.kind, k.key, r.authority_scope
from bench_person p join doctors_registration r on r.subject_id = p.subject and r.closed is null
                     and r.valid_to = date '9999-12-31'
join bench_name n on n.name = p.name
cross join lateral (
    values ('name', n.folded), ('pinyin', n.pinyin), ('initials', n.initials)
    union
    select 'bigram', substr(n.folded, g, 2) from generate_series(1, length(n.folded) - 1) g
) k (kind, key)
where p.number >= %s and p.number < %s
on conflict do nothing
"""


def build(steps: Steps, scale: Scale) -> None:
    """Vault entries of everybody, search keys of doctors."""
    with steps.without_indexes("index-vault", ["people_vaultentry"]):
        for name, first, end in steps.portions("vault", scale.people, PORTION):
            steps.once(name, partial(_vault, first, end))
    with steps.without_indexes("index-search", ["people_searchkey"]):
        for name, first, end in steps.portions("search", scale.doctors, PORTION):
            steps.once(name, partial(_search, first, end))


def _vault(first: int, end: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select subject, resident from bench_person where number >= %s and number < %s", [first, end]
        )
        rows = cursor.fetchall()
    return vault.copy_new([(subject, "resident_id", number) for subject, number in rows])


def _search(first: int, end: int) -> int:
    with as_job("bench: search keys"), connection.cursor() as cursor:
        cursor.execute(_SEARCH, [first, end])
        return int(cursor.rowcount)
