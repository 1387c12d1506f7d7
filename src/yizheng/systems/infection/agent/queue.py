"""队列: a folder of packages. What was put in stays until its receipt lies beside it, whenever the machine stops.

A package gets its name last, when it is whole; it leaves the outbox only after its receipt was written. So after a crash the
worst is that a package is sent a second time, which the city answers with the receipt it gave the first time.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from yizheng.documents.signing import key_files
from yizheng.kernel.private_files import private_directory
from yizheng.systems.infection.uploads.writing import Enclosed, packed

OUTBOX, SENT, REFUSED = "outbox", "sent", "refused"


class Queue:
    """The packages of one hospital, in the order of their numbers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._boxes = {name: private_directory(folder / name) for name in (OUTBOX, SENT, REFUSED)}

    def add(self, period: date, files: Sequence[Enclosed], *, after: int = 0) -> Path:
        """Pack files under the next number, at least one more than ``after``. Two that add at once get two numbers."""
        with self._alone():
            number = 1 + max([after, *self._numbers()])
            return self._put(f"{number:08d}.zip", packed(str(uuid4()), number, period, files))

    def put(self, name: str, data: bytes) -> Path:
        """A package that is whole already, such as one given back."""
        with self._alone():
            return self._put(name, data)

    def waiting(self) -> list[Path]:
        """What has no receipt yet, in order."""
        return sorted(self._boxes[OUTBOX].glob("*.zip"))

    def settle(self, path: Path, box: str, receipt: Mapping[str, Any]) -> None:
        """Keep the receipt, then move the package out of the outbox."""
        content = json.dumps(receipt, ensure_ascii=False, indent=1).encode()
        key_files.write(self._boxes[box] / f"{path.stem}.json", content)
        path.replace(self._boxes[box] / path.name)
        for each in (box, OUTBOX):
            _sync(self._boxes[each])

    def _put(self, name: str, data: bytes) -> Path:
        path = self._boxes[OUTBOX] / name
        key_files.write(path, data)
        _sync(path.parent)
        return path

    def _numbers(self) -> Iterator[int]:
        for box in self._boxes.values():
            yield from (int(path.stem) for path in box.glob("*.zip") if path.stem.isdecimal())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
