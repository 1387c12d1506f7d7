"""How people are found: identity numbers in the vault, names for the staff; copied without indexes."""

from functools import partial

from django.db import connection

from yizheng.cli.bench.scales import Scale
from yizheng.cli.bench.steps import Steps
from yizheng.cli.bench.writing import as_job
from yizheng.people.enciphering.copying import copy_new
from yizheng.people.searching.search import index_names

PORTION = 200_000
_HOUSES = 20_000

_KEYS = """
insert into people_namekey (person, kind, key, name)
select true, k.kind, k.key, n.folded
from bench_name n cross join lateral (
    values ('name', n.folded), ('pinyin', n.pinyin), ('initials', n.initials)
    union
    select 'bigram', substr(n.folded, g, 2) from generate_series(1, length(n.folded) - 1) g
) k (kind, key)
where not exists (select from people_namekey known where known.person and known.kind = 'name' and known.key = n.folded)
order by k.kind, k.key, n.folded
"""
_BORNE = """
insert into people_searchname (subject_id, scope_id, person, name)
select r.subject_id, r.authority_scope, true, n.folded
from bench_person p join doctors_registration r on r.subject_id = p.subject and r.closed is null
                     and r.valid_to = date '9999-12-31'
join bench_name n on n.name = p.name
where p.number >= %s and p.number < %s
on conflict do nothing
"""


def build(steps: Steps, scale: Scale) -> None:
    """Vault entries of everybody, names of doctors and of institutions."""
    with steps.without_indexes("index-vault", ["people_vaultentry"]):
        for name, first, end in steps.portions("vault", scale.people, PORTION):
            steps.once(name, partial(_vault, first, end))
    steps.once("name-keys", _name_keys)
    with steps.without_indexes("index-names", ["people_searchname"]):
        for name, first, end in steps.portions("names-borne", scale.doctors, PORTION):
            steps.once(name, partial(_borne, first, end))
    for name, first, end in steps.portions("names-of-houses", scale.institutions, _HOUSES):
        steps.once(name, partial(_houses, first, end))


def _vault(first: int, end: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select subject, resident from bench_person where number >= %s and number < %s", [first, end])
        rows = cursor.fetchall()
    return copy_new([(subject, "resident_id", number) for subject, number in rows])


def _name_keys() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_KEYS)
        return int(cursor.rowcount)


def _borne(first: int, end: int) -> int:
    with as_job("bench: names borne"), connection.cursor() as cursor:
        cursor.execute(_BORNE, [first, end])
        return int(cursor.rowcount)


def _houses(first: int, end: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select subject, name, scope from bench_house where number >= %s and number < %s", [first, end])
        rows = cursor.fetchall()
    with as_job("bench: names of institutions"):
        index_names(rows, person=False)
    return len(rows)
