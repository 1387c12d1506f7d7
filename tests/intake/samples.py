"""Files as people send them, made on the spot: text in any encoding, workbooks cell by cell, DBF, archives."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from yizheng.documents.spreadsheets import Sheet, write

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsx(path: Path, rows: Sequence[Sequence[str]], *, sheet: str = "数据") -> Path:
    with path.open("wb") as stream:
        write(stream, Sheet(sheet, rows[0], rows[1:]))
    return path


def xlsx_of_markup(path: Path, rows: str, *, behind: str = "", texts: str = "") -> Path:
    """A workbook whose one sheet has exactly these rows of markup; cell style 2 is a day, ``texts`` are shared."""
    plain = io.BytesIO()
    write(plain, Sheet("数据", ["x"], []))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("sheet1.xml"):
                text = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{behind}</worksheet>'.encode()
            new.writestr(name, text)
        if texts:
            new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{texts}</sst>')
    return path


def dbf(path: Path, fields: Sequence[tuple[str, str, int]], rows: Sequence[Sequence[str]]) -> Path:
    """Fields are name, kind and width in bytes; text is GBK as FoxPro writes it."""
    width = 1 + sum(length for _, _, length in fields)
    head = bytes([0x03, 126, 11, 22]) + len(rows).to_bytes(4, "little")
    head += (32 + 32 * len(fields) + 1).to_bytes(2, "little") + width.to_bytes(2, "little") + bytes(20)
    described = b"".join(
        name.encode("gbk").ljust(11, b"\0") + kind.encode() + bytes(4) + bytes([length]) + bytes(15)
        for name, kind, length in fields
    )
    records = b"".join(
        b" "
        + b"".join(cell.encode("gbk").ljust(length) for cell, (_, _, length) in zip(row, fields, strict=True))
        for row in rows
    )
    path.write_bytes(head + described + b"\r" + records + b"\x1a")
    return path


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path
