"""`./yizheng asof`: what the register says of one subject on a day, as it was known at a moment.

Recorded, for it shows a person's data.
"""

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from yizheng.kernel.arguments import Arguments
from yizheng.kernel.calendar import BEIJING, parse_moment
from yizheng.people import audit
from yizheng.people.scope import acting_as_system
from yizheng.registry.management.on_the_command_line import command
from yizheng.registry.models import Fact, Subject
from yizheng.registry.periods import FOREVER
from yizheng.registry.reading import as_of, kinds


def main(arguments: Sequence[str]) -> int:
    """Print the facts with every jurisdiction in sight; 1 when there is no such subject."""
    chosen = _parser().parse_args(arguments)  # a question for help ends here, before any database is needed
    try:
        valid = date.fromisoformat(chosen.valid) if chosen.valid else timezone.localdate()
        known = _moment(chosen.known)
    except ValueError:
        sys.stderr.write("错误：看不懂日期或时刻，请写成 2024-03-01 或 2024-03-01T12:00:00（北京时间）\n")
        return 1
    with acting_as_system("命令行查阅登记"):
        audit.record(None, "registry.asof", f"subject:{chosen.subject}")
        if not Subject.objects.filter(pk=chosen.subject).exists():
            sys.stderr.write(f"错误：没有主体 {chosen.subject}\n")
            return 1
        facts = [
            _told(version)
            for kind in kinds()
            for version in as_of(kind, chosen.subject, valid=valid, known=known).order_by("line", "valid_from")
        ]
    if chosen.json:
        said = {"subject": chosen.subject, "valid": valid.isoformat(), "known": chosen.known or "", "facts": facts}
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("".join(_line(fact) for fact in facts) or "这一天登记中没有该主体的任何内容\n")
    return 0


def _parser() -> Arguments:
    parser = Arguments(prog="yizheng asof", description="某主体在某日、按某时所知的登记")
    parser.add_argument("subject", type=int, metavar="SUBJECT", help="主体编号")
    parser.add_argument("--valid", metavar="DATE", help="日期，如 2024-03-01，默认为今天")
    parser.add_argument(
        "--known", metavar="TIME", help="按此时所知：时刻（2024-03-01T12:00:00）、日期或序位，默认为现在"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    return parser


def _moment(text: str | None) -> int | datetime | None:
    """A position, a moment of Beijing time unless it says otherwise, or the end of a day."""
    if not text:
        return None
    if text.isdigit():
        return int(text)
    found = parse_moment(text) if len(text) > len("2024-03-01") else None
    return found or datetime.combine(date.fromisoformat(text[:10]), time.max, BEIJING)


def _told(version: Fact) -> dict[str, Any]:
    return {
        "kind": version.fact_table(),
        "title": version.kind_title(),
        "line": version.line,
        "valid_from": version.valid_from.isoformat(),
        "valid_to": None if version.valid_to == FOREVER else version.valid_to.isoformat(),
        "opened": version.opened,
        "values": {field.name: _plain(getattr(version, field.attname)) for field in version.typed_fields()},
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | bool | list | type(None)) else str(value)


def _line(fact: dict[str, Any]) -> str:
    until = fact["valid_to"] or "至今"
    values = "，".join(f"{name}={value}" for name, value in fact["values"].items() if value not in ("", None))
    return f"{fact['title']}  {fact['line']}  {fact['valid_from']}—{until}  变更 {fact['opened']}\n    {values}\n"


Command = command("某主体在某日、按某时所知的登记", main)
