"""见证文件: the roots of the seals, one JSON line each, appended to a file outside the database and synced.

Whoever holds a copy of the file can show that the register was cut or rewritten since. The program only ever
appends; a line torn by a crash is left where it is and the seal written again on a line of its own.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from yizheng.registry.models import Seal

_TAIL = 64 * 1024


@dataclass(frozen=True)
class Witnessed:
    """One line of the witness file."""

    seal: int
    first: int
    last: int
    leaves: int
    root: str
    previous: str
    at: str

    @property
    def moment(self) -> datetime:
        """When it was written."""
        return datetime.fromisoformat(self.at)


def witness_file() -> Path:
    """Where seals are witnessed."""
    return Path(settings.WITNESS_DIR) / "seals.jsonl"


def witnessed(path: Path) -> Iterator[Witnessed]:
    """The complete lines of the file, in order; none if there is no file."""
    if path.exists():
        with path.open("rb") as stream:
            for line in stream:
                if (record := _read(line)) is not None:
                    yield record


def last_witnessed(path: Path) -> Witnessed | None:
    """The last complete line, found from the end."""
    if not path.exists():
        return None
    with path.open("rb") as stream:
        stream.seek(0, os.SEEK_END)
        stream.seek(max(0, stream.tell() - _TAIL))
        records = [record for line in stream if (record := _read(line)) is not None]
    return records[-1] if records else None


def witness(path: Path, seal: Seal, at: datetime) -> None:
    """Append a seal and return once it is on disk."""
    record = Witnessed(
        seal.number,
        seal.first_position,
        seal.last_position,
        seal.leaves,
        bytes(seal.root).hex(),
        bytes(seal.previous).hex(),
        at.isoformat(),
    )
    created = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps(asdict(record), separators=(",", ":")).encode() + b"\n"
    with path.open("ab") as stream:
        stream.write(line if created or _ends_whole(path) else b"\n" + line)
        stream.flush()
        os.fsync(stream.fileno())
    if created:
        _sync_directory(path.parent)


def _read(line: bytes) -> Witnessed | None:
    try:
        return Witnessed(**json.loads(line))
    except (ValueError, TypeError):
        return None


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as stream:
        if stream.seek(0, os.SEEK_END) == 0:
            return True
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) == b"\n"


def _sync_directory(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
