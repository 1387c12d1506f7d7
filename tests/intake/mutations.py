"""Workbooks changed at random places, and what two readers make of each: ours, and calamine by itself."""

import io
import random
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import fastexcel

from yizheng.documents.spreadsheets import Sheet, write
from yizheng.intake.files import UnreadableFile
from yizheng.intake.files.spreadsheets import xlsx_tables

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROWS = (
    '<row r="1" spans="1:4"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="str"><v>分</v></c></row>'
    '<row r="3" hidden="1"><c r="A3" t="s"><v>2</v></c><c r="B3" s="2"><v>40000</v></c><c r="C3" s="1"/><c r="D3"><v>1.5</v></c></row>'
    '<row r="4"><c r="A4" t="inlineStr"><is><t>李&amp;四</t></is></c><c r="B4" t="e"><v>#N/A</v></c><c r="D4" t="b"><v>1</v></c></row>'
    '<row r="6"><c r="A6" t="str"><v>a_b</v></c><c r="D6" t="n"><v>110108199003280000</v></c></row><row r="7"/>'
)
_TEXTS = "<si><t>姓名</t></si><si><t>日期</t></si><si><r><t>王</t></r><r><t>五</t></r></si><si/>"
_WORDS = (
    b"<row", b"</row>", b"<c ", b"</c>", b"<v>", b"</v>", b"<v/>", b"<is>", b"<t>", b' t="s"', b' t="str"', b' t="n"',
    b' r="3"', b' r="B3"', b' r="A9"', b' hidden="1"', b"'", b'"', b">", b"<", b"/", b" ", b"&amp;", b"&#10;", b"_x0041_",
    b"<!-- x -->", b"<![CDATA[z]]>", b"<x:c>", b"\n", b"9", b"-1", b"1e3", b"<row r=\"5\"/>", b"<f>1</f>", b"xml:space=\"preserve\"",
)  # fmt: skip


def workbooks() -> list[dict[str, bytes]]:
    """Parts of small workbooks as different programs write them."""
    plain = io.BytesIO()
    write(plain, Sheet("数据", ["姓名", "号码"], [["林", "1"], ["", "2"], ["王", None]]))
    with zipfile.ZipFile(plain) as package:
        own = {name: package.read(name) for name in package.namelist()}
    sheet = next(name for name in own if "sheet1" in name)
    excel = {**own, sheet: f'<worksheet xmlns="{MAIN}"><sheetData>{_ROWS}</sheetData></worksheet>'.encode()}
    excel["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{_TEXTS}</sst>'.encode()
    rows = re.sub(r"<(/?)(\w)", r"<\1x:\2", _ROWS)
    prefixed = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    return [own, excel, {**excel, sheet: prefixed.encode()}]


def mutated(chance: random.Random, parts: dict[str, bytes]) -> bytes:
    """A workbook with a few changes in one of its parts, or in the packed bytes."""
    changed = dict(parts)
    where = chance.choice(["sheet1", "sheet1", "sheet1", "shared", "workbook.xml", "rels", "styles"])
    for name in [one for one in parts if where in one][:1]:
        content = changed[name]
        for _ in range(chance.randint(1, 3)):
            content = _changed(chance, content)
        changed[name] = content
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in changed.items():
            package.writestr(name, content)
    whole = stream.getvalue()
    return _changed(chance, whole) if chance.random() < 0.05 else whole


def _changed(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    end = min(len(content), at + chance.randint(0, 12))
    other = chance.randrange(len(content) + 1)
    put = chance.choice(
        [b"", content[other : other + chance.randint(1, 60)], chance.choice(_WORDS), bytes([chance.randrange(256)])]
    )
    if chance.random() < 0.3:
        words = [found.start() for found in re.finditer(rb"[<>\"=]", content)] or [0]
        at = chance.choice(words)
        end = at + chance.choice([0, 1])
    return content[:at] + put + content[end:]


Cells = dict[tuple[int, int], str]


def read_by_us(path: Path) -> list[Cells]:
    """The cells with content of every sheet with any. Raises UnreadableFile."""
    tables, _ = xlsx_tables(path, "x.xlsx")
    found = []
    for table in tables:
        rows = [(number, cells, flaw) for number, flaw, cells in table.rows()]
        if any("more_cells" in flaw for _, _, flaw in rows):
            raise UnreadableFile("more_cells", "“x”")
        found.append(
            {
                (number, at): cell.strip()
                for number, cells, _ in rows
                for at, cell in enumerate(cells)
                if cell.strip() and not cell.startswith("#")
            }
        )
    return [cells for cells in found if cells]


def read_by_calamine(path: Path) -> list[Cells]:
    """The same as calamine reads the whole workbook. Raises what fastexcel raises."""
    reader = fastexcel.read_excel(path)
    return [cells for title in reader.sheet_names if (cells := dict(_cells(reader, title)))]


def _cells(reader: fastexcel.ExcelReader, title: str) -> Iterator[tuple[tuple[int, int], str]]:
    sheet = reader.load_sheet(title, header_row=None, skip_rows=0, dtypes="string")
    if not sheet.width:
        return
    for number, cells in enumerate(sheet.to_polars().iter_rows(), 1):
        for at, cell in enumerate(cells):
            text = re.sub(r"^(\d{4}-\d{2}-\d{2}) 00:00:00$", r"\1", str(cell or "")).strip()
            if text:
                yield (number, at), text
