"""Write a backup or a drill down where a page can show it (`python -m yizheng.cli.recovery.note`, JSON on its input)."""

import json
import logging
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import django

from yizheng.cli.database.databases import Addresses


def note(
    addresses: Addresses, kind: str, began: datetime, *, ok: bool, summary: str, details: Mapping[str, Any]
) -> bool:
    """Have it written by a process of the serving role; whether it was."""
    said = {"kind": kind, "began": began.isoformat(), "ok": ok, "summary": summary, "details": details}
    done = addresses.run("yizheng.cli.recovery.note", input=json.dumps(said), stderr=subprocess.DEVNULL)
    return done.returncode == 0


def main() -> None:
    """Read, write, tell the system administrators."""
    from yizheng.work.recovery import record

    said = json.load(sys.stdin)
    record(**said | {"began": datetime.fromisoformat(said["began"])})


if __name__ == "__main__":
    django.setup()
    logging.disable(logging.INFO)
    main()
