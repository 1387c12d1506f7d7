"""Journals: JSON, one object a line, appended to a file and synced; a line torn by a crash stays and is passed over."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from yizheng.kernel.file_store import sync_directory

_TAIL = 64 * 1024


def append(path: Path, entry: Mapping[str, Any]) -> None:
    """Add an entry and return once it is on disk; behind a torn line it begins a line of its own."""
    created = not path.exists()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = json.dumps(entry, separators=(",", ":")).encode() + b"\n"
    with path.open("ab") as stream:
        stream.write(line if created or _ends_whole(path) else b"\n" + line)
        stream.flush()
        os.fsync(stream.fileno())
    if created:
        sync_directory(path.parent)


def entries(path: Path) -> Iterator[Any]:
    """The complete entries in order; none if there is no file."""
    if path.exists():
        with path.open("rb") as stream:
            yield from _complete(stream)


def newest(path: Path) -> list[Any]:
    """Some of the last complete entries, found from the end."""
    if not path.exists():
        return []
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _TAIL))
        return list(_complete(stream))


def _complete(lines: Iterable[bytes]) -> Iterator[Any]:
    for line in lines:
        try:
            yield json.loads(line)
        except ValueError:
            continue


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as stream:
        if stream.seek(0, os.SEEK_END) == 0:
            return True
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) == b"\n"
