"""见证文件: the roots of the seals, one JSON line each, appended to a file outside the database and synced.

Whoever holds a copy of the file can show that the register was cut or rewritten since. The program only ever
appends; a line torn by a crash is left where it is and the seal written again on a line of its own.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from yizheng.kernel import journals
from yizheng.registry.models import Seal


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
    return _read(journals.entries(path))


def last_witnessed(path: Path) -> Witnessed | None:
    """The last complete line, found from the end."""
    return next(_read(reversed(journals.newest(path))), None)


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
    journals.append(path, asdict(record))


def _read(lines: Iterable[Any]) -> Iterator[Witnessed]:
    for line in lines:
        with suppress(TypeError):
            yield Witnessed(**line)
