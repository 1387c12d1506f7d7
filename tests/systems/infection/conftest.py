"""A hospital with an intensive care unit, its nurse and its reviewer, an officer of the district and one of the city."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tests.cast import new_account, new_institution
from yizheng.kernel.calendar import beijing_today
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.infection.models import Plan, Sheet, Unit
from yizheng.systems.infection.records.declaring import Row, days_of, month_before
from yizheng.systems.infection.reporting import acting
from yizheng.systems.infection.reporting.lifecycle import APPROVER, NURSE, OFFICER
from yizheng.systems.infection.reporting.plans import add_unit, open_month

PERIOD = month_before(beijing_today().replace(day=1))
"""The month that is reported now."""


@dataclass(frozen=True)
class Ward:
    """Who reports and who reviews, and the unit."""

    hospital: Scope
    unit: Unit
    nurse: Account
    approver: Account
    district: Account
    city: Account

    def sheet(self, record: str) -> Sheet:
        """The sheet of the month."""
        with acting_as_system("test"):
            return Sheet.objects.select_related("unit", "version", "accepted").get(record=record, period=PERIOD)

    def typed(self, record: str, rows: list[Row], *, none: bool = False) -> Sheet:
        """The sheet with these rows typed by the nurse."""
        sheet = self.sheet(record)
        with acting_as(self.nurse):
            acting.save_draft(sheet, self.nurse, rows, none=none, revision=sheet.revision)
        return self.sheet(record)

    def act(self, sheet: Sheet, verb: str, **more: Any) -> Sheet:
        """A verb by whose it is."""
        who = {"approve": self.approver, "send_back": self.approver, "return": self.district, "pass": self.district}
        account = who.get(verb, self.nurse if verb in ("submit", "correct", "withdraw") else self.city)
        with acting_as(account):
            acting.perform(self.sheet(sheet.record), verb, account, **more)
        return self.sheet(sheet.record)

    def accepted(self, record: str, rows: list[Row], *, none: bool = False) -> Sheet:
        """The sheet all the way to the city."""
        sheet = self.typed(record, rows, none=none)
        for verb in ("submit", "approve", "pass", "accept"):
            sheet = self.act(sheet, verb)
        return sheet


@pytest.fixture
def ward(city: Scope, haidian: Scope) -> Ward:
    return made(city, haidian)


def made(city: Scope, haidian: Scope) -> Ward:
    place = new_institution("海淀清河医院", haidian)
    with acting_as_system("test"):
        unit = add_unit(place.scope, "ICU1", "综合 ICU", "icu", "GICU", 12, PERIOD)
        open_month(place.scope, Plan.objects.all(), PERIOD)
    return Ward(
        place.scope,
        unit,
        new_account(AccountKind.INSTITUTION, "何清芷", NURSE, place.scope, place.subject),
        new_account(AccountKind.INSTITUTION, "苏景行", APPROVER, place.scope, place.subject),
        new_account(AccountKind.CLERK, "海淀感染监测员", OFFICER, haidian),
        new_account(AccountKind.CLERK, "市感染监测员", OFFICER, city),
    )


def log(period: date = PERIOD, present: int = 8) -> list[Row]:
    """A month of an intensive care unit in which nobody comes and nobody leaves."""
    quiet = {"entered": 0, "left": 0, "present": present, "cvc": 5, "uc": 6, "vent": 3}
    return [{"day": day.isoformat(), **quiet} for day in days_of(period)]


def case(number: int = 1, onset: str = "", **more: Any) -> Row:
    """An infection of the unit, beyond reproach."""
    began = onset or PERIOD.replace(day=15).isoformat()
    entered = PERIOD.replace(day=2).isoformat()
    return {
        "inpatient_number": f"ZY{number:05d}", "times": 1, "sex": "1", "born": "1960-05-04", "birth_weight": None,
        "admitted": entered, "onset": began, "ward": "ICU1", "site": "A02V", "origin": "HAI", "basis": "C",
        "device": "VENT", "device_from": entered, "device_to": None, "specimen": "SP", "sampled": began,
        "pathogen": "BAC-GN-021", "mdro": "CRAB", "diagnosed": began, "reported": began, "outcome": None, "death": None,
        "missed": "0", **more,
    }  # fmt: skip
