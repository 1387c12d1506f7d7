"""What all cases of the demonstration city are made from: chance, institutions, accounts, the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from yizheng.demo import sign_ins
from yizheng.demo.dice import Dice
from yizheng.demo.houses import House
from yizheng.demo.persons import Person
from yizheng.demo.schedule import Schedule
from yizheng.licensing.calendars import working_calendar
from yizheng.people.models import Account, Scope


@dataclass
class Making:
    """What all cases are made from."""

    dice: Dice
    houses: list[House]
    today: date

    @cached_property
    def schedule(self) -> Schedule:
        """Working days back from today."""
        return Schedule(self.today, working_calendar())

    @cached_property
    def staff(self) -> dict[str, Account]:
        """Every account by user name."""
        return {account.username: account for account in Account.objects.all()}

    @cached_property
    def _by_id(self) -> dict[int, Account]:
        return {account.pk: account for account in self.staff.values()}

    @cached_property
    def _operators(self) -> dict[int | None, Account]:
        return {account.subject_id: account for account in self.staff.values()}

    @cached_property
    def _office_codes(self) -> dict[int, str]:
        return {scope.pk: scope.code for scope in Scope.objects.filter(code__in=sign_ins.OFFICES)}

    def operator_at(self, scope: int | None) -> Account:
        """The operator of the institution of a scope."""
        house = next(each for each in self.houses if each.scope == scope)
        return self._operators[house.subject]

    @property
    def haidian(self) -> int:
        """The jurisdiction whose desks have the most to show."""
        return next(house.authority_scope for house in self.houses if house.authority == "110108")

    def by_id(self, pk: int | None) -> Account | None:
        """An account by its id."""
        return None if pk is None else self._by_id.get(pk)

    def desk(self, house: House, part: str) -> Account:
        """The account of a desk at the authority of an institution."""
        return self.staff[f"{sign_ins.OFFICES[house.authority]}-{part}"]

    def desk_of(self, scope: int | None, part: str) -> Account | None:
        """The account of a desk at the authority of a scope."""
        return None if scope is None else self.staff[f"{sign_ins.OFFICES[self._office_codes[scope]]}-{part}"]

    def actor(self, person: Person, house: House, part: str) -> Account | None:
        """Who plays a part in the case of a person at an institution; nobody for the platform itself."""
        if part == "applicant":
            return self.by_id(person.account)
        if part == "institution":
            return self._operators[house.subject]
        return None if part == "system" else self.desk(house, part)
