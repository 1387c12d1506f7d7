"""While a question is asked: what else keeps the machine busy, and an end to what takes ten times its usual time."""

import contextlib
import json
import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psutil

from yizheng.cli.folders import Folders

_TIMES, _LEAST = 10, 60.0
_WORTH_TELLING = 0.05
_WRITES_MUCH = re.compile(
    r"\s*(?:insert|update|delete|with|create temp table \w+ (?:on commit drop )?as)\b", re.IGNORECASE
)


class TookTooLong(KeyboardInterrupt):
    """For the driver somebody breaks off: it has the server cancel what it is doing."""


@dataclass
class Usual:
    """How many seconds each question took the last time it was answered at this scale."""

    folders: Folders
    seconds: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with contextlib.suppress(FileNotFoundError, ValueError):
            self.seconds = json.loads(self._path.read_text("utf-8"))

    @property
    def _path(self) -> Any:
        return self.folders.root / "usual-seconds.json"

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Raises TookTooLong within the block after ten times as long; a question never answered takes as long as it takes."""
        limit = max(_LEAST, _TIMES * self.seconds[name]) if name in self.seconds else 0.0
        began = time.perf_counter()
        former = signal.signal(signal.SIGALRM, _over)
        signal.setitimer(signal.ITIMER_REAL, limit)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, former)
        self.seconds[name] = time.perf_counter() - began
        self._path.write_text(json.dumps(self.seconds), "utf-8")


def _over(*_: object) -> None:
    raise TookTooLong


@contextmanager
def plans_kept() -> Iterator[list[str]]:
    """The statement that writes much and began last within the block, and its plan; each is explained once, before it runs."""
    from django.db import connection

    kept: list[str] = []
    known: set[str] = set()

    def explained(execute: Any, statement: str, parameters: Any, many: bool, context: Any) -> Any:
        if not many and _WRITES_MUCH.match(statement) and statement not in known:
            known.add(statement)
            execute(f"explain {statement}", parameters, False, context)
            kept[:] = [" ".join(statement.split()), *(row[0] for row in context["cursor"].fetchall())]
        return execute(statement, parameters, many, context)

    with connection.execute_wrapper(explained):
        yield kept


class Others:
    """What the rest of the machine does from now on: not this process, its children, nor the database it asks."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._began = time.perf_counter()
        self._before = self._spent()

    def busy(self) -> tuple[float, str]:
        """How many cores they kept busy, and the three who did most."""
        took = time.perf_counter() - self._began
        ours, cores = self._ours(), dict[str, float]()
        for (pid, name), seconds in self._spent().items():
            if pid not in ours:
                share = max(0.0, seconds - self._before.get((pid, name), 0.0)) / took
                cores[name] = cores.get(name, 0.0) + share
        most = sorted(cores, key=lambda name: -cores[name])[:3]
        return sum(cores.values()), "、".join(
            f"{name} {cores[name]:.1f}" for name in most if cores[name] >= _WORTH_TELLING
        )

    @staticmethod
    def _spent() -> dict[tuple[int, str], float]:
        found = {}
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                times = process.cpu_times()
                found[process.pid, process.name()] = times.user + times.system
        return found

    def _ours(self) -> set[int]:
        roots = [os.getpid()]
        with contextlib.suppress(FileNotFoundError, ValueError):
            roots.append(int((self._folders.postgres / "postmaster.pid").read_text("ascii").split()[0]))
        found = set(roots)
        for root in roots:
            with contextlib.suppress(psutil.NoSuchProcess):
                found |= {child.pid for child in psutil.Process(root).children(recursive=True)}
        return found
