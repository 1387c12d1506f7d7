"""The clocks of institutions: each warns the day before, and fires on its day with what follows."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.systems.institutions.registered import TODAY
from tests.systems.institutions.test_season import registered
from yizheng.kernel.calendar.periods import add_months, add_years
from yizheng.licensing.deadlines.daily import run
from yizheng.licensing.models import Deadline, Proposal
from yizheng.licensing.ports.consequences import act_of
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.institutions.models import LINE, EstablishmentApproval, InstitutionLicence, Suspension
from yizheng.systems.institutions.models.suspension import SUSPENSION
from yizheng.systems.institutions.verifying.calendar import first_due_beyond

pytestmark = pytest.mark.django_db
DUE = first_due_beyond(TODAY)
DAY = add_months(DUE, -3)
"""The day on which all of them fire."""
ONE = timedelta(days=1)
FAR = DAY + 900 * ONE
END = "inst_deregister_ex_officio"


def pause(**said: Any) -> Callable[[Any, int, int], None]:
    values = {"reason": "rebuild", "arrangement": "", **said}

    def write(change: Any, subject: int, office: int) -> None:
        change.state(Suspension, subject, SUSPENSION, values, valid_from=said["from_on"], authority_scope=office)

    return write


def relicensed(**said: Any) -> Callable[[Any, int, int], None]:
    def write(change: Any, subject: int, office: int) -> None:
        licence = InstitutionLicence.objects.current().get(subject_id=subject)
        since = licence.valid_from
        values = {**licence.values(), **said}
        change.state(InstitutionLicence, subject, LINE, values, valid_from=since, authority_scope=office)
        if said.get("status") == "preparing":
            approved = {"number": "样例1号", "approved_on": since, "lapses_on": DAY - ONE, "internet_planned": False}
            change.state(EstablishmentApproval, subject, "approval", approved, valid_from=since, authority_scope=office)

    return write


FIRING: dict[str, tuple[dict[str, Any], Callable[[Any, int, int], None] | None, str]] = {
    "check_apply": ({"due_on": DUE}, None, ""),
    "check_due": ({"due_on": DAY - ONE}, None, ""),
    "check_order": ({"due_on": DAY - 40 * ONE, "ordered_on": DAY - 21 * ONE, "order_by": DAY - ONE}, None, END),
    "check_again": ({"due_on": DAY - 40 * ONE, "deferred_to": DAY - ONE, "again_by": DAY + 5 * ONE}, None, ""),
    "check_again_by": ({"due_on": DAY - 40 * ONE, "deferred_to": DAY - 7 * ONE, "again_by": DAY - ONE}, None, END),
    "suspension_end": ({"due_on": FAR}, pause(from_on=DAY - 50 * ONE, to_on=DAY - ONE), ""),
    "suspension_year": ({"due_on": FAR}, pause(reason="other", from_on=add_years(DAY, -1), to_on=FAR), END),
    "licence_term": ({"due_on": FAR}, relicensed(term_to=DAY - ONE), END),
    "setup_lapses": ({"due_on": FAR}, relicensed(status="preparing"), ""),
}
"""By clock: the period of verification, what else is written, and the act it leads to."""


def test_every_clock_of_an_institution_warns_and_fires_on_its_day(haidian: Scope) -> None:
    subjects = dict(zip(FIRING, registered(haidian, [period for period, _, _ in FIRING.values()]), strict=True))
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="test") as change:
        for code, (_, write, _) in FIRING.items():
            if write is not None:
                write(change, subjects[code], haidian.pk)
    run(DAY - ONE)
    with acting_as_system("test"):
        waiting = {each.clock: each for each in Deadline.objects.filter(fires_on=DAY)}
        assert {code: each.subject_id for code, each in waiting.items()} == subjects
        assert {each.warned_on for each in waiting.values()} == {DAY - ONE}
        assert not Proposal.objects.exists()
    run(DAY)
    with acting_as_system("test"):
        assert {each.fired_on for each in Deadline.objects.filter(fires_on=DAY)} == {DAY}
        proposed = {each.consequence: each.subject_id for each in Proposal.objects.all()}
    wanted = {f"institution.clock.{code}": subjects[code] for code, (_, _, item) in FIRING.items() if item}
    assert proposed == wanted
    assert {act.item for each in wanted if (act := act_of(each, DAY))} == {END}
