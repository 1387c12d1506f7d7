"""A process is named by its number and its start time, since numbers are given out again."""

import signal
from dataclasses import dataclass

import psutil


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
