"""One door for every kind of file, archives included: what is packed is unpacked within bounds."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from yizheng.intake.files.dbf import dbf_table
from yizheng.intake.files.kinds import kind_of_file
from yizheng.intake.files.refusing import UnreadableFile
from yizheng.intake.files.spreadsheets import xls_tables, xlsx_tables
from yizheng.intake.files.tables import Source, Table
from yizheng.intake.files.texts import text_table

MOST_UNPACKED = 6 * 1024**3
_PLAUSIBLE_RATIO = 150
_SMALL = 64 * 1024**2
_MOST_MEMBERS = 200


@contextmanager
def open_source(path: Path, name: str) -> Iterator[Source]:
    """The tables of a file; what an archive holds lies in a temporary folder until the block is left.

    Raises UnreadableFile, also while blocks are read.
    """
    kind = kind_of_file(path, name)
    if kind != "zip":
        yield Source(kind, _tables(kind, path, name))
        return
    with tempfile.TemporaryDirectory(prefix="yizheng-intake-") as folder:
        tables: list[Table] = []
        for member, label in unpacked(path, name, Path(folder)):
            inner = kind_of_file(member, label)
            if inner == "zip":
                raise UnreadableFile("nested_archive", f"“{name}”中还有压缩包“{label}”，请解开后只打一层包")
            tables += _tables(inner, member, label, member=label)
        if not tables:
            raise UnreadableFile("empty_file", f"“{name}”中没有表格文件，请重新打包后上传")
        yield Source("zip", tuple(tables))


def _tables(kind: str, path: Path, name: str, member: str = "") -> tuple[Table, ...]:
    if kind in ("xlsx", "xls"):
        if kind == "xlsx":
            _refuse_bomb(path, name)
        found = xlsx_tables(path, name) if kind == "xlsx" else xls_tables(path, name)
    else:
        found = (text_table(path, name) if kind == "csv" else dbf_table(path, name),)
    if not found:
        raise UnreadableFile("empty_file", f"“{name}”里没有任何数据，请重新导出后上传")
    if not member or kind in ("csv", "dbf"):
        return found
    return tuple(replace(one, name=f"{member} {one.name}") for one in found)


def _refuse_bomb(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, EOFError, ValueError) as error:
        raise UnreadableFile("truncated", f"“{name}”不完整或已损坏，请重新打包后上传") from error
    unpacked = sum(one.file_size for one in members)
    packed = max(1, path.stat().st_size)
    if unpacked > MOST_UNPACKED or (unpacked > _SMALL and unpacked / packed > _PLAUSIBLE_RATIO):
        raise UnreadableFile("archive_bomb", f"“{name}”解开后大得不合常理，未予接收；请重新导出后上传")
    if any(one.flag_bits & 1 for one in members):
        raise UnreadableFile("encrypted", f"“{name}”设有解压密码，请取消密码后上传")


def unpacked(path: Path, name: str, folder: Path) -> Iterator[tuple[Path, str]]:
    """Each member in a file of its own, under a number, with the name it had."""
    _refuse_bomb(path, name)
    with zipfile.ZipFile(path) as package:
        members = [
            one for one in package.infolist() if not one.is_dir() and not _beside_the_point(one.filename)
        ]
        if len(members) > _MOST_MEMBERS:
            raise UnreadableFile("archive_bomb", f"“{name}”中的文件多于 {_MOST_MEMBERS} 个，请分批上传")
        for number, member in enumerate(members):
            target = folder / str(number)
            try:
                with package.open(member) as packed, target.open("wb") as stream:
                    shutil.copyfileobj(packed, stream, 1024 * 1024)
            except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError) as error:
                raise UnreadableFile("truncated", f"“{name}”不完整或已损坏，请重新打包后上传") from error
            yield target, _label(member)


def _beside_the_point(filename: str) -> bool:
    path = PurePosixPath(filename)
    return "__MACOSX" in path.parts or path.name.startswith(".")


def _label(member: zipfile.ZipInfo) -> str:
    """The member's own name; Chinese systems pack names in GBK without saying so."""
    name = PurePosixPath(member.filename).name
    if member.flag_bits & 0x800:
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name
