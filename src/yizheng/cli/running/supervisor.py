"""Keeps the processes alive: database, web server, worker; starts again what dies, stops all in order."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from yizheng.cli.database.databases import Database
from yizheng.cli.running.nightly import Nightly
from yizheng.cli.running.processes import Children, Process, stop_group

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOOK_EVERY = 0.25
CLOCK_EVERY = 60.0
LONGEST_PAUSE = 30.0
GRACE = 10.0
LOG_LIMIT = 50 * 1024 * 1024


@dataclass
class Service:
    """One program to keep alive; deaths in a row lengthen the pause before the next start."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    child: subprocess.Popen[bytes] | None = None
    process: Process | None = None
    deaths: int = 0
    not_before: float = 0.0

    def start(self, children: Children) -> None:
        """Start it in a group of its own, so that the terminal's Ctrl-C reaches only the supervisor."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as stream:
            self.child = subprocess.Popen(
                self.command, env=dict(self.environment), stdin=subprocess.DEVNULL, stdout=stream, stderr=stream,
                cwd="/", start_new_session=True,
            )  # fmt: skip
        self.process = Process.of(self.child.pid)
        children.remember(self.name, self.process)

    def died(self) -> bool:
        """Whether it ended by itself."""
        return self.child is None or self.child.poll() is not None

    def revive(self, children: Children, now: float) -> bool:
        """Start it again unless it keeps dying and the pause is not over; whether it was started."""
        if now < self.not_before:
            return False
        if self.process is not None:
            stop_group(self.process, GRACE)
        self.deaths += 1
        self.not_before = now + min(LONGEST_PAUSE, 0.5 * 2**self.deaths)
        self.start(children)
        return True

    def calm(self, now: float) -> None:
        """Forget earlier deaths after a quiet minute."""
        if self.deaths and now > self.not_before + 60:
            self.deaths = 0

    def stop(self) -> None:
        """End the whole group: politely, then not."""
        if self.process is not None:
            stop_group(self.process, GRACE)
        if self.child is not None:
            self.child.wait()


@dataclass
class Supervisor:
    """Watches over the database and the services until it is asked to stop."""

    database: Database
    services: list[Service]
    children: Children
    nightly: Nightly | None = None
    asked_to_stop: bool = field(default=False, init=False)
    _next_look: float = field(default=0.0, init=False)

    def _stop_soon(self, _number: int, _frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def begin(self, service: Service) -> None:
        """Start a service and look after it from now on."""
        self.services.append(service)
        service.start(self.children)

    def watch(self) -> None:
        """Look after them until asked to stop: Ctrl-C, TERM, or the terminal goes away."""
        on_stop_signals(self._stop_soon)
        while not self.asked_to_stop:
            if not self.database.alive():
                _say("数据库停了，正在重新启动")
                self.database.start()
            now = time.monotonic()
            for service in self.services:
                if service.died() and service.revive(self.children, now):
                    _say(f"{service.name} 停了，已重新启动")
                service.calm(now)
            self._look_at_the_clock(now)
            time.sleep(LOOK_EVERY)

    def _look_at_the_clock(self, now: float) -> None:
        if self.nightly is not None and now >= self._next_look:
            self._next_look = now + CLOCK_EVERY
            self.nightly.look()

    def stop(self) -> None:
        """Stop the services, then the database; a second Ctrl-C does not hurry it."""
        on_stop_signals(self._stop_soon)
        if self.nightly is not None:
            self.nightly.stop()
        for service in reversed(self.services):
            service.stop()
        self.database.stop()


def _say(sentence: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {sentence}", flush=True)


def on_stop_signals(handler: Callable[[int, FrameType | None], None]) -> None:
    """Call the handler when somebody asks this process to stop."""
    for number in STOP_SIGNALS:
        signal.signal(number, handler)


def interrupt(_number: int, _frame: FrameType | None) -> None:
    """Break off what is being done, as Ctrl-C does."""
    raise KeyboardInterrupt


def handle_missing_terminal() -> None:
    """Go on when the terminal that would show our sentences is gone."""
    if not os.isatty(1):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
