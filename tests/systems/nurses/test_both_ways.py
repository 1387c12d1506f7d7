"""What the items answer for a nurse in the register is what `nurses.standing` answers for the same facts (V1 to V12)."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.systems.nurses.test_standing import ask
from yizheng.licensing import catalogue, findings
from yizheng.licensing.answers import Answers
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.nurses.models import LINE, NurseRegistration
from yizheng.systems.nurses.terms import Term

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)
SINCE = date(2020, 5, 12)
ENDS = date(2025, 5, 11)
ITEMS = {"first": "nurse_first_registration", "renewal": "nurse_renewal", "reregistration": "nurse_reregistration"}
EXAM = {"exam_pass": "2022-07-01", "course_years": "3", "full_time": "yes", "internship_months": "8"}


def registered(nurse: Account, scope: Scope, on: date = SINCE, **altered: Any) -> None:
    term = Term.beginning(SINCE)
    values = {
        "number": "202011000001", "registered_on": SINCE, "term_from": term.first, "term_to": term.last, **altered,
    }  # fmt: skip
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        change.state(NurseRegistration, nurse.subject_id or 0, LINE, values, valid_from=on, authority_scope=scope.pk)


def page(item: str, nurse: Account, on: date, **steps: dict[str, Any]) -> bool:
    """Whether the item may be applied for on the day, with these answers."""
    declared, subject = catalogue.item(ITEMS[item], on), nurse.subject_id or 0
    answers = Answers(steps)
    if declared.may_apply(subject, on) is not None:
        return False
    return not findings.ask(declared.checks, declared.gather(answers, subject, on), on).blocks


def calculated(item: str, on: date, **cells: str) -> bool:
    return ask(item=item, on=on.isoformat(), **cells)["answer"] in ("yes", "yes_late")


@pytest.mark.parametrize(
    ("on", "renewal", "again"),
    [
        (date(2025, 4, 11), True, False), (date(2025, 4, 12), True, False), (ENDS, True, False),
        (ENDS + ONE_DAY, False, True), (date(2028, 5, 11), False, True), (date(2028, 5, 12), False, False),
    ],
)  # fmt: skip
def test_renewal_until_the_end_and_registration_again_from_the_day_after(nurse, haidian, on, renewal, again):
    registered(nurse, haidian)
    cells = {"registered": SINCE.isoformat(), "last_worked": ENDS.isoformat()}
    assert page("renewal", nurse, on) is calculated("renewal", on, **cells) is renewal
    back = {"stopped_on": ENDS}
    assert page("reregistration", nurse, on, back=back) is calculated("reregistration", on, **cells) is again


@pytest.mark.parametrize(
    ("on", "passed_on", "months", "expected"),
    [
        (date(2025, 7, 1), "2022-07-01", 8, True), (date(2025, 7, 2), "2022-07-01", 8, False),
        (date(2025, 7, 1), "2022-07-01", 7, False), (date(2022, 6, 30), "2022-07-01", 8, False),
        (date(2022, 7, 1), "2022-07-01", 8, True),
    ],
)  # fmt: skip
def test_a_first_registration(nurse, city, on, passed_on, months, expected):
    first = date(2021, 1, 1)
    education = {
        "years": 3, "full_time": True, "internship_from": first,
        "internship_to": date(2021, 1 + months, 1) - ONE_DAY,
    }  # fmt: skip
    said = page("first", nurse, on, education=education, exam={"passed_on": date.fromisoformat(passed_on)})
    cells = {**EXAM, "exam_pass": passed_on, "internship_months": str(months)}
    assert said is calculated("first", on, **cells) is expected


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2025, 6, 29), False), (date(2025, 6, 30), False), (date(2025, 7, 1), True)]
)
def test_a_revoked_nurse_comes_back_after_two_years(nurse, haidian, on, expected):
    registered(nurse, haidian)
    revoked = date(2023, 6, 30)
    registered(nurse, haidian, revoked, status="REVOKED")
    cells = {"registered": SINCE.isoformat(), "revoked": revoked.isoformat(), "last_worked": "2023-06-29"}
    said = page("reregistration", nurse, on, back={"stopped_on": date(2023, 6, 29)})
    assert said is calculated("reregistration", on, **cells) is expected
    assert not page("renewal", nurse, on)
    assert not page("first", nurse, on)


@pytest.mark.parametrize("on", [date(2025, 3, 1), ENDS, ENDS + ONE_DAY, date(2025, 6, 30)])
def test_a_suspended_nurse_is_not_renewed_and_expires(nurse, haidian, on):
    registered(nurse, haidian)
    registered(nurse, haidian, date(2025, 1, 1), status="SUSP")
    cells = {"registered": SINCE.isoformat(), "suspended": "2025-01-01/2025-06-30"}
    assert page("renewal", nurse, on) is calculated("renewal", on, **cells) is False
    assert ask(item="status", on=on.isoformat(), **cells)["status"] == ("SUSP" if on <= ENDS else "EXPIRED")


@pytest.mark.parametrize("after", [-1, 0, 1])
def test_the_status_of_a_day_is_the_same(nurse, haidian, after):
    registered(nurse, haidian)
    on = ENDS + after * ONE_DAY
    with acting_as_system("test"):
        held = NurseRegistration.objects.as_of(on).get(subject_id=nurse.subject_id)
    assert held.status_on(on) == ask(item="status", on=on.isoformat(), registered=SINCE.isoformat())["status"]


@pytest.mark.parametrize("item", ["renewal", "reregistration"])
def test_who_was_never_registered_has_nothing_to_renew(nurse, city, item):
    on = date(2025, 7, 1)
    assert page(item, nurse, on) is calculated(item, on) is False


@pytest.mark.parametrize(("days", "expected"), [(-1, False), (0, False), (1, True)])
def test_who_was_registered_by_deceit_comes_back_after_three_years(nurse, haidian, days, expected):
    annulled = date(2023, 6, 30)
    on, trained = date(2026, 6, 30) + days * ONE_DAY, date(2026, 1, 1)
    registered(nurse, haidian)
    registered(nurse, haidian, annulled, status="ANNULLED")
    cells = {
        "registered": SINCE.isoformat(), "false_kind": "deceit", "false_on": annulled.isoformat(),
        "last_worked": "2023-06-29", "training_months": "3", "training_passed": "yes",
    }  # fmt: skip
    training = {"started_on": trained, "ended_on": date(2026, 3, 31), "result": True}
    said = page("reregistration", nurse, on, back={"stopped_on": date(2023, 6, 29)}, training=training)
    assert said is calculated("reregistration", on, **cells) is expected
