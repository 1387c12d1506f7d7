"""The two other shapes: a filing takes effect on confirmation; an act of the authority is told, heard, decided."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.systems.doctors.conftest import HOSPITAL, found, go_on
from tests.systems.doctors.public import announced, must_see, number_of
from tests.walking import picture
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.calendar import natural_days
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.cases import examining
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Proposal
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import hand_in, keep, open_draft
from yizheng.licensing.verbs.enacting import propose
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.models import InstitutionFiling, Registration
from yizheng.systems.doctors.models.registration import LEFT
from yizheng.systems.doctors.registration.deregistration import ExOfficioDeregistration, Party, left_for_two_years
from yizheng.systems.institutions.licensing import end_licence

FURTHER = "朝阳区百子社区卫生服务中心"


@pytest.fixture
def further(chaoyang):
    return found(FURTHER, chaoyang, "110105")


@pytest.fixture
def filing(registered, doctor, further):
    """A filing at a further institution, complete and not submitted."""
    today = timezone.localdate()
    with acting_as(doctor):
        case = open_draft(doctor, "doctor_multi_institution_filing")
        typed = {"institution": FURTHER, "period_from": today.isoformat(), "schedule": "每周三下午"}
        case = keep(case, doctor, {"filing": typed})
        hand_in(case, doctor, case.item.materials[0], picture((800, 600)), "协议.jpg")
    return case


def filings(doctor):
    with acting_as_system("test"):
        return list(InstitutionFiling.objects.as_of(timezone.localdate()).filter(subject_id=doctor.subject_id))


@pytest.mark.django_db
def test_a_filing_takes_effect_when_the_institution_confirms(filing, doctor, further, chaoyang):
    case = go_on(filing, "submit", doctor)
    assert filings(doctor) == []
    case = go_on(case, "confirm", further.operator)
    (fact,) = filings(doctor)
    assert (fact.institution_id, fact.authority_scope) == (further.subject, chaoyang.pk)
    assert case.summary == f"已在{FURTHER}备案"
    entry = must_see(number_of(doctor))
    assert entry.said("主要执业机构", "多机构备案") == (HOSPITAL, FURTHER)
    assert entry.answer == "可以执业"
    with acting_as(further.operator):
        assert Registration.objects.visible_to(further.operator).filter(subject_id=doctor.subject_id).exists()


@pytest.mark.django_db
def test_nobody_files_twice_at_one_institution(filing, doctor, further):
    go_on(go_on(filing, "submit", doctor), "confirm", further.operator)
    with acting_as(doctor):
        again = open_draft(doctor, "doctor_multi_institution_filing")
        again = keep(again, doctor, {"filing": {"institution": FURTHER, "period_from": "2026-11-23"}})
        findings = examining.examine(again, timezone.localdate()).findings
    assert [finding.code for finding in findings.blocks] == ["D-F03"]


@pytest.mark.django_db
def test_who_is_not_registered_cannot_file(doctor):
    with acting_as(doctor), pytest.raises(NotPossibleError, match="在册并可以执业"):
        open_draft(doctor, "doctor_multi_institution_filing")


@pytest.mark.django_db
def test_an_institution_that_ends_proposes_something_for_each_of_its_doctors(registered, doctor, hospital):
    with (
        acting_as_system("test"),
        changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="注销") as change,
    ):
        assert end_licence(change, hospital.subject, on=timezone.localdate(), status="deregistered") == 1
        proposal = Proposal.objects.get(subject_id=doctor.subject_id)
    assert "离岗备案" in proposal.title
    assert proposal.due_on == working_calendar().due(timezone.localdate(), natural_days(30)).last


@pytest.mark.parametrize(("on", "expected"), [(date(2026, 5, 10), ["D-D12"]), (date(2026, 5, 11), [])])
def test_two_years_after_leaving_the_registration_may_end(on, expected):
    party = Party(registered=True, cause="D12", left_on=date(2024, 5, 10), periods=Periods())
    assert [finding.code for finding in left_for_two_years(party, on)] == expected


@pytest.fixture
def left(registered, doctor, haidian):
    """The doctor left over two years ago; the registration is dated back for that."""
    today = timezone.localdate()
    with (
        acting_as_system("test"),
        changing(kind=ChangeKind.CORRECTION, actor=None, cause="test", reason="test") as change,
    ):
        now = Registration.objects.current().get(subject_id=doctor.subject_id)
        values = {field.name: getattr(now, field.attname) for field in Registration.typed_fields()}
        change.state(
            Registration,
            doctor.subject_id,
            now.line,
            {**values, "status": LEFT, "reason": "L01", "institution": None},
            valid_from=today - timedelta(days=800),
            authority_scope=haidian.pk,
        )
    return doctor


def proposed(left, reviewer, haidian, on):
    with acting_as(reviewer):
        return propose(
            reviewer,
            ExOfficioDeregistration.code,
            subject_id=left.subject_id,
            subject_name=left.display_name,
            authority_scope=haidian.pk,
            evidence="离岗备案满二年未继续执业。",
            answers={"ground": {"cause": "D12"}},
            on=on,
        )


@pytest.mark.django_db
def test_after_notice_and_time_to_answer_the_registration_ends(left, reviewer, decider, haidian):
    today = timezone.localdate()
    case = proposed(left, reviewer, haidian, today - timedelta(days=40))
    case = go_on(case, "give_notice", reviewer, reason="离岗备案满二年。", on=today - timedelta(days=30))
    case = go_on(case, "conclude", reviewer, reason="没有陈述、申辩。", on=today - timedelta(days=10))
    case = go_on(case, "enact", decider, reason="事实清楚。")
    with acting_as_system("test"):
        now = Registration.objects.as_of(today).get(subject_id=left.subject_id)
        certificate = Certificate.objects.get(subject_id=left.subject_id)
    assert (now.status, now.reason) == ("DEREG", "D12")
    assert certificate.status == Status.REVOKED
    entry = must_see(now.practice_number)
    assert (entry.state, entry.answer) == ("已注销", "注册已注销，不得执业")
    assert entry.history[0] == "已注销"
    assert "离岗" not in entry.page.replace("离岗备案", "")
    assert left.display_name in announced("ended", f"{today:%Y-%m}", left.display_name)


@pytest.mark.django_db
def test_nothing_is_decided_about_who_came_back(registered, doctor, reviewer, decider, haidian):
    today = timezone.localdate()
    case = proposed(doctor, reviewer, haidian, today - timedelta(days=40))
    case = go_on(case, "give_notice", reviewer, reason="离岗备案满二年。", on=today - timedelta(days=30))
    case = go_on(case, "conclude", reviewer, reason="没有陈述、申辩。", on=today - timedelta(days=10))
    with acting_as(decider), pytest.raises(NotPossibleError, match="没有处于离岗备案状态"):
        perform(type(case).objects.get(pk=case.pk), "enact", decider, reason="事实清楚。")
    with acting_as_system("test"):
        assert Registration.objects.as_of(today).get(subject_id=doctor.subject_id).status == "REG"
