"""表格文件 (xlsx), written row by row: a list of any length costs no memory, and no library is asked.

Texts stand in the cells themselves (inline strings), so nothing of the sheet is held and no text is ever read as a
formula. ISO/IEC 29500 (Office Open XML), the parts a spreadsheet cannot do without.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from django.utils import timezone

from yizheng.kernel.places import letters

Cell = str | int | float | Decimal | bool | date | None
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_576
"""Rows of a sheet, heads included; a sheet that would be longer is refused by every spreadsheet program."""

_PLAIN, _HEAD, _DAY, _NOTE = range(4)
_EPOCH = date(1899, 12, 30)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: notes on top, the head, then the rows, which may be any iterable and are read once."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = ()
    """Widths in characters, by column; a Chinese character takes two."""
    notes: Sequence[str] = ()
    """Lines above the head, one a row: what the list is, who made it and when."""
    choices: Mapping[int, str] = field(default_factory=dict)
    """By column (from 0) the cells of another sheet whose values may be chosen (``代码!$A$2:$A$9``)."""
    text_columns: frozenset[int] = frozenset()
    """Columns whose empty cells are text as well, so that long numbers typed there keep all their digits."""


def write(stream: IO[bytes], *sheets: Sheet) -> int:
    """Write a workbook of these sheets to ``stream``; returns how many rows the first one has below its head."""
    counts = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for number, sheet in enumerate(sheets, 1):
            with package.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
                counts.append(_write_sheet(part, sheet))
        for path, content in parts_beside([sheet.name for sheet in sheets]):
            package.writestr(path, content)
    return counts[0]


def _write_sheet(part: IO[bytes], sheet: Sheet) -> int:
    part.write(_opening(sheet).encode())
    number, written = len(sheet.notes) + 2, 0
    waiting: list[str] = []
    for row in sheet.rows:
        waiting.append(_row(number + written, row))
        written += 1
        if len(waiting) == _CHUNK:
            part.write("".join(waiting).encode())
            waiting.clear()
    part.write("".join(waiting).encode())
    part.write(_closing(sheet).encode())
    return written


def _opening(sheet: Sheet) -> str:
    top = len(sheet.notes) + 1
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"{_text_style(sheet, n - 1)}/>'
        for n, width in enumerate(sheet.widths, 1)
    )
    notes = "".join(_row(n, [note], _NOTE) for n, note in enumerate(sheet.notes, 1))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        f'<pane ySplit="{top}" topLeftCell="A{top + 1}" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews>{f'<cols>{columns}</cols>' if columns else ''}<sheetData>"
        f"{notes}{_row(top, sheet.head, _HEAD)}"
    )


def _text_style(sheet: Sheet, column: int) -> str:
    return ' style="4"' if column in sheet.text_columns else ""


def _closing(sheet: Sheet) -> str:
    first = len(sheet.notes) + 2
    rules = "".join(
        f'<dataValidation type="list" allowBlank="1" sqref="{letter}{first}:{letter}{MOST_ROWS}">'
        f"<formula1>{escape(source)}</formula1></dataValidation>"
        for column, source in sheet.choices.items()
        for letter in [letters(column)]
    )
    validations = f'<dataValidations count="{len(sheet.choices)}">{rules}</dataValidations>' if rules else ""
    return f"</sheetData>{validations}</worksheet>"


def _row(number: int, cells: Sequence[Cell], style: int = _PLAIN) -> str:
    inside = "".join([_cell(cell, style) for cell in cells])
    return f'<row r="{number}">{inside}</row>'


def _cell(value: Cell, style: int) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, str):
        clean = _FORBIDDEN.sub("", value)
        return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{escape(clean)}</t></is></c>'
    if isinstance(value, bool):
        return _cell("是" if value else "否", style)
    if isinstance(value, datetime):
        return _cell(f"{timezone.localtime(value):%Y-%m-%d %H:%M}", style)
    if isinstance(value, date):
        return f'<c s="{_DAY}"><v>{(value - _EPOCH).days}</v></c>'
    return f'<c s="{style}"><v>{value}</v></c>'


def cell_of_text(text: str, place: str = "") -> str:
    """The markup of one cell of text, to be put into a sheet that exists: at a place (``C7``), or the next of its row."""
    cell = _cell(text, _PLAIN)
    return cell.replace("<c ", f'<c r="{place}" ', 1) if place else cell


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_STYLES = (
    f'{_HEADER}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="3"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font>'
    '<font><sz val="10"/><color rgb="FF5F6B78"/><name val="等线"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="5"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/>'
    '<xf xfId="0" numFmtId="164" applyNumberFormat="1"/><xf xfId="0" fontId="2" applyFont="1"/>'
    '<xf xfId="0" numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def parts_beside(names: Sequence[str], about: str = "") -> Iterator[tuple[str, str]]:
    """Every part of a workbook beside its sheets of these names; ``about`` is markup that says how the workbook counts."""
    numbers = range(1, len(names) + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/>' for n in numbers
    )
    yield (
        "[Content_Types].xml",
        (
            f'{_HEADER}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_TYPE}.styles+xml"/>{types}</Types>'
        ),
    )
    yield "_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")])
    named = "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    yield (
        "xl/workbook.xml",
        (f'{_HEADER}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">{about}<sheets>{named}</sheets></workbook>'),
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations(
            [
                *((f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers),
                ("rIdStyles", "styles", "styles.xml"),
            ]
        ),
    )
    yield "xl/styles.xml", _STYLES


def _relations(targets: Iterable[tuple[str, str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for name, kind, target in targets
    )
    return f'{_HEADER}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
