"""What bad luck does to the business of nurses: two at once, something else first, a job too late, days nobody lives to see."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tests.systems.nurses.test_personal import apply, blocks, registration, restate
from tests.systems.nurses.test_practice import CLINIC, clinic, clinic_walker, filings, further, going
from tests.systems.nurses.test_renewal import ends_in
from yizheng.documents import numbers
from yizheng.documents.models import Counter
from yizheng.licensing.cases import examining
from yizheng.licensing.jobs import deem_granted
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import LostRaceError, perform
from yizheng.licensing.verbs.drafting import keep, open_for
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry.models import Change
from yizheng.systems.nurses.terms import Term

__all__ = ["clinic", "clinic_walker"]

TODAY = timezone.localdate()
ONE_DAY = timedelta(days=1)
FIT = {"declaration": {"health": "fit", "truth": "on"}}


def renewal(walker: Any, nurse: Account, until: CaseState) -> Case:
    case: Case = walker.walk(apply(walker, nurse, "nurse_renewal", **FIT), until)
    return case


def renewal_by_hospital(nurse: Account, hospital: Any, walker: Any, until: CaseState) -> Case:
    with acting_as(hospital.operator):
        case = open_for(hospital.operator, "nurse_renewal", nurse.subject_id or 0, nurse.display_name, hospital.scope)
        keep(case, hospital.operator, FIT)
        seen = Case.objects.visible_to(hospital.operator).get(pk=case.pk)
    moved: Case = walker.walk(seen, until)
    return moved


@pytest.mark.django_db
def test_two_renewals_of_one_term_lengthen_it_once(walker, registered, nurse, hospital):
    """She and her hospital apply both; silence grants one of them."""
    ends_in(nurse, 60)
    renewal_by_hospital(nurse, hospital, walker, CaseState.REVIEWING)
    renewal(walker, nurse, CaseState.REVIEWING)
    last = registration(nurse).term_to
    with acting_as_system("test"):
        assert deem_granted(last + ONE_DAY) == 1
        assert deem_granted(last + 2 * ONE_DAY) == 0
    assert registration(nurse).term_to == Term.beginning(last + ONE_DAY).last


@pytest.mark.django_db
def test_silence_adds_nothing_to_a_renewal_a_person_granted(walker, registered, nurse, hospital):
    ends_in(nurse, 60)
    renewal_by_hospital(nurse, hospital, walker, CaseState.REVIEWING)
    last = registration(nurse).term_to
    renewal(walker, nurse, CaseState.GRANTED)
    with acting_as_system("test"):
        assert deem_granted(last + ONE_DAY) == 0
    assert registration(nurse).term_to == Term.beginning(last + ONE_DAY).last


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["REVOKED", "DEREG", "MOVED"])
def test_silence_grants_nothing_where_no_registration_stands(walker, registered, nurse, status):
    ends_in(nurse, 60)
    case = renewal(walker, nurse, CaseState.REVIEWING)
    last = registration(nurse).term_to
    restate(nurse, status=status)
    with acting_as_system("test"):
        assert deem_granted(last + ONE_DAY) == 0
        case.refresh_from_db()
    assert case.state == CaseState.REVIEWING
    assert registration(nurse).status == status


@pytest.mark.django_db
def test_one_case_that_cannot_be_renewed_does_not_stop_the_others(walker, registered, nurse, hospital, monkeypatch):
    ends_in(nurse, 60)
    renewal_by_hospital(nurse, hospital, walker, CaseState.REVIEWING)
    own = renewal(walker, nurse, CaseState.REVIEWING)
    last = registration(nurse).term_to
    effect = type(own.item).effect

    def fails(item: Any, case: Case, *rest: Any) -> Any:
        if case.pk == own.pk:
            raise LookupError("something nobody thought of")
        return effect(item, case, *rest)

    monkeypatch.setattr(type(own.item), "effect", fails)
    with acting_as_system("test"):
        assert deem_granted(last + ONE_DAY) == 1


@pytest.mark.django_db
def test_what_the_institution_sent_back_was_not_applied_for_yet(walker, registered, nurse, hospital):
    """Whoever hands it in again less than thirty days before the end is late."""
    ends_in(nurse, 31)
    case = renewal(walker, nurse, CaseState.CONFIRMING)
    with acting_as(hospital.operator):
        seen = Case.objects.visible_to(hospital.operator).get(pk=case.pk)
        perform(seen, "send_back", hospital.operator, reason="请补正")
    with acting_as(nurse):
        assert Case.objects.get(pk=case.pk).submitted_at is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("altered", "why"),
    [
        ({"status": "REVOKED"}, "吊销"), ({"term_to": TODAY - ONE_DAY}, "重新注册"),
        ({"status": "DEREG"}, "注销"),
    ],
)  # fmt: skip
def test_what_happened_while_the_institution_waited_counts_when_it_confirms(
    clinic_walker, registered, nurse, clinic, altered, why
):
    case = clinic_walker.walk(
        apply(clinic_walker, nurse, "nurse_institution_filing", practice=going()), CaseState.CONFIRMING
    )
    restate(nurse, **altered)
    with acting_as(clinic.operator), pytest.raises(NotPossibleError, match=why):
        perform(Case.objects.visible_to(clinic.operator).get(pk=case.pk), "confirm", clinic.operator)
    assert registration(nurse).institution_id != clinic.subject


@pytest.mark.django_db
def test_a_nurse_suspended_before_the_confirmation_files_nothing(clinic_walker, registered, nurse, clinic):
    case = clinic_walker.walk(further(clinic_walker, nurse), CaseState.CONFIRMING)
    restate(nurse, status="SUSP")
    with acting_as(clinic.operator), pytest.raises(NotPossibleError, match="不能确认"):
        perform(Case.objects.visible_to(clinic.operator).get(pk=case.pk), "confirm", clinic.operator)
    assert filings(nurse) == []


@pytest.mark.django_db
def test_a_filing_that_would_be_over_already_is_refused(clinic_walker, registered, nurse, clinic):
    over = {"period_from": "2026-01-01", "period_to": (TODAY - ONE_DAY).isoformat()}
    assert blocks(further(clinic_walker, nurse, **over), nurse) == {"N-F07"}


@pytest.mark.django_db
def test_a_filing_is_confirmed_once(clinic_walker, registered, nurse, clinic):
    case = clinic_walker.walk(further(clinic_walker, nurse), CaseState.CONFIRMING)
    with acting_as(clinic.operator):
        first, second = (Case.objects.visible_to(clinic.operator).get(pk=case.pk) for _ in range(2))
        perform(first, "confirm", clinic.operator)
        with pytest.raises(LostRaceError):
            perform(second, "confirm", clinic.operator)
    assert len(filings(nurse)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-30", "0001-01-01", "1899-12-31", "2200-01-01"])
@pytest.mark.parametrize(
    ("item", "step", "field"),
    [
        ("nurse_multi_institution_filing", "filing", "period_to"),
        ("nurse_multi_institution_filing", "filing", "period_from"),
        ("nurse_institution_filing", "practice", "employed_from"),
    ],
)
def test_a_day_of_no_living_person_is_a_fault_of_the_form(
    clinic_walker, registered, nurse, clinic, item, step, field, day
):
    typed = {"institution": CLINIC, "period_from": TODAY.isoformat()} if step == "filing" else going()
    case = apply(clinic_walker, nurse, item, **{step: {**typed, field: day}})
    with acting_as(nurse), pytest.raises(NotPossibleError, match="还不能提交：表单"):
        perform(Case.objects.get(pk=case.pk), "submit", nurse)


@pytest.mark.django_db
def test_an_institution_cannot_take_a_nurse_by_itself(registered, nurse, clinic):
    """Her name and number are public: what the nurse did not ask for is not filed."""
    with acting_as(clinic.operator), pytest.raises(NotPossibleError, match="本人申请"):
        open_for(clinic.operator, "nurse_institution_filing", nurse.subject_id or 0, nurse.display_name, clinic.scope)


@pytest.mark.django_db
def test_the_series_of_a_year_ends_at_six_digits(haidian):
    Counter.objects.create(series="nurse", key="202611", last=999_999)
    with pytest.raises(numbers.NumbersExhausted):
        numbers.nurse_number(2026, given_to="test")


@pytest.mark.django_db
def test_a_number_of_this_year_that_was_never_given_is_nobodys(registered, nurse):
    number = registration(nurse).number
    mine = f"subject:{nurse.subject_id}"
    assert not numbers.nurse_number_of_another(number, mine)
    assert numbers.nurse_number_of_another(number, "subject:0")
    assert numbers.nurse_number_of_another(f"{number[:6]}999999", mine)
    assert not numbers.nurse_number_of_another("201811000001", mine)
    assert not numbers.nurse_number_of_another(f"{TODAY.year}13000001", mine)


def at_once(*acts: Any) -> list[Any]:
    def alone(act: Any) -> Any:
        try:
            return act()
        except Exception as problem:  # noqa: BLE001  any of them is an answer
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(alone, acts))


@pytest.mark.django_db(transaction=True)
def test_a_revocation_waits_for_the_renewal_that_is_being_decided(walker, registered, nurse, decider, monkeypatch):
    """The renewal was weighed while she was registered; she is revoked before it is written."""
    ends_in(nurse, 60)
    case = renewal(walker, nurse, CaseState.DECIDING)
    weighed, revoked = threading.Event(), threading.Event()
    look = examining.examine_many

    def slowly(*args: Any) -> Any:
        found = look(*args)
        weighed.set()
        revoked.wait(2)
        return found

    monkeypatch.setattr(examining, "examine_many", slowly)

    def grant() -> Any:
        with acting_as(decider):
            return perform(Case.objects.visible_to(decider).get(pk=case.pk), "grant", decider, reason="同意")

    def revoke() -> None:
        weighed.wait(5)
        restate(nurse, status="REVOKED")
        revoked.set()

    at_once(grant, revoke)
    with acting_as_system("test"):
        case.refresh_from_db()
    assert case.state == CaseState.GRANTED
    assert registration(nurse).status == "REVOKED"
    order = list(Change.objects.order_by("position").values_list("pk", flat=True))
    assert order.index(case.change_id or 0) < order.index(registration(nurse).opened)
