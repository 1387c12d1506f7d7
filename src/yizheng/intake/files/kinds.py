"""What kind of file it is, told from its bytes; its name only has to agree."""

import re
from pathlib import Path, PurePath

from yizheng.intake.files.compound import SIGNATURE
from yizheng.intake.files.refusing import UnreadableFile
from yizheng.intake.files.workbook_parts import is_workbook, opened_package

_EXTENSIONS = {
    "xlsx": {".xlsx", ".xlsm"},
    "xls": {".xls"},
    "csv": {".csv", ".txt", ".tsv"},
    "dbf": {".dbf"},
    "zip": {".zip"},
}
_WEB_ARCHIVE = re.compile(r"(?:[\w-]+: [^\n]*\r?\n(?:[ \t][^\n]*\n)*)*?(?:mime-version|content-type): ")
_DBF_VERSIONS = frozenset({0x02, 0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0xCB, 0xF5, 0xFB})
_WANTED = "请上传 xlsx、xls、csv、dbf 文件，或它们的 zip 压缩包"


def kind_of_file(path: Path, name: str) -> str:
    """One of xlsx, xls, csv, dbf, zip. Raises UnreadableFile for an empty file, another kind, or a name that lies."""
    with path.open("rb") as stream:
        start = stream.read(65_536)
    if not start.strip():
        raise UnreadableFile("empty_file", f"“{name}”是空文件，请重新导出后上传")
    kind = _kind(path, name, start)
    suffix = PurePath(name).suffix.lower()
    if kind is None:
        raise UnreadableFile("not_a_table", f"“{name}”不是可以接收的表格文件；{_WANTED}")
    if suffix not in _EXTENSIONS[kind]:
        raise UnreadableFile(
            "wrong_extension", f"“{name}”的内容是 {kind} 文件，与扩展名不符；请改用扩展名 .{kind} 或重新导出"
        )
    return kind


def _kind(path: Path, name: str, start: bytes) -> str | None:
    if start.startswith(b"PK\x03\x04"):
        return _kind_of_package(path, name)
    if start.startswith(b"PK"):
        raise UnreadableFile("empty_file", f"“{name}”是空的压缩包，请重新打包后上传")
    if start.startswith(SIGNATURE):
        return _kind_of_compound(path, name)
    if _looks_like_dbf(start):
        return "dbf"
    _refuse_markup(start, name)
    if b"\0" in start or start.startswith((b"%PDF", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")):
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise UnreadableFile("utf16", f"“{name}”以 UTF-16 编码保存，请另存为 UTF-8 编码的 csv 后上传")
        return None
    return "csv"


def _refuse_markup(start: bytes, name: str) -> None:
    """Web pages, XML and web archives are what many systems export under the name of a workbook."""
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = start.decode("utf-16" if wide else "utf-8-sig", errors="replace").lstrip().lower()
    if text.startswith("<") or (_WEB_ARCHIVE.match(text) and "\ncontent-type:" in f"\n{text}"):
        raise UnreadableFile("not_a_table", f"“{name}”是网页或 XML 文件，请用表格软件打开后另存为 xlsx 再上传")


def _kind_of_package(path: Path, name: str) -> str:
    with opened_package(path, name) as archive:
        found = is_workbook(archive)
    if found is None:
        raise UnreadableFile("not_a_table", f"“{name}”是文字或演示文件，不是表格；{_WANTED}")
    return "xlsx" if found else "zip"


def _kind_of_compound(path: Path, name: str) -> str:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFile("encrypted", f"“{name}”设有打开密码，请取消密码后上传")
    if not any(part.encode("utf-16-le") in content for part in ("Workbook", "Book")):
        raise UnreadableFile("not_a_table", f"“{name}”不是表格文件；{_WANTED}")
    return "xls"


def _looks_like_dbf(start: bytes) -> bool:
    if len(start) < 33 or start[0] not in _DBF_VERSIONS:
        return False
    header = int.from_bytes(start[8:10], "little")
    record = int.from_bytes(start[10:12], "little")
    month, day = start[2], start[3]
    return header >= 33 and record >= 2 and month <= 12 and day <= 31
