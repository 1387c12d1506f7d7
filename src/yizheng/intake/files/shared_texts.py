"""The texts a workbook (xlsx) keeps once for all its sheets, by their number.

The list may be as long as the sheet. A list written as most programs write it is cut by columns; any other is read by events.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape

import polars as pl

from yizheng.intake.files.rich_text import without_runs
from yizheng.intake.files.xml_events import XmlEvents, unescaped
from yizheng.kernel.archives import Archive

_PIECE = 8 * 1024 * 1024
_END = b"</si>"
_ITEM = r"^\s*<si>\s*<t(?: xml:space=\"preserve\")?>[^<]*</t>\s*$"
_TEXT = r"<t(?: [^>]*)?>([^<]*)</t>"
_HEAD = re.compile(
    rb"^(?:\xef\xbb\xbf)?(?:<\?xml[^>]*?(?:encoding=[\"'](?i:utf-8)[\"'])?[^>]*\?>)?\s*<sst(?: [^<>]*)?>"
)
_REFERENCES = r"&(?:amp|lt|gt|quot|apos);"


class _NotPlain(Exception):
    """The list is written in another way; it is read by events from the beginning."""


def shared_texts(archive: Archive, part: str) -> pl.Series:
    """The texts by their number. Raises BadArchive."""
    empty = pl.Series([], dtype=pl.String)
    if not part:
        return empty
    try:
        return pl.concat([empty, *_plainly_read(archive, part)])
    except (_NotPlain, UnicodeDecodeError):
        return pl.concat([empty, *_read_by_events(archive, part)])


def _plainly_read(archive: Archive, part: str) -> Iterator[pl.Series]:
    rest, begun = b"", False
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            rest += piece
            if not begun:
                head = _HEAD.match(rest)
                if head is None or (b"encoding=" in head[0] and b"utf-8" not in head[0].lower()):
                    raise _NotPlain
                rest, begun = rest[head.end() :], True
            cut = rest.rfind(_END)
            if cut >= 0:
                yield _texts(rest[:cut].decode())
                rest = rest[cut + len(_END) :]
            elif len(rest) > 4 * _PIECE:
                raise _NotPlain
    if rest.strip() != b"</sst>":
        raise _NotPlain


def _texts(markup: str) -> pl.Series:
    items = pl.Series([without_runs(markup)]).str.split(_END.decode()).explode()
    if not items.str.contains(_ITEM).all():
        raise _NotPlain
    texts = items.str.extract(_TEXT).fill_null("")
    if "&" in markup:
        escaped = texts.filter(texts.str.contains("&", literal=True)).unique()
        if escaped.str.replace_all(_REFERENCES, "").str.contains("&", literal=True).any():
            raise _NotPlain
        texts = texts.replace(escaped.to_list(), [unescape(one) for one in escaped.to_list()])
    if "_x" in markup:
        coded = texts.filter(texts.str.contains("_x", literal=True)).unique().to_list()
        texts = texts.replace(coded, [unescaped(one) for one in coded])
    return texts


class _Texts:
    """Texts as their elements end, without the readings above them."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._text: list[str] = []
        self._reading = False
        self._collecting = False

    def started(self, name: str, _: Mapping[str, str]) -> None:
        if name == "si":
            self._text = []
        self._reading = self._reading or name == "rPh"
        self._collecting = name == "t" and not self._reading

    def ended(self, name: str) -> None:
        self._collecting = False
        self._reading = self._reading and name != "rPh"
        if name == "si":
            self.found.append(unescaped("".join(self._text)))

    def text(self, piece: str) -> None:
        if self._collecting:
            self._text.append(piece)


def _read_by_events(archive: Archive, part: str) -> Iterator[pl.Series]:
    texts = _Texts()
    events = XmlEvents(texts.started, texts.ended, texts.text)
    with archive.open(part) as stream:
        for piece in stream:
            events.feed(piece)
            yield pl.Series(texts.found, dtype=pl.String)
            texts.found = []
    events.feed(b"", final=True)
    yield pl.Series(texts.found, dtype=pl.String)
