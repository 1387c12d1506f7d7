"""``./yizheng intake``: take in a file from the command line, preview it, answer it, list and describe the formats.

Run again with the same file after a load that died, it goes on from the staging of the check and repeats only the load.
"""

import argparse
import errno
import json
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from yizheng.documents.attachments import store_file
from yizheng.intake.answers.writing import answer_beside
from yizheng.intake.describing import write_template
from yizheng.intake.files import UnreadableFile
from yizheng.intake.formats import Format, UnknownFormat, format_of, formats
from yizheng.intake.models import Batch, BatchState, kinds_of
from yizheng.intake.verbs import Refused
from yizheng.intake.verbs.check import check
from yizheng.intake.verbs.enter import enter
from yizheng.intake.verbs.receive import receive
from yizheng.intake.verdicts import LABELS
from yizheng.kernel.arguments import Arguments
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.models.knowledge import latest_position

CITY = "110000"
_WHY = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EISDIR: "是文件夹，请给出其中一个文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EACCES: "没有读写权限",
    errno.ENOSPC: "磁盘已满",
}


def main(arguments: Sequence[str]) -> int:
    """Do what was asked, with Django set up already; 0 when it was done, 1 when the file or the batch is refused."""
    asked = parser()
    chosen = asked.parse_args(arguments)
    if chosen.list:
        _list(as_json=chosen.json)
        return 0
    if not chosen.format or not (chosen.file or chosen.template):
        asked.error("缺少格式，见 --list" if not chosen.format else "缺少要接收的文件")
    try:
        declared = format_of(chosen.format)
        if chosen.template:
            write_template(declared, Path(chosen.template))
            return 0
        return _take_in(declared, Path(chosen.file), chosen)
    except (UnknownFormat, UnreadableFile, Refused) as refused:
        return _refuse(str(refused))
    except OSError as problem:
        why = _WHY.get(problem.errno or 0, problem.strerror)
        return _refuse(f"打不开“{problem.filename}”：{why}")


def parser() -> Arguments:
    """The arguments of the command."""
    made = Arguments(prog="yizheng intake", description="按格式接收一个文件：核对、预览、入册")
    made.add_argument("format", nargs="?", metavar="FORMAT", help="格式，见 --list")
    made.add_argument("file", nargs="?", metavar="FILE", help="xlsx、xls、csv、dbf 文件或它们的 zip 包")
    made.add_argument("--preview", action="store_true", help="只核对和预览，不写入登记")
    made.add_argument("--errors", metavar="OUT", help="把带核对结果列的文件写到这里")
    made.add_argument("--template", metavar="OUT", help="写出该格式的空白模板（xlsx，附代码表）")
    made.add_argument("--scope", default=CITY, help="接收机关的辖区代码，默认为市（110000）")
    made.add_argument("--list", action="store_true", help="列出全部格式")
    made.add_argument("--json", action="store_true", help="输出 JSON")
    return made


def _list(*, as_json: bool) -> None:
    found = [{"format": one.code, "title": one.title, "purpose": one.purpose} for one in formats()]
    if as_json:
        _print(json.dumps(found, ensure_ascii=False))
        return
    for one in found:
        _print(f"{one['format']:<24}{one['title']}：{one['purpose']}")


def _take_in(declared: Format, path: Path, chosen: argparse.Namespace) -> int:
    with acting_as_system("命令行接收文件"):
        scope = Scope.objects.filter(code=chosen.scope).first()
        if scope is None:
            return _refuse(f"没有代码为“{chosen.scope}”的辖区")
        batch = _checked(declared, path, scope.pk)
        answered = chosen.errors and batch.state != BatchState.REFUSED
        with answer_beside(batch, Path(chosen.errors)) if answered else nullcontext():
            if batch.state == BatchState.CHECKED and not chosen.preview:
                enter(batch, declared, actor=None, approved_by=None)
    _tell(batch, preview=chosen.preview, as_json=chosen.json)
    return _refuse(batch.message) if batch.state == BatchState.REFUSED else 0


def _checked(declared: Format, path: Path, scope: int) -> Batch:
    """The batch of this file, checked: the one a broken run left behind, when nothing has changed since."""
    left = Batch.objects.filter(
        digest=store_file(path),
        format=declared.code,
        name=path.name,
        account=None,
        authority_scope=scope,
        state=BatchState.CHECKED,
        checked_at=latest_position(),
    )
    found = left.order_by("-id").first()
    if found is not None:
        return found
    batch = receive(declared, path, path.name, account=None, authority_scope=scope)
    return check(batch, declared)


def _tell(batch: Batch, *, preview: bool, as_json: bool) -> None:
    answer: dict[str, Any] = {
        "rows": batch.rows,
        "accepted": batch.accepted,
        "rejected": batch.rejected,
        "errors": dict(sorted(batch.errors.items())),
        "change": batch.change,
        "remarks": batch.remarks,
    }
    if as_json:
        _print(json.dumps(answer, ensure_ascii=False))
        return
    _print(f"批次 {batch.pk}：共 {batch.rows} 行，可接收 {batch.accepted} 行，不接收 {batch.rejected} 行")
    for verdict, count in batch.difference.get("verdicts", {}).items():
        _print(f"  {LABELS[verdict]}：{count}")
    for code, count, words, _ in kinds_of(batch):
        _print(f"  {count} 行：{words}（{code}）")
    for remark in batch.remarks:
        _print(f"  注意：{remark}")
    if batch.change:
        _print(f"已入册，变更 {batch.change}")
    elif preview:
        _print("仅预览，未写入登记")
    elif batch.state == BatchState.NOTHING:
        _print("登记已与文件一致，没有变化")


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")


def _refuse(words: str) -> int:
    sys.stderr.write(f"错误：{words}\n")
    return 1
