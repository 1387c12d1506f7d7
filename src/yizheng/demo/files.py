"""Files the city has taken in: results of an examination, a corrected list that waits for a person, a package of a partner."""

import csv
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from yizheng.demo.dice import Dice
from yizheng.demo.people import Person
from yizheng.exchange import receiving
from yizheng.exchange.simulator import Counterpart
from yizheng.intake.formats import format_of
from yizheng.intake.models import Batch
from yizheng.intake.verbs.check import check
from yizheng.intake.verbs.enter import enter
from yizheng.intake.verbs.receive import receive
from yizheng.kernel.codes import name_of
from yizheng.kernel.identifiers import make_resident_id
from yizheng.people.models import Account, Scope

HEADING = "姓名,性别,出生日期,证件类型,证件号码,级别,类别,执业范围,变动,变动日期,证明文号,单位可公开名称"
PEOPLE = (("简远舟", date(1984, 5, 17), "1"), ("江以宁", date(1987, 11, 3), "2"))


def exchange(dice: Dice, today: date) -> None:
    """A partner and its first package, staged at the city: two doctors who leave the forces, one of them miswritten."""
    office = Scope.objects.get(code="110000")
    other = Counterpart(name="军队卫生部门（演示）")
    other.known_to(office.pk)
    rows = [_soldier(dice, today, index, *person) for index, person in enumerate(PEOPLE, 1)]
    content = "\n".join([HEADING, *rows]).encode()
    receiving.receive(other.sends("military", "military.csv", len(rows), content), account=None)


def _soldier(dice: Dice, today: date, index: int, name: str, born: date, sex: str) -> str:
    serial = 2 * dice.randint(100, 400) + (sex == "1")
    written = sex if index == 1 else "1"
    return ",".join(
        (
            name, name_of("gender", written), born.isoformat(), "居民身份证",
            make_resident_id("110108", born, serial), "执业医师", "临床", "内科专业", "军队转地方",
            (today - timedelta(days=20)).isoformat(), f"卫军〔{today.year}〕{index}号", "某军队医院",
        )
    )  # fmt: skip


FORMAT = "exam_result"
TAKEN = 40
_COLUMNS = (
    "exam_year", "exam_region", "exam_category", "name", "gender", "birth_date", "id_type", "id_number", "skill_score",
    "skill_passed", "unit1_score", "unit2_score", "unit3_score", "unit4_score", "total_score", "pass_line", "passed",
)  # fmt: skip


def take_in(people: Sequence[Person], today: date) -> None:
    """One batch entered by two persons, and one with contradictions and a later total, checked and not yet confirmed."""
    examined = [person for person in people if person.level == "1"][:TAKEN]
    rows = [_row(person, today.year - 1, at) for at, person in enumerate(examined)]
    entered = _checked(rows, f"{today.year - 1}年医师资格考试成绩.csv")
    declared = format_of(FORMAT)
    enter(entered, declared, actor=_account("city-accept"), approved_by=_account("city-decide"))
    _checked(_contradicted(rows), f"{today.year - 1}年医师资格考试成绩（更正）.csv")


def _row(person: Person, year: int, at: int) -> dict[str, str]:
    units = [88 + (at * 7 + step * 5) % 40 for step in range(4)]
    total = sum(units)
    passed = "是" if total >= 360 else "否"
    said = (
        str(year), "11", "110", person.name, person.sex, person.birth.isoformat(), "01", person.identity_number,
        str(65 + at % 30), "是", *map(str, units), str(total), "360", passed,
    )  # fmt: skip
    return dict(zip(_COLUMNS, said, strict=True))


def _contradicted(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The same list with a unit marked anew, a total that is no sum, a name that differs, and a day that is none."""
    first, second, third, fourth, *others = (dict(row) for row in rows)
    first["unit1_score"] = str(int(first["unit1_score"]) + 2)
    first["total_score"] = str(int(first["total_score"]) + 2)
    first["passed"] = "是" if int(first["total_score"]) >= 360 else "否"
    second["total_score"] = str(int(second["total_score"]) + 1)
    third["name"] += "儿"
    fourth["birth_date"] = "1990-02-30"
    return [first, second, third, fourth, *others]


def _checked(rows: list[dict[str, str]], name: str) -> Batch:
    declared = format_of(FORMAT)
    headings = [declared.column(column).heading for column in _COLUMNS]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(headings)
            writer.writerows([row[column] for column in _COLUMNS] for row in rows)
        city = Scope.objects.get(code="110000").pk
        batch = receive(declared, path, name, account=_account("city-accept"), authority_scope=city)
    return check(batch, declared)


def _account(username: str) -> Account:
    return Account.objects.get(username=username)
