"""Periodic assessment: results handed in, what failing leads to, and how a suspension ends."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.systems.doctors.conftest import go_on
from tests.systems.doctors.public import must_see, number_of
from tests.systems.doctors.test_penalties import ONE_DAY, TODAY, begun, penalty, standing
from tests.walking import picture
from yizheng.kernel.calendar import add_months
from yizheng.licensing.answers import as_typed, decode, load
from yizheng.licensing.cases import examining
from yizheng.licensing.catalogue import item as item_called
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, Proposal
from yizheng.licensing.verbs.drafting import hand_in, keep, open_draft, open_for
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.conduct import assessing
from yizheng.systems.doctors.conduct.suspending import BY_ASSESSMENT, suspend
from yizheng.systems.doctors.models import PeriodicAssessment
from yizheng.systems.practitioners.models import PenaltyRecord


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
        case = open_for(operator, "doctor_periodic_assessment", doctor.subject_id or 0, doctor.display_name, scope)
        case = keep(case, operator, {"assessment": result(cycle, **values)})
        hand_in(case, operator, case.item.materials[0], picture((800, 600)), "考核表.jpg")
    return case


def assessments(doctor: Account) -> list[PeriodicAssessment]:
    with acting_as_system("test"):
        mine = PeriodicAssessment.objects.current().filter(subject_id=doctor.subject_id or 0)
        return list(mine.order_by("valid_from", "id"))


REVIEWED = {
    "asked_on": TODAY.isoformat(), "concluded_on": TODAY.isoformat(), "outcome": "changed",
    "opinion_number": "京医考复〔2026〕3号", "reasons": "测评成绩登记有误。",
}  # fmt: skip
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
            open_for(operator, "doctor_periodic_assessment", doctor.subject_id, "许南乔", another_institution.scope.pk)

    def test_failing_stops_practice_until_the_next_one_is_passed(
        self, registered, doctor, hospital, reviewer, decider, haidian
    ):
        go_on(hand_in_result(hospital.operator, doctor, hospital.scope, **FAILED), "submit", hospital.operator)
        with acting_as_system("test"):
            proposal = Proposal.objects.get(subject_id=doctor.subject_id, consequence="doctors.assessment_result")
        assert "责令暂停" in proposal.title
        assert standing(doctor).status == "REG"

        last = add_months(TODAY, 3) - ONE_DAY
        order = {"suspended_from": TODAY.isoformat(), "suspended_to": last.isoformat(), "training": "北京医师协会"}
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
        go_on(hand_in_result(hospital.operator, doctor, hospital.scope, **FAILED), "submit", hospital.operator)
        case = hand_in_result(
            hospital.operator, doctor, hospital.scope, **FAILED, again=True, training_proof="北京医师协会 001 号"
        )
        examination = _examined(hospital.operator, case)
        assert [finding.code for finding in examination.findings.blocks] == ["D-K06"]

    def test_a_failed_result_is_reviewed_within_thirty_days(self, registered, doctor, hospital, acceptor, decider):
        go_on(hand_in_result(hospital.operator, doctor, hospital.scope, **FAILED), "submit", hospital.operator)
        with acting_as(doctor):
            case = open_draft(doctor, "doctor_assessment_review")
            case = keep(case, doctor, {"review": REVIEWED})
            hand_in(case, doctor, case.item.materials[0], picture((800, 600)), "成绩单.jpg")
        case = go_on(case, "submit", doctor)
        case = go_on(case, "accept", acceptor)
        case = go_on(case, "grant", decider, reason="复核改正。")
        (fact,) = assessments(doctor)
        assert (fact.passed, fact.review_result, fact.failing) == (True, "changed", "")
        with acting_as(doctor), pytest.raises(NotPossibleError, match="没有定期考核不合格"):
            open_draft(doctor, "doctor_assessment_review")

    def test_a_result_that_the_assessing_body_upholds_stays(self, registered, doctor, hospital, acceptor, decider):
        go_on(hand_in_result(hospital.operator, doctor, hospital.scope, **FAILED), "submit", hospital.operator)
        with acting_as(doctor):
            case = keep(
                open_draft(doctor, "doctor_assessment_review"), doctor, {"review": {**REVIEWED, "outcome": "upheld"}}
            )
            hand_in(case, doctor, case.item.materials[0], picture((800, 600)), "复核意见书.jpg")
        go_on(go_on(go_on(case, "submit", doctor), "accept", acceptor), "grant", decider, reason="登记复核意见。")
        (fact,) = assessments(doctor)
        assert (fact.passed, fact.review_result, fact.failing) == (False, "upheld", "A10")

    def test_the_thirty_days_of_a_review_end_on_a_working_day(self, registered, doctor, hospital):
        """The thirtieth day after 2026-03-06 is 5 April, within the Qingming holiday of 4 to 6 April."""
        values = {
            "result_on": "2026-03-06",
            "received_on": "2026-03-06",
            "tested_on": "2026-03-01",
            "opinion_on": "2026-01-01",
        }
        go_on(
            hand_in_result(hospital.operator, doctor, hospital.scope, **FAILED, **values), "submit", hospital.operator
        )
        item, answers = item_called("doctor_assessment_review", TODAY), {"review": {"asked_on": "2026-03-06"}}
        with acting_as_system("test"):
            weighed = item.gather(decode(item, as_typed(answers)).answers, doctor.subject_id, TODAY)
        assert (weighed.ask_by, weighed.conclude_by) == (date(2026, 4, 7), date(2026, 4, 7))

    def test_a_review_ends_the_suspension_of_that_assessment_and_no_other(
        self, registered, doctor, hospital, reviewer, acceptor, decider, haidian
    ):
        go_on(hand_in_result(hospital.operator, doctor, hospital.scope, **FAILED), "submit", hospital.operator)
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
            case = keep(case, doctor, {"review": REVIEWED})
            hand_in(case, doctor, case.item.materials[0], picture((800, 600)), "成绩单.jpg")
        go_on(go_on(go_on(case, "submit", doctor), "accept", acceptor), "grant", decider, reason="复核改正。")
        assert [standing(doctor, day).status for day in (TODAY, last, last + ONE_DAY)] == [
            "SUSP_PENAL", "SUSP_PENAL", "REG",
        ]  # fmt: skip

    def test_a_penalty_taken_back_leaves_the_suspension_of_an_assessment(
        self, registered, doctor, hospital, reviewer, decider, haidian
    ):
        go_on(hand_in_result(hospital.operator, doctor, hospital.scope, **FAILED), "submit", hospital.operator)
        with (
            acting_as_system("test"),
            changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="test") as change,
        ):
            (fact,) = assessments(doctor)
            change.correct_event(
                fact, {**fact.values(), "suspended_from": TODAY, "suspended_to": add_months(TODAY, 3) - ONE_DAY}
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


def _examined(account: Account, case: Case) -> examining.Examination:
    with acting_as(account):
        return examining.examine(case, TODAY)


def _pass_again(doctor: Account, scope: Scope, failed: PeriodicAssessment, on: date) -> None:
    with changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="test") as change:
        change.event(
            PeriodicAssessment, doctor.subject_id or 0, "assessment",
            {"cycle": failed.cycle, "passed": True, "again": True}, happened_on=on, authority_scope=scope.pk,
        )  # fmt: skip
