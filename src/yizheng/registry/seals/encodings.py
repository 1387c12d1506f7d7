"""How a digest schema makes digests: the encodings there have been, by the number kept in the schema.

A new encoding is a module like `value_digests` and a row here; the former ones stay, for the seals made with them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from yizheng.registry.models import DigestSchema
from yizheng.registry.seals import text_digests, value_digests
from yizheng.registry.seals.leaves import Leaf, Page, Place
from yizheng.registry.seals.tree import BroadTree, PairTree, Tree


@dataclass(frozen=True)
class Encoding:
    """`pages(schema, first, last)` gives the leaves in hashing order, `leaves` reads a trace, `order` compares places."""

    tree: Callable[[], Tree]
    pages: Callable[[int, int, int], Iterator[Page]]
    leaves: Callable[[bytes], list[Leaf]]
    order: Callable[[Place], tuple[int, ...]]


CURRENT = 2
ENCODINGS = {
    1: Encoding(PairTree, text_digests.pages, text_digests.leaves, text_digests.order),
    CURRENT: Encoding(BroadTree, value_digests.pages, value_digests.leaves, value_digests.order),
}


def covered(schema: DigestSchema) -> set[tuple[str, str, str | None]]:
    """Table, name and type of the columns a schema covers; the first encoding kept no types."""
    if schema.encoding == 1:
        return {(table, name, None) for table, names in schema.columns.items() for name in names}
    return {(table, name, type_) for table, pairs in schema.columns.items() for name, type_ in pairs}
