"""核对: what becomes of each staged row, worked out inside the database, set by set, without writing a fact.

A row of a person nobody knows makes her (``person``) or is refused (``unknown``); one of a known person is ``new``, says
the ``same`` as the register, or has it ``changed``. Rows repeated in the file are ``repeated``, rows that contradict each
other or the register are ``conflict``: neither is loaded.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from yizheng.intake import staging
from yizheng.intake.certificates import certificates_that_differ
from yizheng.intake.formats import Format, Makes, RegisterCheck, Severity
from yizheng.intake.models import Batch
from yizheng.intake.rowing import RowFinding
from yizheng.kernel.names import same_name
from yizheng.registry.models import Fact
from yizheng.registry.periods import FOREVER

LOADED = ("person", "new", "changed")
ACCEPTED = (*LOADED, "same")
LABELS = {
    "person": "新建人员并登记",
    "new": "新增登记",
    "changed": "更新登记",
    "same": "登记已有，不变",
    "repeated": "文件内重复",
    "conflict": "待核",
    "unknown": "查无此人",
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
        for check in declared.register_checks:
            cursor.execute(_broken(batch, check), {"batch": batch.pk, **_words(check)})
        for field, value in _fixed(declared).items():
            cursor.execute(_fixed_differs(batch, declared, field, value), [batch.pk])
    staging.note(batch, _identities_that_differ(batch, declared))
    staging.note(batch, certificates_that_differ(batch, declared))
    with connection.cursor() as cursor:
        cursor.execute(_unknown(batch, declared), [batch.pk])
        cursor.execute(_settled(batch), [batch.pk])
        cursor.execute(f"select verdict, count(*) from {batch.verdicts} group by verdict")  # noqa: S608
        return dict(cursor.fetchall())


def _matched(batch: Batch, declared: Format) -> str:
    """Each staged row with the person known under its number, the fact its main fact meets, and whether she is called so.

    A number whose person was taken back with the batch that made her is kept, but nobody is known under it.
    """
    main, identity = declared.makes[0], declared.holder.identity
    return f"""
        insert into {batch.verdicts} ("row", verdict, subject_id, known, differs)
        select s."row",
               case when m.subject_id is null or (i.id is null and f.id is null and {_nobody(identity)}) then 'person'
                    when f.id is null then 'new' else 'changed' end,
               m.subject_id, f.id, coalesce({_differs(declared)}, false)
        from {batch.staging} s
        left join people_vaultentry m on m.blind_index = s.id_blind and m.kind = s.id_kind
            and m.kind <> 'mobile' and not m.disputed
        left join {identity.fact_table()} i on i.subject_id = m.subject_id and i.closed is null
            and i.line = %(line)s and i.valid_to = %(forever)s
        left join {main.model.fact_table()} f on f.subject_id = m.subject_id and f.closed is null and {main.met}
    """  # noqa: S608 statements of declarations


def _nobody(identity: type[Fact]) -> str:
    """Nothing is said of who the person of the number is, on any day."""
    return (
        f"not exists (select from {identity.fact_table()} x "
        "where x.subject_id = m.subject_id and x.closed is null and x.line = %(line)s)"
    )


def _differs(declared: Format) -> str:
    compared = declared.holder.compared.items()
    return " or ".join(f's."{name}" <> i."{field}"' for name, field in compared)


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


def _look_within(cursor: CursorWrapper, batch: Batch, declared: Format) -> None:
    """What the file says of one person more than once: the numbers are counted once, only rows of those are looked at."""
    cursor.execute("drop table if exists intake_several")
    cursor.execute(_SEVERAL.format(staging=batch.staging))
    if cursor.rowcount:
        cursor.execute(_repeated(batch, declared), [batch.pk])
        cursor.execute(_two_names(batch, declared), [batch.pk])
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


def _two_names(batch: Batch, declared: Format) -> str:
    name = declared.holder.name
    return f"""
        insert into intake_finding (batch_id, "row", code, severity, "column", message, given, known)
        select %s, t."row", 'names_differ_in_file', 'quarantine', '{name}',
               '同一证件号码在本文件中有不同的姓名，须查明后再报',
               t.name || '；本文件另有 ' || case when t.name = t.other then t.one else t.other end, ''
        from (select s."row", s.{name} as name, min(s.{name}) over mine as one, max(s.{name}) over mine as other
              from {batch.staging} s join intake_several t on t.id_blind = s.id_blind
              window mine as (partition by s.id_blind)) t
        where t.one <> t.other
    """  # noqa: S608


def _broken(batch: Batch, check: RegisterCheck) -> str:
    return f"""
        insert into intake_finding (batch_id, "row", code, severity, "column", message, given, known)
        select %(batch)s, s."row", %(code)s, %(severity)s, %(column)s, %(message)s,
               left(coalesce(({check.given})::text, ''), 200), left(coalesce(({check.known})::text, ''), 200)
        from {batch.staging} s join {batch.verdicts} m on m."row" = s."row" {check.joins}
        where {check.broken}
    """  # noqa: S608


def _fixed(declared: Format) -> dict[str, str]:
    """The fields of the main fact that no file may change, with what the row says of them."""
    if declared.correctable is None:
        return {}
    return {field: value for field, value in said(declared.makes[0]).items() if field not in declared.correctable}


def _fixed_differs(batch: Batch, declared: Format, field: str, value: str) -> str:
    model = declared.makes[0].model
    title = next(str(one.verbose_name) for one in model.typed_fields() if one.column == field)
    return f"""
        insert into intake_finding (batch_id, "row", code, severity, "column", message, given, known)
        select %s, s."row", 'not_correctable', 'quarantine', '', '“{title}”与登记不同，这一项不得更改',
               left(coalesce(({value})::text, ''), 200), left(coalesce(f."{field}"::text, ''), 200)
        from {batch.staging} s join {batch.verdicts} m on m."row" = s."row" and m.verdict = 'changed'
        join {model.fact_table()} f on f.id = m.known
        where f."{field}" is distinct from ({value})
    """  # noqa: S608


def _words(check: RegisterCheck) -> dict[str, Any]:
    return {"code": check.code, "severity": check.severity.value, "column": check.column, "message": check.message}


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
            words = f"同一证件号码下，“{heading}”与登记不一致，须核实后再报"
            yield RowFinding(row, f"{name}_differs", Severity.QUARANTINE, name, words, given, known)


def _unknown(batch: Batch, declared: Format) -> str:
    """Persons nobody knows, where the format may not make them."""
    may_be_made = "true" if declared.holder.new is None else "false"
    return f"""
        insert into intake_finding (batch_id, "row", code, severity, "column", message, given, known)
        select %s, v."row", 'unknown_person', 'error', '{declared.holder.number}',
               '登记中没有这个证件号码的人员', '', ''
        from {batch.verdicts} v where v.verdict = 'person' and {may_be_made}
    """  # noqa: S608


def _settled(batch: Batch) -> str:
    """What findings stop is not loaded."""
    return f"""
        update {batch.verdicts} v set verdict = t.verdict
        from (select "row", case min(case code when 'unknown_person' then 2 when 'repeated_in_file' then 1 else 0 end)
                            when 0 then 'conflict' when 1 then 'repeated' else 'unknown' end as verdict
              from intake_finding where batch_id = %s and severity <> 'note' group by "row") t
        where t."row" = v."row"
    """  # noqa: S608


ROWS_OF_A_TABLE = 2_000_000
"""The rows of a file's second table are numbered from here, of its third from twice this."""

# The blind index is made of the kind and the number, so it alone tells persons apart.
_SEVERAL = """
create temp table intake_several on commit drop as
select id_blind from {staging} where id_blind is not null group by id_blind having count(*) > 1
"""
