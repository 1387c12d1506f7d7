"""A term is renewed for five years: in time, late, at once by silence, and never once it is over (护士条例 第十条, 行政许可法 第五十条)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Q
from django.utils import timezone

from tests.systems.doctors.test_pages_rollback import second_decider
from tests.systems.nurses.people import NUMBER
from tests.systems.nurses.test_personal import apply, blocks, certificate, registration, restate
from yizheng.documents import sealing
from yizheng.documents.models import Certificate
from yizheng.licensing.answers import load
from yizheng.licensing.cases import examining, rollbacks
from yizheng.licensing.cases.rollbacks import cautions
from yizheng.licensing.deadlines.daily import run
from yizheng.licensing.jobs import deem_granted
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.drafting import open_draft
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.nurses.models import NurseRegistration
from yizheng.systems.nurses.renewal import Renewing, applied_in_time
from yizheng.systems.nurses.terms import Term
from yizheng.systems.practitioners.registered import Registered, people_register
from yizheng.work import approval
from yizheng.work.models import Notice

__all__ = ["second_decider"]

TODAY = timezone.localdate()
ONE_DAY = timedelta(days=1)
TERM = Term(date(2020, 5, 12), date(2025, 5, 11))
FIT = {"declaration": {"health": "fit", "truth": "on"}}


def ends_in(nurse: Account, days: int) -> None:
    """Her term ends so many days from today."""
    last = TODAY + timedelta(days=days)
    restate(nurse, term_from=Term.beginning(last).first, term_to=last)


def begin(walker: Any, nurse: Account, **steps: dict[str, Any]) -> Case:
    return apply(walker, nurse, "nurse_renewal", **{**FIT, **steps})


def status(nurse: Account, on: date) -> str:
    with acting_as_system("test"):
        versions = people_register("nurse").registration.objects.as_of(on).filter(subject_id=nurse.subject_id)
        return Registered(people_register("nurse"), on, None, tuple(versions)).status


@pytest.mark.parametrize(
    ("on", "severity"),
    [
        (date(2025, 2, 11), "block"), (date(2025, 2, 12), ""), (date(2025, 4, 10), ""), (date(2025, 4, 11), ""),
        (date(2025, 4, 12), "advise"), (date(2025, 5, 11), "advise"),
    ],
)  # fmt: skip
def test_a_renewal_is_in_time_until_thirty_days_before_the_end(on: date, severity: str) -> None:
    found = list(applied_in_time(Renewing(term=TERM), on))
    assert [str(each.severity) for each in found] == ([severity] if severity else [])


def test_a_case_handed_in_in_time_stays_in_time_while_it_is_handled() -> None:
    assert not list(applied_in_time(Renewing(term=TERM, applied_on=date(2025, 4, 11)), date(2025, 5, 11)))


@pytest.mark.django_db
def test_a_renewed_term_goes_on_where_the_old_one_ends(walker, registered, nurse):
    ends_in(nurse, 60)
    before = registration(nurse)
    case = walker.walk(begin(walker, nurse))
    after = registration(nurse)
    assert (after.term_from, after.number) == (before.term_from, before.number)
    assert after.term_to == Term.beginning(before.term_to + ONE_DAY).last
    made, printed = certificate(nurse)
    assert (made.version, made.pk, len(printed["changes"])) == (2, case.certificate_id, 1)
    assert printed["changes"][0][0].startswith("延续注册，有效期至")


@pytest.mark.django_db
def test_a_registration_taken_over_without_a_certificate_gets_its_first_at_the_renewal(walker, registered, nurse):
    ends_in(nurse, 60)
    restate(nurse, number="201811000001")
    case = walker.walk(begin(walker, nurse))
    with acting_as_system("test"):
        made = Certificate.objects.get(pk=case.certificate_id)
        printed = sealing.unseal(made)[0]
    assert (made.version, made.number, printed["identity_number"]) == (1, "201811000001", NUMBER)


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "offered"), [(-1, False), (0, True), (1, True)])
def test_who_let_the_term_end_registers_again(registered, nurse, days, offered):
    ends_in(nurse, days)
    with acting_as(nurse):
        if offered:
            assert open_draft(nurse, "nurse_renewal").item_code == "nurse_renewal"
        else:
            with pytest.raises(NotPossibleError, match="重新注册"):
                open_draft(nurse, "nurse_renewal")


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "offered"), [(60, True), (120, False)])
def test_a_renewal_is_offered_from_three_months_before_the_end(registered, nurse, days, offered):
    ends_in(nurse, days)
    with acting_as(nurse):
        if offered:
            open_draft(nurse, "nurse_renewal")
        else:
            with pytest.raises(NotPossibleError, match="起可以申请延续注册"):
                open_draft(nurse, "nurse_renewal")


@pytest.mark.django_db
def test_a_suspended_nurse_is_not_renewed(walker, registered, nurse):
    ends_in(nurse, 60)
    case = begin(walker, nurse)
    assert blocks(case, nurse) == set()
    restate(nurse, status="SUSP")
    assert blocks(case, nurse) == {"N-STATUS"}


@pytest.mark.django_db
def test_an_unfit_nurse_is_not_renewed(walker, registered, nurse):
    ends_in(nurse, 60)
    case = begin(walker, nurse, declaration={"health": "unfit", "truth": "on"})
    assert blocks(case, nurse) == {"N-HEALTH"}


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "granted"), [(30, 1), (29, 0)])
def test_silence_grants_what_was_applied_for_in_time(walker, registered, nurse, days, granted):
    """The day before the end nothing happens; the day after it counts as granted, from that day on."""
    ends_in(nurse, days)
    case = walker.walk(begin(walker, nurse), CaseState.REVIEWING)
    last = registration(nurse).term_to
    with acting_as_system("test"):
        assert deem_granted(last) == 0
        assert deem_granted(last + 3 * ONE_DAY) == granted
        case.refresh_from_db()
    assert (case.state == CaseState.GRANTED) is bool(granted)
    assert status(nurse, last) == "REG"
    assert (status(nurse, last + ONE_DAY) == "REG") is bool(granted)


@pytest.mark.django_db
def test_a_decision_on_a_renewal_is_due_before_the_term_ends(walker, registered, nurse):
    ends_in(nurse, 30)
    case = walker.walk(begin(walker, nurse), CaseState.REVIEWING)
    assert case.due_on is not None
    assert case.due_on <= registration(nurse).term_to
    assert case.item.last_day_of(case) == registration(nurse).term_to


@pytest.mark.django_db
def test_the_form_shows_the_term_that_ends(walker, registered, nurse):
    ends_in(nurse, 60)
    case = begin(walker, nurse)
    with acting_as(nurse):
        assert load(case).day("renewal", "term_to") == registration(nurse).term_to
        assert not examining.examine(case, TODAY).hindrance(weigh_advice=False)


@pytest.mark.django_db
def test_nurse_and_institution_are_reminded_half_a_year_three_two_and_one_month_before(registered, nurse, hospital):
    last = registration(nurse).term_to
    told = Notice.objects.filter(kind="deadline", title__contains="有效期届满")
    with acting_as_system("test"):
        for before, notices in ((180, 0), (179, 2), (120, 2), (89, 4), (59, 6), (29, 8), (1, 8)):
            run(last - before * ONE_DAY)
            mine = told.filter(Q(account=nurse) | Q(scope_id=hospital.scope))
            assert mine.count() == notices, before


@pytest.mark.django_db
def test_a_renewal_that_is_rolled_back_ends_the_term_where_it_ended(walker, registered, nurse, decider, second_decider):
    ends_in(nurse, 60)
    before, printed = registration(nurse).term_to, certificate(nurse)[1]
    case = walker.walk(begin(walker, nurse))
    assert registration(nurse).term_to > before
    with acting_as(decider):
        proposed = rollbacks.propose(decider, case.change_id, "延续注册", "correction", "延续有误")
    with acting_as(second_decider):
        approval.approve(proposed.pk, second_decider)
    assert registration(nurse).term_to == before
    assert certificate(nurse)[1]["term_to"] == printed["term_to"]


def test_whoever_rolls_back_is_told_that_the_term_is_over_by_now() -> None:
    over = NurseRegistration(term_to=TODAY - ONE_DAY, status="REG", valid_from=date(2021, 1, 1))
    going_on = NurseRegistration(term_to=TODAY, status="REG", valid_from=date(2021, 1, 1))
    assert cautions.ask((going_on,)) == []
    assert "不得执业" in "".join(cautions.ask((over,)))
