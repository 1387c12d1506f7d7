"""助产技术 of nurses: from the draft to the register and the public page, and how it ends."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import sign_in
from tests.systems.doctors.conftest import HOSPITAL, found, go_on
from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.publishing import refresh
from yizheng.documents import sealing
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.calendar import add_years
from yizheng.licensing.cases import examining
from yizheng.licensing.deadlines.daily import run
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, Expiry
from yizheng.licensing.verbs.drafting import open_draft
from yizheng.licensing.verbs.enacting import propose
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.nurses.conduct import PenaltyRecording
from yizheng.systems.nurses.deregistration import DeregistrationOnApplication
from yizheng.systems.nurses.models import LINE, NurseRegistration, NurseSpecialQualification
from yizheng.systems.nurses.special import MIDWIFERY, SpecialEnding
from yizheng.systems.practitioners.special.public import told

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ONE_DAY = timedelta(days=1)
LAST = add_years(TODAY, 3) - ONE_DAY
"""The last day of three years that begin today."""
NOTE = "助产技术考核合格证书"


def training(**values: Any) -> dict[str, dict[str, Any]]:
    days = {"trained_from": TODAY - timedelta(days=120), "trained_to": TODAY - timedelta(days=30)}
    typed = {"institution": HOSPITAL, "training_base": "示范妇产医院", "result": "pass", **days, **values}
    return {"special": {name: each.isoformat() if isinstance(each, date) else each for name, each in typed.items()}}


def blocks(case: Case, nurse: Account, on: date = TODAY) -> set[str]:
    with acting_as(nurse):
        return {each.code for each in examining.examine(case, on).findings.blocks}


def held(nurse: Account, on: date = TODAY) -> NurseSpecialQualification:
    with acting_as_system("test"):
        found: NurseSpecialQualification = NurseSpecialQualification.objects.as_of(on).get(
            subject_id=nurse.subject_id or 0
        )
        return found


def certificate(nurse: Account) -> Certificate:
    with acting_as_system("test"):
        return Certificate.objects.get(subject_id=nurse.subject_id or 0, kind="mch_staff")


def published(nurse: Account) -> str:
    """The further fields of her public entry."""
    with acting_as_system("test"):
        refresh("nurse", [nurse.subject_id or 0])
        return str(PublicPractitioner.objects.get(register="nurse").stored_notes)


@pytest.fixture
def midwife(walker, registered, nurse) -> Account:
    walker.walk(walker.draft(nurse, "nurse_midwifery", training()))
    made: Account = nurse
    return made


def test_a_midwife_is_granted_for_three_years_certified_and_published(midwife, hospital, acceptor):
    fact = held(midwife)
    assert (fact.type, fact.status, fact.granted_on, fact.valid_until) == ("mch_midwifery", "VALID", TODAY, LAST)
    assert (fact.line, fact.institution_id) == ("special:mch_midwifery", None)
    printed, _ = sealing.unseal(certificate(midwife))
    with acting_as_system("test"):
        registration = NurseRegistration.objects.current().get(subject_id=midwife.subject_id)
    assert (printed["practice_number"], printed["institution"]) == (registration.number, HOSPITAL)
    assert printed["work"] == "母婴保健-助产技术"
    assert NOTE in published(midwife)
    page = sign_in(Client(), acceptor).get(f"/nurses/{midwife.subject_id}/").content.decode()
    assert "母婴保健-助产技术" in page
    with acting_as_system("test"):
        assert not NurseSpecialQualification.objects.as_of(TODAY - ONE_DAY).exists()


@pytest.mark.parametrize(("days", "refused"), [(-1, False), (0, False), (1, True)])
def test_the_training_is_over_on_the_day_it_is_judged(walker, registered, nurse, days, refused):
    case = walker.draft(nurse, "nurse_midwifery", training(trained_to=TODAY + timedelta(days=days)))
    assert blocks(case, nurse) == ({"N-SQ04"} if refused else set())


def test_who_failed_or_practises_elsewhere_or_holds_it_is_refused(walker, registered, nurse, chaoyang):
    elsewhere = "朝阳示范妇幼保健院"
    found(elsewhere, chaoyang, "110105")
    assert blocks(walker.draft(nurse, "nurse_midwifery", training(result="fail")), nurse) == {"N-SQ04"}
    walker.walk(walker.draft(nurse, "nurse_midwifery", training()))
    assert blocks(walker.draft(nurse, "nurse_midwifery", training()), nurse) == {"N-SQ03"}
    assert "N-SQ01" in blocks(walker.draft(nurse, "nurse_midwifery", training(institution=elsewhere)), nurse)


def test_who_is_not_registered_does_not_begin(nurse, hospital):
    with acting_as(nurse), pytest.raises(NotPossibleError, match="首次注册"):
        open_draft(nurse, "nurse_midwifery")


@pytest.mark.parametrize(("days", "may"), [(-1, True), (0, True), (1, False)])
def test_the_last_day_counts_and_the_day_after_does_not(midwife, days, may):
    assert held(midwife).allows_practice(LAST + timedelta(days=days)) is may
    notes = told(NurseSpecialQualification, MIDWIFERY, NOTE, lambda held: held.title)
    with acting_as_system("test"):
        assert bool(notes([midwife.subject_id or 0], LAST + timedelta(days=days))) is may


def test_the_day_after_the_last_is_recorded_by_the_clock(midwife):
    with acting_as_system("test"):
        run(LAST)
        assert not Expiry.objects.filter(clock="nurse_special").exists()
        run(LAST + ONE_DAY)
        assert Expiry.objects.filter(clock="nurse_special").count() == 1
    assert (held(midwife, LAST).status, held(midwife, LAST + ONE_DAY).status) == ("VALID", "EXPIRED")
    assert certificate(midwife).status != Status.VALID


def enacted(
    nurse: Account, code: str, typed: dict[str, Any], reviewer: Account, decider: Account, office: Scope
) -> Case:
    past = TODAY - timedelta(days=40)
    with acting_as(reviewer):
        case = propose(
            reviewer, code, subject_id=nurse.subject_id or 0, subject_name=nurse.display_name,
            authority_scope=office.pk, evidence="岗位考核不合格。", answers=typed, on=past,
        )  # fmt: skip
    case = go_on(case, "give_notice", reviewer, reason="岗位考核不合格。", on=past)
    case = go_on(case, "conclude", reviewer, reason="没有陈述。", on=TODAY - timedelta(days=10))
    return go_on(case, "enact", decider, reason="依法终止。")


def test_the_district_ends_it_after_notice_and_the_registration_stays(midwife, reviewer, decider, haidian):
    typed = {"ending": {"type": "mch_midwifery", "ground": "unfit"}}
    case = enacted(midwife, SpecialEnding.code, typed, reviewer, decider, haidian)
    assert (held(midwife).status, held(midwife).reason) == ("ENDED", "不再符合认定条件")
    assert "执业注册不变" in case.summary
    assert certificate(midwife).status == Status.REVOKED
    assert SpecialEnding().may_apply(midwife.subject_id or 0, TODAY) == "没有有效的专项资格"
    assert NOTE not in published(midwife)


@pytest.mark.parametrize("item", [DeregistrationOnApplication(), PenaltyRecording()], ids=lambda item: item.code)
def test_it_ends_with_the_registration(item, midwife):
    with (
        acting_as_system("test"),
        changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="test") as change,
    ):
        item.end_dependents(midwife.subject_id or 0, change, TODAY, because="执业注册终止")
    assert (held(midwife).status, held(midwife).reason) == ("ENDED", "执业注册终止")


def test_nothing_is_told_of_her_while_she_may_not_practise(midwife):
    assert NOTE in published(midwife)
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        registration = NurseRegistration.objects.current().get(subject_id=midwife.subject_id)
        change.state(
            NurseRegistration, registration.subject_id, LINE, {**registration.values(), "term_to": TODAY - ONE_DAY},
            valid_from=TODAY, authority_scope=registration.authority_scope,
        )  # fmt: skip
    assert NOTE not in published(midwife)
