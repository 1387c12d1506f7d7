"""`./yizheng verify`: print the report of a verification; 0 when sound, 1 when something is wrong."""

import sys
from collections.abc import Sequence

from yizheng.kernel.arguments import Arguments
from yizheng.registry.management.on_the_command_line import command
from yizheng.registry.seals.verification import verify
from yizheng.registry.seals.wording import as_json, as_text


def main(arguments: Sequence[str]) -> int:
    """Verify and print."""
    parser = Arguments(prog="yizheng verify", description="核验登记库与封存、见证是否一致")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    options = parser.parse_args(arguments)
    report = verify()
    sys.stdout.write((as_json(report) if options.json else as_text(report)) + "\n")
    return 0 if report.sound else 1


Command = command("核验登记库与封存、见证是否一致", main)
