"""Write a backup or a drill down where a page can show it (`python -m yizheng.cli.recovery.note`, JSON on its input)."""

import json
import logging
import subprocess
import sys
from datetime import datetime
from typing import Any

import django

from yizheng.cli.database.databases import Addresses
from yizheng.cli.folders import Folders


def note(folders: Folders, addresses: Addresses, what: dict[str, Any]) -> bool:
    """Have it written by a process of the serving role; whether it was."""
    done = subprocess.run(
        [sys.executable, "-m", "yizheng.cli.recovery.note"],
        env=addresses.environment(folders),
        input=json.dumps(what),
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    return done.returncode == 0


def main() -> None:
    """Read, write, tell the system administrators."""
    from yizheng.work.recovery import record

    said = json.load(sys.stdin)
    record(
        said["kind"],
        began=datetime.fromisoformat(said["began"]),
        ok=said["ok"],
        summary=said["summary"],
        details=said["details"],
    )


if __name__ == "__main__":
    django.setup()
    logging.disable(logging.INFO)
    main()
