"""``./yizheng rollback``: undo a change, or show what undoing it would do.

What the command line took in itself it may take back. A change that persons made needs two of them: who proposes and
who approves, both named by their accounts and both entitled to decide.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

from yizheng.intake.verbs import Refused
from yizheng.intake.verbs.undo import entitled, take_back
from yizheng.kernel.arguments import Arguments
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.registry.failures import RegistryError
from yizheng.registry.models import Change
from yizheng.registry.rolling_back.undoing import RollbackPreview, preview_rollback


def main(arguments: Sequence[str]) -> int:
    """Undo or preview, with Django set up; 0 when done, 1 when refused."""
    chosen = _parser().parse_args(arguments)
    try:
        with acting_as_system(f"命令行回退 change:{chosen.change}"):
            preview = preview_rollback(chosen.change)
            told = _told(preview)
            if not chosen.preview:
                told["rollback"] = _undo(chosen, preview).pk
    except (RegistryError, Refused) as refused:
        sys.stderr.write(f"错误：{refused}\n")
        return 1
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n" if chosen.json else _words(told))
    return 0


def _parser() -> Arguments:
    parser = Arguments(prog="yizheng rollback", description="回退一个变更，或预览回退")
    parser.add_argument("change", type=int, metavar="CHANGE", help="变更号")
    parser.add_argument("--preview", action="store_true", help="只预览，不回退")
    parser.add_argument("--partly", action="store_true", help="有后来业务依赖的登记项保留，其余回退")
    parser.add_argument("--reason", default="命令行回退", help="理由")
    parser.add_argument("--by", metavar="ACCOUNT", help="提出人的账号；命令行导入的变更可不填")
    parser.add_argument("--approved-by", metavar="ACCOUNT", help="复核人的账号，须是另一人")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    return parser


def _undo(chosen: argparse.Namespace, preview: RollbackPreview) -> Change:
    keep = preview.refused if chosen.partly else {}
    if not chosen.by and not chosen.approved_by:
        return take_back(preview.change, None, None, chosen.reason, keep)
    proposer, approver = _account(chosen.by, "--by"), _account(chosen.approved_by, "--approved-by")
    for account in (proposer, approver):
        entitled(account, preview.change)
    return take_back(preview.change, proposer, approver, chosen.reason, keep)


def _account(name: str | None, option: str) -> Account:
    found = Account.objects.filter(username=name, is_active=True).first() if name else None
    if found is None:
        raise Refused(f"请用 {option} 写明一个有效的账号")
    return found


def _told(preview: RollbackPreview) -> dict[str, Any]:
    effects = list(preview.lines())
    return {
        "change": preview.change.pk,
        "lines": dict(Counter(effect.line.table for effect in effects)),
        "closes": sum(effect.closes for effect in effects),
        "reopens": sum(effect.reopens for effect in effects),
        "refused": [{"line": key.line, "subject": key.subject_id, "why": why} for key, why in preview.refused.items()],
        "compensations": list(preview.compensations),
        "rollback": None,
    }


def _words(told: dict[str, Any]) -> str:
    lines = sum(told["lines"].values())
    said = [f"变更 {told['change']}：{lines} 个登记项，关闭 {told['closes']} 个版本，恢复 {told['reopens']} 个版本"]
    said += [f"  不能回退：{one['why']}" for one in told["refused"][:20]]
    said.append(f"已回退，变更 {told['rollback']}" if told["rollback"] else "仅预览，未回退")
    return "\n".join(said) + "\n"
