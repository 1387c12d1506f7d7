"""`./yizheng verify`: print the report of a verification; 0 when sound, 1 when something is wrong."""

import sys
from collections.abc import Sequence

from yizheng.kernel.arguments import Arguments
from yizheng.registry.seals.guards import differing  # noqa: F401 - declares its proof
from yizheng.registry.seals.proofs import proved
from yizheng.registry.seals.verification import verify
from yizheng.registry.seals.wording import as_json, as_text


def main(argv: Sequence[str]) -> int:
    """Verify and print, with Django set up already."""
    parser = Arguments(
        prog="yizheng verify",
        description="核验登记库与封存、见证是否一致，公示、证照、证件号库、审计记录和防线是否与之相符",
    )
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    parser.add_argument(
        "--seals-only", action="store_true", help="只核对封存，不核对公示、证照、证件号库、审计记录和防线"
    )
    options = parser.parse_args(argv)
    report = verify()
    if not options.seals_only:
        for title, findings in proved().items():
            report.proved.append(title)
            report.findings += findings
    sys.stdout.write((as_json(report) if options.json else as_text(report)) + "\n")
    return 0 if report.sound else 1
