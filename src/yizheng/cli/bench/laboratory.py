"""Where a question is answered: the data of one scale (how much it is), its database by role, its folders, a clock."""

import os
import platform
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg

from yizheng.cli.folders import Folders


@dataclass(frozen=True, slots=True)
class Scale:
    """So many people are known, the first `doctors` of them registered, the last `nurses` of them as nurses; so many institutions."""

    name: str
    title: str
    people: int
    doctors: int
    nurses: int
    institutions: int
    registrations: int
    """How often a doctor's registration was stated: each time beyond the first makes two versions and closes one."""
    hidden: bool = False
    """For trying a question while it is written; its figures say nothing."""
    other: bool = False
    """Holds something else than the invented register: only questions that name it are asked."""


SCALES = {
    scale.name: scale
    for scale in (
        Scale("hamlet", "试用", 1_200, 600, 800, 60, 3, hidden=True),
        Scale("town", "一镇", 30_000, 14_000, 17_000, 1_200, 4, hidden=True),
        Scale("city", "一市", 400_000, 300_000, 350_000, 12_000, 2),
        Scale("demonstration", "演示城市", 0, 0, 0, 0, 0, other=True),
        Scale("country", "全国", 10_000_000, 4_800_000, 5_900_000, 400_000, 3),
    )
}

CHILDREN = "bench-children"
"""How the files begin that name the servers a measurement started."""
_VARIABLES = {"serving": "DATABASE_URL", "job": "DATABASE_JOB_URL"}


@dataclass(frozen=True)
class Lab:
    """What a question is given. Django is ready and speaks to the database as the job role."""

    scale: Scale
    folders: Folders

    @property
    def scratch(self) -> Path:
        """A folder for files of a measurement; whoever fills it empties it."""
        place = self.folders.root / "scratch"
        place.mkdir(exist_ok=True)
        return place

    @contextmanager
    def connect(self, role: str = "serving", *, settings: Mapping[str, str] | None = None) -> Iterator[Any]:
        """A connection of its own as `serving` or `job`, committing each statement, with these settings."""
        with psycopg.connect(os.environ[_VARIABLES[role]], autocommit=True) as connection:
            for name, value in (settings or {}).items():
                connection.execute("select set_config(%s, %s, false)", [name, value])
            yield connection

    def city_scope(self) -> dict[str, str]:
        """The settings under which a clerk of the city sees every jurisdiction, for `connect`."""
        from yizheng.people.rights.reach import jurisdictions

        return {"yizheng.scopes": "{" + ",".join(map(str, jurisdictions())) + "}"}

    def count(self, statement: str, *parameters: object) -> int:
        """The one number a statement of the program's own gives, asked as the job role over the whole city."""
        with self.connect("job", settings=self.city_scope()) as connection:
            row = connection.execute(statement, list(parameters)).fetchone()
        return int(row[0])


def seconds(act: Callable[[], object]) -> float:
    """How long the act takes, by the wall."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def percentile(samples: Sequence[float], share: float) -> float:
    """The value that `share` of the samples do not exceed."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def environment(lab: Lab) -> dict[str, str]:
    """What was measured on, for the head of a report."""
    with lab.connect() as connection:
        row = connection.execute(
            "select current_setting('server_version'), current_setting('fsync'), current_setting('shared_buffers'),"
            " pg_size_pretty(pg_database_size(current_database()))"
        ).fetchone()
    version, fsync, buffers, size = row
    memory = psutil.virtual_memory()
    return {
        "scale": lab.scale.name,
        "cores": str(os.cpu_count()),
        "memory": f"{memory.total / 2**30:.0f} GiB",
        "load": f"{os.getloadavg()[0]:.2f}",
        "system": platform.system(),
        "python": platform.python_version(),
        "postgresql": version,
        "fsync": fsync,
        "shared_buffers": buffers,
        "database": size,
        "cache": "warm",
    }
