"""What a seal kept beside what the rows give now: equal pages are passed over, from the first unequal one rows are named."""

from collections.abc import Iterator
from itertools import chain

from yizheng.registry.models import DigestSchema
from yizheng.registry.seals.encodings import ENCODINGS, Encoding
from yizheng.registry.seals.findings import Finding, differences
from yizheng.registry.seals.leaves import Leaf, Page, unpack
from yizheng.registry.seals.tree import Tree


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
