"""`./yizheng verify`: is every change sealed as it was made, and did anybody touch the register behind the program's back."""

import os
import subprocess
import sys
from collections.abc import Sequence

from yizheng.cli.databases import reachable
from yizheng.cli.folders import Folders
from yizheng.cli.trouble import Trouble
from yizheng.kernel.arguments import Arguments


def main(arguments: Sequence[str]) -> int:
    """Run the register's own verification as the serving role; its exit code."""
    chosen = _parser().parse_args(arguments)
    folders = Folders.chosen(chosen.data)
    if not os.environ.get("DATABASE_URL") and not folders.postgres.exists():
        raise Trouble(
            f"数据目录 {folders.root} 里还没有登记库；先运行 ./yizheng up，或用 --data 指明数据目录"
        )
    with reachable(folders) as found:
        command = [sys.executable, "-m", "django", "verify", *(["--json"] if chosen.json else [])]
        return subprocess.run(command, env=found.addresses.environment(folders), check=False).returncode


def _parser() -> Arguments:
    parser = Arguments(prog="yizheng verify", description="核验登记库是否与封存时一致")
    parser.add_argument("--data", help="数据目录，默认为项目下的 var")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    return parser
