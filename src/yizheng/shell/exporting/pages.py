"""打印 and 导出: any declared list on paper or as a spreadsheet; each export is recorded and says who took it, when and what.

个人信息保护法 第五十一条 asks for a trace of what is taken out: the record keeps which list, by which filters, how many
rows and the digest of the file, never what somebody typed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yizheng.documents import spreadsheets
from yizheng.documents.spreadsheets import Cell, Sheet
from yizheng.people import audit
from yizheng.shell.account import standing
from yizheng.shell.exporting.lists import ListKind, UnknownListError, kind_of

MOST_PRINTED = 1000
MOST_EXPORTED = 100_000
_BLOCK = 1 << 16


@never_cache
@require_safe
def print_list(request: HttpRequest, code: str) -> HttpResponseBase:
    """The list on paper, as it is filtered; at most a thousand rows, and the page says so when there are more."""
    kind = _kind(code)
    return kind.guard(_printed)(request, kind)


@never_cache
@require_safe
def export_list(request: HttpRequest, code: str) -> HttpResponseBase:
    """The list as a spreadsheet, as it is filtered; what was taken is recorded."""
    kind = _kind(code)
    return kind.guard(_exported)(request, kind)


def _kind(code: str) -> ListKind:
    try:
        return kind_of(code)
    except UnknownListError:
        raise Http404("没有这个清单") from None


def _printed(request: HttpRequest, kind: ListKind) -> HttpResponseBase:
    found = list(islice(kind.rows(request), MOST_PRINTED + 1))
    rows = found[:MOST_PRINTED]
    audit.record(
        request.user, "list.print", f"list:{kind.code}", {**_recorded(request, kind), "rows": len(rows)}
    )
    context = {
        "kind": kind,
        "groups": [(title, [_cells(kind, row) for row in each]) for title, each in _grouped(kind, rows)],
        "filter": _filter_words(request, kind),
        "number": len(rows),
        "cut": len(found) > MOST_PRINTED,
        "most": MOST_PRINTED,
        "watermark": f"{standing(request).name} {timezone.localtime():%Y-%m-%d %H:%M}",
    }
    return render(request, "exporting/print.html", context)


def _grouped(kind: ListKind, rows: list[Any]) -> Iterable[tuple[str, Iterable[Any]]]:
    if kind.group is None:
        return [("", rows)] if rows else []
    in_order = groupby(sorted(rows, key=_place(kind.group)), kind.group)
    return [(title, list(each)) for (_, title), each in in_order]


def _place(group: Callable[[Any], tuple[int, str]]) -> Callable[[Any], int]:
    return lambda row: group(row)[0]


def _exported(request: HttpRequest, kind: ListKind) -> HttpResponseBase:
    name = standing(request).name
    taken = _Taken(kind, kind.rows(request))
    made = TemporaryFile()  # noqa: SIM115  closed by the response
    notes = (
        f"{kind.title}　{_filter_words(request, kind) or '全部'}",
        f"{name} 导出于 {timezone.localtime():%Y-%m-%d %H:%M}　内部资料，按登记用途使用，不得转给他人",
    )
    sheet = Sheet(
        kind.title[:31],
        [column.title for column in kind.columns],
        taken.cells(),
        widths=[column.width for column in kind.columns],
        notes=notes,
    )
    spreadsheets.write(made, sheet)
    detail = {**_recorded(request, kind), "rows": taken.number, "digest": _digest(made)}
    audit.record(request.user, "list.export", f"list:{kind.code}", detail)
    answer = FileResponse(made, content_type=spreadsheets.MEDIA_TYPE)
    file_name = quote(f"{kind.title}_{timezone.localdate():%Y%m%d}.xlsx")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{file_name}"
    return answer


@dataclass(slots=True)
class _Taken:
    """The rows on their way into the file, counted, and cut with a word when there are too many."""

    kind: ListKind
    rows: Iterable[Any]
    number: int = field(default=0)

    def cells(self) -> Iterator[list[Cell]]:
        for row in self.rows:
            if self.number == MOST_EXPORTED:
                yield [f"只含前 {MOST_EXPORTED:,} 行，请缩小范围后再导出"]
                return
            self.number += 1
            yield _cells(self.kind, row)


def _cells(kind: ListKind, row: Any) -> list[Cell]:
    return [column.of(row) for column in kind.columns]


def _filter_words(request: HttpRequest, kind: ListKind) -> str:
    """How the list is filtered, in the words of the page."""
    said = []
    for name, each in kind.filters.items():
        if value := request.GET.get(name, "").strip():
            said.append(f"{each.label}：{each.words(value) if each.words else value}")
    return "　".join(said)


def _recorded(request: HttpRequest, kind: ListKind) -> dict[str, str]:
    """How the list is filtered, for the record: coded values as they are, of what was typed only that it was."""
    return {
        name: value[:60] if each.words else "（有）"
        for name, each in kind.filters.items()
        if (value := request.GET.get(name, "").strip())
    }


def _digest(made: IO[bytes]) -> str:
    made.seek(0)
    digest = hashlib.sha256()
    while block := made.read(_BLOCK):
        digest.update(block)
    made.seek(0)
    return digest.hexdigest()
