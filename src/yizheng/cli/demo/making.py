"""What all cases of the demonstration city are made from: chance, institutions, accounts, the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from yizheng.cli.demo import sign_ins
from yizheng.cli.demo.dice import Dice
from yizheng.cli.demo.houses import House
from yizheng.licensing.calendars import working_calendar
from yizheng.licensing.catalogue import item
from yizheng.licensing.item import Item
from yizheng.people.models import Account
from yizheng.systems.doctors.items import FirstRegistration


@dataclass
class Making:
    """What all cases are made from."""

    dice: Dice
    houses: list[House]
    today: date

    @cached_property
    def staff(self) -> dict[str, Account]:
        """Every account by user name."""
        return {account.username: account for account in Account.objects.all()}

    @cached_property
    def item(self) -> Item:
        """The declaration of first registration in force."""
        return item(FirstRegistration.code, self.today)

    def back(self, days: int) -> date:
        """The day from which so many working days have passed today."""
        calendar, day = working_calendar(), self.today
        while calendar.working_days_between(day, self.today) < days:
            day -= timedelta(days=1)
        while not calendar.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def by_id(self, pk: int | None) -> Account | None:
        """An account by its id."""
        return next((each for each in self.staff.values() if each.pk == pk), None)

    def desk(self, house: House, part: str) -> Account:
        """The account of a desk at the authority of an institution."""
        return self.staff[f"{sign_ins.OFFICES[house.authority]}-{part}"]
