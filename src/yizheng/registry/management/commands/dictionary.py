"""`./yizheng manage dictionary`: the data dictionary, see `yizheng.registry.wording.dictionary`."""

import json
import sys
from collections.abc import Sequence

from yizheng.kernel.arguments import Arguments
from yizheng.registry.management.on_the_command_line import command
from yizheng.registry.wording.dictionary import dictionary, schema


def main(arguments: Sequence[str]) -> int:
    """Print it as Markdown, or with `--schema` as JSON Schema."""
    parser = Arguments(prog="yizheng manage dictionary", description="登记事实和代码表的数据字典")
    parser.add_argument("--schema", action="store_true", help="输出 JSON Schema")
    chosen = parser.parse_args(arguments)
    said = json.dumps(schema(), ensure_ascii=False, indent=1) + "\n" if chosen.schema else dictionary()
    sys.stdout.write(said)
    return 0


Command = command("打印数据字典", main)
