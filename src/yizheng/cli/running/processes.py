"""Who runs: processes of this installation by number and start time, since numbers are given out again.

One file names them, so that a later start can find what was orphaned.
"""

import contextlib
import fcntl
import json
import os
import signal
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import psutil

from yizheng.cli.folders import Folders


@dataclass(frozen=True)
class Process:
    """One process of this machine: number and start time in seconds since 1970."""

    pid: int
    started: float

    @classmethod
    def of(cls, pid: int) -> "Process":
        """The process that has this number now.

        Raises `psutil.NoSuchProcess` when none has.
        """
        return cls(pid, psutil.Process(pid).create_time())

    def alive(self) -> bool:
        """Whether this very process (not a later one of the same number) still runs."""
        try:
            found = psutil.Process(self.pid)
            return bool(abs(found.create_time() - self.started) < 0.5 and found.status() != psutil.STATUS_ZOMBIE)
        except psutil.NoSuchProcess:
            return False

    def send(self, number: signal.Signals) -> None:
        """Send a signal if this very process is still there."""
        if self.alive():
            psutil.Process(self.pid).send_signal(number)

    def stop(self, patience: float) -> None:
        """Ask it to end, and end it when it has not within `patience` seconds."""
        self.send(signal.SIGTERM)
        if not self.gone_within(patience):
            self.send(signal.SIGKILL)
            self.gone_within(5)

    def gone_within(self, seconds: float) -> bool:
        """Wait for its end; whether it came."""
        try:
            if self.alive():
                psutil.Process(self.pid).wait(seconds)
        except psutil.NoSuchProcess:
            return True
        except psutil.TimeoutExpired:
            return False
        return True


@dataclass(frozen=True)
class Running:
    """A supervisor beside us: its process number and the address it serves."""

    pid: int
    address: str


class Turn:
    """The right to run on a data directory: held by one supervisor, given back by the system when it dies."""

    def __init__(self, folders: Folders) -> None:
        self._path = folders.run / "supervisor"
        self._stream: IO[str] | None = None

    def take(self) -> bool:
        """Whether the turn is ours now."""
        stream = self._path.open("a+")
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stream.close()
            return False
        self._stream = stream
        self.write("")
        return True

    def write(self, address: str) -> None:
        """Tell others our address."""
        assert self._stream is not None
        self._stream.truncate(0)
        self._stream.write(json.dumps(asdict(Running(os.getpid(), address))))
        self._stream.flush()

    def holder(self) -> Running:
        """Who has the turn; the address is empty while it starts."""
        try:
            return Running(**json.loads(self._path.read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return Running(0, "")

    def give_back(self) -> None:
        """Let another supervisor run."""
        if self._stream is not None:
            self._stream.truncate(0)
            self._stream.close()
            self._stream = None


class Children:
    """The processes that the supervisor started, by name, on disk before anything relies on them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: dict[str, Process] = {}

    def remember(self, name: str, process: Process) -> None:
        """Write the process down."""
        self._found[name] = process
        draft = self._path.with_suffix(".draft")
        draft.write_text(json.dumps({key: asdict(value) for key, value in self._found.items()}))
        draft.replace(self._path)

    def stop_orphans(self) -> list[str]:
        """Stop what an earlier supervisor left running, whole groups; the names of what was found."""
        try:
            left = {name: Process(**value) for name, value in json.loads(self._path.read_text()).items()}
        except (FileNotFoundError, ValueError, TypeError):
            return []
        found = [name for name, process in left.items() if stop_group(process, 10)]
        self._path.unlink(missing_ok=True)
        return found


def stop_group(leader: Process, patience: float) -> bool:
    """Ask a group's leader to end, then end what is left of the group; whether any of it ran.

    The leader may be gone and its group live on. A group keeps its number from being given to others, so members
    that are not older than the leader are its own.
    """
    members = _group(leader)
    if not members:
        return False
    if leader.alive():
        leader.send(signal.SIGTERM)
        leader.gone_within(patience)
    for member in members:
        member.send(signal.SIGKILL)
        member.gone_within(5)
    return True


def _group(leader: Process) -> list[Process]:
    """The group's living processes; none when the number belongs to somebody else now."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied, ProcessLookupError):
            started = process.create_time()
            if os.getpgid(process.pid) == leader.pid and started >= leader.started - 0.5:
                found.append(Process(process.pid, started))
    first = next((process for process in found if process.pid == leader.pid), None)
    if first is not None and abs(first.started - leader.started) >= 0.5:
        return []
    return found
