"""What would fail under a forecast, on paper and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.http import Http404, HttpRequest

from yizheng.licensing.forecasts.kinds import kind_of
from yizheng.licensing.models import Forecast
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.shell.exporting import Column, Filter, ListKind, declare
from yizheng.shell.forecasts.page import ASKERS, described, failures, question

_CHUNK = 2000


def _forecast(pk: str) -> Forecast | None:
    return Forecast.objects.filter(pk=int(pk)).first() if pk.isascii() and pk.isdecimal() else None


def _rows(request: HttpRequest) -> Iterator[dict[str, Any]]:
    account, asked = signed_in(request), _forecast(request.GET.get("forecast", ""))
    if asked is None:
        raise Http404("没有指明是哪次推演")
    waiting = failures(account, asked).iterator(_CHUNK)
    while portion := list(islice(waiting, _CHUNK)):
        yield from described(account, kind_of(asked.register), portion)


def _words(pk: str) -> str:
    asked = _forecast(pk)
    return question(asked) if asked else pk


declare(
    ListKind(
        "forecast",
        "规则推演",
        for_roles(ASKERS),
        (
            Column("姓名", "name", 12),
            Column("级别", "level", 14),
            Column("主要执业机构", "institution", 36),
            Column("原因", "sentence", 50),
            Column("依据", "article", 40),
        ),
        _rows,
        {"forecast": Filter("推演", _words)},
    )
)
