"""How much of each room the tests reach, lines and branches together; every room must reach ninety in a hundred.

Measuring makes the tests take half as long again on Python 3.11, where the interpreter calls the tracer for every line, so
it is done by night (`.ci/nightly`).
"""

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yizheng.cli import test
from yizheng.cli.folders import CODE

NEEDED = 90


@dataclass
class Reached:
    """Lines and branches of a room, and how many of them the tests reach."""

    there: int = 0
    reached: int = 0

    @property
    def percent(self) -> float:
        """The share reached; a room without code is reached whole."""
        return 100 * self.reached / self.there if self.there else 100.0


def main(arguments: Sequence[str]) -> int:
    """Run the tests while measuring; 0 when they pass and every room is reached far enough."""
    with tempfile.TemporaryDirectory(prefix="yizheng-coverage-") as place:
        report = Path(place) / "report.json"
        failed = test.main([*arguments, "--cov", f"--cov-report=json:{report}"])
        rooms = by_room(json.loads(report.read_text("utf-8"))["files"]) if report.exists() else {}
    print("\n".join(told(rooms)))
    short = [name for name, room in rooms.items() if room.percent < NEEDED]
    if short:
        print(f"覆盖率不足 {NEEDED}%：{'、'.join(short)}，请补充测试", file=sys.stderr)
    return failed or int(bool(short))


def by_room(files: Mapping[str, Mapping[str, Any]]) -> dict[str, Reached]:
    """The rooms from the files of a report of `coverage`; each system counts as a room."""
    rooms: defaultdict[str, Reached] = defaultdict(Reached)
    for name, file in files.items():
        room, summary = rooms[_room(name)], file["summary"]
        room.there += summary["num_statements"] + summary["num_branches"]
        room.reached += summary["covered_lines"] + summary["covered_branches"]
    return dict(sorted(rooms.items()))


def _room(name: str) -> str:
    """The folder of the code a file lies in, two of them for a system."""
    parts = name.rpartition(f"{CODE.name}/")[2].split("/")
    folders = parts[: 2 if parts[0] == "systems" else 1]
    return "/".join(folder for folder in folders if not folder.endswith(".py")) or CODE.name


def told(rooms: Mapping[str, Reached]) -> Iterable[str]:
    """A line a room, and one for the whole."""
    whole = Reached(sum(room.there for room in rooms.values()), sum(room.reached for room in rooms.values()))
    for name, room in {**rooms, "全部": whole}.items():
        yield f"{name:<24}{room.percent:6.1f}%  {room.reached}/{room.there}"
