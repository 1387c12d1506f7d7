"""What all cases of the demonstration city are made from: chance, institutions, accounts, the day, and who plays which part."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from yizheng.demo import papers, sign_ins
from yizheng.demo.dice import Dice
from yizheng.demo.institutions import HOSPITAL, Institution
from yizheng.demo.walker import Walker
from yizheng.licensing.lifecycle import Actor
from yizheng.licensing.models import Case
from yizheng.people.models import Account, Scope

DESKS = {Actor.ACCEPTOR: "accept", Actor.REVIEWER: "review", Actor.DECIDER: "decide"}
"""The end of the user name at each desk."""


@dataclass
class Making:
    """What all cases are made from."""

    dice: Dice
    institutions: list[Institution]
    today: date

    @cached_property
    def walker(self) -> Walker:
        """Walks cases among the accounts of the city."""
        return Walker(self.player, papers.paper, self.today)

    @cached_property
    def staff(self) -> dict[str, Account]:
        """Every account by user name."""
        return {account.username: account for account in Account.objects.all()}

    @cached_property
    def _by_id(self) -> dict[int | None, Account]:
        return {account.pk: account for account in self.staff.values()}

    @cached_property
    def _operators(self) -> dict[int | None, Account]:
        subjects = {account.subject_id: account for account in self.staff.values()}
        return {institution.scope: subjects[institution.subject] for institution in self.institutions}

    @cached_property
    def _offices(self) -> dict[int | None, str]:
        scopes = Scope.objects.filter(code__in=sign_ins.OFFICES)
        return {scope.pk: sign_ins.OFFICES[scope.code] for scope in scopes}

    @property
    def hospital(self) -> Institution:
        """The institution whose account is printed."""
        return next(institution for institution in self.institutions if institution.name == HOSPITAL)

    def by_id(self, pk: int | None) -> Account | None:
        """An account by its id."""
        return self._by_id.get(pk)

    def player(self, case: Case, part: Actor) -> Account:
        """Who plays a part in a case."""
        if part is Actor.INSTITUTION or (part is Actor.APPLICANT and case.begun_by_institution):
            return self._operators[case.institution_scope]
        return self._by_id[case.applicant_id] if part is Actor.APPLICANT else self.desk(case.authority_scope, part)

    def operator(self, institution: Institution) -> Account:
        """The account of an institution."""
        return self._operators[institution.scope]

    def desk(self, scope: int | None, part: Actor) -> Account:
        """The account of a desk at the authority of a scope."""
        return self.staff[f"{self._offices[scope]}-{DESKS[part]}"]

    def enter(self, account: Account) -> None:
        """An account made while cases are being made."""
        self.staff[account.username] = self._by_id[account.pk] = account
