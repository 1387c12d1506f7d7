"""Every kind of file opened in this process, archives included: what is packed is unpacked within bounds."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from yizheng.intake.files.dbf import dbf_table
from yizheng.intake.files.kinds import kind_of_file
from yizheng.intake.files.old_workbooks import xls_tables
from yizheng.intake.files.refusing import UnreadableFile
from yizheng.intake.files.spreadsheets import xlsx_tables
from yizheng.intake.files.tables import Source, Table
from yizheng.intake.files.texts import text_table
from yizheng.intake.files.workbook_parts import opened_package

_MOST_MEMBERS = 200


@contextmanager
def open_here(path: Path, name: str) -> Iterator[Source]:
    """The tables of a file; what an archive holds lies in a temporary folder until the block is left.

    Raises UnreadableFile, also while blocks are read.
    """
    kind = kind_of_file(path, name)
    if kind != "zip":
        tables, hidden = _tables(kind, path, name)
        yield Source(kind, tables, _unread(hidden))
        return
    with tempfile.TemporaryDirectory(prefix="yizheng-intake-") as folder:
        found: list[Table] = []
        unread: tuple[str, ...] = ()
        for member, label in unpacked(path, name, Path(folder)):
            inner = kind_of_file(member, label)
            if inner == "zip":
                raise UnreadableFile("nested_archive", f"“{name}”中还有压缩包“{label}”，请解开后只打一层包")
            tables, hidden = _tables(inner, member, label, member=label)
            found += tables
            unread += _unread(hidden, label)
        if not found:
            raise UnreadableFile("empty_file", f"“{name}”中没有表格文件，请重新打包后上传")
        yield Source("zip", tuple(found), unread)


def _unread(hidden: tuple[str, ...], label: str = "") -> tuple[str, ...]:
    return tuple(f"隐藏的工作表“{label}{' ' if label else ''}{one}”没有读取" for one in hidden)


def _tables(kind: str, path: Path, name: str, member: str = "") -> tuple[tuple[Table, ...], tuple[str, ...]]:
    hidden: tuple[str, ...] = ()
    if kind == "xlsx":
        found, hidden = xlsx_tables(path, name)
    elif kind == "xls":
        found, hidden = xls_tables(path, name)
    else:
        found = (text_table(path, name) if kind == "csv" else dbf_table(path, name),)
    if not found:
        raise UnreadableFile("empty_file", f"“{name}”里没有任何数据，请重新导出后上传")
    if not member or kind in ("csv", "dbf"):
        return found, hidden
    return tuple(replace(one, name=f"{member} {one.name}") for one in found), hidden


def unpacked(path: Path, name: str, folder: Path) -> Iterator[tuple[Path, str]]:
    """Each member in a file of its own, under a number, with the name it had. Raises UnreadableFile."""
    with opened_package(path, name) as archive:
        members = [one for one in archive.members if not _beside_the_point(one)]
        if len(members) > _MOST_MEMBERS:
            raise UnreadableFile("archive_bomb", f"“{name}”中的文件多于 {_MOST_MEMBERS} 个，请分批上传")
        for number, member in enumerate(members):
            target = folder / str(number)
            with archive.open(member) as packed, target.open("wb") as stream:
                stream.writelines(packed)
            yield target, _label(member, told=bool(archive.members[member].flag_bits & 0x800))


def _beside_the_point(filename: str) -> bool:
    path = PurePosixPath(filename)
    return "__MACOSX" in path.parts or path.name.startswith(".")


def _label(member: str, *, told: bool) -> str:
    """The member's own name; Chinese systems pack names in GBK without saying so."""
    name = PurePosixPath(member).name
    if told:
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name
