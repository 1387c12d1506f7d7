"""`./yizheng acceptance --from 2026-03-25 --to 2027-03-24 --out 目录`: the documents of acceptance, from records alone."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.utils import timezone

from yizheng.kernel.arguments import Arguments
from yizheng.kernel.chinese_dates import parse_date
from yizheng.registry.management.on_the_command_line import command
from yizheng.systems.service.acceptance.deliverables import Period
from yizheng.systems.service.acceptance.writing import write_all
from yizheng.systems.service.clauses.surroundings import Surroundings
from yizheng.systems.service.models import Contract


def main(arguments: Sequence[str]) -> int:
    """Write them; 0 when done, 1 when refused."""
    parser = Arguments(prog="yizheng acceptance", description="由记录生成合同第七章的交付物和季度报告")
    parser.add_argument("--from", dest="first", help="期间的第一天，默认服务期的第一天")
    parser.add_argument("--to", dest="last", help="期间的最后一天，默认今天或者服务期的最后一天")
    parser.add_argument("--out", type=Path, default=Path("acceptance"), help="写到哪个文件夹")
    chosen = parser.parse_args(list(arguments))
    contract = Contract.objects.covering(timezone.localdate())
    if contract is None:
        sys.stderr.write("错误：还没有服务合同，先用 ./yizheng manage service_contract 载入\n")
        return 1
    first = _day(chosen.first, contract.starts)
    last = _day(chosen.last, min(contract.ends, timezone.localdate()))
    if first is None or last is None or first > last:
        sys.stderr.write("错误：--from 和 --to 写成 2026-03-25 的样子，起不晚于止\n")
        return 1
    for path in write_all(Period(Surroundings(contract), first, last), chosen.out):
        sys.stdout.write(f"{path}\n")
    return 0


def _day(text: str | None, otherwise: date) -> date | None:
    return otherwise if text is None else parse_date(text)


Command = command("由记录生成合同第七章的交付物和季度报告", main)
