"""A nurse practises anywhere in the city: the main institution changes by a filing the same minute, further ones are filed beside it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.systems.doctors.conftest import HOSPITAL, House, found
from tests.systems.nurses.test_personal import apply, blocks, certificate, registration, restate
from tests.walking import picture
from yizheng.demo.walker import Walker
from yizheng.disclosure.models import PublicPractitioner
from yizheng.licensing.lifecycle import Actor, NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.drafting import open_draft
from yizheng.people.models import Access, Account
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.nurses.models import NurseFiling, NurseRegistration
from yizheng.work.models import Notice

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ONE_DAY = timedelta(days=1)
CLINIC = "朝阳示范社区卫生服务中心"


@pytest.fixture
def clinic(chaoyang) -> House:
    return found(CLINIC, chaoyang, "110105")


@pytest.fixture
def clinic_walker(nurse, clinic, acceptor, reviewer, decider) -> Walker:
    """The parts played when the clinic is the institution concerned."""
    players = {
        Actor.APPLICANT: nurse, Actor.INSTITUTION: clinic.operator,
        Actor.ACCEPTOR: acceptor, Actor.REVIEWER: reviewer, Actor.DECIDER: decider,
    }  # fmt: skip
    return Walker(
        lambda case, actor: players[actor], lambda case, material: (f"{material.title}.jpg", picture().read())
    )


def going(institution: str = CLINIC, **more: Any) -> dict[str, Any]:
    return {
        "institution": institution, "department": "门诊部", "work_kind": "community", "employment": "contract",
        "employed_from": TODAY.isoformat(), **more,
    }  # fmt: skip


def moves(walker: Walker, nurse: Account, **more: Any) -> Case:
    return walker.walk(apply(walker, nurse, "nurse_institution_filing", practice=going(**more)), CaseState.FILED)


def filings(nurse: Account, on: date = TODAY) -> list[NurseFiling]:
    with acting_as_system("test"):
        return list(NurseFiling.objects.as_of(on).filter(subject_id=nurse.subject_id or 0))


def test_a_nurse_changes_districts_and_practises_the_same_minute(clinic_walker, registered, nurse, clinic, chaoyang):
    before = registration(nurse)
    case = moves(clinic_walker, nurse)
    after = registration(nurse)
    assert (after.institution_id, after.authority_scope) == (clinic.subject, chaoyang.pk)
    assert (after.valid_from, after.number, after.term_to) == (TODAY, before.number, before.term_to)
    assert after.may_practise
    made, printed = certificate(nurse)
    assert (made.version, made.pk, printed["institution"]) == (2, case.certificate_id, CLINIC)
    assert printed["changes"][-1][0] == f"主要执业机构变更为{CLINIC}"
    with acting_as_system("test"):
        assert "朝阳示范" in PublicPractitioner.objects.get(register="nurse").institution_keys


def test_the_former_institution_is_told_and_has_no_veto(clinic_walker, registered, nurse, hospital):
    moves(clinic_walker, nurse)
    with acting_as_system("test"):
        assert Notice.objects.filter(scope_id=hospital.scope, title__contains="主要执业机构变更").exists()
        assert not Access.objects.filter(subject_id=nurse.subject_id, scope_id=hospital.scope).exists()


def test_who_goes_on_where_she_was_files_it(clinic_walker, registered, nurse, hospital):
    moves(clinic_walker, nurse, keep_old="on")
    (kept,) = filings(nurse)
    assert (kept.institution_id, kept.valid_from) == (hospital.subject, TODAY)


def test_where_she_is_she_need_not_go(walker, registered, nurse):
    case = apply(walker, nurse, "nurse_institution_filing", practice=going(HOSPITAL))
    assert blocks(case, nurse) == {"N-SAME"}


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
def test_a_term_that_is_over_is_not_moved(clinic_walker, registered, nurse, clinic, days, refused):
    case = apply(clinic_walker, nurse, "nurse_institution_filing", practice=going())
    restate(nurse, term_to=TODAY + timedelta(days=days))
    assert blocks(case, nurse) == ({"N-STATUS"} if refused else set())


def test_a_suspension_goes_along_and_is_not_escaped(clinic_walker, registered, nurse, clinic):
    restate(nurse, status="SUSP")
    moves(clinic_walker, nurse)
    assert registration(nurse).status == "SUSP"


def test_a_filing_at_the_new_main_institution_ends(clinic_walker, registered, nurse, clinic):
    clinic_walker.walk(further(clinic_walker, nurse), CaseState.CHECKING)
    assert [each.institution_id for each in filings(nurse)] == [clinic.subject]
    moves(clinic_walker, nurse)
    assert filings(nurse) == []


def further(walker: Walker, nurse: Account, **more: Any) -> Case:
    typed = {"institution": CLINIC, "period_from": TODAY.isoformat(), **more}
    case: Case = apply(walker, nurse, "nurse_multi_institution_filing", filing=typed)
    return case


def test_any_number_of_further_institutions_is_filed_and_ended(clinic_walker, registered, nurse, clinic):
    clinic_walker.walk(further(clinic_walker, nurse), CaseState.CHECKING)
    with acting_as_system("test"):
        assert NurseRegistration.objects.as_of(TODAY).get(subject_id=nurse.subject_id).may_practise
    assert blocks(further(clinic_walker, nurse), nurse) == {"N-F03"}
    ending = {"institution": CLINIC, "ends_on": TODAY.isoformat()}
    clinic_walker.walk(apply(clinic_walker, nurse, "nurse_filing_end", filing=ending), CaseState.CHECKING)
    assert filings(nurse) == []


@pytest.mark.parametrize(("days", "expected"), [(-1, {"N-F05"}), (0, {"N-F05"}), (1, set())])
def test_an_extension_lengthens(clinic_walker, registered, nurse, clinic, days, expected):
    last = TODAY + timedelta(days=90)
    clinic_walker.walk(further(clinic_walker, nurse, period_to=last.isoformat()), CaseState.CHECKING)
    asked = {"institution": CLINIC, "period_to": (last + timedelta(days=days)).isoformat()}
    case = apply(clinic_walker, nurse, "nurse_filing_extension", filing=asked)
    assert blocks(case, nurse) == expected


@pytest.mark.parametrize(("days", "expected"), [(-1, {"N-F06"}), (0, set()), (1, set())])
def test_a_filing_ends_today_or_later(clinic_walker, registered, nurse, clinic, days, expected):
    clinic_walker.walk(further(clinic_walker, nurse), CaseState.CHECKING)
    asked = {"institution": CLINIC, "ends_on": (TODAY + timedelta(days=days)).isoformat()}
    assert blocks(apply(clinic_walker, nurse, "nurse_filing_end", filing=asked), nurse) == expected


def test_a_suspended_nurse_files_nothing(registered, nurse):
    restate(nurse, status="SUSP")
    with acting_as(nurse), pytest.raises(NotPossibleError, match="可以执业"):
        open_draft(nurse, "nurse_multi_institution_filing")


def test_a_filing_that_fails_leaves_nothing(clinic_walker, registered, nurse, clinic, monkeypatch):
    def fails(*args: object, **kwargs: object) -> None:
        raise RuntimeError("half way")

    monkeypatch.setattr("yizheng.systems.nurses.practice.leave", fails)
    with pytest.raises(RuntimeError, match="half way"):
        moves(clinic_walker, nurse)
    assert registration(nurse).institution_id != clinic.subject
