"""Penalties, suspension, assessment and conduct, each from the desk to the register and the public page."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import new_account
from tests.systems.doctors.conftest import go_on
from tests.systems.doctors.public import must_see, number_of
from tests.systems.doctors.walking import Desk, desk_of
from tests.walking import picture
from yizheng.disclosure.models import PublicPractitioner
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.calendar import add_months, add_years
from yizheng.licensing import examining
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import item as item_called
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, CaseEvent, Proposal
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import hand_in, keep, open_draft, open_for
from yizheng.licensing.verbs.enacting import propose
from yizheng.licensing.verbs.permits import NotPermittedError
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.registry.record import record_of
from yizheng.systems.doctors.conduct import assessing
from yizheng.systems.doctors.conduct.suspending import BY_ASSESSMENT, suspend
from yizheng.systems.doctors.item import OFFICE
from yizheng.systems.doctors.models import PeriodicAssessment, Registration
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.practitioners.bars import enter_bar
from yizheng.systems.practitioners.models import ConductRecord, PenaltyRecord, RegistrationBar

TODAY = timezone.localdate()
ONE_DAY = timedelta(days=1)


def penalty(**values: Any) -> dict[str, Any]:
    return {
        "kind": "suspension",
        "article": "physicians_law:57",
        "behaviour": "未按照注册的执业范围执业，情节严重",
        "authority_name": "北京市海淀区卫生健康委员会",
        "decided_by": "county",
        "document_number": "海卫医罚〔2026〕007号",
        "decided_on": TODAY.isoformat(),
        "suspended_from": TODAY.isoformat(),
        "suspended_to": (add_months(TODAY, 8) - ONE_DAY).isoformat(),
        "review_state": "none",
        **values,
    }


def begun(
    account: Account,
    doctor: Account,
    scope: Scope,
    code: str,
    answers: dict[str, Any],
    on: date | None = None,
) -> Case:
    with acting_as(account):
        return propose(
            account,
            code,
            subject_id=doctor.subject_id or 0,
            subject_name=doctor.display_name,
            authority_scope=scope.pk,
            evidence="见决定书。",
            answers={OFFICE: {"scope": scope.pk}, **answers},
            on=on,
        )


def standing(doctor: Account, on: date = TODAY) -> Registration:
    with acting_as_system("test"):
        return Registration.objects.as_of(on).get(subject_id=doctor.subject_id or 0)


def grounds(doctor: Account) -> dict[str, RegistrationBar]:
    with acting_as_system("test"):
        found = RegistrationBar.objects.current().filter(subject_id=doctor.subject_id or 0)
        return {each.ground: each for each in found}


@pytest.fixture
def city_desk(city: Scope) -> Desk:
    return desk_of(city)


@pytest.mark.django_db
class TestPenalties:
    def enter(
        self, doctor: Account, reviewer: Account, decider: Account, haidian: Scope, **values: Any
    ) -> Case:
        case = begun(reviewer, doctor, haidian, "doctor_penalty_record", {"penalty": penalty(**values)})
        return go_on(case, "enact", decider, reason="决定书属实。")

    def test_a_suspension_runs_from_day_to_day_and_ends_by_itself(
        self, registered, doctor, reviewer, decider, haidian
    ):
        last = add_months(TODAY, 8) - ONE_DAY
        self.enter(doctor, reviewer, decider, haidian)
        assert standing(doctor).status == "SUSP_PENAL"
        assert standing(doctor, last).status == "SUSP_PENAL"
        assert standing(doctor, last + ONE_DAY).status == "REG"
        entry = must_see(number_of(doctor))
        assert (entry.state, entry.answer) == ("暂停执业", "暂停执业，目前不得执业")
        assert "007号" not in entry.page
        assert "执业范围执业" not in entry.page
        with acting_as_system("test"):
            record = PenaltyRecord.objects.get(subject_id=doctor.subject_id)
        assert (record.kind, record.suspended_to) == ("suspension", last)
        assert grounds(doctor) == {}

    def test_revocation_ends_everything_and_bars_from_the_day_of_the_decision(
        self, registered, doctor, reviewer, decider, haidian
    ):
        self.enter(
            doctor, reviewer, decider, haidian,
            kind="revocation_ban", article="physicians_law:58", decided_by="province",
            banned_from=TODAY.isoformat(), for_life=True,
        )  # fmt: skip
        assert (standing(doctor).status, standing(doctor).reason) == ("REVOKED", "D04")
        found = grounds(doctor)
        assert set(found) == {"R04", "R12"}
        assert found["R04"].valid_from == TODAY
        assert found["R12"].until is None
        with acting_as_system("test"):
            certificate = Certificate.objects.get(subject_id=doctor.subject_id)
        assert (certificate.status, certificate.ending) == (Status.REVOKED, "penalty")
        entry = must_see(number_of(doctor))
        assert (entry.state, entry.answer) == ("吊销（执业证书）", "执业证书已被吊销，不得执业")
        assert "禁止" not in entry.page

    def test_a_warning_is_recorded_and_changes_nothing_else(
        self, registered, doctor, reviewer, decider, haidian
    ):
        self.enter(
            doctor,
            reviewer,
            decider,
            haidian,
            kind="warning",
            article="physicians_law:55",
            suspended_from="",
            suspended_to="",
        )
        assert standing(doctor).status == "REG"
        assert must_see(number_of(doctor)).answer == "可以执业"
        with acting_as_system("test"):
            assert PenaltyRecord.objects.get(subject_id=doctor.subject_id).suspended_to is None

    def test_what_the_law_does_not_allow_is_not_entered(self, registered, doctor, reviewer, decider, haidian):
        short = (add_months(TODAY, 5)).isoformat()
        case = begun(
            reviewer, doctor, haidian, "doctor_penalty_record", {"penalty": penalty(suspended_to=short)}
        )
        with acting_as(decider), pytest.raises(NotPossibleError, match="六个月以上一年以下"):
            perform(Case.objects.get(pk=case.pk), "enact", decider, reason="决定书属实。")
        assert standing(doctor).status == "REG"
        with acting_as_system("test"):
            assert not PenaltyRecord.objects.filter(subject_id=doctor.subject_id).exists()

    def test_who_is_not_registered_is_banned_all_the_same(self, doctor, city_desk, city):
        begins = begun(
            city_desk.reviewer, doctor, city, "doctor_penalty_record",
            {"penalty": penalty(
                kind="ban", article="physicians_law:58", decided_by="province", suspended_from="",
                suspended_to="", banned_from=TODAY.isoformat(), banned_to=add_years(TODAY, 5).isoformat(),
            )},
        )  # fmt: skip
        go_on(begins, "enact", city_desk.decider, reason="决定书属实。")
        assert grounds(doctor)["R12"].until == add_years(TODAY, 5)
        first = item_called("doctor_first_registration", TODAY)
        assert "R12" in {each.code for each in first.examine(applicant_of(doctor), TODAY).blocks}

    def test_a_penalty_of_another_register_bars_no_doctor(self, doctor, haidian):
        with (
            acting_as_system("test"),
            changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="test") as change,
        ):
            enter_bar(
                change, doctor.subject_id or 0, "R04", TODAY, authority_scope=haidian.pk, authority_name="测试", of="nurse",
            )  # fmt: skip
        assert applicant_of(doctor).bars == ()
        with acting_as_system("test"):
            record = record_of(doctor.subject_id or 0, (RegistrationBar.objects.all(),))
        assert [len(record.within(each).versions) for each in (DOCTORS, NURSES)] == [0, 1]

    def test_one_decision_is_entered_once(self, registered, doctor, reviewer, decider, haidian):
        self.enter(
            doctor,
            reviewer,
            decider,
            haidian,
            kind="warning",
            article="physicians_law:55",
            suspended_from="",
            suspended_to="",
        )
        with pytest.raises(NotPossibleError, match="已经登记"):
            self.enter(
                doctor,
                reviewer,
                decider,
                haidian,
                kind="warning",
                article="physicians_law:55",
                suspended_from="",
                suspended_to="",
            )

    def test_the_one_who_types_does_not_decide(self, registered, doctor, reviewer, haidian):
        Grant = reviewer.grants.model  # noqa: N806  # the model of the relation
        Grant.objects.create(account=reviewer, role=Role.DECIDER, scope=haidian)
        case = begun(reviewer, doctor, haidian, "doctor_penalty_record", {"penalty": penalty()})
        with acting_as(reviewer), pytest.raises(NotPermittedError):
            perform(Case.objects.get(pk=case.pk), "enact", reviewer, reason="属实。")

    def test_an_early_end_rests_on_a_document(self, registered, doctor, reviewer, decider, haidian):
        self.enter(doctor, reviewer, decider, haidian)
        early = begun(reviewer, doctor, haidian, "doctor_suspension_end", {"resuming": {"ground": "over"}})
        with acting_as(decider), pytest.raises(NotPossibleError, match="期满后才能恢复"):
            perform(Case.objects.get(pk=early.pk), "enact", decider, reason="恢复。")
        lifted = {"resuming": {"ground": "lifted", "document_number": "京复〔2026〕3号"}}
        case = begun(reviewer, doctor, haidian, "doctor_suspension_end", lifted)
        go_on(case, "enact", decider, reason="复议决定撤销。")
        assert standing(doctor).status == "REG"
        assert standing(doctor, TODAY + timedelta(days=100)).status == "REG"
        entry = must_see(number_of(doctor))
        assert (entry.state, entry.answer) == ("在册（注册有效）", "可以执业")


def result(cycle: str, **values: Any) -> dict[str, Any]:
    return {
        "cycle": cycle,
        "procedure": "general",
        "body": "own",
        "assessing_body": "海淀区青禾社区卫生服务中心",
        "attended": "yes",
        "opinion": "工作称职。",
        "opinion_on": (TODAY - timedelta(days=60)).isoformat(),
        "tested_on": (TODAY - timedelta(days=20)).isoformat(),
        "performance": "pass",
        "ethics": "pass",
        "score": "82",
        "result": "pass",
        "result_on": TODAY.isoformat(),
        "received_on": TODAY.isoformat(),
        **values,
    }


def hand_in_result(operator: Account, doctor: Account, scope: int, **values: Any) -> Case:
    cycle = assessing.cycle_of(TODAY).code
    with acting_as(operator):
        case = open_for(
            operator, "doctor_periodic_assessment", doctor.subject_id or 0, doctor.display_name, scope
        )
        case = keep(case, operator, {"assessment": result(cycle, **values)})
        hand_in(case, operator, case.item.materials[0], picture((800, 600)), "考核表.jpg")
    return case


def assessments(doctor: Account) -> list[PeriodicAssessment]:
    with acting_as_system("test"):
        mine = PeriodicAssessment.objects.current().filter(subject_id=doctor.subject_id or 0)
        return list(mine.order_by("valid_from", "id"))


FAILED = {"score": "41", "result": "fail", "failing": "A10"}


@pytest.mark.django_db
class TestAssessments:
    def test_an_institution_hands_in_a_result(self, registered, doctor, hospital, acceptor):
        case = hand_in_result(hospital.operator, doctor, hospital.scope)
        case = go_on(case, "submit", hospital.operator)
        (fact,) = assessments(doctor)
        assert (fact.passed, fact.procedure, fact.score) == (True, "general", Decimal(82))
        assert fact.cycle_from == date(assessing.cycle_of(TODAY).first, 1, 1)
        assert "考核" not in must_see(number_of(doctor)).page
        assert standing(doctor).status == "REG"
        assert go_on(case, "check_off", acceptor).state == "filed"

    def test_a_result_is_entered_once_a_cycle(self, registered, doctor, hospital):
        go_on(hand_in_result(hospital.operator, doctor, hospital.scope), "submit", hospital.operator)
        again = hand_in_result(hospital.operator, doctor, hospital.scope)
        with pytest.raises(NotPossibleError, match="已经登记"):
            go_on(again, "submit", hospital.operator)

    def test_another_institution_reports_nothing(self, registered, doctor, another_institution):
        operator = another_institution.operator
        with acting_as(operator), pytest.raises(NotPossibleError, match="本机构"):
            open_for(
                operator,
                "doctor_periodic_assessment",
                doctor.subject_id,
                "许南乔",
                another_institution.scope.pk,
            )

    def test_failing_stops_practice_until_the_next_one_is_passed(
        self, registered, doctor, hospital, reviewer, decider, haidian
    ):
        go_on(
            hand_in_result(hospital.operator, doctor, hospital.scope, **FAILED), "submit", hospital.operator
        )
        with acting_as_system("test"):
            proposal = Proposal.objects.get(
                subject_id=doctor.subject_id, consequence="doctors.assessment_result"
            )
        assert "责令暂停" in proposal.title
        assert standing(doctor).status == "REG"

        last = add_months(TODAY, 3) - ONE_DAY
        order = {
            "suspended_from": TODAY.isoformat(),
            "suspended_to": last.isoformat(),
            "training": "北京医师协会",
        }
        past = TODAY - timedelta(days=40)
        case = begun(reviewer, doctor, haidian, "doctor_assessment_suspension", {"order": order}, past)
        case = go_on(case, "give_notice", reviewer, reason="考核不合格。", on=past + timedelta(days=1))
        case = go_on(case, "conclude", reviewer, reason="没有陈述。", on=TODAY - timedelta(days=10))
        go_on(case, "enact", decider, reason="依法责令暂停。")
        assert standing(doctor).status == "SUSP_ASSESS"
        assert standing(doctor, last + ONE_DAY).status == "SUSP_ASSESS"
        (fact,) = assessments(doctor)
        assert fact.suspended_to == last
        entry = must_see(number_of(doctor))
        assert (entry.state, entry.answer) == ("暂停执业", "暂停执业，目前不得执业")
        assert "考核" not in entry.page

        over = last + ONE_DAY
        ending = begun(reviewer, doctor, haidian, "doctor_suspension_end", {"resuming": {"ground": "over"}})
        findings = ending.item.examine(ending.item.gather(load(ending), doctor.subject_id, over), over).blocks
        assert [finding.code for finding in findings] == ["D-SE02"]
        with acting_as_system("test"):
            _pass_again(doctor, haidian, fact, over)
        ending.item.gather(load(ending), doctor.subject_id, over)
        assert not ending.item.examine(ending.item.gather(load(ending), doctor.subject_id, over), over).blocks

    def test_a_second_failure_proposes_the_end(self, registered, doctor, hospital):
        go_on(
            hand_in_result(hospital.operator, doctor, hospital.scope, **FAILED), "submit", hospital.operator
        )
        case = hand_in_result(
            hospital.operator,
            doctor,
            hospital.scope,
            **FAILED,
            again=True,
            training_proof="北京医师协会 001 号",
        )
        examination = _examined(hospital.operator, case)
        assert [finding.code for finding in examination.findings.blocks] == ["D-K06"]

    def test_a_failed_result_is_reviewed_within_thirty_days(
        self, registered, doctor, hospital, acceptor, decider
    ):
        go_on(
            hand_in_result(hospital.operator, doctor, hospital.scope, **FAILED), "submit", hospital.operator
        )
        with acting_as(doctor):
            case = open_draft(doctor, "doctor_assessment_review")
            case = keep(case, doctor, {"review": {"reasons": "测评成绩登记有误。"}})
            hand_in(case, doctor, case.item.materials[0], picture((800, 600)), "成绩单.jpg")
        case = go_on(case, "submit", doctor)
        case = go_on(case, "accept", acceptor)
        case = go_on(case, "grant", decider, reason="复核改正。")
        (fact,) = assessments(doctor)
        assert (fact.passed, fact.review_result, fact.failing) == (True, "changed", "")
        with acting_as(doctor), pytest.raises(NotPossibleError, match="没有定期考核不合格"):
            open_draft(doctor, "doctor_assessment_review")

    def test_a_review_ends_the_suspension_of_that_assessment_and_no_other(
        self, registered, doctor, hospital, reviewer, acceptor, decider, haidian
    ):
        go_on(
            hand_in_result(hospital.operator, doctor, hospital.scope, **FAILED), "submit", hospital.operator
        )
        order = {
            "suspended_from": TODAY.isoformat(),
            "suspended_to": (add_months(TODAY, 3) - ONE_DAY).isoformat(),
            "training": "北京医师协会",
        }
        past = TODAY - timedelta(days=40)
        case = begun(reviewer, doctor, haidian, "doctor_assessment_suspension", {"order": order}, past)
        case = go_on(case, "give_notice", reviewer, reason="考核不合格。", on=past + timedelta(days=1))
        case = go_on(case, "conclude", reviewer, reason="没有陈述。", on=TODAY - timedelta(days=10))
        go_on(case, "enact", decider, reason="依法责令暂停。")
        last = add_months(TODAY, 8) - ONE_DAY
        case = begun(reviewer, doctor, haidian, "doctor_penalty_record", {"penalty": penalty()})
        go_on(case, "enact", decider, reason="决定书属实。")
        assert [standing(doctor, day).status for day in (TODAY, last, last + ONE_DAY)] == [
            "SUSP_PENAL", "SUSP_PENAL", "SUSP_ASSESS",
        ]  # fmt: skip
        with acting_as(doctor):
            case = open_draft(doctor, "doctor_assessment_review")
            case = keep(case, doctor, {"review": {"reasons": "测评成绩登记有误。"}})
            hand_in(case, doctor, case.item.materials[0], picture((800, 600)), "成绩单.jpg")
        go_on(go_on(go_on(case, "submit", doctor), "accept", acceptor), "grant", decider, reason="复核改正。")
        assert [standing(doctor, day).status for day in (TODAY, last, last + ONE_DAY)] == [
            "SUSP_PENAL", "SUSP_PENAL", "REG",
        ]  # fmt: skip

    def test_a_penalty_taken_back_leaves_the_suspension_of_an_assessment(
        self, registered, doctor, hospital, reviewer, decider, haidian
    ):
        go_on(
            hand_in_result(hospital.operator, doctor, hospital.scope, **FAILED), "submit", hospital.operator
        )
        with (
            acting_as_system("test"),
            changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="test") as change,
        ):
            (fact,) = assessments(doctor)
            change.correct_event(
                fact,
                {**fact.values(), "suspended_from": TODAY, "suspended_to": add_months(TODAY, 3) - ONE_DAY},
            )
            suspend(standing(doctor), change, BY_ASSESSMENT, TODAY, None)
        case = begun(reviewer, doctor, haidian, "doctor_penalty_record", {"penalty": penalty()})
        go_on(case, "enact", decider, reason="决定书属实。")
        lifted = {"resuming": {"ground": "lifted", "document_number": "京复〔2026〕3号"}}
        case = begun(reviewer, doctor, haidian, "doctor_suspension_end", lifted)
        go_on(case, "enact", decider, reason="复议决定撤销。")
        assert standing(doctor).status == "SUSP_ASSESS"
        with acting_as_system("test"):
            assert PenaltyRecord.objects.current().get(subject_id=doctor.subject_id).suspended_to is None


@pytest.mark.django_db
class TestGrounds:
    def test_a_ground_is_entered_and_ended_by_two(self, doctor, city_desk, city):
        typed = {
            "ground": "R07", "since": (TODAY - timedelta(days=9)).isoformat(), "authority_name": "北京安定医院",
            "document_number": "诊断 7 号",
        }  # fmt: skip
        case = begun(city_desk.reviewer, doctor, city, "doctor_refusal_ground_record", {"ground": typed})
        go_on(case, "enact", city_desk.decider, reason="文书属实。")
        assert grounds(doctor)["R07"].valid_from == TODAY - timedelta(days=9)
        ending = {
            "ground": "R07", "why": "ceased", "ended_on": TODAY.isoformat(), "document_number": "康复 8 号",
        }  # fmt: skip
        case = begun(city_desk.reviewer, doctor, city, "doctor_refusal_ground_end", {"ground_end": ending})
        go_on(case, "enact", city_desk.decider, reason="文书属实。")
        assert grounds(doctor)["R07"].valid_to == TODAY
        with acting_as(city_desk.reviewer):
            item = item_called("doctor_refusal_ground_end", TODAY)
            assert item.may_apply(doctor.subject_id or 0, TODAY) == "没有登记的不予注册情形"

    def test_a_ground_found_wrong_is_struck_out(self, doctor, city_desk, city):
        typed = {
            "ground": "R12", "since": TODAY.isoformat(), "for_life": True, "authority_name": "法院",
            "document_number": "判 1 号",
        }  # fmt: skip
        case = begun(city_desk.reviewer, doctor, city, "doctor_refusal_ground_record", {"ground": typed})
        go_on(case, "enact", city_desk.decider, reason="文书属实。")
        ending = {
            "ground": "R12", "why": "taken_back", "ended_on": TODAY.isoformat(), "document_number": "判 2 号",
        }  # fmt: skip
        case = begun(city_desk.reviewer, doctor, city, "doctor_refusal_ground_end", {"ground_end": ending})
        go_on(case, "enact", city_desk.decider, reason="再审改判。")
        assert grounds(doctor) == {}


def applicant_of(doctor: Account) -> Any:
    """Who asks to be registered, as the rules weigh her before anything is typed."""
    return item_called("doctor_first_registration", TODAY).gather(Answers(), doctor.subject_id or 0, TODAY)


def _examined(account: Account, case: Case) -> examining.Examination:
    with acting_as(account):
        return examining.examine(case, TODAY)


def _pass_again(doctor: Account, scope: Scope, failed: PeriodicAssessment, on: date) -> None:
    with changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="test") as change:
        change.event(
            PeriodicAssessment, doctor.subject_id or 0, "assessment",
            {"cycle": failed.cycle, "passed": True, "again": True}, happened_on=on, authority_scope=scope.pk,
        )  # fmt: skip


@pytest.mark.django_db
class TestConduct:
    def test_an_institution_records_good_conduct_and_it_stays_off_the_public_page(
        self, registered, doctor, hospital, acceptor
    ):
        typed = {
            "kind": "good", "category": "G1", "happened_on": TODAY.isoformat(),
            "content": "获区级抗疫先进个人", "recorded_by": "海淀区青禾社区卫生服务中心",
        }  # fmt: skip
        operator = hospital.operator
        with acting_as(operator):
            case = open_for(
                operator, "doctor_conduct_record", doctor.subject_id, doctor.display_name, hospital.scope
            )
            case = keep(case, operator, {"conduct": typed})
            hand_in(case, operator, case.item.materials[0], picture((800, 600)), "表彰.jpg")
        go_on(case, "submit", operator)
        with acting_as(doctor):
            record = ConductRecord.objects.visible_to(doctor).get()
        assert (record.kind, record.content) == ("good", "获区级抗疫先进个人")
        assert "抗疫" not in str(PublicPractitioner.objects.get(subject=doctor.subject_id).__dict__)
        with acting_as_system("test"):
            cycle = assessing.cycle_of(TODAY)
            assert assessing.conduct_within(doctor.subject_id, cycle, TODAY) == (1, 0)

    def test_the_authority_records_bad_conduct_by_two_persons(
        self, registered, doctor, reviewer, decider, haidian
    ):
        typed = {
            "kind": "bad", "category": "B1", "happened_on": TODAY.isoformat(),
            "content": "未按规定书写病历", "recorded_by": "北京市海淀区卫生健康委员会",
        }  # fmt: skip
        case = begun(reviewer, doctor, haidian, "doctor_conduct_decision", {"conduct": typed})
        go_on(case, "enact", decider, reason="属实。")
        with acting_as_system("test"):
            assert assessing.conduct_within(doctor.subject_id, assessing.cycle_of(TODAY), TODAY) == (0, 1)
        entry = must_see(number_of(doctor))
        assert entry.answer == "可以执业"
        assert not any(words in entry.page for words in ("病历", "不良", "行为记录"))
        stranger = new_account(AccountKind.CLERK, "外区", Role.REVIEWER, Scope.objects.get(code="110105"))
        with acting_as(stranger):
            assert not ConductRecord.objects.visible_to(stranger).exists()


@pytest.mark.django_db
class TestFalseApplications:
    def refused(self, doctor: Account, acceptor: Account, haidian: Scope, state: str) -> Case:
        with acting_as_system("test"):
            case = Case.objects.create(
                number="26-900001", item_code="doctor_certificate_reissue", rules_on=TODAY, shape="licence",
                subject_id=doctor.subject_id or 0, applicant_name=doctor.display_name, applicant=doctor,
                authority_scope=haidian.pk, state=state,
            )  # fmt: skip
            CaseEvent.objects.create(
                case=case, verb="decline", title="不予受理", at=timezone.now(), on=TODAY - 10 * ONE_DAY,
                actor=acceptor, actor_name=acceptor.display_name, to_state=state,
                subject_id=doctor.subject_id or 0, authority_scope=haidian.pk,
            )  # fmt: skip
        return case

    def test_a_false_application_bars_for_a_year_from_the_refusal(
        self, registered, doctor, acceptor, reviewer, decider, haidian
    ):
        self.refused(doctor, acceptor, haidian, "declined")
        typed = {"false_application": {"case_number": "26-900001", "facts": "培训合格证明系伪造"}}
        case = begun(reviewer, doctor, haidian, "doctor_false_application_record", typed)
        go_on(case, "enact", decider, reason="属实。")
        bar = grounds(doctor)["R17"]
        assert (bar.valid_from, bar.document_number) == (TODAY - 10 * ONE_DAY, "26-900001")
        entry = must_see(number_of(doctor))
        assert entry.answer == "可以执业"
        assert not any(words in entry.page for words in ("26-900001", "伪造", "虚假", "不受理"))
        again = begun(reviewer, doctor, haidian, "doctor_false_application_record", typed)
        with pytest.raises(NotPossibleError, match="已经记录过"):
            go_on(again, "enact", decider, reason="属实。")

    def test_it_stands_on_a_refusal(self, registered, doctor, reviewer, decider, haidian):
        typed = {"false_application": {"case_number": "26-900009", "facts": "-"}}
        case = begun(reviewer, doctor, haidian, "doctor_false_application_record", typed)
        with pytest.raises(NotPossibleError, match="没有这一办件"):
            go_on(case, "enact", decider, reason="属实。")
        assert "R17" not in grounds(doctor)
