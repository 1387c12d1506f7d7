"""计算器: the formulas of the figures, to be asked with a table that is pasted; the same code as ``./yizheng compute``."""

from __future__ import annotations

import csv
import io
import json
from importlib import import_module
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yizheng.kernel.calculators import BadInput, Calculator, calculators
from yizheng.people.tables import Column, Table
from yizheng.systems.infection.pages.access import infection_only

LONGEST, MOST_ROWS = 200_000, 2_000


def known() -> dict[str, Calculator]:
    """The calculators of infection control by name."""
    import_module("yizheng.systems.infection.calculators")
    return {each.name: each for each in calculators() if each.name.startswith("infection.") and not each.reads_files}


CALCULATORS = Table(
    "infection_calculators",
    "计算器",
    lambda asked: list(known().values()),
    (
        Column("计算器", "title", 28, css="name", link=lambda each: reverse("infection:calculator", args=[each.name])),
        Column("算什么，依据什么", "source", 60),
    ),
    guard=infection_only,
    says="与统计页用同一套算法；粘贴表格，不留存",
    tally="个",
)
"""Every calculator."""


@never_cache
@infection_only
@require_http_methods(["GET", "HEAD", "POST"])
def calculator(request: HttpRequest, name: str) -> HttpResponse:
    """One calculator: a pasted table in, a table out; nothing is kept."""
    found = known().get(name)
    if found is None:
        raise Http404("没有这个计算器")
    typed = request.POST.get("table", "")
    settings = request.POST.get("settings", "")
    context: dict[str, Any] = {
        "calculator": found,
        "columns": _columns(found),
        "parameters": [(key, json.dumps(each.default, ensure_ascii=False)) for key, each in found.parameters.items()],
        "typed": typed,
        "settings": settings,
    }
    if request.method == "POST":
        try:
            context["heading"], context["rows"] = _answer(found, typed, settings)
        except BadInput as bad:
            context["problem"] = str(bad)
    return render(request, "infection/calculator.html", context, status=422 if "problem" in context else 200)


def _columns(found: Calculator) -> list[tuple[str, str]]:
    tables = found.tables or {"": found.input}
    return [(choice, ",".join(column.name for column in columns)) for choice, columns in tables.items()]


def _answer(found: Calculator, typed: str, settings: str) -> tuple[list[str], list[list[str]]]:
    if len(typed) > LONGEST:
        raise BadInput("表格太长，请用命令 ./yizheng compute 计算。")
    text = typed.strip().replace("\t", ",")
    rows = list(csv.reader(io.StringIO(text)))
    if len(rows) < 2 or len(rows) > MOST_ROWS:
        raise BadInput(f"请粘贴表头和至少一行、至多 {MOST_ROWS} 行数据。")
    try:
        given = json.loads(settings) if settings.strip() else {}
    except ValueError:
        raise BadInput("参数不是 JSON，请核对。") from None
    if not isinstance(given, dict):
        raise BadInput("参数须是 {“名称”: 值} 的样子。")
    return found.answer(rows[0], rows[1:], given)
