"""入册: a judged batch becomes one change, set by set: new persons with their numbers and names, then facts.

All of it is one transaction: what dies half way leaves nothing, and staging and verdicts are there for the next try.
"""

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from sys import intern

import polars as pl
from django.db import connection
from django.db.models.expressions import RawSQL

from yizheng.intake import staging
from yizheng.intake.files.tables import ROW
from yizheng.intake.formats import Format, Makes
from yizheng.intake.models import Batch
from yizheng.intake.persons import KIND
from yizheng.intake.verdicts import LOADED, said
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.enciphering.copying import Sealed, copy_sealed, sealed_new
from yizheng.people.models import SearchName
from yizheng.people.searching.search import NamesToCopy, copy_names, index_names, names_to_copy
from yizheng.registry.models import EventFact, StateFact
from yizheng.registry.periods import FOREVER
from yizheng.registry.verbs import ChangeInProgress
from yizheng.registry.writer import bulk

_LOADED = ", ".join(f"'{verdict}'" for verdict in LOADED)


def load(batch: Batch, declared: Format, change: ChangeInProgress) -> None:
    """Write everything a judged batch says as part of ``change``."""
    with connection.cursor() as cursor:
        cursor.execute("set local work_mem = '256MB'")
        cursor.execute("set local jit = off")
        cursor.execute(_NUMBERED.format(staging=batch.staging, verdicts=batch.verdicts))
    with ThreadPoolExecutor(1) as aside:
        names = _make_persons(batch, declared, change, aside)
        if declared.certificate:
            _keep_certificates(batch, declared)
        for place, makes in enumerate(declared.makes):
            _state(batch, makes, change, leads=place == 0)
        for rests in declared.rests_on:
            loaded = f"from {_rows(batch)} {rests.joins} where m.verdict in ({_LOADED})"
            bulk.rely(change, f"intake:{batch.pk}", rests.model, f"select distinct {rests.version} {loaded}")
        if names is not None:
            copy_names(names.result(), batch.authority_scope)
        elif not declared.holder.of_people:
            index_names([(*each, batch.authority_scope) for each in _names(batch, declared)], person=False)
    with connection.cursor() as cursor:
        cursor.execute("drop table intake_person")


def _make_persons(
    batch: Batch, declared: Format, change: ChangeInProgress, aside: Executor
) -> Future[NamesToCopy] | None:
    """One subject for each number nobody holds, however many rows speak of it, with its number and identity.

    Who was taken back with the batch that made her has subject and number already; her identity is stated anew.
    Their names, whose pinyin takes longest, are read aside while the database takes in all the rest.
    """
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from intake_person")
        if declared.holder.new is None or cursor.fetchone() == (0,):
            return None
        cursor.execute(_SUBJECTS, [declared.holder.kind, change.id])
        cursor.execute("analyze intake_person")
    if not declared.holder.of_people:
        return None
    again = RawSQL("select subject_id from intake_person where held", ())
    SearchName.objects.filter(scope_id=batch.authority_scope, subject_id__in=again).delete()
    read = aside.submit(names_to_copy, _names(batch, declared))
    _write_identities(batch, declared, change)
    _keep_numbers(batch)
    return read


def _write_identities(batch: Batch, declared: Format, change: ChangeInProgress) -> None:
    holder = declared.holder
    assert holder.new is not None
    identity = Makes(holder.identity, f"'{holder.line}'", holder.since, holder.new)
    relation = f"""
        select {_columns(batch, identity, "p.subject_id")}
        from intake_person p join {batch.staging} s on s."row" = p."row"
    """  # noqa: S608
    bulk.append(change, holder.identity, relation)


def _keep_numbers(batch: Batch) -> None:
    """One portion is enciphered while the database takes in the one before."""

    def copy(made: Future[list[Sealed]]) -> None:
        for sealed in made.result():
            copy_sealed(sealed)

    subjects = staging.frame(
        'select "row", subject_id from intake_person where not held', {ROW: pl.Int64, _HOLDER: pl.Int64}
    )
    with ThreadPoolExecutor(1) as aside:
        waiting: list[Future[list[Sealed]]] = []
        for portion in staging.numbers(batch):
            waiting.append(aside.submit(_sealed, portion.join(subjects, on=ROW)))
            if len(waiting) > 1:
                copy(waiting.pop(0))
        for last in waiting:
            copy(last)


def _sealed(numbers: pl.DataFrame) -> list[Sealed]:
    """New numbers of a portion, enciphered kind by kind."""
    return [
        sealed_new(IdentifierKind(kind), held[_HOLDER].to_list(), held[staging.NUMBER].to_list())
        for (kind,), held in numbers.partition_by(KIND, as_dict=True).items()
    ]


def _keep_certificates(batch: Batch, declared: Format) -> None:
    """The numbers of qualification certificates that rows bring: their beginning and the person's own number."""
    begun = staging.frame(
        f"""
        select m."row", {_SUBJECT}, s.{declared.certificate} from {_rows(batch)}
        where m.verdict in ({_LOADED}) and s.{declared.certificate} is not null
        """,  # noqa: S608
        {ROW: pl.Int64, _HOLDER: pl.Int64, _BEGINNING: pl.String},
    )
    for portion in staging.numbers(batch):
        rows = portion.join(begun, on=ROW).select(_HOLDER, pl.col(_BEGINNING) + pl.col(staging.NUMBER))
        vault.store_missing([(subject, _CERTIFICATE, number) for subject, number in rows.iter_rows()])


def _names(batch: Batch, declared: Format) -> list[tuple[int, str]]:
    relation = f"""
        select p.subject_id, s.{declared.holder.name} from intake_person p join {batch.staging} s on s."row" = p."row"
    """  # noqa: S608
    found = staging.frame(relation, {_HOLDER: pl.Int64, declared.holder.name: pl.String})
    return [(subject_id, intern(name)) for subject_id, name in found.iter_rows()]


def _state(batch: Batch, makes: Makes, change: ChangeInProgress, *, leads: bool) -> None:
    """The facts of one kind, in the order of their subjects, so that pages of indexes are written one after the other.

    Where the main kind is an event that is said otherwise now, the former version is closed.
    """
    relation = f"""
        select {_columns(batch, makes, _SUBJECT)} from {_rows(batch)}
        where m.verdict in ({_LOADED}) and {makes.when} order by 1
    """  # noqa: S608
    if issubclass(makes.model, StateFact):
        bulk.load_states(change, makes.model, relation)
        return
    if leads:
        changed = f"select known from {batch.verdicts} where verdict = 'changed'"  # noqa: S608
        bulk.close(change, makes.model, changed)
    bulk.append(change, makes.model, relation)


def _rows(batch: Batch) -> str:
    """The staged rows ``s`` with their verdicts ``m``, and the person ``p`` just made, if one was."""
    return (
        f'{batch.verdicts} m join {batch.staging} s on s."row" = m."row" '
        "left join intake_person p on m.subject_id is null and p.id_blind = s.id_blind"
    )


def _columns(batch: Batch, makes: Makes, subject: str) -> str:
    until = f"({makes.valid_from}) + 1" if issubclass(makes.model, EventFact) else f"date '{FOREVER}'"
    values = ", ".join(f'{value} as "{column}"' for column, value in said(makes).items())
    return (
        f"{subject} as subject_id, {makes.line} as line, {makes.valid_from} as valid_from, {until} as valid_to, "
        f"{int(batch.authority_scope)} as authority_scope, {values}"
    )


_SUBJECT = "coalesce(m.subject_id, p.subject_id)"
_HOLDER = "holder"
_BEGINNING = "beginning"
_CERTIFICATE = IdentifierKind.QUALIFICATION_NUMBER

_NUMBERED = """
create temp table intake_person on commit drop as
select row_number() over (partition by min(v.subject_id) is null order by min(s."row")) as place, min(s."row") as "row",
       s.id_blind, min(v.subject_id) as subject_id, min(v.subject_id) is not null as held
from {staging} s join {verdicts} v on v."row" = s."row" where v.verdict = 'person' group by s.id_blind
"""

_SUBJECTS = """
with made as (
    insert into registry_subject (kind, opened, revision)
    select %s, %s, 0 from intake_person where not held returning id
), placed as (select id, row_number() over (order by id) as place from made)
update intake_person p set subject_id = placed.id from placed where placed.place = p.place and not p.held
"""
