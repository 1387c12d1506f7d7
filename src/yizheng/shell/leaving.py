"""打印 and 导出: any declared table on paper or as a spreadsheet; each export is recorded and says who took it, when and what.

个人信息保护法 第五十一条 asks for a trace of what is taken out: the record keeps which list, by which filters, how many
rows and the digest of the file, never what somebody typed.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yizheng.documents import spreadsheets
from yizheng.documents.spreadsheets import Cell, Sheet
from yizheng.people import audit
from yizheng.people.tables import Asked, Column, Table, UnknownTableError, table_of
from yizheng.shell.context import standing

MOST_PRINTED = 1000
MOST_EXPORTED = 100_000
_BLOCK = 1 << 16


@never_cache
@require_safe
def print_table(request: HttpRequest, code: str) -> HttpResponseBase:
    """The table on paper, as it is filtered; at most a thousand rows, and the page says so when there are more."""
    table = _table(code)
    return table.guard(_printed)(request, table)


@never_cache
@require_safe
def export_table(request: HttpRequest, code: str) -> HttpResponseBase:
    """The table as a spreadsheet, as it is filtered; what was taken is recorded."""
    table = _table(code)
    return table.guard(_exported)(request, table)


def _table(code: str) -> Table:
    try:
        return table_of(code)
    except UnknownTableError:
        raise Http404("没有这个清单") from None


def _may_leave(table: Table) -> None:
    if table.stays:
        raise Http404("这个清单不打印，也不导出")


def _columns(table: Table) -> list[Column]:
    return [column for column in table.columns if column.on_paper]


def _printed(request: HttpRequest, table: Table) -> HttpResponseBase:
    _may_leave(table)
    asked, columns = Asked.of(request, table.filters), _columns(table)
    found = list(islice(table.every(asked), MOST_PRINTED + 1))
    rows = found[:MOST_PRINTED]
    audit.record(request.user, "list.print", f"list:{table.code}", {**_recorded(asked, table), "rows": len(rows)})
    context = {
        "table": table,
        "columns": columns,
        "groups": [(title, [_on_paper(columns, row) for row in each]) for title, each in table.grouped(rows)],
        "filter": table.filter_words(asked),
        "number": len(rows),
        "cut": len(found) > MOST_PRINTED,
        "most": MOST_PRINTED,
        "watermark": f"{standing(request).name} {timezone.localtime():%Y-%m-%d %H:%M}",
    }
    return render(request, "tables/print.html", context)


def _exported(request: HttpRequest, table: Table) -> HttpResponseBase:
    _may_leave(table)
    asked, columns = Asked.of(request, table.filters), _columns(table)
    taken = _Taken(columns, table.every(asked))
    made = TemporaryFile()  # noqa: SIM115  closed by the response
    notes = (
        f"{table.title}　{table.filter_words(asked) or '全部'}",
        f"{standing(request).name} 导出于 {timezone.localtime():%Y-%m-%d %H:%M}　内部资料，按登记用途使用，不得转给他人",
    )
    sheet = Sheet(
        table.title[:31],
        [column.title for column in columns],
        taken.cells(),
        widths=[column.width for column in columns],
        notes=notes,
    )
    spreadsheets.write(made, sheet)
    detail = {**_recorded(asked, table), "rows": taken.number, "digest": _digest(made)}
    audit.record(request.user, "list.export", f"list:{table.code}", detail)
    name = f"{table.title}_{timezone.localdate():%Y%m%d}.xlsx"
    return FileResponse(made, as_attachment=True, filename=name, content_type=spreadsheets.MEDIA_TYPE)


@dataclass(slots=True)
class _Taken:
    """The rows on their way into the file, counted, and cut with a word when there are too many."""

    columns: list[Column]
    rows: Iterable[Any]
    number: int = field(default=0)

    def cells(self) -> Iterator[list[Cell]]:
        for row in self.rows:
            if self.number == MOST_EXPORTED:
                yield [f"只含前 {MOST_EXPORTED:,} 行，请缩小范围后再导出"]
                return
            self.number += 1
            yield _cells(self.columns, row)


def _cells(columns: list[Column], row: Any) -> list[Cell]:
    return [column.written(row) for column in columns]


WIDE = 24
"""A column this wide holds sentences, which may take a second line; dates, numbers and names never do."""


def _on_paper(columns: list[Column], row: Any) -> list[tuple[Cell, bool]]:
    return [(column.written(row), column.width >= WIDE) for column in columns]


def _recorded(asked: Asked, table: Table) -> dict[str, str]:
    """How the list is filtered, for the record: coded values as they are, of what was typed only that it was."""
    return {
        each.name: each.written(value)[:60] if each.coded else "（有）"
        for each in table.filters
        if (value := asked[each.name]) not in (None, "")
    }


def _digest(made: IO[bytes]) -> str:
    made.seek(0)
    digest = hashlib.sha256()
    while block := made.read(_BLOCK):
        digest.update(block)
    made.seek(0)
    return digest.hexdigest()
