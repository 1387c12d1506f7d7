"""A store of files by digest (aa/bb/sha256): written whole, synced with their directory, never changed.

Order matters against a crash: bytes to disk, name to disk, and only then the row that speaks of them. What a crash
leaves behind is a file without a row, which harms nobody, and never a row without a file.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


class MissingFile(FileNotFoundError):
    """The store has no file, or a changed one, under a digest that a row speaks of."""


@dataclass(frozen=True)
class Store:
    """Files below `root`."""

    root: Path

    def path(self, digest: str) -> Path:
        """Where the file of this digest lies."""
        return self.root / digest[:2] / digest[2:4] / digest

    def put(self, content: bytes) -> str:
        """Keep `content` and return its digest; when this returns, a power cut cannot lose it.

        Equal content is kept once; a kept file that was damaged since is replaced.
        """
        return self._keep(hashlib.sha256(content).hexdigest(), io.BytesIO(content))

    def put_file(self, source: Path) -> str:
        """As `put` for a file of any size."""
        with source.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            stream.seek(0)
            return self._keep(digest, stream)

    def _keep(self, digest: str, content: BinaryIO) -> str:
        path = self.path(digest)
        if not self.holds(digest):
            self._make_folder(path.parent)
            _write_whole(path, content)
        return digest

    def holds(self, digest: str) -> bool:
        """Whether the file is there and its bytes still have this digest."""
        path = self.path(digest)
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == digest

    def missing(self, wanted: Collection[str]) -> tuple[str, ...]:
        """Those of the digests whose files are not there or changed, in order."""
        return tuple(digest for digest in sorted(wanted) if not self.holds(digest))

    def copy_to(self, other: Store) -> int:
        """Give the other store every sound file that it has not or has changed; how many were copied.

        Contents are compared, not sizes or days; a damaged file is left behind and never takes the place of a sound one.
        """
        copied = 0
        for digest in self.digests():
            if not other.holds(digest) and self.holds(digest):
                other.put_file(self.path(digest))
                copied += 1
        return copied

    def read(self, digest: str) -> bytes:
        """The bytes of this digest. Raises MissingFile when they are gone or changed."""
        try:
            content = self.path(digest).read_bytes()
        except FileNotFoundError:
            raise MissingFile(digest) from None
        if hashlib.sha256(content).hexdigest() != digest:
            raise MissingFile(digest)
        return content

    def digests(self) -> Iterator[str]:
        """The digests of all files, in order."""
        for path in sorted(self.root.glob("??/??/*")):
            if len(path.name) == 64:
                yield path.name

    def _make_folder(self, folder: Path) -> None:
        missing = [part for part in (folder, folder.parent, self.root) if not part.exists()]
        for part in reversed(missing):
            part.mkdir(mode=0o700, parents=True, exist_ok=True)
            sync_directory(part.parent)


def _write_whole(path: Path, content: BinaryIO) -> None:
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            shutil.copyfileobj(content, stream, 1024 * 1024)
            stream.flush()
            os.fsync(stream.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink()
        raise
    sync_directory(path.parent)


def sync_directory(folder: Path) -> None:
    """Return once the names of the folder's files are on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
