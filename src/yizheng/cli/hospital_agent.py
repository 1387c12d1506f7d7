"""`./yizheng hospital-agent`: the side of a hospital; keys, a queue of packages that never drops one, and opening what is given back."""

import sys
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from yizheng.cli.trouble import Trouble
from yizheng.exchange.keys import UnreadableKey
from yizheng.exchange.sealing import UnfitPackage
from yizheng.kernel.arguments import Arguments
from yizheng.kernel.calculators import BadInput, day
from yizheng.systems.infection.agent.keys import keys_in, opened
from yizheng.systems.infection.agent.queue import Queue
from yizheng.systems.infection.agent.sending import Door, empty
from yizheng.systems.infection.records.kinds import ISOLATES, RECORDS
from yizheng.systems.infection.uploads.files import BadPackage, rows_of
from yizheng.systems.infection.uploads.foreign import READERS
from yizheng.systems.infection.uploads.foreign.results import rows_of as results
from yizheng.systems.infection.uploads.package import read
from yizheng.systems.infection.uploads.writing import Enclosed, enclosed

IDLE = 5.0
"""Seconds between two looks at an empty queue."""


def main(arguments: Sequence[str]) -> int:
    """Do one of the acts; 0 when it was done."""
    parser = Arguments(
        prog="./yizheng hospital-agent", description="医院一侧：把数据包排队发给市级平台，打开给回的数据"
    )
    parser.add_argument("--folder", default="hospital-agent", metavar="文件夹", help="密钥、队列和回执所在的文件夹")
    acts = parser.add_subparsers(dest="act", required=True, metavar="动作")
    acts.add_parser("keys", help="制作密钥（已有的不动），打印两个公钥")
    add = acts.add_parser("add", help="把一个月的文件打成数据包，放进队列")
    add.add_argument("--month", required=True, metavar="月份", help="如 2026-11")
    add.add_argument("--after", type=int, default=0, metavar="序号", help="编号从这个序号以后接着编")
    add.add_argument(
        "files",
        nargs="+",
        metavar="种类[:科室]=文件",
        help="csv、xlsx、xml；零报告写 种类=none；检验结果 isolate=whonet:文件、hl7:文件、fhir:文件",
    )
    run = acts.add_parser("run", help="按次序发送队列，一直运行；--once 发完或者发不出就停")
    run.add_argument("--to", required=True, metavar="地址", help="市级平台的地址")
    run.add_argument("--code", required=True, metavar="代码", help="页面“医院系统”上的系统代码")
    run.add_argument("--once", action="store_true", help="不等待，不重试")
    give = acts.add_parser("open", help="打开给回的加密包，得到每月一个数据包")
    give.add_argument("package", metavar="加密包")
    give.add_argument("--platform-key", required=True, metavar="文件", help="平台的签名公钥（PEM）")
    give.add_argument("--send", action="store_true", help="打开以后放进队列重传，核对一致")
    asked = parser.parse_args(list(arguments))
    return _ACTS[asked.act](asked, Path(asked.folder))


def _keys(asked: Namespace, folder: Path) -> int:
    signing, opening = keys_in(folder).public
    print(f"签名公钥：\n{signing}\n加密公钥：\n{opening}", end="")
    return 0


def _add(asked: Namespace, folder: Path) -> int:
    path = Queue(folder).add(_month(asked.month), [_enclosed(each) for each in asked.files], after=asked.after)
    print(f"已排队：{path.name}")
    return 0


def _month(typed: str) -> date:
    try:
        return day("month", f"{typed}-01", 0)
    except BadInput:
        raise Trouble(f"月份“{typed}”不是 2026-11 的样子") from None


def _enclosed(typed: str) -> Enclosed:
    """``icu_log:ICU1=log.csv`` as a file of a package, read once so that its number of rows is known."""
    what, _, path = typed.partition("=")
    code, _, unit = what.partition(":")
    record = RECORDS.get(code)
    if record is None or not path:
        raise Trouble(f"“{typed}”不是 种类[:科室]=文件；种类可用：{'、'.join(RECORDS)}")
    if path == "none":
        names = ",".join(each.name for each in record.fields)
        return Enclosed(f"{code}.{unit or 'all'}.csv", code, unit, 0, f"{names}\n".encode(), none=True)
    try:
        kind, _, foreign = path.partition(":")
        if record is ISOLATES and kind in READERS:
            return enclosed(0, record, "", list(results(READERS[kind](Path(foreign).read_bytes()))), none=False)
        content = Path(path).read_bytes()
        rows = sum(1 for _ in rows_of(record, Path(path).name, content))
    except OSError:
        raise Trouble(f"打不开文件“{path}”") from None
    except BadPackage as bad:
        raise Trouble(str(bad)) from None
    return Enclosed(f"{code}.{unit or 'all'}{Path(path).suffix.lower()}", code, unit, rows, content)


def _run(asked: Namespace, folder: Path) -> int:
    queue, door = Queue(folder), Door(asked.to, asked.code, keys_in(folder))
    while True:
        settled = empty(queue, door, lambda words: print(words, flush=True), once=asked.once)
        if asked.once:
            return 0 if settled else 1
        time.sleep(IDLE)


def _open(asked: Namespace, folder: Path) -> int:
    try:
        key = Path(asked.platform_key).read_text("utf-8")
        found = opened(Path(asked.package).read_bytes(), keys_in(folder), key)
        parcels = {name: read(data) for name, data in found.items()}
    except (OSError, UnicodeDecodeError):
        raise Trouble("打不开加密包或者公钥文件") from None
    except (UnfitPackage, UnreadableKey, BadPackage) as bad:
        raise Trouble(str(bad)) from None
    out = folder / "restored" / Path(asked.package).stem
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, data in found.items():
        (out / Path(name).name).write_bytes(data)
        parcel = parcels[name]
        rows = sum(len(part.rows) for part in parcel.parts)
        print(f"{name}　{len(parcel.parts)} 张报表　{rows} 行　SHA-256 {parcel.digest}")
        if asked.send:
            Queue(folder).put(f"R{parcel.recovery}-{Path(name).name}", data)
    print(f"已打开到 {out}", file=sys.stderr)
    return 0


_ACTS: dict[str, Callable[[Namespace, Path], int]] = {"keys": _keys, "add": _add, "run": _run, "open": _open}
