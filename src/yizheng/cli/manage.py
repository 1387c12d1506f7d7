"""`./yizheng manage`: Django's own commands on this installation's database (as serving; `YIZHENG_DB_ROLE=owner` as the owner)."""

import os
import subprocess
import sys
from collections.abc import Sequence

from yizheng.cli.database.databases import reachable
from yizheng.cli.folders import Folders


def main(arguments: Sequence[str]) -> int:
    """Run a management command; its exit code."""
    folders = Folders.chosen(None)
    with reachable(folders) as found:
        environment = found.addresses.environment(folders, owner=os.environ.get("YIZHENG_DB_ROLE") == "owner")
        return subprocess.run([sys.executable, "-m", "django", *arguments], env=environment, check=False).returncode
