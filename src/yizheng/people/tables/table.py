"""A table: what a list is, declared once. Its page is ``TABLE.page`` in the addresses of a room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from itertools import groupby
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import get_resolver
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yizheng.people.tables import keyset
from yizheng.people.tables.asked import Asked
from yizheng.people.tables.columns import Column
from yizheng.people.tables.filters import Filter

Words = str | Callable[[Asked], str]
SIZE = 50
PORTION = 2000


class Guard(Protocol):
    """A decorator of pages that lets in those who may, such as ``office_only``."""

    def __call__(
        self, page: Callable[[HttpRequest, Table], HttpResponseBase], /
    ) -> Callable[[HttpRequest, Table], HttpResponseBase]:
        """The page behind the guard."""


@dataclass(frozen=True, slots=True)
class Link:
    """A button at the head of the page."""

    title: str
    url: str
    icon: str = ""
    primary: bool = False
    role: str = ""
    """The role whose button it is; everybody's where none is named."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table as one request sees it: what ``tables/part.html`` shows."""

    table: Table
    columns: list[Column]
    groups: list[tuple[str, list[Any]]]
    number: int
    page: keyset.Page[Any]
    filters: list[tuple[Filter, Any, str]]
    """Each with its value, and that as a control has it."""
    empty: str
    link: Link | None
    """Where somebody may go whose list is empty."""
    narrowed: bool
    """Whether somebody narrowed the list."""
    boxes: str
    """The form whose checkboxes choose rows; empty where she who asks chooses none."""

    @property
    def rows(self) -> list[Any]:
        """The rows as the columns read them."""
        return [row for _, rows in self.groups for row in rows]


@dataclass(frozen=True, slots=True)
class Table:
    """A list with its page, its print and its spreadsheet; making one declares it.

    ``rows`` gives a query, a sequence that stands on one page, or a :class:`~yizheng.people.tables.keyset.Source`,
    all of them through row access. ``described`` turns the rows of a page, or of a portion of the whole, into what the
    columns read, so that what several rows need is asked once; it may give more rows or fewer.
    """

    code: str
    title: str
    rows: Callable[[Asked], Any]
    columns: tuple[Column, ...]
    _: KW_ONLY
    guard: Guard
    filters: tuple[Filter, ...] = ()
    order: tuple[str, ...] = ("-pk",)
    """Names of fields, the last of them different for every row; a minus descends."""
    described: Callable[[list[Any], Asked], Iterable[Any]] | None = None
    group: Callable[[Any], tuple[int, str]] | None = None
    """The place and the words of the heading a row stands under."""
    size: int = 0
    """Rows of a page, where they are not the usual number."""
    heading: Words = ""
    """The heading of the page where it is not the title."""
    says: Words = ""
    """The sentence beside the heading."""
    tally: str = "行"
    """What the rows are counted in, and how they are ordered: 家，按名称."""
    empty: Words = "没有内容。"
    empty_link: Callable[[Asked], Link | None] | None = None
    unfound: Words = "没有符合条件的内容，请换一个条件。"
    """What is said when nothing fits the filters."""
    links: Callable[[Asked], Iterable[Link]] | None = None
    stays: bool = False
    """Whether the list stays on the page: it is neither printed nor taken out as a spreadsheet."""
    search: str = ""
    """The page the search of the top bar leads to, where it is not the platform's."""
    boxes: Words = ""
    """The form whose checkboxes choose rows by their ``pk``, where somebody chooses rows."""
    template: str = "tables/page.html"
    """A template that extends the common one, for a page that has more than the list."""
    more: Callable[[Asked], Mapping[str, Any]] | None = None
    """What that template needs besides."""
    instead: Callable[[Asked], HttpResponseBase | None] | None = None
    """Where somebody is led who has no use for the page."""

    def __post_init__(self) -> None:
        _declared[self.code] = self

    def page(self, request: HttpRequest) -> HttpResponseBase:
        """The page, for the addresses of a room."""
        return _page(request, self)

    def answer(
        self, request: HttpRequest, status: int = 200, *, known: Mapping[str, Any] | None = None, **more: Any
    ) -> HttpResponseBase:
        """The page with what was wrong with an act on it; only for views that are guarded themselves.

        ``known`` are values of filters that the address does not say.
        """
        asked = Asked.of(request, self.filters).about(self.filters, known or {})
        if self.instead is not None and (led := self.instead(asked)) is not None:
            return led
        context = {
            "part": self._part(asked),
            "heading": said(self.heading, asked) or self.title,
            "says": said(self.says, asked),
            "links": list(self.links(asked)) if self.links else [],
            "search_at": self.search,
            **(self.more(asked) if self.more else {}),
            **more,
        }
        return render(request, self.template, context, status=status)

    def part(self, asked: Asked, **known: Any) -> Part:
        """The list as one part of a page; ``known`` are values of its filters that the address does not say."""
        return self._part(asked.about(self.filters, known))

    def _part(self, asked: Asked) -> Part:
        page = self._page(asked)
        rows = list(self._told(page.rows, asked))
        narrowed = any(asked.request.GET.get(each.name, "").strip() for each in self.filters if each.kind != "kept")
        return Part(
            self,
            [column for column in self.columns if column.on_page],
            self.grouped(rows),
            len(rows),
            page,
            [(each, asked[each.name], each.written(asked[each.name])) for each in self.filters],
            said(self.unfound if narrowed else self.empty, asked),
            self.empty_link(asked) if self.empty_link else None,
            narrowed,
            said(self.boxes, asked),
        )

    def _page(self, asked: Asked) -> keyset.Page[Any]:
        rows = self._chosen(asked)
        if isinstance(rows, Sequence):
            return keyset.Page(list(rows))
        return keyset.page_of(rows, self.order, asked.request.GET, self.size or SIZE, self.code)

    def every(self, asked: Asked) -> Iterator[Any]:
        """Every row from the first to the last, as the page would show it; who may not have them is refused at once."""
        rows = self._chosen(asked)
        portions = [list(rows)] if isinstance(rows, Sequence) else keyset.every(rows, self.order, PORTION)
        return (row for portion in portions for row in self._told(portion, asked))

    def _chosen(self, asked: Asked) -> Any:
        rows = self.rows(asked)
        for each in self.filters:
            rows = each.narrowed(rows, asked[each.name])
        return rows

    def _told(self, rows: list[Any], asked: Asked) -> Iterable[Any]:
        return self.described(rows, asked) if self.described else rows

    def grouped(self, rows: list[Any]) -> list[tuple[str, list[Any]]]:
        """The rows under their headings, in the order of the headings; under none where the table has none."""
        if self.group is None:
            return [("", rows)] if rows else []
        place = self.group
        in_order = groupby(sorted(rows, key=lambda row: place(row)[0]), place)
        return [(title, list(each)) for (_, title), each in in_order]

    def filter_words(self, asked: Asked) -> str:
        """How the list is filtered, in the words of the page."""
        return "　".join(
            f"{each.label}：{each.words(value)}"
            for each in self.filters
            if (value := asked[each.name]) not in (None, "")
        )


def said(words: Words, asked: Asked) -> str:
    """Words that may depend on what was asked."""
    return words(asked) if callable(words) else words


@never_cache
@require_safe
def _page(request: HttpRequest, table: Table) -> HttpResponseBase:
    return table.guard(_answered)(request, table)


def _answered(request: HttpRequest, table: Table) -> HttpResponseBase:
    return table.answer(request)


class UnknownTableError(LookupError):
    """No table of this code is declared."""


_declared: dict[str, Table] = {}


def declared() -> list[Table]:
    """Every table, in order of declaration; a table is declared where its address is, so the addresses are read first."""
    assert get_resolver().url_patterns
    return list(_declared.values())


def table_of(code: str) -> Table:
    """The table of this code; raises :class:`UnknownTableError`."""
    try:
        return _declared[code]
    except KeyError:
        raise UnknownTableError(code) from None
