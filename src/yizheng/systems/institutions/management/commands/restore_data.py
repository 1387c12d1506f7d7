"""`./yizheng restore-data`: an institution's or a batch's registrations as they were known, back into the register."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime

from yizheng.kernel.arguments import Arguments
from yizheng.kernel.calendar import parse_moment
from yizheng.people.models import Account
from yizheng.registry.failures import RegistryError
from yizheng.registry.management.on_the_command_line import command
from yizheng.registry.rolling_back.restoring import RestorationPreview, Wanted
from yizheng.systems.institutions.restoring import acts, preview, restore

SHOWN = 30


class _Refused(RegistryError):
    """The command line does not say what it must."""


def main(arguments: Sequence[str]) -> int:
    """Preview or restore, with Django set up; 0 when done, 1 when refused."""
    chosen = _parser().parse_args(list(arguments))
    try:
        wanted = _wanted(chosen)
        found = preview(wanted)
        documents = acts(found)
        change = None if chosen.preview else restore(wanted, *_persons(chosen), chosen.reason)
    except RegistryError as refused:
        sys.stderr.write(f"错误：{refused}\n")
        return 1
    answered = [f"{one.title} {one.number}：{one.sentence}" for one in documents]
    told = {**_told(found), "documents": answered, **({"change": change.pk} if change else {})}
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n" if chosen.json else _words(found, answered, told))
    return 0


def _wanted(chosen: argparse.Namespace) -> Wanted:
    known: int | datetime = chosen.position if chosen.position is not None else _moment(chosen.known)
    if chosen.subject is not None:
        return Wanted.of_subject(chosen.subject, known)
    return Wanted.of_change(chosen.change, known)


def _persons(chosen: argparse.Namespace) -> tuple[Account, Account]:
    if not chosen.reason:
        raise _Refused("请用 --reason 写明理由")
    return _account(chosen.by, "--by"), _account(chosen.approved_by, "--approved-by")


def _account(name: str | None, option: str) -> Account:
    found = Account.objects.filter(username=name, is_active=True).first() if name else None
    if found is None:
        raise _Refused(f"请用 {option} 写明一个有效的账号")
    return found


def _told(found: RestorationPreview) -> dict[str, object]:
    return {
        "position": found.wanted.known.position,
        "changed": len(found.changed),
        "kept": len(found.kept),
        "lines": [
            {
                "table": line.line.table,
                "subject": line.line.subject_id,
                "line": line.line.line,
                "closes": len(line.closing),
                "opens": len(line.opening),
                "kept": line.kept,
            }
            for line in found.lines
        ],
    }


def _words(found: RestorationPreview, answered: list[str], told: dict[str, object]) -> str:
    head = f"按序位 {told['position']} 所知：{told['changed']} 项登记与现在不同，{told['kept']} 项保留不动"
    lines = [
        f"  {line.title}　主体 {line.line.subject_id}　{line.line.line}："
        + (line.kept or f"关闭 {len(line.closing)} 个版本，恢复 {len(line.opening)} 个版本")
        for line in found.lines[:SHOWN]
    ]
    more = [f"  …另有 {len(found.lines) - SHOWN} 项"] if len(found.lines) > SHOWN else []
    papers = [f"  {one}" for one in answered[:SHOWN]]
    papers += [f"  …另有 {len(answered) - SHOWN} 份证照文书"] if len(answered) > SHOWN else []
    done = [f"已恢复，变更 {told['change']}；需要时可像其他变更一样回退"] if "change" in told else []
    return "\n".join([head, *lines, *more, *papers, *done]) + "\n"


def _moment(text: str) -> datetime:
    if found := parse_moment(text):
        return found
    raise _Refused(f"看不懂时间“{text}”，请写成 2026-03-01T14:30（北京时间）")


def _parser() -> Arguments:
    parser = Arguments(
        prog="./yizheng restore-data",
        description="把一个机构或一批数据按过去某时所知恢复到现在的登记，作为一次变更，须两人",
    )
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--subject", type=int, help="机构（或人员）的主体编号，连同登记在该机构的人员")
    whose.add_argument("--change", type=int, help="一批数据的变更号")
    when = parser.add_mutually_exclusive_group(required=True)
    when.add_argument("--known", help="按这个时刻所知（北京时间，如 2026-03-01T14:30）")
    when.add_argument("--position", type=int, help="按这个序位所知")
    parser.add_argument("--preview", action="store_true", help="只预览，不写入")
    parser.add_argument("--by", help="提出人的账号")
    parser.add_argument("--approved-by", help="复核人的账号，须是另一人")
    parser.add_argument("--reason", help="理由")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    return parser


Command = command("把一个机构或一批数据按过去某时所知恢复到现在的登记", main)
