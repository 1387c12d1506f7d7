"""Sixty institutions of every kind and level, with the authorities that license them; every name is invented."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from yizheng.demo.data_files import rows
from yizheng.kernel.calendar import add_years
from yizheng.kernel.calendar.periods import term_end
from yizheng.kernel.codes import table
from yizheng.kernel.identifiers import make_institution_number, make_organisation_code, make_uscc
from yizheng.kernel.scopes import Fit, fit

CLOSED = "通州区同济中医诊所"
"""The clinic that was deregistered, so that its doctors had to leave."""
PAUSED = "北京康宁康复医院"
"""The hospital whose verification is deferred, so that nobody may be registered there now."""
DUE = ("海淀区稻香社区卫生服务中心", "海淀区妇幼保健院", "丰台区方成社区卫生服务中心")
"""Those whose verification falls due next month, so that they apply for it now."""
HOSPITAL = "海淀区青禾社区卫生服务中心"
"""The institution at which most of the demonstration takes place."""
RENAMED = ("北京安和医院", "北京东城示范医院", date(2012, 7, 1))
"""A hospital that had another name until a day."""


@dataclass(slots=True)
class Institution:
    """An institution of the city before and after it is written."""

    name: str
    kind: str
    category: str
    level: str
    grade: str
    nature: str
    authority: str
    district: str
    subjects: tuple[str, ...]
    opened: date
    weight: float
    uscc: str
    number: str
    economic: str = ""
    beds: int = 0
    term: tuple[date, date] | None = None
    """First and last day of the licence's term; a filing has none."""
    today: date = date.min
    """The day the city is made for."""
    closed_on: date | None = None
    paused_on: date | None = None
    """Since when its verification is deferred."""
    subject: int = 0
    scope: int = 0
    authority_scope: int = 0
    _scopes: dict[str, list[str]] = field(default_factory=dict)

    @property
    def grassroots(self) -> bool:
        """Whether a doctor may hold up to three scopes here."""
        return self.category.startswith(("B", "C"))

    def takes(self, on: date) -> bool:
        """Whether doctors could be registered here on a day."""
        return self.opened <= on and (self.closed_on is None or on < self.closed_on) and self.name != PAUSED

    def scopes(self, category: str) -> list[str]:
        """Scopes of a practice category that the subjects fully carry."""
        if category not in self._scopes:
            rows = [row for row in table("practice_scope").items() if row.parent == category]
            self._scopes[category] = [
                row.code for row in rows if fit(row.code, self.subjects) is Fit.FULL and not row.flag("free_text")
            ]
        return self._scopes[category]

    def values(self, name: str | None = None, status: str | None = None) -> dict[str, Any]:
        """The columns of the licence."""
        practising = "active" if self.kind == "licensed" else "filed"
        same = ("kind", "uscc", "category", "level", "grade", "district")
        return {
            **{column: getattr(self, column) for column in same},
            "name": name or self.name,
            "registration_number": self.number,
            "business_nature": self.nature,
            "subjects": list(self.subjects),
            "address": f"北京市{table('district')[self.district].name}示范路 {int(self.number[3:8]) % 200 + 1} 号",
            "status": status or practising,
            **self._size(),
        }

    def _size(self) -> dict[str, Any]:
        """Ownership, modes, beds, people, capital and term, as an institution of its kind has them."""
        first, last = self.term or (None, None)
        staff = 8 + self.beds * 2
        return {
            "ownership": self.nature, "economic_type": self.economic, "affiliation": "50" if self.nature == "1" else "90",
            "service_objects": ["1"], "service_modes": ["1", "2", "3"] if self.beds else ["1"], "beds": self.beds,
            "dental_chairs": 4 if "12" in self.subjects else 0, "observation_beds": 6 if self.beds else 0,
            "staff_total": staff, "health_staff": staff * 4 // 5, "capital": 200 + self.beds * 20, "postcode": "100000",
            "issued_on": first, "term_from": first, "term_to": last,
        }  # fmt: skip


def invented(today: date) -> list[Institution]:
    """All institutions, in the order of the file."""
    profiles = {row["profile"]: row for row in rows("profiles.csv")}
    made = [
        _institution(number, row, profiles[row["profile"]], today)
        for number, row in enumerate(rows("institutions.csv"), 1)
    ]
    for institution in made:
        if institution.name == CLOSED:
            institution.closed_on = date(today.year, 3, 1) if today.month > 4 else date(today.year - 1, 3, 1)
        if institution.name == PAUSED:
            institution.paused_on = today - timedelta(days=75)
    return made


def _institution(number: int, row: dict[str, str], profile: dict[str, str], today: date) -> Institution:
    code = make_organisation_code(f"E99{number:05d}")
    prefix = "12" if row["nature"] == "1" else "91"
    classification = {"1": "1", "2": "1", "3": "2"}[row["nature"]]
    category = row["category"] if not row["category"].startswith("LOCAL") else "P900"
    same: dict[str, Any] = {
        name: row[name] for name in ("name", "category", "level", "grade", "nature", "authority", "district")
    }
    made = Institution(
        **same,
        economic=row["economic"],
        beds=_beds(number, row["category"], row["level"]),
        kind=profile["kind"],
        subjects=tuple(profile["subjects"].split(";")),
        opened=date.fromisoformat(row["opened"]),
        weight=float(row["weight"]),
        uscc=make_uscc(prefix, row["district"], code),
        number=make_institution_number(code, row["district"], row["economic"], category, classification),
    )
    made.today, made.term = today, _term(made, today)
    return made


def _beds(number: int, category: str, level: str) -> int:
    """Beds by kind and level, a few more or less each."""
    if not category.startswith("A"):
        return 0
    return {"3": 620, "2": 180}.get(level, 60) + number * 7 % 40


def _term(institution: Institution, today: date) -> tuple[date, date] | None:
    """The term that runs: five years after five, or fifteen with a hundred beds."""
    if institution.kind != "licensed":
        return None
    years, first = 15 if institution.beds >= 100 else 5, institution.opened
    while term_end(first, years) < today:
        first = add_years(first, years)
    return first, term_end(first, years)
