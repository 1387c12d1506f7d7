"""A partner of the demonstration city and its first package: two doctors who leave the forces, one of them miswritten."""

from datetime import date, timedelta

from yizheng.demo.dice import Dice
from yizheng.exchange import receiving
from yizheng.exchange.simulator import Counterpart
from yizheng.kernel.codes import name_of
from yizheng.kernel.identifiers import make_resident_id
from yizheng.people.models import Scope

HEADING = "姓名,性别,出生日期,证件类型,证件号码,级别,类别,执业范围,变动,变动日期,证明文号,单位可公开名称"
PEOPLE = (("简远舟", date(1984, 5, 17), "1"), ("江以宁", date(1987, 11, 3), "2"))


def make(dice: Dice, today: date) -> None:
    """Enter the partner and stage the package at the city."""
    office = Scope.objects.get(code="110000")
    other = Counterpart(name="军队卫生部门（演示）")
    other.known_to(office.pk)
    rows = [_row(dice, today, index, *person) for index, person in enumerate(PEOPLE, 1)]
    content = "\n".join([HEADING, *rows]).encode()
    receiving.receive(other.sends("military", "military.csv", len(rows), content), account=None)


def _row(dice: Dice, today: date, index: int, name: str, born: date, sex: str) -> str:
    serial = 2 * dice.randint(100, 400) + (sex == "1")
    written = sex if index == 1 else "1"
    return ",".join(
        (
            name, name_of("gender", written), born.isoformat(), "居民身份证",
            make_resident_id("110108", born, serial), "执业医师", "临床", "内科专业", "军队转地方",
            (today - timedelta(days=20)).isoformat(), f"卫军〔{today.year}〕{index}号", "某军队医院",
        )
    )  # fmt: skip
