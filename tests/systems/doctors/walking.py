"""Cases of doctors walked from their draft to the end of their route, by whoever the route asks."""

from typing import Any

from django.utils import timezone

from tests.systems.doctors.conftest import House
from tests.walking import Desk, desk_of, walker
from yizheng.licensing.cases import examining
from yizheng.licensing.item import Candidate
from yizheng.licensing.models import Case
from yizheng.people.models import Account
from yizheng.people.scope import acting_as

__all__ = ["Desk", "desk_of", "drafted", "drafted_for", "faults_of", "walked"]
Typed = dict[str, dict[str, Any]]


def drafted(account: Account, code: str, typed: Typed) -> Case:
    """A draft of the account's own, filled in and with all papers."""
    return walker(account).draft(account, code, typed)


def drafted_for(house: House, code: str, subject: int, name: str, typed: Typed) -> Case:
    """A draft that an institution fills in for somebody."""
    person = Candidate(subject, name)
    return walker(house.operator).draft(house.operator, code, typed, person=person, institution=house.scope)


def faults_of(case: Case, account: Account) -> list[str]:
    """What stands against submitting, in words."""
    with acting_as(account):
        seen = Case.objects.visible_to(account).get(pk=case.pk)
        examined = examining.examine(seen, timezone.localdate())
    faults = [
        f"{step.code}.{name}: {list(errors)}" for step in examined.steps for name, errors in step.form.errors.items()
    ]
    faults += [view.material.code for view in examined.materials if view.missing]
    return faults + [finding.message for finding in examined.findings.blocks]


def walked(case: Case, applicant: Account, house: House, desk: Desk) -> Case:
    """The case at the end of its route, granted or filed."""
    return walker(applicant, house.operator, desk).walk(case)
