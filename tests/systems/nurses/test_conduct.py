"""Penalties and false applications of nurses: six months to a year without practice, two years after a revocation, one after deceit."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.systems.doctors.conftest import go_on
from tests.systems.doctors.test_penalties import begun
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.calendar import add_months, add_years
from yizheng.licensing.cases import examining
from yizheng.licensing.models import Case, CaseEvent
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.nurses import conduct
from yizheng.systems.nurses.models import NurseRegistration, course_of
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.practitioners.conduct.penalty_rules import Punished
from yizheng.systems.practitioners.models import PenaltyRecord, RegistrationBar

TODAY = timezone.localdate()
ONE_DAY = timedelta(days=1)
RULE = {each.code: each for each in conduct.PenaltyRecording.checks}


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
