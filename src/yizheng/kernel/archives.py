"""The one place where archives (zip) from outside are opened: packages, workbooks, bundles of files.

Whatever is wrong with one, and whatever the reader of the standard library raises for it, becomes a ``BadArchive`` with
a named fault. How many members there are, how much they unpack to and at what ratio is bounded before anything is read.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Self

_SMALL = 64 * 1024**2


class ArchiveFault(StrEnum):
    """What may be wrong with an archive."""

    DAMAGED = "damaged"
    BOMB = "bomb"
    ENCRYPTED = "encrypted"
    MISSING = "missing"


class BadArchive(ValueError):
    """An archive that cannot be opened or trusted; ``fault`` names why."""

    def __init__(self, fault: ArchiveFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold: members, bytes unpacked in all, and bytes unpacked for each packed byte."""

    members: int = 2_000
    unpacked: int = 6 * 1024**3
    ratio: int = 150


DEFAULT_LIMITS = Limits()


class Archive:
    """An open archive; members are known by their names as they stand in it, a backslash read as a slash."""

    def __init__(self, package: zipfile.ZipFile, size: int, limits: Limits) -> None:
        self._package = package
        found = [one for one in package.infolist() if not one.is_dir() and one.filename[-1:] != "\\"]
        self._refuse(found, size, limits)
        self.members = {one.filename.replace("\\", "/"): one for one in found}
        if len(self.members) != len(found):
            raise BadArchive(ArchiveFault.DAMAGED)

    @staticmethod
    def _refuse(found: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
        unpacked = sum(one.file_size for one in found)
        too_dense = unpacked > _SMALL and unpacked > limits.ratio * max(1, size)
        if len(found) > limits.members or unpacked > limits.unpacked or too_dense:
            raise BadArchive(ArchiveFault.BOMB)
        if any(one.flag_bits & 1 for one in found):
            raise BadArchive(ArchiveFault.ENCRYPTED)

    def size(self, name: str) -> int:
        """How long a member is, unpacked. Raises BadArchive."""
        return self._member(name).file_size

    def read(self, name: str) -> bytes:
        """The whole of a member. Raises BadArchive."""
        with self.open(name) as stream:
            return stream.read()

    @contextmanager
    def open(self, name: str) -> Iterator[MemberStream]:
        """A member as a stream, never longer than the archive says. Raises BadArchive, while it is read as well."""
        member = self._member(name)
        with _named_faults():
            stream = self._package.open(member)
        try:
            yield MemberStream(stream)
        finally:
            stream.close()

    def _member(self, name: str) -> zipfile.ZipInfo:
        try:
            return self.members[name]
        except KeyError:
            raise BadArchive(ArchiveFault.MISSING) from None


class MemberStream:
    """The bytes of a member in order."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """The next bytes; empty at the end. Raises BadArchive."""
        with _named_faults():
            return self._stream.read(size)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        if piece := self.read(1024 * 1024):
            return piece
        raise StopIteration


@contextmanager
def open_archive(source: Path | bytes, limits: Limits = DEFAULT_LIMITS) -> Iterator[Archive]:
    """The archive in a file or in memory. Raises BadArchive."""
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    opened: Any = BytesIO(source) if isinstance(source, bytes) else source
    with _named_faults():
        package = zipfile.ZipFile(opened)
    try:
        with _named_faults():
            archive = Archive(package, size, limits)
        yield archive
    finally:
        package.close()


@contextmanager
def _named_faults() -> Iterator[None]:
    """What the reader raises for bytes it cannot make sense of: many kinds of exception, all of one meaning."""
    try:
        yield
    except (BadArchive, MemoryError):
        raise
    except Exception as error:
        raise BadArchive(ArchiveFault.DAMAGED) from error
