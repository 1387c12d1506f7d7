"""What the templates of tables say: a cell by what its column is, the address without filters."""

from datetime import date, datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.defaultfilters import floatformat
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yizheng.people.tables import Code, Column, Number, Part, State
from yizheng.people.tables.filters import Filter
from yizheng.people.tables.keyset import NAMES
from yizheng.shell.templatetags import writing
from yizheng.shell.templatetags.shell import state

register = template.Library()


@register.simple_tag
def cell(column: Column, row: Any) -> SafeString:
    """`{% cell column row %}`: the cell of a row, whole."""
    value = column.of(row)
    css = " ".join(filter(None, (column.css, column.head_class, "" if _said(value) else "nothing")))
    shown = _linked(column, row, _inside(column, row, value))
    if asides := column.asides(row):
        words = "　".join(writing.as_cell(each) for each in asides)
        shown = format_html('{} <span class="dense ink-2">{}</span>', shown, words)
    title = str(value) if "cut" in column.css and _said(value) else ""
    return format_html(
        "<td{}{}{}>{}</td>",
        format_html(' class="{}"', css) if css else "",
        format_html(' title="{}"', title) if title else "",
        format_html(' data-head="{}"', column.title) if _labelled(column) else "",
        shown,
    )


def _labelled(column: Column) -> bool:
    """Whether a narrow page, which has no heads, says beside the value what it is."""
    return bool(column.title) and "name" not in column.css.split() and not isinstance(column, State)


def _said(value: Any) -> bool:
    return value not in (None, "")


def _inside(column: Column, row: Any, value: Any) -> str | SafeString:
    if not _said(value):
        return format_html('<span title="{}">—</span>', column.nothing) if column.nothing else writing.NOTHING
    if isinstance(column, State):
        return state(value, detail=column.details(row))
    if isinstance(column, Number) and not isinstance(value, str):
        return writing.thousands(value) if isinstance(value, int) else str(floatformat(value))
    if isinstance(column, Code):
        return writing.grouped(str(value))
    if isinstance(value, datetime):
        return format_html('<span class="together">{}</span>', writing.as_cell(value))
    if isinstance(value, date):
        return format_html('<span class="together">{}</span>', writing.day(value))
    return writing.as_cell(value)


def _linked(column: Column, row: Any, shown: str | SafeString) -> str | SafeString:
    address = column.address(row)
    return format_html('<a href="{}">{}</a>', address, shown) if address else shown


@register.filter
def choosable(filters: list[tuple[Filter, Any, str]]) -> bool:
    """Whether the page offers anything to choose."""
    return any(each.kind != "kept" for each, *_ in filters)


@register.simple_tag(takes_context=True)
def unfiltered(context: template.Context, part: Part) -> str:
    """`{% unfiltered part %}`: the address of the page without what somebody chose."""
    request: HttpRequest = context["request"]
    params = request.GET.copy()
    for each, *_ in part.filters:
        if each.kind != "kept":
            params.pop(each.name, None)
    for name in NAMES:
        params.pop(name, None)
    return f"?{params.urlencode()}" if params else request.path
