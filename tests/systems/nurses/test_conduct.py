"""What is recorded of nurses: penalties and their end, good and bad conduct, false applications and what takes them back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.systems.doctors.conftest import go_on
from tests.systems.doctors.test_penalties import begun
from tests.walking import picture
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.calendar import add_months, add_years
from yizheng.kernel.codes import table
from yizheng.licensing.cases import examining
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.verbs.drafting import hand_in, keep, open_for
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.nurses import conduct
from yizheng.systems.nurses.models import NurseRegistration, course_of
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.practitioners.bars import enter_bar
from yizheng.systems.practitioners.conduct.grounds import Ended
from yizheng.systems.practitioners.conduct.penalty_rules import Punished
from yizheng.systems.practitioners.conduct.record import Conduct
from yizheng.systems.practitioners.conduct.suspension import Suspended
from yizheng.systems.practitioners.models import ConductRecord, PenaltyRecord, RegistrationBar

TODAY = timezone.localdate()
ONE_DAY = timedelta(days=1)
RULE = {
    each.code: each
    for item in (conduct.PenaltyRecording, conduct.SuspensionEnd, conduct.ConductReport, conduct.GroundEnd)
    for each in item.checks
}


def penalty(**values: Any) -> dict[str, Any]:
    return {
        "kind": "suspension",
        "article": "nurse_regulation:31",
        "behaviour": "泄露患者隐私，情节严重",
        "authority_name": "北京市海淀区卫生健康委员会",
        "decided_by": "county",
        "document_number": "海卫护罚〔2026〕003号",
        "decided_on": TODAY.isoformat(),
        "review_state": "none",
        **values,
    }


def status(nurse: Account, on: date) -> str:
    with acting_as_system("test"):
        return NurseRegistration.objects.as_of(on).get(subject_id=nurse.subject_id or 0).status


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (date(2026, 7, 9), ["N-P02"]), (date(2026, 7, 10), []), (date(2027, 1, 10), []), (date(2027, 1, 11), ["N-P02"]),
    ],
)  # fmt: skip
def test_a_suspension_is_for_six_months_to_a_year(last: date, expected: list[str]) -> None:
    said = Punished(
        kinds="nurse_penalty_kind", whom="nurse", kind="suspension", article="nurse_regulation:31",
        suspended_from=date(2026, 1, 11), suspended_to=last,
    )  # fmt: skip
    assert [each.code for each in RULE["N-P02"](said, TODAY)] == expected


def test_a_nurse_is_not_punished_by_an_article_about_doctors_and_told_which_are_hers() -> None:
    said = Punished(kinds="nurse_penalty_kind", whom="nurse", kind="warning", article="physicians_law:55")
    (found,) = RULE["N-P01"](said, TODAY)
    assert "护士条例" in found.message
    assert "医师法" not in found.message


@pytest.mark.django_db
def test_a_suspension_runs_from_its_first_to_its_last_day(registered, nurse, reviewer, decider, haidian):
    last = add_months(TODAY, 6) - ONE_DAY
    typed = penalty(suspended_from=TODAY.isoformat(), suspended_to=last.isoformat())
    case = begun(reviewer, nurse, haidian, "nurse_penalty_record", {"penalty": typed})
    go_on(case, "enact", decider, reason="属实。")
    assert [status(nurse, on) for on in (TODAY, last, last + ONE_DAY)] == ["SUSP", "SUSP", "REG"]
    with acting_as_system("test"):
        record = PenaltyRecord.objects.get(subject_id=nurse.subject_id)
        assert (record.of_register, record.suspended_to) == (NURSES.code, last)
        assert Certificate.objects.get(subject_id=nurse.subject_id).status == Status.VALID


@pytest.mark.django_db
@pytest.mark.parametrize(("after", "barred"), [(-1, True), (0, True), (1, False)])
def test_a_revocation_ends_the_registration_and_bars_for_two_years(
    draft, walker, nurse, reviewer, decider, haidian, after, barred
):
    walker.walk(draft)
    typed = penalty(kind="revocation", document_number="海卫护罚〔2026〕004号")
    case = begun(reviewer, nurse, haidian, "nurse_penalty_record", {"penalty": typed})
    go_on(case, "enact", decider, reason="属实。")
    assert status(nurse, TODAY) == "REVOKED"
    with acting_as_system("test"):
        assert Certificate.objects.get(subject_id=nurse.subject_id).status != Status.VALID
        assert not RegistrationBar.objects.filter(subject_id=nurse.subject_id).exists()
    with acting_as(nurse):
        found = examining.examine(draft, add_years(TODAY, 2) + timedelta(days=after)).findings.blocks
    assert ("N-BAR" in {each.code for each in found}) is barred


@pytest.mark.django_db
def test_a_suspension_that_runs_does_not_outlive_a_revocation(registered, nurse, reviewer, decider, haidian):
    last = add_months(TODAY, 6) - ONE_DAY
    for typed in (
        penalty(suspended_from=TODAY.isoformat(), suspended_to=last.isoformat()),
        penalty(kind="revocation", document_number="海卫护罚〔2026〕005号"),
    ):
        case = begun(reviewer, nurse, haidian, "nurse_penalty_record", {"penalty": typed})
        go_on(case, "enact", decider, reason="属实。")
    assert [status(nurse, on) for on in (TODAY, last + ONE_DAY)] == ["REVOKED", "REVOKED"]
    with acting_as_system("test"):
        assert course_of(nurse.subject_id).revoked == TODAY


@pytest.mark.django_db
@pytest.mark.parametrize(("after", "barred"), [(-1, True), (0, True), (1, False)])
def test_a_false_application_bars_for_a_year_from_the_refusal(
    draft, nurse, acceptor, reviewer, decider, haidian, after, barred
):
    refused_on = TODAY - 10 * ONE_DAY
    with acting_as_system("test"):
        refused = Case.objects.create(
            number="26-900001", item_code="nurse_first_registration", rules_on=TODAY, shape="licence",
            subject_id=nurse.subject_id, applicant_name=nurse.display_name, applicant=nurse,
            authority_scope=haidian.pk, state="declined",
        )  # fmt: skip
        CaseEvent.objects.create(
            case=refused, verb="decline", title="不予受理", at=timezone.now(), on=refused_on,
            actor=acceptor, actor_name=acceptor.display_name, to_state="declined",
            subject_id=nurse.subject_id, authority_scope=haidian.pk,
        )  # fmt: skip
    typed = {"false_application": {"case_number": "26-900001", "facts": "实习证明系伪造"}}
    case = begun(reviewer, nurse, haidian, "nurse_false_application_record", typed)
    go_on(case, "enact", decider, reason="属实。")
    with acting_as_system("test"):
        bar = RegistrationBar.objects.get(subject_id=nurse.subject_id)
    assert (bar.of_register, bar.licence, bar.valid_from) == (NURSES.code, "nurse", refused_on)
    with acting_as(nurse):
        found = examining.examine(draft, add_years(refused_on, 1) + timedelta(days=after)).findings.blocks
    assert ("N-BAR" in {each.code for each in found}) is barred


@pytest.mark.parametrize("register", [NURSES.code, "doctor"])
@pytest.mark.django_db
def test_a_false_application_found_wrong_is_struck_out_and_a_doctors_bar_is_not_meant(
    nurse, reviewer, decider, haidian, register
):
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        enter_bar(
            change, nurse.subject_id, "R17", TODAY, authority_scope=haidian.pk, authority_name="海淀区",
            document_number="26-900001", licence=register, of=register,
        )  # fmt: skip
    typed = {"ground": "R17", "why": "taken_back", "ended_on": TODAY.isoformat(), "document_number": "复决 3 号"}
    case = begun(reviewer, nurse, haidian, "nurse_refusal_ground_end", {"ground_end": typed})
    if register == "doctor":
        with pytest.raises(NotPossibleError, match="没有这一情形的登记"):
            go_on(case, "enact", decider, reason="复议撤销。")
    else:
        go_on(case, "enact", decider, reason="复议撤销。")
    with acting_as_system("test"):
        standing = RegistrationBar.objects.current().filter(subject_id=nurse.subject_id)
        assert standing.exists() is (register == "doctor")


@pytest.mark.parametrize(
    ("why", "ended", "expected"),
    [
        ("taken_back", date(2026, 6, 30), []), ("ceased", date(2026, 6, 30), ["N-RG12"]),
        ("ceased", date(2026, 1, 1), ["N-RG12", "N-RG12"]), ("ceased", date(2026, 7, 1), ["N-RG12", "N-RG12"]),
    ],
)  # fmt: skip
def test_a_year_runs_out_by_itself_and_ends_early_only_with_what_it_rests_on(why, ended, expected):
    person = Ended(ground="R17", standing_since=date(2026, 1, 1), why=why, ended_on=ended)
    assert [each.code for each in RULE["N-RG12"](person, date(2026, 6, 30))] == expected
    assert [each.code for each in RULE["N-RG11"](Ended(ground="R17"), TODAY)] == ["N-RG11"]
    assert RULE["N-RG11"](person, TODAY) == []


@pytest.mark.parametrize(("after", "expected"), [(-1, ["N-SE01"]), (0, ["N-SE01"]), (1, [])])
def test_a_nurse_practises_again_the_day_after_the_suspension(after, expected):
    last = date(2026, 6, 30)
    said = Suspended(register_status="SUSP", ground="over", ordered_until=last)
    assert [each.code for each in RULE["N-SE01"](said, last + timedelta(days=after))] == expected
    lifted = Suspended(register_status="SUSP", ground="lifted", ordered_until=last)
    assert RULE["N-SE01"](lifted, last) == []
    assert [each.code for each in RULE["N-SE03"](lifted, last)] == ["N-SE03"]


@pytest.mark.django_db
def test_an_early_end_rests_on_a_document_and_lifts_the_penalty(registered, nurse, reviewer, decider, haidian):
    last = add_months(TODAY, 6) - ONE_DAY
    typed = penalty(suspended_from=TODAY.isoformat(), suspended_to=last.isoformat())
    go_on(
        begun(reviewer, nurse, haidian, "nurse_penalty_record", {"penalty": typed}), "enact", decider, reason="属实。"
    )
    early = begun(reviewer, nurse, haidian, "nurse_suspension_end", {"resuming": {"ground": "over"}})
    with pytest.raises(NotPossibleError, match="期满后才能恢复执业"):
        go_on(early, "enact", decider, reason="-")
    lifted = {"resuming": {"ground": "lifted", "document_number": "京卫复决〔2026〕5号"}}
    go_on(begun(reviewer, nurse, haidian, "nurse_suspension_end", lifted), "enact", decider, reason="复议撤销。")
    assert [status(nurse, on) for on in (TODAY, last, last + ONE_DAY)] == ["REG", "REG", "REG"]
    with acting_as_system("test"):
        record = PenaltyRecord.objects.current().get(subject_id=nurse.subject_id)
    assert (record.suspended_from, record.suspended_to) == (None, None)


@pytest.mark.parametrize(
    ("kind", "category", "expected"), [("good", "G1", []), ("bad", "G1", ["N-G01"]), ("bad", "B2", [])]
)
def test_a_commendation_is_no_bad_record(kind, category, expected):
    assert [each.code for each in RULE["N-G01"](Conduct(kind=kind, category=category), TODAY)] == expected


@pytest.mark.parametrize(("after", "expected"), [(-1, []), (0, []), (1, ["N-G02"])])
def test_what_is_recorded_of_a_nurse_has_happened_and_is_recorded_once(after, expected):
    said = Conduct(happened_on=TODAY + timedelta(days=after))
    assert [each.code for each in RULE["N-G02"](said, TODAY)] == expected
    again = Conduct(happened_on=TODAY, recorded_already=True)
    assert [each.code for each in RULE["N-G02"](again, TODAY)] == ["N-G02"]


def test_the_law_of_nurses_knows_commendations_tasks_penalties_and_sanctions():
    known = [row.code for row in table("doctor_conduct_category").items() if "nurse" in row.many("of")]
    assert known == ["G1", "G2", "G9", "B1", "B2", "B9"]


@pytest.mark.django_db
def test_the_institution_records_a_commendation_and_the_authority_a_sanction(
    registered, nurse, hospital, reviewer, decider, haidian
):
    good = {
        "kind": "good", "category": "G1", "happened_on": TODAY.isoformat(), "content": "获区级优秀护士",
        "recorded_by": "海淀区青禾社区卫生服务中心",
    }  # fmt: skip
    operator = hospital.operator
    with acting_as(operator):
        case = open_for(operator, "nurse_conduct_record", nurse.subject_id, nurse.display_name, hospital.scope)
        case = keep(case, operator, {"conduct": good})
        hand_in(case, operator, case.item.materials[0], picture((800, 600)), "表彰.jpg")
    go_on(case, "submit", operator)
    bad = good | {"kind": "bad", "category": "B2", "content": "受到警告处分", "recorded_by": "海淀区"}
    go_on(
        begun(reviewer, nurse, haidian, "nurse_conduct_decision", {"conduct": bad}), "enact", decider, reason="属实。"
    )
    with acting_as(nurse):
        records = list(ConductRecord.objects.visible_to(nurse).current().order_by("line"))
    assert [(each.of_register, each.kind, each.content) for each in records] == [
        (NURSES.code, "good", "获区级优秀护士"), (NURSES.code, "bad", "受到警告处分"),
    ]  # fmt: skip
