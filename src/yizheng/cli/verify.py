"""`./yizheng verify`: is every change sealed as it was made, and did anybody touch the register behind the program's back."""

import subprocess
import sys
from collections.abc import Sequence

from yizheng.cli.databases import reachable
from yizheng.cli.folders import Folders


def main(arguments: Sequence[str]) -> int:
    """Run the register's own verification as the serving role; its exit code."""
    folders = Folders.chosen(None)
    with reachable(folders) as found:
        command = [sys.executable, "-m", "django", "verify", *arguments]
        return subprocess.run(command, env=found.addresses.environment(folders), check=False).returncode
