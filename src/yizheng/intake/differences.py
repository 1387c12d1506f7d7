"""差异: what loading a checked batch would change, field by field, from its staging; nothing is written."""

from dataclasses import dataclass

from django.db import connection

from yizheng.intake.formats import Format
from yizheng.intake.models import Batch
from yizheng.intake.verdicts import said


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that changes what is known: its number, whose it is, and field, before and after."""

    row: int
    name: str
    fields: tuple[tuple[str, str, str], ...]


def changed_rows(batch: Batch, declared: Format, limit: int = 20) -> list[Difference]:
    """The first rows of a staged batch that change a fact; none when the staging is gone."""
    main = declared.makes[0]
    values = said(main)
    titles = {str(field.column): str(field.verbose_name) for field in main.model.typed_fields()}
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
    return [Difference(row, name, _fields(list(titles.values()), told)) for row, name, *told in rows]


def _fields(titles: list[str], told: list[str | None]) -> tuple[tuple[str, str, str], ...]:
    found = []
    for at, title in enumerate(titles):
        before, after = told[2 * at] or "", told[2 * at + 1] or ""
        if before != after:
            found.append((title, before, after))
    return tuple(found)
