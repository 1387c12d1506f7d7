"""People of the city: identity, valid synthetic numbers, education and qualifications. Nobody here exists."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from yizheng.demo import names
from yizheng.demo.careers import Career
from yizheng.demo.data_files import tables
from yizheng.demo.dice import Dice
from yizheng.kernel.calendar import add_years
from yizheng.kernel.codes import name_of
from yizheng.kernel.identifiers import make_qualification_number, make_resident_id

_DATA = tables("city.toml")["people"]
FIRST_YEAR = 1999
LONG = timedelta(days=760)
"""Over two years, with days to spare for the acts that follow."""
PREFECTURE_CHANGE = date(2018, 11, 1)
"""Since then the issuing office is a 卫生健康委员会."""


@dataclass(slots=True)
class Person:
    """One doctor or doctor to be."""

    name: str
    sex: str
    birth: date
    ethnic_group: str
    identity_number: str
    mobile: str
    level: str
    category: str
    qualified_on: date
    province: str
    issuer: str
    qualification_number: str
    education: str
    degree: str
    school: str
    major: str
    graduated_on: date
    career: Career = field(default_factory=Career)
    trained: tuple[date, date] | None = None
    """First and last day of a training passed before registering."""
    subject: int = 0
    office: int = 0
    """The authority that keeps her facts other than registrations."""
    account: int | None = None


class Population:
    """Makes people whose numbers do not meet."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._taken: set[str] = set()
        self._born = 0

    def person(self, qualified_on: date, *, level: str = "", category: str = "", name: str = "") -> Person:
        """Somebody qualified on a day at the usual age."""
        dice = self._dice
        self._born += 1
        sex = dice.choice("12")
        given, ethnic_group = names.name(dice, sex)
        level = level or ("2" if dice.happens(0.08) else "1")
        category = category or dice.weighted(_DATA["categories"])
        graduated = date(qualified_on.year - dice.randint(1, 3), 7, 1)
        birth = add_years(graduated, -dice.randint(22, 25)) - timedelta(days=dice.randint(0, 360))
        number = self._number(birth, sex)
        province = "11" if dice.happens(0.8) else dice.choice(("13", "12", "37", "14", "21"))
        education, degree = ("31", "") if level == "2" else dice.weighted(_DATA["education"])
        return Person(
            name=name or given,
            sex=sex,
            birth=birth,
            ethnic_group=ethnic_group,
            identity_number=number,
            mobile=f"19900{self._born:06d}",
            level=level,
            category=category,
            qualified_on=qualified_on,
            province=province,
            issuer=issuer(province, category, qualified_on),
            qualification_number=make_qualification_number(qualified_on.year, province, level, category, number),
            education=education,
            degree=degree,
            school=dice.choice(_DATA["schools"]),
            major=dice.choice(_DATA["majors"][category]),
            graduated_on=graduated,
        )

    def _number(self, birth: date, sex: str) -> str:
        while True:
            serial = self._dice.randrange(1 if sex == "1" else 2, 999, 2)
            number = make_resident_id(self._dice.choice(_DATA["regions"]), birth, serial)
            if number not in self._taken:
                self._taken.add(number)
                return number


def issuer(province: str, category: str, on: date) -> str:
    """The office that gave the qualification, as it was called then."""
    name = name_of("province", province)
    if province == "11" and category == "tcm":
        return "北京市中医管理局"
    return f"{name}{'卫生健康委员会' if on >= PREFECTURE_CHANGE else '卫生局'}"


def long_absent(people: list[Person], today: date) -> list[Person]:
    """Who left over two years ago and is still in the register, in the order they were invented."""
    return [
        person for person in people if person.career.now.status == "LEFT" and person.career.now.since < today - LONG
    ]
