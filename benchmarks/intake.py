"""Files of examination results into the register: checks, error file, committed facts; and back again."""

from __future__ import annotations

import csv
import random
import time
from collections.abc import Iterator
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yizheng.cli.bench.invented import names
from yizheng.cli.bench.invented.people import resident_number
from yizheng.cli.bench.laboratory import Lab, seconds
from yizheng.cli.bench.questions import Pair, question, ratio_at_least, ratio_at_most

if TYPE_CHECKING:
    from yizheng.intake.models import Batch

ROWS = {"country": 1_000_000}
SMALLER = 100_000
BATCH = 100_000
BAD = 0.01
YEARS = range(2019, 2026)
CATEGORIES = ("110", "120", "130", "140", "141", "142", "143", "144", "145", "146", "147", "148", "149")
"""Everybody invented is grown up in these years; each run takes a round, year and category, that none has taken before."""
HEAD = [
    "考试年度",
    "考区代码",
    "考点代码",
    "技能准考证号",
    "笔试准考证号",
    "报考类别",
    "姓名",
    "性别",
    "出生日期",
    "证件类型",
    "证件号码",
    "民族",
    "国籍",
    "学历",
    "学位",
    "毕业学校",
    "所学专业",
    "毕业日期",
    "毕业证书编号",
    "试用机构",
    "试用开始日期",
    "试用结束日期",
    "助理医师执业证书编码",
    "助理医师注册日期",
    "技能成绩",
    "技能是否合格",
    "技能成绩有效期至",
    "第一单元成绩",
    "第二单元成绩",
    "第三单元成绩",
    "第四单元成绩",
    "总分",
    "合格线",
    "是否合格",
    "违纪处理",
]


@question(
    "intake-known",
    "考试成绩 csv 核对、写回执、入册，九成人员已知",
    beside="同样的行直接 COPY 进无索引的表",
    unit="行/s",
    reach=ratio_at_least(0.085),
)
def known(lab: Lab) -> Iterator[Pair]:
    yield from _measured(lab, new_share=0.1)


@question(
    "intake-new",
    "考试成绩 csv 核对、写回执、入册，八成人员未知",
    beside="同样的行直接 COPY 进无索引的表",
    unit="行/s",
    reach=ratio_at_least(0.045),
)
def new(lab: Lab) -> Iterator[Pair]:
    yield from _measured(lab, new_share=0.8)


@question(
    "intake-xlsx",
    "同样的成绩从 xlsx 核对、写回执、入册",
    beside="csv 用时加最快读取器的用时",
    unit="s",
    reach=ratio_at_most(1),
)
def workbook(lab: Lab) -> Iterator[Pair]:
    from yizheng.documents.spreadsheets import Sheet, write

    rows = ROWS.get(lab.scale.name, SMALLER)
    for turn in count():
        text = _made(lab, rows, 0.1, turn)
        with text.open(encoding="utf-8", newline="") as stream:
            lines = csv.reader(stream)
            head = next(lines)
            sheet = lab.scratch / "results.xlsx"
            with sheet.open("wb") as target:
                write(target, Sheet("成绩", head, lines))
        plain, _, _ = _taken_in(lab, text)
        read = seconds(partial(_read_by_the_fastest, sheet))
        again = _moved(lab, text, turn)
        with again.open(encoding="utf-8", newline="") as stream, sheet.open("wb") as target:
            lines = csv.reader(stream)
            write(target, Sheet("成绩", next(lines), lines))
        ours, _, _ = _taken_in(lab, sheet)
        for path in (text, again, sheet):
            path.unlink()
        yield Pair(ours, plain + read, f"csv {plain:.1f} s，读取器 {read:.1f} s")


@question("rollback-batch", "回退一批 100,000 行", beside="写入这一批", unit="s", reach=ratio_at_most(1))
def batch_undone(lab: Lab) -> Iterator[Pair]:
    from yizheng.intake.verbs.undo import take_back
    from yizheng.people.scope import acting_as_system
    from yizheng.registry.models import Change

    turn = 0
    while True:
        path = _made(lab, BATCH, 0.1, turn)
        _, loaded, batch = _taken_in(lab, path)
        with acting_as_system("bench: rollback"):
            change = Change.objects.get(pk=int(batch.change or 0))
            undone = seconds(partial(take_back, change, None, None, "测量", {}))
        path.unlink()
        turn += 1
        yield Pair(undone, loaded)


def _read_by_the_fastest(path: Path) -> None:
    import fastexcel

    fastexcel.read_excel(path).load_sheet(0, dtypes="string").to_polars()


def _measured(lab: Lab, new_share: float) -> Iterator[Pair]:
    rows = ROWS.get(lab.scale.name, SMALLER)
    turn = 0
    while True:
        path = _made(lab, rows, new_share, turn)
        took, loaded, batch = _taken_in(lab, path)
        raw = _copied(lab, path)
        note = f"{rows:,} 行 {took:.1f} s，不接收 {batch.rejected:,} 行，写入 {loaded:.1f} s"
        path.unlink()
        turn += 1
        yield Pair(rows / took, rows / raw, note)


def _taken_in(lab: Lab, path: Path) -> tuple[float, float, Batch]:
    """From the file to committed facts and an error file: seconds in all, seconds of the load, the batch."""
    from yizheng.intake.answers.writing import answer_beside
    from yizheng.intake.formats import format_of
    from yizheng.intake.verbs.check import check
    from yizheng.intake.verbs.enter import enter
    from yizheng.intake.verbs.receive import receive
    from yizheng.people.models import Scope
    from yizheng.people.scope import acting_as_system

    declared = format_of("exam_result")
    began = time.perf_counter()
    with acting_as_system("bench: intake"):
        city = Scope.objects.get(code="110000").pk
        batch = check(receive(declared, path, path.name, account=None, authority_scope=city), declared)
        answer = lab.scratch / f"answer{path.suffix}"
        loading = time.perf_counter()
        with answer_beside(batch, answer):
            enter(batch, declared, actor=None, approved_by=None)
            loaded = time.perf_counter() - loading
    ended = time.perf_counter()
    answer.unlink()
    return ended - began, loaded, batch


def _copied(lab: Lab, path: Path) -> float:
    """Raw COPY of the same rows, all of them text, into a table without an index."""
    columns = ", ".join(f"c{at} text" for at in range(len(HEAD)))
    with lab.connect("job") as connection:
        connection.execute(f"create temp table plain ({columns})")
        began = time.perf_counter()
        with (
            path.open("rb") as stream,
            connection.cursor() as cursor,
            cursor.copy("copy plain from stdin (format csv, header)") as copy,
        ):
            while piece := stream.read(1 << 20):
                copy.write(piece)
        return time.perf_counter() - began


def _made(lab: Lab, rows: int, new_share: float, turn: int) -> Path:
    """A file in which so many are unknown, of a round that no earlier run has used, one row in a hundred wrong."""
    used = _rounds_used(lab)
    dice = random.Random(turn * 7 + used)
    fresh, old = int(rows * new_share), rows - int(rows * new_share)
    beyond = lab.scale.people + (used + 1) * ROWS["country"]
    path = lab.scratch / f"results-{used}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEAD)
        for name, sex, birth, number in _people(lab, old):
            writer.writerow(_row(dice, used, name, sex, birth, number))
        for at, (name, sex) in enumerate(islice(names.stream(), fresh)):
            number, birth = resident_number(beyond + at, sex)
            writer.writerow(_row(dice, used, name, sex, birth, number))
    return path


def _rounds_used(lab: Lab) -> int:
    return lab.count("select count(distinct (exam_year, exam_category)) from practitioners_exam_result")


def _round(used: int) -> tuple[str, str]:
    """Year and category of the n-th round."""
    year, category = divmod(used, len(CATEGORIES))
    return str(YEARS[year]), CATEGORIES[category]


def _people(lab: Lab, count: int) -> Iterator[tuple[str, str, Any, str]]:
    with lab.connect("job", settings=lab.city_scope()) as connection:
        yield from connection.execute(
            "select name, sex, birth, resident from bench_person order by md5(number::text) limit %s", [count]
        )


def _row(dice: random.Random, used: int, name: str, sex: str, birth: Any, number: str) -> list[str]:
    units = [dice.randint(60, 140) for _ in range(4)]
    total, wrong = sum(units), dice.random() < BAD
    number = number[:17] + ("0" if number[17] != "0" else "1") if wrong else number
    passed = "是" if total >= 360 else "否"
    year, category = _round(used)
    return [
        year, "11", "01", f"1101{dice.randrange(10**9):09d}", f"{dice.randrange(10**13):013d}", category, name, sex,
        str(birth), "01", number, "01", "156", "21", "", f"燕山医科大学{dice.randrange(60)}", "临床医学", "2019-07-01",
        f"1050{dice.randrange(10**14):014d}", "海淀青禾医院", "2019-08-01", "2020-08-01", "", "", "80.5", "是",
        "2031-12-31", *map(str, units), str(total), "360", passed, "",
    ]  # fmt: skip


def _moved(lab: Lab, path: Path, turn: int) -> Path:
    """The same rows in the next round, so that they are new facts again."""
    other = path.with_name(f"moved-{turn}.csv")
    year, category = _round(_rounds_used(lab))
    with path.open(encoding="utf-8", newline="") as old, other.open("w", encoding="utf-8", newline="") as new:
        writer = csv.writer(new, lineterminator="\n")
        rows = csv.reader(old)
        writer.writerow(next(rows))
        for row in rows:
            writer.writerow([year, *row[1:5], category, *row[6:]])
    return other
