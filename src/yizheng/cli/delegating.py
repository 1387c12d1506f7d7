"""A command that works on the register: the database is found or started, the work is done in a process of its own.

The process runs as the serving role with Django set up; its arguments are the command's, but for ``--data``.
"""

import os
import subprocess
import sys
from collections.abc import Sequence

from yizheng.cli.database.databases import reachable
from yizheng.cli.folders import Folders
from yizheng.cli.trouble import Trouble


def on_the_register(command: str, arguments: Sequence[str]) -> int:
    """Run a management command against the database of the data directory; its exit code. Raises Trouble."""
    data, rest = _without_data(arguments)
    if {"--help", "-h"} & set(rest):
        environment = {"DJANGO_SETTINGS_MODULE": "yizheng.site.settings", **os.environ}
        return subprocess.run([sys.executable, "-m", "django", command, *rest], env=environment, check=False).returncode
    folders = Folders.chosen(data)
    if not os.environ.get("DATABASE_URL"):
        require_database(folders)
    with reachable(folders) as found:
        return found.addresses.run("django", command, *rest).returncode


def manage(arguments: Sequence[str]) -> int:
    """Run one of Django's own commands (as serving; `YIZHENG_DB_ROLE=owner` as the owner); its exit code."""
    with reachable(Folders.chosen(None)) as found:
        owner = os.environ.get("YIZHENG_DB_ROLE") == "owner"
        return found.addresses.run("django", *arguments, owner=owner).returncode


def require_database(folders: Folders) -> None:
    """Raise Trouble when the data directory holds no register yet."""
    if not (folders.postgres / "PG_VERSION").exists():
        raise Trouble(f"数据目录 {folders.root} 里还没有登记库；先运行 ./yizheng up，或用 --data 指明数据目录")


def _without_data(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """The value of ``--data`` wherever it stands, and all the other arguments."""
    data: str | None = None
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--data":
            data = next(waiting, None)
        elif argument.startswith("--data="):
            data = argument.partition("=")[2]
        else:
            rest.append(argument)
    return data, rest
