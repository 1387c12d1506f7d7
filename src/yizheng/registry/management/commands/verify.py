"""`./yizheng verify`: print the report of a verification; 0 when sound, 1 when something is wrong."""

import json
import sys
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from yizheng.kernel.arguments import Arguments
from yizheng.registry.management.on_the_command_line import command
from yizheng.registry.seals.guards import differing  # noqa: F401 - declares its proof
from yizheng.registry.seals.verification import Report, proved, verify


def main(argv: Sequence[str]) -> int:
    """Verify and print."""
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


def as_text(report: Report) -> str:
    """The report in Chinese sentences."""
    return "\n".join([_sealed(report), _witnessed(report), _tail(report), *_proved(report), *_found(report)])


def as_json(report: Report) -> str:
    """The report as one JSON object; moments in Beijing time."""
    return json.dumps(
        {
            "sound": report.sound,
            "latest_position": report.latest,
            "seals": report.seals,
            "sealed_to": report.sealed_to,
            "sealed_at": _iso(report.sealed_at),
            "witnessed_to": report.witnessed_to,
            "witnessed_at": _iso(report.witnessed_at),
            "unsealed": report.tail,
            "findings": [vars(finding) for finding in report.findings],
            "complete": report.complete,
            "proved": report.proved,
        },
        ensure_ascii=False,
        indent=2,
    )


def _sealed(report: Report) -> str:
    if not report.seals:
        return "尚无封存。"
    return f"已封存至序位 {report.sealed_to}（共 {report.seals} 号封存，最近一次于{_clock(report.sealed_at)}）。"


def _witnessed(report: Report) -> str:
    if not report.witnessed_to:
        return "尚无见证：以下结论不能排除封存与登记一同被改写。"
    return f"已见证至序位 {report.witnessed_to}（最近一次于{_clock(report.witnessed_at)}）；此后的内容没有库外见证。"


def _tail(report: Report) -> str:
    if not report.tail:
        return f"最新序位 {report.latest}，没有未封存的变更。"
    return f"最新序位 {report.latest}，其中末尾 {report.tail} 个变更尚未封存，不在核验之列。"


def _proved(report: Report) -> list[str]:
    return [f"另已核对：{'、'.join(report.proved)}。"] if report.proved else []


def _found(report: Report) -> list[str]:
    if report.sound:
        return ["核验通过：已封存的登记与封存时一致。" if report.seals else "没有可核验的封存。"]
    more = [] if report.complete else ["问题过多，其余未列出。"]
    return ["核验未通过：", *(f"  - {finding.text}" for finding in report.findings), *more]


def _clock(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y年%m月%d日 %H:%M:%S}" if moment else "未知时间"


def _iso(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat() if moment else None


Command = command("核验登记库与封存、见证是否一致", main)
