"""What a seal kept beside what the rows give now, and what is not as it was sealed, in words that name the row.

Equal pages are passed over; from the first unequal one rows are named.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from yizheng.registry.models import DigestSchema
from yizheng.registry.reading import kind_of_table
from yizheng.registry.seals.encodings import ENCODINGS, Encoding
from yizheng.registry.seals.leaves import Leaf, Page, Part, Place, unpack
from yizheng.registry.seals.tree import Tree

_LEDGER_TITLES = {
    "registry_change": "变更",
    "registry_subject": "主体",
    "registry_basis": "决定依据",
    "registry_keptline": "未回退的登记项",
}


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was sealed. `table` and `row` are there when a row can be named."""

    text: str
    table: str | None = None
    row: int | None = None
    position: int | None = None


def title_of(table: str) -> str:
    """What a person calls the rows of a table."""
    if table in _LEDGER_TITLES:
        return _LEDGER_TITLES[table]
    try:
        return kind_of_table(table).kind_title()
    except LookupError:
        return table


def differences(kept: Iterable[Leaf], found: Iterable[Leaf], tables: Sequence[str]) -> Iterator[Finding]:
    """Compare the leaves kept with those the database gives now."""
    before, now = dict(kept), dict(found)
    for place in sorted(before.keys() | now.keys()):
        if place not in now or place not in before:
            yield _finding(place, tables, _SENTENCES.get((place in before, place.part), _ELSEWHERE))
        elif before[place] != now[place]:
            yield _finding(place, tables, "内容与封存时不符")


_ELSEWHERE = "封存页记着不存在的一项"
_SENTENCES: dict[tuple[bool, int], str] = {
    **{(True, part): "已封存的这一行被删除或改到别处" for part in Part},
    **{(False, part): "封存时没有这一行，是事后插入或改动的" for part in Part},
    (True, Part.CLOSED): "封存时已由该变更关闭，现在关闭标记被改动或行被删除",
    (False, Part.CLOSED): "封存时没有被该变更关闭，关闭标记是事后改动的",
}


def _finding(place: Place, tables: Sequence[str], sentence: str) -> Finding:
    table = tables[place.relation] if place.relation < len(tables) else "未知数据表"
    text = f"{title_of(table)}（{table}）第 {place.row} 行：{sentence}（序位 {place.position}）"
    return Finding(text, table, place.row, place.position)


def mismatches(schema: DigestSchema, first: int, last: int, kept: Iterator[bytes], tree: Tree) -> Iterator[Finding]:
    """Hash what the rows of these positions give now into the tree; name those that differ from the pages kept."""
    encoding, tables = ENCODINGS[schema.encoding], sorted(schema.columns)
    traces = _traces(encoding.pages(schema.pk, first, last), tree)
    for now in traces:
        before = next(kept, b"")
        if _whole(before) != now:
            yield from _named(encoding, chain([before], kept), chain([now], traces), tables)
            return
    yield from _named(encoding, kept, iter(()), tables)


def _traces(pages: Iterator[Page], tree: Tree) -> Iterator[bytes]:
    for page in pages:
        tree.add(page.digests)
        yield page.trace


def _whole(page: bytes) -> bytes:
    try:
        return unpack(page)
    except ValueError:
        return b""


def _named(encoding: Encoding, kept: Iterator[bytes], found: Iterator[bytes], tables: list[str]) -> Iterator[Finding]:
    """Compare in runs that end at the same place."""
    before = _Stream(encoding, kept)
    for trace in found:
        now = encoding.leaves(trace)
        yield from differences(before.up_to(now[-1]), now, tables)
    yield from differences(before.rest(), (), tables)


class _Stream:
    """The leaves of pages that were kept, taken up to a place; a page that was destroyed has none."""

    def __init__(self, encoding: Encoding, pages: Iterator[bytes]) -> None:
        self._order = encoding.order
        self._leaves = (leaf for page in pages for leaf in _readable(encoding, page))
        self._next = next(self._leaves, None)

    def up_to(self, last: Leaf) -> Iterator[Leaf]:
        end = self._order(last.place)
        while self._next is not None and self._order(self._next.place) <= end:
            yield self._next
            self._next = next(self._leaves, None)

    def rest(self) -> Iterator[Leaf]:
        while self._next is not None:
            yield self._next
            self._next = next(self._leaves, None)


def _readable(encoding: Encoding, page: bytes) -> list[Leaf]:
    try:
        return encoding.leaves(_whole(page))
    except ValueError:
        return []
