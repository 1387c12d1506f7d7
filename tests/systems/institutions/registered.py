"""An institution registered by its district, its operator, and what tests do with its record."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.demo.walker import Walker
from yizheng.licensing.cases import examining
from yizheng.licensing.item import Candidate
from yizheng.licensing.models import Case
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, Subject, changing
from yizheng.systems.institutions.models import VerificationPeriod
from yizheng.systems.institutions.models.verification import VERIFICATION
from yizheng.systems.institutions.record.held import Held

TODAY = timezone.localdate()
PROMISE = {"declaration": {"contact": "周远山", "mobile": "13900000003", "truth": "on"}}


@dataclass(frozen=True)
class House:
    """An institution registered by its district, with its operator."""

    subject: Subject
    scope: Scope
    operator: Account

    @property
    def held(self) -> Held:
        """Its record today."""
        return Held(self.subject.pk, TODAY)


def drafted(walker: Walker, house: House, code: str, typed: dict[str, Any]) -> Case:
    """A case the institution begins for itself."""
    itself = Candidate(house.subject.pk, house.scope.name)
    return walker.draft(house.operator, code, {**typed, **PROMISE}, person=itself, institution=house.scope.pk)


def found(house: House, case: Case) -> set[str]:
    """The codes of the rules that find something."""
    with acting_as(house.operator):
        examined = examining.examine(case, TODAY)
    assert examined.faults == 0, [(step.code, step.form.errors) for step in examined.steps if step.faults]
    return {each.code for each in (*examined.findings.blocks, *examined.findings.advice)}


def turn(house: House, **days: date | None) -> None:
    """The clock of verification stands otherwise."""
    with acting_as_system("test"):
        period = house.held.period
        assert period is not None
        with changing(kind=ChangeKind.CORRECTION, actor=None, cause="test", reason="test") as correcting:
            correcting.state(
                VerificationPeriod, house.subject, VERIFICATION, {**period.values(), **days}, valid_from=period.valid_from,
                authority_scope=period.authority_scope,
            )  # fmt: skip
