"""One door for every kind of file: what is packed is read by a child process whose memory and time are bounded.

A workbook of a few kilobytes may say that it has a million rows of sixteen thousand columns, and the reader of workbooks takes
the room for all of them at once: that must end the child, never the server. The child knows the file alone, no settings and
no secrets; it answers questions on its standard input one at a time, with blocks of rows as columns (Arrow).
"""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from threading import Lock
from typing import IO, Any

import polars as pl

from yizheng.intake.files.archives import open_here
from yizheng.intake.files.kinds import kind_of_file
from yizheng.intake.files.refusing import UnreadableFile
from yizheng.intake.files.tables import Source, Table

_PLAIN = frozenset({"csv", "dbf"})
_CHILD = "yizheng.intake.files.child"
_SECONDS = 900
"""Of the processor. A million rows of thirty-five columns take 35."""


@contextmanager
def open_source(path: Path, name: str, seconds: int = _SECONDS) -> Iterator[Source]:
    """The tables of a file, until the block is left. Raises UnreadableFile, also while blocks are read."""
    if kind_of_file(path, name) in _PLAIN:
        with open_here(path, name) as source:
            yield source
        return
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "POLARS_MAX_THREADS": "2"}
    command = [sys.executable, "-m", _CHILD, str(path), name, str(seconds)]
    with subprocess.Popen(  # noqa: S603  our own module; the path is one of the store's
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield _Child(process, name).source()
        finally:
            process.kill()


class _Child:
    """The child that reads one file."""

    def __init__(self, process: "subprocess.Popen[bytes]", name: str) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._ask: IO[bytes] = process.stdin
        self._answer: IO[bytes] = process.stdout
        self._name = name
        self._one_at_a_time = Lock()
        self._readings = 0

    def source(self) -> Source:
        """What the file holds; its tables ask the child."""
        told, _ = self._read()
        tables = tuple(
            Table(
                one["name"],
                one["columns"],
                partial(self._blocks, at),
                partial(self._asked, "beginning", at),
                partial(self._look_through, at),
                date.fromisoformat(one["epoch"]),
                frozenset(one["hidden_columns"]),
            )
            for at, one in enumerate(told["tables"])
        )
        return Source(told["kind"], tables, tuple(told["unread"]))

    def _blocks(self, table: int) -> Iterator[pl.DataFrame]:
        self._readings += 1
        reading = self._readings
        self._asked("begin", table, reading)
        while (block := self._asked("next", table, reading)) is not None:
            yield block

    def _look_through(self, table: int) -> None:
        self._asked("look_through", table)

    def _asked(self, question: str, table: int, reading: int = 0) -> pl.DataFrame | None:
        with self._one_at_a_time:
            try:
                self._ask.write(json.dumps([question, table, reading]).encode() + b"\n")
                self._ask.flush()
            except BrokenPipeError:
                raise self._too_large() from None
            return self._read()[1]

    def _read(self) -> tuple[dict[str, Any], pl.DataFrame | None]:
        line = self._answer.readline()
        if not line.endswith(b"\n"):
            raise self._too_large()
        told = json.loads(line)
        if "refused" in told:
            code, message, headings = told["refused"]
            raise UnreadableFile(code, message, tuple(headings))
        if not (size := told.get("size", 0)):
            return told, None
        content = self._answer.read(size)
        if len(content) < size:
            raise self._too_large()
        return told, pl.read_ipc_stream(io.BytesIO(content))

    def _too_large(self) -> UnreadableFile:
        words = "展开后太大，读取时超过了允许的内存或时间；请删去没有内容的行和列、另存为新文件，或分成几个文件后上传"
        return UnreadableFile("too_large", f"“{self._name}”{words}")
