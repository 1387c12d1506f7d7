"""Walking a case of any item from its draft to the end of its route, by whoever the route asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from tests.cast import new_account
from tests.systems.doctors.conftest import House, go_on, picture
from yizheng.licensing import examining
from yizheng.licensing.item import Shape, Stage
from yizheng.licensing.models import Case
from yizheng.licensing.verbs.drafting import hand_in, keep, open_draft, open_for
from yizheng.licensing.verbs.reviewing import dispose
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as

Typed = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Desk:
    """The three clerks of one authority."""

    acceptor: Account
    reviewer: Account
    decider: Account


def desk_of(scope: Scope) -> Desk:
    """Three clerks for an authority."""
    roles = (Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER)
    return Desk(*(new_account(AccountKind.CLERK, f"{scope.name}{role}", role, scope) for role in roles))


def drafted(account: Account, code: str, typed: Typed) -> Case:
    """A draft of the account's own, filled in and with all papers."""
    with acting_as(account):
        return _filled(open_draft(account, code), account, typed)


def drafted_for(house: House, code: str, subject: int, name: str, typed: Typed) -> Case:
    """A draft that an institution fills in for somebody."""
    account = house.operator
    with acting_as(account):
        return _filled(open_for(account, code, subject, name, house.scope), account, typed)


def _filled(case: Case, account: Account, typed: Typed) -> Case:
    case = keep(case, account, typed)
    examined = examining.examine(case, timezone.localdate())
    for view in examined.materials:
        hand_in(case, account, view.material, picture(), f"{view.material.title}.jpg")
    return case


def faults_of(case: Case, account: Account) -> list[str]:
    """What stands against submitting, in words."""
    with acting_as(account):
        seen = Case.objects.visible_to(account).get(pk=case.pk)
        examined = examining.examine(seen, timezone.localdate())
    faults = [
        f"{step.code}.{name}: {list(errors)}"
        for step in examined.steps
        for name, errors in step.form.errors.items()
    ]
    faults += [view.material.code for view in examined.materials if view.missing]
    return faults + [finding.message for finding in examined.findings.blocks]


def walked(case: Case, applicant: Account, house: House, desk: Desk) -> Case:
    """The case at the end of its route, granted or filed."""
    item = case.item
    case = go_on(case, "submit", applicant)
    if case.state == "confirming":
        case = go_on(case, "confirm", house.operator)
    if item.shape is Shape.FILING:
        return go_on(case, "check_off", desk.acceptor) if case.state == "checking" else case
    case = go_on(case, "accept", desk.acceptor)
    if Stage.REVIEW in item.route:
        weigh(case, desk.reviewer)
        case = go_on(case, "pass_review", desk.reviewer)
    return go_on(case, "grant", desk.decider, reason="符合条件。")


def weigh(case: Case, reviewer: Account) -> None:
    """Every advice disposed of."""
    with acting_as(reviewer):
        for finding in examining.examine(case, timezone.localdate()).open_advice:
            dispose(case, reviewer, finding.code, accepted=False, reason="已核对。")
