"""`./yizheng compute`: one door to every calculator and rule, without server, database or network."""

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from yizheng.kernel.arguments import Arguments
from yizheng.kernel.calculators import BadInput, Calculator, calculators, find
from yizheng.kernel.question_files import table_in, text_in

ROOMS = (
    "yizheng.kernel.calendar.calculators",
    "yizheng.exchange.calculators",
    "yizheng.systems.institutions.calculators",
    "yizheng.exchange.credit.calculators",
    "yizheng.systems.nurses.register",
    "yizheng.systems.nurses.calculators",
    "yizheng.systems.infection.calculators",
    "yizheng.systems.sequelae.calculators",
    "yizheng.systems.service.calculators",
    "yizheng.systems.supervision.calculators",
    "yizheng.systems.adverts.calculators",
)
"""The modules that declare calculators, behind the register whose rules they ask; none of them needs Django."""


def main(arguments: Sequence[str]) -> int:
    """List the calculators, ask one, or ask a whole batch; 2 when something could not be answered."""
    parser = Arguments(prog="./yizheng compute", description="用一个计算器计算：输入 CSV，输出 CSV")
    parser.add_argument("name", nargs="?", metavar="名称", help="计算器的名称")
    parser.add_argument("--list", action="store_true", help="列出全部计算器，一行一个 JSON 对象")
    parser.add_argument("--input", metavar="文件", help="输入的 CSV 文件（UTF-8）")
    parser.add_argument("--parameters", metavar="文件", help="参数的 JSON 文件")
    parser.add_argument("--output", metavar="文件", help="输出的 CSV 文件；不写则输出到屏幕")
    parser.add_argument("--batch", metavar="文件", help="一行一个任务的 JSON 文件")
    asked = parser.parse_args(list(arguments))
    for room in ROOMS:
        import_module(room)
    if asked.list:
        for each in calculators():
            print(json.dumps(_described(each), ensure_ascii=False))
        return 0
    if not (asked.batch or (asked.name and asked.input)):
        parser.error("请写计算器的名称和 --input，或者 --list、--batch")
    try:
        if asked.batch:
            return _batch(asked.batch)
        given = asked.parameters
        parameters = _json(text_in(given, "参数文件"), f"参数文件“{given}”") if given else None
        text, _ = compute(asked.name, asked.input, parameters)
        _write(text, asked.output)
    except BadInput as bad:
        print(bad, file=sys.stderr)
        return 2
    return 0


def compute(name: str, path: str, parameters: Mapping[str, Any] | None) -> tuple[str, int]:
    """The answer of a calculator to a file, as CSV, and its number of rows. Raises BadInput."""
    heading, lines = table_in(path)
    calculator = find(name)
    columns, rows = calculator.answer(heading, lines, parameters, Path(path).parent)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return stream.getvalue(), len(rows)


def _described(each: Calculator) -> dict[str, Any]:
    return {
        "name": each.name,
        "title": each.title,
        "input": [column.name for column in each.input],
        "output": list(each.output),
        "source": each.source,
    }


def _batch(path: str) -> int:
    done = [_job(number, line) for number, line in enumerate(text_in(path).splitlines(), 1) if line.strip()]
    return 0 if all(done) else 2


def _job(number: int, line: str) -> bool:
    """Do one job and print its line; whether it did well."""
    said: dict[str, Any] = {"name": "", "output": ""}
    try:
        job = _json(line, f"第{number}个任务")
        said = {"name": job.get("name", ""), "output": job.get("output", "")}
        text, rows = compute(str(said["name"]), str(job.get("input", "")), job.get("parameters"))
        _write(text, said["output"])
        said["rows"] = rows
    except BadInput as bad:
        said["error"] = str(bad)
    print(json.dumps(said, ensure_ascii=False), flush=True)
    return "error" not in said


def _json(text: str, what: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        raise BadInput(f"{what}不是 JSON，请核对。") from None
    if not isinstance(value, dict):
        raise BadInput(f"{what}应为一个 JSON 对象，请核对。")
    return value


def _write(text: str, path: str | None) -> None:
    if not path:
        sys.stdout.write(text)
        return
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError:
        raise BadInput(f"写不了文件“{path}”，请核对文件夹和权限。") from None
