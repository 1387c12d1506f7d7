"""A nurse comes from another province with number and term in seven working days, comes from the forces, or goes (护士条例 第九条)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.systems.doctors.conftest import go_on
from tests.systems.doctors.test_penalties import begun
from tests.systems.nurses.people import application
from tests.systems.nurses.test_personal import apply, certificate, registration
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.calendar import add_years
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.drafting import open_draft
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.nurses.arriving import Arriving, number_is_free, still_valid
from yizheng.systems.nurses.military import Returning, fit_to_register_again
from yizheng.systems.nurses.models import NurseTransfer
from yizheng.systems.nurses.terms import Term
from yizheng.work.models import Notice

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ONE_DAY = timedelta(days=1)
NUMBER = "202113000123"
SINCE = TODAY.replace(year=TODAY.year - 2, day=1)
TERM = Term.beginning(SINCE)


def origin(**values: Any) -> dict[str, Any]:
    return {
        "province": "13", "authority": "石家庄市卫生健康委员会", "number": NUMBER,
        "registered_on": SINCE.isoformat(), "term_from": TERM.first.isoformat(), "term_to": TERM.last.isoformat(),
        "reference": "Q-1", **values,
    }  # fmt: skip


def arrives(walker: Any, nurse: Account, **values: Any) -> Case:
    typed = application()
    case: Case = apply(
        walker, nurse, "nurse_change",
        person=typed["person"], practice=typed["practice"], declaration={"truth": "on"}, origin=origin(**values),
    )  # fmt: skip
    return case


def test_v11_number_and_term_come_along_in_seven_working_days_and_her_former_authority_is_to_be_told(
    walker, nurse, hospital
):
    case = walker.walk(arrives(walker, nurse), CaseState.REVIEWING)
    assert case.due_on == working_calendar().add_working_days(TODAY, 7)
    walker.walk(case)
    held = registration(nurse)
    assert (held.number, held.registered_on, held.term_to) == (NUMBER, SINCE, TERM.last)
    assert held.institution_id == hospital.subject
    assert certificate(nurse)[1]["number"] == NUMBER
    with acting_as_system("test"):
        assert Notice.objects.filter(
            scope_id=case.authority_scope, title__contains="请向石家庄市卫生健康委员会通报"
        ).exists()


@pytest.mark.parametrize(
    ("on", "refused"), [(date(2025, 5, 10), False), (date(2025, 5, 11), False), (date(2025, 5, 12), True)]
)
def test_a_term_that_is_over_is_not_changed(on: date, refused: bool) -> None:
    nurse = Arriving(term_from=date(2020, 5, 12), term_to=date(2025, 5, 11))
    assert [str(each.severity) for each in still_valid(nurse, on)] == (["block"] if refused else [])
    handed_in = Arriving(term_from=date(2020, 5, 12), term_to=date(2025, 5, 11), applied_on=date(2025, 5, 11))
    assert not list(still_valid(handed_in, date(2025, 5, 14)))


def test_a_suspension_ordered_elsewhere_goes_on_here_to_its_last_day(walker, nurse, hospital):
    last = TODAY + timedelta(days=40)
    walker.walk(arrives(walker, nurse, suspended_until=last.isoformat()))
    with acting_as_system("test"):
        line = type(registration(nurse)).objects.filter(subject_id=nurse.subject_id)
        assert [line.as_of(on).get().status for on in (TODAY, last, last + ONE_DAY)] == ["SUSP", "SUSP", "REG"]


def test_a_number_of_somebody_else_is_refused(walker, nurse, registered):
    taken = registration(nurse).number
    assert [each.code for each in number_is_free(Arriving(number=taken, number_taken=True), TODAY)] == ["N-NUMBER"]
    assert not list(number_is_free(Arriving(number=taken), TODAY))


def test_who_is_registered_here_files_her_new_institution_instead(walker, registered, nurse):
    with acting_as(nurse), pytest.raises(NotPossibleError, match="备案"):
        open_draft(nurse, "nurse_change")


def test_another_province_admits_her(walker, registered, nurse, reviewer, decider, haidian):
    typed = {
        "moving": {"province": "13", "admitted_on": TODAY.isoformat(), "authority": "石家庄", "reference": "函1号"}
    }
    case = begun(reviewer, nurse, haidian, "nurse_move_out", typed)
    go_on(case, "enact", decider, reason="属实。")
    assert registration(nurse).status == "MOVED"
    with acting_as_system("test"):
        assert Certificate.objects.get(subject_id=nurse.subject_id).status == Status.REVOKED


def service(**values: Any) -> dict[str, Any]:
    return {
        "organ": "武警某部", "number": "WJ-00123", "registered_on": SINCE.isoformat(), "term_to": TERM.last.isoformat(),
        "way": "civilian", "transferred_on": TODAY.isoformat(), "last_worked": TODAY.isoformat(),
        "proof_number": "证〔2026〕1号", "returned": "on", **values,
    }  # fmt: skip


def comes_over(walker: Any, nurse: Account, **values: Any) -> Case:
    typed = application()
    case: Case = apply(
        walker, nurse, "nurse_military_to_local",
        person=typed["person"], practice=typed["practice"], declaration=typed["declaration"], military=service(**values),
    )  # fmt: skip
    return case


def test_a_valid_registration_of_the_armed_police_is_taken_over_in_seven_days(walker, nurse, hospital):
    case = walker.walk(comes_over(walker, nurse), CaseState.REVIEWING)
    assert case.due_on == working_calendar().add_working_days(TODAY, 7)
    walker.walk(case)
    held = registration(nurse)
    assert held.term_to == TERM.last
    assert held.number.startswith(f"{TODAY.year}11")
    with acting_as_system("test"):
        assert NurseTransfer.objects.get(subject_id=nurse.subject_id).direction == "in"


def test_an_expired_one_is_registered_again_in_twenty_days_for_five_years(walker, nurse, hospital):
    gone = comes_over(walker, nurse, term_to=(TODAY - ONE_DAY).isoformat(), registered_on="2015-01-01")
    case = walker.walk(gone, CaseState.REVIEWING)
    assert case.due_on == working_calendar().add_working_days(TODAY, 20)
    walker.walk(case)
    assert registration(nurse).term_to == Term.beginning(TODAY).last


@pytest.mark.parametrize(("days", "trains"), [(-1, False), (0, False), (1, True)])
def test_after_three_years_without_nursing_an_expired_one_trains(days: int, trains: bool) -> None:
    on = add_years(date(2023, 5, 11), 3) + timedelta(days=days)
    nurse = Returning(term_to=date(2023, 5, 11), last_worked=date(2023, 5, 11))
    assert [each.code for each in fit_to_register_again(nurse, on)] == (["N-RETURN"] if trains else [])
    valid = Returning(term_to=on, last_worked=date(2020, 1, 1))
    assert not list(fit_to_register_again(valid, on))


def test_a_nurse_of_the_city_joins_the_forces(walker, registered, nurse):
    joining = {
        "way": "enlisted", "organ": "某部", "joined_on": TODAY.isoformat(), "proof_number": "入〔2026〕1号", "returned": "on",
    }  # fmt: skip
    walker.walk(apply(walker, nurse, "nurse_local_to_military", joining=joining))
    assert (registration(nurse).status, registration(nurse).reason) == ("MIL", "N07")
    with acting_as_system("test"):
        assert Certificate.objects.get(subject_id=nurse.subject_id).status == Status.REVOKED
