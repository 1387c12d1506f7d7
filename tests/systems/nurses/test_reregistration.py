"""A nurse registers again: at once after her term, two years after a revocation, not while a suspension runs."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.systems.doctors.conftest import go_on
from tests.systems.doctors.test_penalties import begun
from tests.systems.nurses.people import application
from tests.systems.nurses.test_arriving import NUMBER as ELSEWHERE
from tests.systems.nurses.test_arriving import origin
from tests.systems.nurses.test_conduct import penalty
from tests.systems.nurses.test_deregistration import now, term_ends
from tests.systems.nurses.test_personal import restate
from yizheng.disclosure.models import PublicPractitioner
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.calendar import add_months, add_years
from yizheng.licensing.cases import examining
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, RuleValue
from yizheng.licensing.verbs.drafting import keep, open_draft
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.nurses import return_rules, rules
from yizheng.systems.nurses.return_rules import ReturningNurse
from yizheng.systems.nurses.rules import NurseApplicant
from yizheng.systems.nurses.terms import Course, Term

TODAY = timezone.localdate()
ONE_DAY = timedelta(days=1)
CODE = "nurse_reregistration"


def typed(**steps: dict[str, Any]) -> dict[str, dict[str, Any]]:
    said = application() | steps
    return {name: said[name] for name in said if name not in ("education", "exam")}


def blocks(case: Case, nurse: Account, on: date = TODAY) -> set[str]:
    with acting_as(nurse):
        return {each.code for each in examining.examine(case, on).findings.blocks}


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2028, 5, 10), []), (date(2028, 5, 11), []), (date(2028, 5, 12), ["N-RETURN"])]
)
def test_more_than_three_years_without_nursing_need_training(on: date, expected: list[str]) -> None:
    nurse = ReturningNurse(last_worked=date(2025, 5, 11))
    assert [each.code for each in return_rules.trained_before_return(nurse, on)] == expected


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2025, 6, 29), ["N-BAR"]), (date(2025, 6, 30), ["N-BAR"]), (date(2025, 7, 1), [])]
)
def test_two_years_after_a_revocation(on: date, expected: list[str]) -> None:
    nurse = NurseApplicant(course=Course(registered=date(2020, 5, 12), revoked=date(2023, 6, 30)))
    assert [each.code for each in rules.not_barred(nurse, on)] == expected


@pytest.mark.django_db
def test_whose_term_ended_yesterday_registers_again_under_her_number(registered, walker, nurse):
    with acting_as(nurse), pytest.raises(NotPossibleError, match="不需要重新注册"):
        open_draft(nurse, CODE)
    former = now(nurse)
    term_ends(nurse, TODAY - ONE_DAY)
    case = walker.draft(nurse, CODE, typed())
    with acting_as(nurse):
        steps = [each.form.code for each in examining.examine(case, TODAY).steps]
    assert steps == ["person", "back", "practice", "declaration"]
    walker.walk(case)
    held, term = now(nurse), Term.beginning(TODAY)
    assert (held.number, held.registered_on, held.term_from, held.term_to) == (
        former.number, former.registered_on, term.first, term.last,
    )  # fmt: skip
    assert held.may_practise
    with acting_as_system("test"):
        mine = Certificate.objects.filter(subject_id=nurse.subject_id).order_by("version")
        assert [each.status for each in mine] == [Status.SUPERSEDED, Status.VALID]
    public = PublicPractitioner.objects.get(subject=nurse.subject_id)
    assert public.standing == "REG"


@pytest.mark.django_db
def test_a_new_number_is_given_where_the_rule_says_so(registered, walker, nurse):
    former = now(nurse)
    RuleValue.objects.create(code="nurses.number_kept", value=0, valid_from=date(2020, 1, 1), article="test")
    term_ends(nurse, TODAY - ONE_DAY)
    walker.walk(walker.draft(nurse, CODE, typed()))
    assert now(nurse).number != former.number
    assert now(nurse).registered_on == former.registered_on


@pytest.mark.django_db
def test_who_gave_her_registration_up_may_come_back_after_training_when_it_was_long_ago(registered, walker, nurse):
    ground = {"cause": "N06", "event_on": TODAY.isoformat()}
    walker.walk(walker.draft(nurse, "nurse_deregistration", {"ground": ground}))
    long_ago = {"stopped_on": (add_years(TODAY, -3) - ONE_DAY).isoformat()}
    case = walker.draft(nurse, CODE, typed(back=long_ago))
    assert blocks(case, nurse) == {"N-RETURN"}
    trained = {
        "institution": "示范教学医院", "result": "pass",
        "started_on": add_months(TODAY, -4).isoformat(), "ended_on": (TODAY - ONE_DAY).isoformat(),
    }  # fmt: skip
    with acting_as(nurse):
        case = keep(case, nurse, {"training": trained})
    assert blocks(case, nurse) == set()
    walker.walk(case)
    assert (now(nurse).status, now(nurse).reason) == ("REG", "")


@pytest.mark.django_db
def test_a_suspension_that_runs_outlives_the_term(registered, walker, nurse, reviewer, decider, haidian):
    last = add_months(TODAY, 6) - ONE_DAY
    order = penalty(suspended_from=TODAY.isoformat(), suspended_to=last.isoformat())
    go_on(
        begun(reviewer, nurse, haidian, "nurse_penalty_record", {"penalty": order}), "enact", decider, reason="属实。"
    )
    term_ends(nurse, TODAY - ONE_DAY)
    case = walker.draft(nurse, CODE, typed())
    assert [blocks(case, nurse, on) for on in (last - ONE_DAY, last, last + ONE_DAY)] == [
        {"N-SUSPENDED"},
        {"N-SUSPENDED"},
        set(),
    ]


def elsewhere(**said: Any) -> dict[str, dict[str, Any]]:
    """Registered in Hebei until yesterday, and working until then."""
    until = TODAY - ONE_DAY
    since = Term.beginning(until - timedelta(days=1500)).first
    return typed(
        origin=origin(registered_on=str(since), term_from=str(since), term_to=str(until)) | said,
        back={"stopped_on": said.get("term_to", str(until))},
    )  # fmt: skip


@pytest.mark.django_db
def test_whose_registration_ended_in_another_province_registers_here_again_under_her_number(walker, nurse, hospital):
    walker.walk(walker.draft(nurse, CODE, elsewhere()))
    held, term = now(nurse), Term.beginning(TODAY)
    assert (held.number, held.term_from, held.term_to) == (ELSEWHERE, term.first, term.last)


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "expected"), [(-1, set()), (0, {"N-OVER"}), (1, {"N-OVER"})])
def test_whose_term_runs_in_another_province_changes_it(walker, nurse, hospital, days, expected):
    case = walker.draft(nurse, CODE, elsewhere(term_to=str(TODAY + days * ONE_DAY)))
    assert blocks(case, nurse) == expected


@pytest.mark.django_db
def test_who_moved_away_and_let_the_term_end_there_registers_again(registered, walker, nurse):
    restate(nurse, status="MOVED")
    case = walker.draft(nurse, CODE, elsewhere(number=now(nurse).number))
    assert blocks(case, nurse) == set()
    walker.walk(case)
    assert (now(nurse).status, now(nurse).term_to) == ("REG", Term.beginning(TODAY).last)
