"""XML of other programs, read by events: names without their prefix, so that it does not matter who wrote them."""

import re
from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from yizheng.intake.files.refusing import UnreadableFile
from yizheng.kernel.archives import ArchiveFault, BadArchive

Started = Callable[[str, Mapping[str, str]], None]
ESCAPED = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_ONE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class XmlEvents:
    """One document, fed in pieces. What is no XML, or declares entities of its own, is a damaged member."""

    def __init__(
        self,
        started: Started,
        ended: Callable[[str], None] = lambda name: None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = lambda name, attributes: started(name.rpartition(":")[2], attributes)
        self._parser.EndElementHandler = lambda name: ended(name.rpartition(":")[2])
        self._parser.StartDoctypeDeclHandler = _refuse_doctype
        if text is not None:
            self._parser.CharacterDataHandler = text

    def feed(self, piece: bytes, *, final: bool = False) -> None:
        """Read on. Raises BadArchive."""
        try:
            self._parser.Parse(piece, final)
        except (BadArchive, UnreadableFile):
            raise
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise BadArchive(ArchiveFault.DAMAGED) from error

    def feed_all(self, pieces: Iterable[bytes]) -> None:
        """Read a whole document. Raises BadArchive."""
        for piece in pieces:
            self.feed(piece)
        self.feed(b"", final=True)


def _refuse_doctype(*_: object) -> None:
    raise BadArchive(ArchiveFault.DAMAGED)


def local(attributes: Mapping[str, str], name: str) -> str:
    """An attribute by its name without prefix; empty when there is none."""
    if name in attributes:
        return attributes[name]
    return next((value for key, value in attributes.items() if key.endswith(f":{name}")), "")


def is_on(attributes: Mapping[str, str], name: str) -> bool:
    """Whether a flag of the markup is set."""
    return attributes.get(name, "").strip().lower() in ("1", "true", "on")


def unescaped(text: str) -> str:
    """A text of a workbook with ``_x000D_`` and its like as the characters they stand for (ISO/IEC 29500-1, 22.9.2.19)."""
    return ESCAPED.sub(characters, text) if "_x" in text else text


def characters(found: re.Match[str]) -> str:
    """The characters that a match of ``ESCAPED`` stands for."""
    units = b"".join(int(one, 16).to_bytes(2, "little") for one in _ONE.findall(found[0]))
    return units.decode("utf-16-le", errors="replace")
