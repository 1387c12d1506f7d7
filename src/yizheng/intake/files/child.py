"""The process that reads one workbook or archive and answers questions about it (``files.bounded``)."""

import io
import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from yizheng.intake.files.archives import open_here
from yizheng.intake.files.refusing import UnreadableFile
from yizheng.intake.files.tables import Source

MEMORY = 2 * 1024**3
"""A million rows of thirty-five columns take 0.5 GB."""


def main(path: str, name: str, seconds: str) -> None:
    """Answer until nobody asks any more, or so many seconds of the processor are over."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with open_here(Path(path), name) as source:
            _tell(_described(source))
            readings: dict[int, Iterator[pl.DataFrame]] = {}
            for line in sys.stdin.buffer:
                _answer(source, readings, *json.loads(line))
    except UnreadableFile as refused:
        _refuse(refused)


def _described(source: Source) -> dict[str, Any]:
    tables = [
        {
            "name": one.name,
            "columns": one.columns,
            "epoch": one.epoch.isoformat(),
            "hidden_columns": sorted(one.hidden_columns),
        }
        for one in source.tables
    ]
    return {"kind": source.kind, "unread": source.unread, "tables": tables}


def _answer(source: Source, readings: dict[int, Iterator[pl.DataFrame]], question: str, at: int, reading: int) -> None:
    table, frame = source.tables[at], None
    try:
        if question == "begin":
            readings[reading] = table.blocks()
        elif question == "next":
            frame = next(readings[reading], None)
        elif question == "look_through":
            table.look_through()
        else:
            frame = table.beginning() if table.beginning is not None else next(table.blocks(), None)
    except UnreadableFile as refused:
        _refuse(refused)
    else:
        _tell({}, frame)


def _refuse(refused: UnreadableFile) -> None:
    _tell({"refused": [refused.code, str(refused), refused.headings]})


def _tell(told: dict[str, Any], frame: pl.DataFrame | None = None) -> None:
    content = io.BytesIO()
    if frame is not None:
        frame.write_ipc_stream(content)
    sys.stdout.buffer.write(json.dumps(told | {"size": content.tell()}).encode() + b"\n")
    sys.stdout.buffer.write(content.getbuffer())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
