"""OFD (GB/T 33190, 版式文档): pages of texts, lines and filled squares in millimetres, with named data about the document.

Only what a certificate needs: fonts are named and not embedded, one layer a page, no signature of its own. What a page says is
told where it stands, so that two writings of the same pages are the same bytes.
"""

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import count
from typing import Final
from xml.etree import ElementTree as ET

from yizheng.kernel.qr_codes import QrCode

MEDIA_TYPE: Final = "application/ofd"
NAMESPACE: Final = "http://www.ofdspec.org/2016"
WIDTH, HEIGHT = 210.0, 297.0
FONTS = ("宋体", "黑体")
"""The fonts by number: what is said, what heads it."""
_WRITTEN = (1980, 1, 1, 0, 0, 0)
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What an XML document cannot hold (XML 1.0, 2.2)."""
_STEP = re.compile(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?")


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; x and y are its upper left corner, size the height of its signs."""

    x: float
    y: float
    size: float
    text: str
    font: int = 0

    @property
    def steps(self) -> list[float]:
        """How far each sign is from the next: a wide one takes its height, any other half of it."""
        return [advance(sign, self.size) for sign in _NO_XML.sub("", self.text)[:-1]]


@dataclass(frozen=True, slots=True)
class Line:
    """A horizontal line."""

    x: float
    y: float
    length: float


@dataclass(frozen=True, slots=True)
class Square:
    """A QR code with a side of so many millimetres."""

    x: float
    y: float
    side: float
    code: QrCode


Item = Words | Line | Square


def advance(sign: str, size: float) -> float:
    """The width of a sign: Chinese ones are as wide as high."""
    return size if unicodedata.east_asian_width(sign) in "WFA" else size / 2


def wrapped(text: str, size: float, width: float) -> list[str]:
    """The text in lines no wider than that."""
    lines, room = [""], width
    for sign in text:
        taken = advance(sign, size)
        if sign == "\n" or taken > room:
            lines.append("")
            room = width
        if sign != "\n":
            lines[-1] += sign
            room -= taken
    return lines


def package(
    title: str, pages: Sequence[Iterable[Item]], custom: Mapping[str, str], *, author: str, made: date
) -> bytes:
    """The file: the entry, the document, its fonts, its pages."""
    numbers = count(len(FONTS) + 1)
    contents = [_page(items, numbers) for items in pages]
    files = {
        "OFD.xml": _entry(title, custom, author, made),
        "Doc_0/Document.xml": _document(len(contents), numbers),
        "Doc_0/PublicRes.xml": _fonts(),
        **{f"Doc_0/Pages/Page_{at}/Content.xml": content for at, content in enumerate(contents)},
    }
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, root in files.items():
            text = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
            archive.writestr(zipfile.ZipInfo(name, _WRITTEN), text, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _element(name: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.Element(f"{{{NAMESPACE}}}{name}", attributes)
    made.text = _NO_XML.sub("", text) or None
    return made


def _below(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    made = _element(name, text, **attributes)
    parent.append(made)
    return made


def _entry(title: str, custom: Mapping[str, str], author: str, made: date) -> ET.Element:
    root = _element("OFD", Version="1.1", DocType="OFD")
    body = _below(root, "DocBody")
    said = _below(body, "DocInfo")
    for name, text in (
        ("Title", title),
        ("Author", author),
        ("CreationDate", made.isoformat()),
        ("Creator", "yizheng"),
    ):
        _below(said, name, text)
    data = _below(said, "CustomDatas")
    for name, text in custom.items():
        _below(data, "CustomData", text, Name=name)
    _below(body, "DocRoot", "Doc_0/Document.xml")
    return root


def _document(pages: int, numbers: "count[int]") -> ET.Element:
    root = _element("Document")
    common = _below(root, "CommonData")
    kept, ids = _element("Pages"), [next(numbers) for _ in range(pages)]
    for at, number in enumerate(ids):
        _below(kept, "Page", ID=str(number), BaseLoc=f"Pages/Page_{at}/Content.xml")
    _below(common, "MaxUnitID", str(next(numbers) - 1))
    _below(_below(common, "PageArea"), "PhysicalBox", f"0 0 {WIDTH:g} {HEIGHT:g}")
    _below(common, "PublicRes", "PublicRes.xml")
    root.append(kept)
    return root


def _fonts() -> ET.Element:
    root = _element("Res", BaseLoc="Res")
    fonts = _below(root, "Fonts")
    for number, name in enumerate(FONTS, 1):
        _below(fonts, "Font", ID=str(number), FontName=name, FamilyName=name)
    return root


def _page(items: Iterable[Item], numbers: "count[int]") -> ET.Element:
    root = _element("Page")
    _below(_below(root, "Area"), "PhysicalBox", f"0 0 {WIDTH:g} {HEIGHT:g}")
    layer = _below(_below(root, "Content"), "Layer", ID=str(next(numbers)), Type="Body")
    for item in items:
        number = str(next(numbers))
        if isinstance(item, Words):
            _words(layer, item, number)
        elif isinstance(item, Line):
            box = f"{item.x:g} {item.y:g} {item.length:g} 0.3"
            path = _below(layer, "PathObject", ID=number, Boundary=box, LineWidth="0.2", Stroke="true")
            _below(path, "AbbreviatedData", f"M 0 0.1 L {item.length:g} 0.1")
        else:
            box = f"{item.x:g} {item.y:g} {item.side:g} {item.side:g}"
            path = _below(layer, "PathObject", ID=number, Boundary=box, Stroke="false", Fill="true")
            _below(path, "FillColor", Value="0 0 0")
            _below(path, "AbbreviatedData", _modules(item))
    return root


def _words(layer: ET.Element, item: Words, number: str) -> None:
    width = sum(advance(sign, item.size) for sign in item.text)
    box = f"{item.x:g} {item.y:g} {width:.2f} {item.size * 1.3:.2f}"
    font = str(item.font + 1)
    made = _below(layer, "TextObject", ID=number, Boundary=box, Font=font, Size=f"{item.size:g}")
    steps = {"DeltaX": " ".join(f"{step:g}" for step in item.steps)} if item.steps else {}
    _below(made, "TextCode", item.text, X="0", Y=f"{item.size:g}", **steps)


def _modules(square: Square) -> str:
    """Every run of dark modules as a rectangle."""
    unit, x, y, drawn = square.side / square.code.side, 0.0, 0.0, []
    for kind, first, second in _STEP.findall(square.code.path):
        if kind == "M":
            x, y = float(first), float(second) - 0.5
            continue
        if kind == "h":
            left, right, top, bottom = (f"{each * unit:.3f}" for each in (x, x + float(first), y, y + 1))
            drawn.append(f"M {left} {top} L {right} {top} L {right} {bottom} L {left} {bottom} C")
        x += float(first)
    return " ".join(drawn)


ET.register_namespace("ofd", NAMESPACE)
