"""How people are found: identity numbers in the vault, names for the staff; copied without indexes."""

from django.db import connection

from yizheng.cli.bench.laboratory import Scale
from yizheng.cli.bench.steps import Steps
from yizheng.cli.bench.writing import written
from yizheng.people.enciphering.copying import copy_new
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import index_names

PORTION = 200_000
_HOUSES = 20_000


def build(steps: Steps, scale: Scale) -> None:
    """Vault entries of everybody, names of doctors, of nurses and of institutions."""

    def nurses(first: int, end: int) -> int:
        return written("nurse_names_borne", first + others, end + others)

    others = scale.people - scale.nurses
    with steps.without_indexes("index-vault", ["people_vaultentry"]):
        steps.portions("vault", scale.people, PORTION, _vault)
    steps.once("name-keys", lambda: written("name_keys"))
    with steps.without_indexes("index-names", ["people_searchname"]):
        steps.portions("names-borne", scale.doctors, PORTION, lambda first, end: written("names_borne", first, end))
        steps.portions("nurse-names-borne", scale.nurses, PORTION, nurses)
    steps.portions("names-of-houses", scale.institutions, _HOUSES, _houses)


def _vault(first: int, end: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select subject, resident from bench_person where number >= %s and number < %s", [first, end])
        rows = cursor.fetchall()
    return copy_new([(subject, "resident_id", number) for subject, number in rows])


def _houses(first: int, end: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select subject, name, scope from bench_house where number >= %s and number < %s", [first, end])
        rows = cursor.fetchall()
    with acting_as_system("bench: names of institutions"):
        index_names(rows, person=False)
    return len(rows)
