"""Clinics file and leave with their certificate; the authority visits, orders, and cancels a filing."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import new_account
from tests.systems.institutions.conftest import FOUNDER, registration
from tests.walking import paper
from yizheng.demo.walker import Walker
from yizheng.disclosure.models import PublicInstitution
from yizheng.documents import sealing
from yizheng.documents.models import Certificate, Status
from yizheng.documents.paper.sheets import certificate_pages
from yizheng.kernel.calendar.periods import add_years
from yizheng.licensing.cases import examining
from yizheng.licensing.deadlines.daily import run
from yizheng.licensing.item import Candidate
from yizheng.licensing.lifecycle import Actor, NotPossibleError
from yizheng.licensing.models import Deadline, Proposal
from yizheng.licensing.ports.consequences import act_of
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.enacting import propose
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.people.scopes import organisation_of
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.models.registration import line as registration_line
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.licence_rows import licence_rows
from yizheng.systems.institutions.record.persons import known_person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SINCE = TODAY - timedelta(days=3000)
PROMISE = {"declaration": {"contact": "林知遥", "mobile": "13900000002", "truth": "on"}}


def clinic(**steps):
    """A clinic of Chinese medicine of one doctor, as she types it."""
    typed = registration(
        founder={"kind": "person", "name": "林知遥", "uscc": "", "number": FOUNDER},
        institution={"name": "北京林知遥中医诊所", "category": "D212", "service_modes": ["1"]},
        subjects={"subjects": [{"subject": "50", "remark": ""}, {"subject": "50.13", "remark": ""}]},
        site={"floor_area": "90"},
        premises={"premises_right": "rent", "premises_to": (TODAY + timedelta(days=400)).isoformat()},
    )  # fmt: skip
    del typed["approval"]
    typed["techniques"] = {"techniques": "针刺、艾灸、拔罐", "only": "yes"}
    return {step: {**fields, **steps.get(step, {})} for step, fields in typed.items()}


@dataclass(frozen=True)
class Filed:
    """A clinic that has filed, with its operator."""

    subject: int
    scope: Scope
    operator: Account

    @property
    def held(self) -> Held:
        return Held(self.subject, TODAY)


@pytest.fixture
def doctor(founder, haidian):
    """The founder is a doctor of Chinese medicine who has practised since 2016."""
    values = {
        "practice_number": "141110108004217", "level": "1", "category": "tcm", "place": "110000",
        "issued_on": SINCE, "first_practised_on": SINCE,
    }  # fmt: skip
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        person = known_person(FOUNDER)
        assert person is not None
        change.state(
            Registration, person, registration_line("1", "110000"), values,
            valid_from=SINCE, authority_scope=haidian.pk,
        )  # fmt: skip
    return founder


@pytest.fixture
def filed(founding, doctor):
    case = founding.draft(doctor, "tcm_clinic_file", clinic())
    founding.walk(case)
    with acting_as_system("test"):
        licence = InstitutionLicence.objects.current().get()
    scope = organisation_of(licence.subject_id)
    assert scope is not None
    operator = new_account(AccountKind.INSTITUTION, "诊所经办", Role.INSTITUTION_OPERATOR, scope, licence.subject)
    return Filed(licence.subject_id, scope, operator)


@pytest.fixture
def walker(filed, district_desk):
    desk = {
        Actor.ACCEPTOR: district_desk.acceptor, Actor.REVIEWER: district_desk.reviewer,
        Actor.DECIDER: district_desk.decider, Actor.APPLICANT: filed.operator,
    }  # fmt: skip
    return Walker(lambda case, part: desk[part], paper)


def drafted(walker, filed, code, typed):
    itself = Candidate(filed.subject, filed.scope.name)
    return walker.draft(filed.operator, code, {**typed, **PROMISE}, person=itself, institution=filed.scope.pk)


def visited(filed, desk, *, good, **more):
    """A reviewing person enters a visit, another confirms it."""
    said = {
        "visited_on": TODAY.isoformat(),
        "passed": "pass" if good else "fail",
        "officer": "周明远",
        "second": "沈若谷",
    }
    if not good:
        said |= {"found": "诊室面积不足", "correct_by": (TODAY + timedelta(days=10)).isoformat()}
    return act(filed, desk, "clinic_file_visit", visit={**said, **more})


def act(filed, desk, code, **answers):
    with acting_as(desk.reviewer):
        case = propose(
            desk.reviewer, code, subject_id=filed.subject, subject_name=filed.scope.name,
            authority_scope=filed.scope.parent_id, evidence="现场核查笔录", answers=answers,
        )  # fmt: skip
    if case.state == CaseState.DECIDING:
        with acting_as(desk.decider):
            perform(case, "enact", desk.decider, reason="属实")
    return case


def valid_certificates(subject):
    with acting_as_system("test"):
        return list(Certificate.objects.all().filter(subject_id=subject, status=Status.VALID))


def test_a_clinic_of_chinese_medicine_files_and_leaves_with_its_certificate(filed, haidian):
    licence = filed.held.licence
    assert (licence.kind, licence.status, licence.authority_scope) == ("tcm_clinic_filed", "filed", haidian.pk)
    assert licence.filing_number.endswith(f"〔{TODAY.year}〕第0001号")
    assert filed.held.check.due_on == TODAY + timedelta(days=30)
    (certificate,) = valid_certificates(filed.subject)
    fields, _ = sealing.unseal(certificate)
    assert (certificate.kind, fields["techniques"]) == ("tcm_clinic_filing", "针刺、艾灸、拔罐")
    assert certificate_pages([certificate]).startswith(b"%PDF")
    rows = licence_rows(filed.subject, TODAY)
    assert (rows.title, rows.number_label, rows.certificates, rows.duplicate) == (
        "中医诊所备案证",
        "备案编号",
        [certificate],
        [],
    )
    assert PublicInstitution.objects.get().state == "已备案"


def test_who_has_not_practised_for_five_years_does_not_file(founding, founder):
    case = founding.draft(founder, "tcm_clinic_file", clinic())
    with acting_as(founder):
        found = examining.examine(case, TODAY)
    assert {each.code for each in found.findings.blocks} == {"I-F-DOCTOR"}


def test_a_visit_that_fails_orders_and_the_filing_is_cancelled_after_the_day(filed, district_desk):
    case = visited(filed, district_desk, good=False)
    assert (case.state, filed.held.check.state) == (CaseState.ENACTED, "ordered")
    assert case.summary.startswith("责令在")
    case = act(filed, district_desk, "tcm_clinic_strike", ground={"ground": "uncorrected"})
    for verb, actor, days in (("give_notice", "reviewer", 0), ("conclude", "reviewer", 9), ("enact", "decider", 10)):
        with acting_as(getattr(district_desk, actor)):
            when = TODAY + timedelta(days=days)
            if verb == "enact":
                with pytest.raises(NotPossibleError, match="尚未届满"):
                    perform(case, verb, district_desk.decider, reason="逾期未改", on=when)
                when += timedelta(days=1)
            perform(case, verb, getattr(district_desk, actor), reason="逾期未改", on=when)
    with acting_as_system("test"):
        held = Held(filed.subject, TODAY + timedelta(days=11))
        assert (held.licence.status, held.check) == ("filing_cancelled", None)
    assert valid_certificates(filed.subject) == []


def test_a_visit_that_finds_nothing_wrong_ends_the_waiting(filed, district_desk):
    visited(filed, district_desk, good=True)
    assert filed.held.check.state == "passed"
    with pytest.raises(NotPossibleError, match="没有待核查的备案"):
        visited(filed, district_desk, good=True)


def test_the_day_of_the_visit_is_in_the_calendar_and_is_put_to_the_desk(filed):
    due = filed.held.check.due_on
    run(TODAY)
    with acting_as_system("test"):
        assert Deadline.objects.get(clock="filing_visit").fires_on >= due
    run(due + timedelta(days=9))
    with acting_as_system("test"):
        assert "北京林知遥中医诊所" in Proposal.objects.get(consequence="institution.clock.filing_visit").title


def test_a_clinic_files_again_and_is_visited_again(walker, filed, district_desk):
    visited(filed, district_desk, good=True)
    typed = {
        "kinds": {"kinds": ["techniques", "name"], "grounds": "增加推拿"}, "name": {"name": "北京知遥中医诊所"},
        "techniques": {"techniques": "针刺、艾灸、拔罐、推拿"},
    }  # fmt: skip
    done = walker.walk(drafted(walker, filed, "tcm_clinic_refile", typed))
    assert done.summary == "已重新备案：名称、诊疗技术"
    assert (filed.held.licence.name, filed.held.check.state) == ("北京知遥中医诊所", "due")
    (certificate,) = valid_certificates(filed.subject)
    fields, _ = sealing.unseal(certificate)
    assert (certificate.version, fields["techniques"]) == (2, "针刺、艾灸、拔罐、推拿")
    assert fields["changes"][0][0] == "变更名称、诊疗技术"


def test_a_clinic_ends_its_filing_itself(walker, filed):
    typed = {"closing": {"grounds": "不再经营", "records": "区病案中心保管", "settled": "yes"}}
    walker.walk(drafted(walker, filed, "tcm_clinic_cancel", typed))
    assert filed.held.licence.status == "filing_cancelled"
    assert valid_certificates(filed.subject) == []
    assert PublicInstitution.objects.get().state == "已注销"


def test_a_clinic_stands_still_goes_on_and_is_proceeded_against_after_a_year(walker, filed):
    until = (TODAY + timedelta(days=200)).isoformat()
    still = {"suspend": {"ground": "other", "from_on": TODAY.isoformat(), "to_on": until}}
    assert walker.walk(drafted(walker, filed, "clinic_file_suspend", still)).summary.startswith("已备案：停业")
    assert (filed.held.licence.status, PublicInstitution.objects.get().state) == ("closed_temp", "暂停")
    a_year_later = add_years(TODAY, 1)
    run(a_year_later)
    with acting_as_system("test"):
        proposed = Proposal.objects.get(consequence="institution.clock.tcm_clinic_filed_year")
        assert act_of(proposed.consequence, TODAY).item == "tcm_clinic_strike"
        assert not Proposal.objects.filter(consequence="institution.clock.suspension_year").exists()
    ready = {"resume": {"resumed_on": TODAY.isoformat(), "ready": "yes", "statement": "人员、设备到位"}}
    walker.walk(drafted(walker, filed, "clinic_file_resume", ready))
    assert (filed.held.licence.status, filed.held.suspension) == ("filed", None)


def test_a_lost_certificate_of_a_filing_is_made_again_with_its_number(walker, filed):
    lost = {"reissue": {"ground": "lost", "lost_on": TODAY.isoformat(), "declared_at": "北京示范日报"}}
    done = walker.walk(drafted(walker, filed, "clinic_file_reissue", lost))
    assert done.summary == "补发备案证明（遗失），备案编号不变"
    (certificate,) = valid_certificates(filed.subject)
    assert (certificate.version, certificate.number) == (2, filed.held.licence.filing_number)


def test_a_clinic_of_another_kind_files_as_any_clinic_and_changes(founding, doctor):
    typed = clinic(
        institution={"name": "北京林知遥口腔诊所", "category": "D215"}, site={"dental_chairs": "2"},
        subjects={"subjects": [{"subject": "12", "remark": ""}]},
    )  # fmt: skip
    del typed["techniques"]
    case = founding.walk(founding.draft(doctor, "clinic_file", typed))
    with acting_as_system("test"):
        held = Held(InstitutionLicence.objects.current().get().subject_id, TODAY)
        assert (held.licence.kind, held.check.due_on) == ("clinic_filed", TODAY + timedelta(days=45))
        assert Certificate.objects.all().get(pk=case.certificate_id).kind == "clinic_filing"
