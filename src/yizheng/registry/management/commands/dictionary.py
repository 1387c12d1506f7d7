"""`./yizheng manage dictionary`: the data dictionary, see `yizheng.registry.dictionary`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from yizheng.kernel.arguments import Arguments
from yizheng.registry.dictionary import dictionary, schema
from yizheng.registry.management.on_the_command_line import RegisterCommand


class Command(RegisterCommand):
    """Prints it."""

    help = "打印数据字典"

    def run(self, arguments: Sequence[str]) -> int:
        """As Markdown, or with `--schema` as JSON Schema."""
        parser = Arguments(prog="yizheng manage dictionary", description="登记事实和代码表的数据字典")
        parser.add_argument("--schema", action="store_true", help="输出 JSON Schema")
        chosen = parser.parse_args(arguments)
        said = json.dumps(schema(), ensure_ascii=False, indent=1) + "\n" if chosen.schema else dictionary()
        sys.stdout.write(said)
        return 0
