"""核对: what becomes of each staged row, worked out inside the database, set by set, without writing a fact.

A row of a person nobody knows makes her (``person``) or is refused (``unknown``); one of a known person is ``new``, says
the ``same`` as the register, or has it ``changed``. Rows repeated in the file are ``repeated``, rows that contradict each
other or the register are ``conflict``: neither is loaded.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import connection
from django.db.backends.utils import CursorWrapper

from yizheng.intake import staging
from yizheng.intake.certificates import certificates_that_differ
from yizheng.intake.formats import Format, Makes, RegisterCheck, Severity
from yizheng.intake.models import Batch
from yizheng.intake.rowing import RowFinding
from yizheng.kernel.names import same_name
from yizheng.registry.periods import FOREVER

LOADED = ("person", "new", "changed")
ACCEPTED = (*LOADED, "same")
LABELS = {
    "person": "新建并登记",
    "new": "新增登记",
    "changed": "更新登记",
    "same": "登记已有，不变",
    "repeated": "文件内重复",
    "conflict": "待核",
    "unknown": "登记中没有",
}


def judge(batch: Batch, declared: Format) -> dict[str, int]:
    """Fill the verdicts of a staged batch and its findings against the register; how many rows of each verdict."""
    with connection.cursor() as cursor:
        cursor.execute("set local work_mem = '256MB'")
        cursor.execute("set local jit = off")
        cursor.execute("select intake_analyze_staging(%s)", [batch.pk])
        line = declared.holder.line
        cursor.execute(_matched(batch, declared), {"line": line, "forever": FOREVER})
        cursor.execute("select intake_analyze_verdicts(%s)", [batch.pk])
        cursor.execute(_same(batch, declared))
        _look_within(cursor, batch, declared)
        for check in (*declared.register_checks, *_fixed(declared)):
            _ask(cursor, batch, check)
    staging.note(batch, _identities_that_differ(batch, declared))
    staging.note(batch, certificates_that_differ(batch, declared))
    with connection.cursor() as cursor:
        if declared.holder.new is None:
            words = f"登记中没有这个{declared.column(declared.holder.number).heading}"
            unknown = RegisterCheck("unknown_person", declared.holder.number, words, "m.verdict = 'person'")
            _ask(cursor, batch, replace(unknown, severity=Severity.ERROR))
        cursor.execute(_settled(batch), [batch.pk])
        cursor.execute(f"select verdict, count(*) from {batch.verdicts} group by verdict")  # noqa: S608
        return dict(cursor.fetchall())


def _matched(batch: Batch, declared: Format) -> str:
    """Each staged row with the person known under its number, the fact its main fact meets, and whether she is called so.

    A number whose person was taken back with the batch that made her is kept, but nobody is known under it.
    """
    main, identity = declared.makes[0], declared.holder.identity
    differs = " or ".join(f's."{name}" <> i."{field}"' for name, field in declared.holder.compared.items())
    said_on_any_day = f"select from {identity.fact_table()} x where x.subject_id = m.subject_id"
    return f"""
        insert into {batch.verdicts} ("row", verdict, subject_id, known, differs)
        select s."row",
               case when m.subject_id is null or (i.id is null and f.id is null and not exists (
                       {said_on_any_day} and x.closed is null and x.line = %(line)s)) then 'person'
                    when f.id is null then 'new' else 'changed' end,
               m.subject_id, f.id, coalesce({differs}, false)
        from {batch.staging} s
        left join {_known(declared)}
        left join {identity.fact_table()} i on i.subject_id = m.subject_id and i.closed is null
            and i.line = %(line)s and i.valid_to = %(forever)s
        left join {main.model.fact_table()} f on f.subject_id = m.subject_id and f.closed is null
            and {main.met or f"f.line = {main.line}"}
    """  # noqa: S608 statements of declarations


def _known(declared: Format) -> str:
    """Who is known under the number of a staged row, as ``m``."""
    holder = declared.holder
    if holder.of_people:
        return (
            "people_vaultentry m on m.blind_index = s.id_blind and m.kind = s.id_kind "
            "and m.kind <> 'mobile' and not m.disputed"
        )
    return f"({holder.known}) m on m.number = s.{holder.number}"


def _same(batch: Batch, declared: Format) -> str:
    """Of the rows that meet a fact, those that say what it says."""
    main = declared.makes[0]
    pairs = [(f'f."{field}"', value) for field, value in said(main).items()]
    mine, theirs = ", ".join(one for one, _ in pairs), ", ".join(other for _, other in pairs)
    return f"""
        update {batch.verdicts} m set verdict = 'same'
        from {batch.staging} s, {main.model.fact_table()} f
        where m.verdict = 'changed' and s."row" = m."row" and f.id = m.known
          and row({mine}) is not distinct from row({theirs})
    """  # noqa: S608 statements of declarations


def said(makes: Makes) -> dict[str, str]:
    """Field of the fact to SQL over the staged row: a text that is empty in the file is empty in the register."""
    values = {}
    for field in makes.model.typed_fields():
        value = makes.values.get(field.name)
        if value is None:
            value = "null" if field.null else f"'{field.get_default()}'"
        elif not field.null and field.get_internal_type() == "CharField":
            value = f"coalesce({value}, '')"
        values[str(field.column)] = f"({value})::{field.db_type(connection)}"
    return values


def titles_of(makes: Makes) -> dict[str, str]:
    """Field of the fact to what it is called."""
    return {str(field.column): str(field.verbose_name) for field in makes.model.typed_fields()}


def _look_within(cursor: CursorWrapper, batch: Batch, declared: Format) -> None:
    """What the file says of one person more than once: the numbers are counted once, only rows of those are looked at."""
    cursor.execute("drop table if exists intake_several")
    cursor.execute(_SEVERAL.format(staging=batch.staging))
    if cursor.rowcount:
        cursor.execute(_repeated(batch, declared), [batch.pk])
        _ask(cursor, batch, _two_names(batch, declared))
    cursor.execute("drop table intake_several")


def _repeated(batch: Batch, declared: Format) -> str:
    """Of rows that speak of the same, the last stands: it is the later official version."""
    key = ", ".join(f"s.{name}" for name in ("id_blind", *declared.key))
    return f"""
        insert into intake_finding (batch_id, "row", code, severity, "column", message, given, known)
        select %s, t."row", 'repeated_in_file', 'error', '{declared.holder.number}',
               '与本文件第' || (t.last %% {ROWS_OF_A_TABLE}) || '行重复，以后出现的一行为准', '', ''
        from (select s."row", max(s."row") over (partition by {key}) as last
              from {batch.staging} s join intake_several t on t.id_blind = s.id_blind) t
        where t."row" < t.last
    """  # noqa: S608


def _two_names(batch: Batch, declared: Format) -> RegisterCheck:
    name = declared.holder.name
    return RegisterCheck(
        "names_differ_in_file",
        name,
        f"同一{declared.column(declared.holder.number).heading}在本文件中有不同的{declared.column(name).heading}，须查明后再报",
        "t.one <> t.other",
        f"""
        join (select s."row", min(s.{name}) over mine as one, max(s.{name}) over mine as other
              from {batch.staging} s join intake_several t on t.id_blind = s.id_blind
              window mine as (partition by s.id_blind)) t on t."row" = s."row"
        """,  # noqa: S608
        given=f"s.{name} || '；本文件另有 ' || case when s.{name} = t.other then t.one else t.other end",
    )


def _fixed(declared: Format) -> Iterator[RegisterCheck]:
    """The fields of the main fact that no file may change."""
    if declared.correctable is None:
        return
    main = declared.makes[0]
    titles = titles_of(main)
    for field, value in said(main).items():
        if field not in declared.correctable:
            yield RegisterCheck(
                "not_correctable",
                "",
                f"“{titles[field]}”与登记不同，这一项不得更改",
                f"m.verdict = 'changed' and f.\"{field}\" is distinct from ({value})",
                f"join {main.model.fact_table()} f on f.id = m.known",
                given=value,
                known=f'f."{field}"',
            )


def _ask(cursor: CursorWrapper, batch: Batch, check: RegisterCheck) -> None:
    """Note every staged row for which the check is broken."""
    cursor.execute(
        f"""
        insert into intake_finding (batch_id, "row", code, severity, "column", message, given, known)
        select %s, s."row", %s, %s, %s, %s,
               left(coalesce(({check.given})::text, ''), 200), left(coalesce(({check.known})::text, ''), 200)
        from {batch.staging} s join {batch.verdicts} m on m."row" = s."row" {check.joins}
        where {check.broken}
        """,  # noqa: S608
        [batch.pk, check.code, check.severity.value, check.column, check.message],
    )


def _identities_that_differ(batch: Batch, declared: Format) -> Iterator[RowFinding]:
    """Known persons whom the file calls otherwise than the register: each column side by side."""
    holder = declared.holder
    told = ", ".join(f's."{name}"::text, i."{field}"::text' for name, field in holder.compared.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select s."row", {told} from {batch.verdicts} m
            join {batch.staging} s on s."row" = m."row"
            join {holder.identity.fact_table()} i
              on i.subject_id = m.subject_id and i.closed is null and i.line = %s and i.valid_to = %s
            where m.differs
            """,  # noqa: S608
            [holder.line, FOREVER],
        )
        rows = cursor.fetchall()
    for row, *values in rows:
        for at, name in enumerate(holder.compared):
            given, known = values[2 * at], values[2 * at + 1]
            if given is None or known is None or given == known:
                continue
            if name == holder.name and same_name(given, known):
                continue
            heading = declared.column(name).heading
            words = f"同一{declared.column(holder.number).heading}下，“{heading}”与登记不一致，须核实后再报"
            yield RowFinding(row, f"{name}_differs", Severity.QUARANTINE, name, words, given, known)


def _settled(batch: Batch) -> str:
    """What findings stop is not loaded."""
    return f"""
        update {batch.verdicts} v set verdict = t.verdict
        from (select "row", case min(case code when 'unknown_person' then 2 when 'repeated_in_file' then 1 else 0 end)
                            when 0 then 'conflict' when 1 then 'repeated' else 'unknown' end as verdict
              from intake_finding where batch_id = %s and severity <> 'note' group by "row") t
        where t."row" = v."row"
    """  # noqa: S608


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that changes what is known: its number, whose it is, and field, before and after."""

    row: int
    name: str
    fields: tuple[tuple[str, str, str], ...]


def changed_rows(batch: Batch, declared: Format, limit: int = 20) -> list[Difference]:
    """The first rows of a staged batch that change a fact; none when the staging is gone."""
    main = declared.makes[0]
    values, titles = said(main), list(titles_of(main).values())
    pairs = ", ".join(f'f."{field}"::text, ({value})::text' for field, value in values.items())
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass(%s) is not null", [batch.staging])
        if cursor.fetchone() != (True,):
            return []
        cursor.execute(
            f"""
            select s."row", s."{declared.holder.name}", {pairs}
            from {batch.verdicts} m join {batch.staging} s on s."row" = m."row"
            join {main.model.fact_table()} f on f.id = m.known
            where m.verdict = 'changed' order by m."row" limit %s
            """,  # noqa: S608 statements of declarations
            [limit],
        )
        rows = cursor.fetchall()
    return [Difference(row, name, _fields(titles, told)) for row, name, *told in rows]


def _fields(titles: list[str], told: list[str | None]) -> tuple[tuple[str, str, str], ...]:
    found = []
    for at, title in enumerate(titles):
        before, after = told[2 * at] or "", told[2 * at + 1] or ""
        if before != after:
            found.append((title, before, after))
    return tuple(found)


ROWS_OF_A_TABLE = 2_000_000
"""The rows of a file's second table are numbered from here, of its third from twice this."""

# The blind index is made of the kind and the number, so it alone tells persons apart.
_SEVERAL = """
create temp table intake_several on commit drop as
select id_blind from {staging} where id_blind is not null group by id_blind having count(*) > 1
"""
