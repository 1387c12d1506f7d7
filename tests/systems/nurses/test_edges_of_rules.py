"""Rules of nurses on the day before, the day and the day after, without a case: who stands on which side of the edge."""

from datetime import date
from typing import Any

import pytest

from tests.systems.edges import AFTER, BEFORE, HOUSE, ON, Edge, Known
from yizheng.systems.nurses.deregistration import Party
from yizheng.systems.nurses.military import Returning
from yizheng.systems.nurses.reregistration import Back
from yizheng.systems.nurses.return_rules import ReturningNurse
from yizheng.systems.nurses.rules import NurseApplicant
from yizheng.systems.nurses.terms import Course
from yizheng.systems.practitioners.conduct.penalty_rules import Punished

THREE_YEARS_AGO = date(2023, 6, 30)
ONE_DAY_MORE = date(2023, 6, 29)
TRAINED: dict[str, Any] = {"training_months": 3, "training_passed": True}


def stopped(last, article="nurse_regulation:31"):
    return Punished(
        kinds="nurse_penalty_kind", whom="nurse", kind="suspension", article=article,
        suspended_from=date(2026, 1, 1), suspended_to=last,
    )  # fmt: skip


def quits(cause, **more):
    return Party(registered=True, cause=cause, **more)


EDGES = [
    Edge(
        "N-EXAM",
        [NurseApplicant(passed_on=BEFORE), NurseApplicant(passed_on=ON)],
        [NurseApplicant(passed_on=AFTER), NurseApplicant(), NurseApplicant(passed_on=ON, exam_known=False)],
    ),
    Edge(
        "N-COURSE",
        [NurseApplicant(course_years=3, full_time=True)],
        [NurseApplicant(course_years=2.5, full_time=True), NurseApplicant(course_years=3, full_time=False)],
    ),
    Edge("N-PRACTICE", [NurseApplicant(internship_months=8)], [NurseApplicant(internship_months=7)]),
    Edge(
        "N-TRAINING",
        [NurseApplicant(passed_on=THREE_YEARS_AGO), NurseApplicant(passed_on=ONE_DAY_MORE, **TRAINED)],
        [
            NurseApplicant(passed_on=ONE_DAY_MORE),
            NurseApplicant(passed_on=ONE_DAY_MORE, training_months=2, training_passed=True),
        ],
    ),
    Edge(
        "N-RETURN",
        [ReturningNurse(last_worked=THREE_YEARS_AGO), ReturningNurse(last_worked=ONE_DAY_MORE, **TRAINED)],
        [ReturningNurse(last_worked=ONE_DAY_MORE)],
    ),
    Edge(
        "N-BAR",
        [
            NurseApplicant(course=Course(revoked=date(2024, 6, 29))),
            NurseApplicant(concealed_on=date(2025, 6, 29)),
            NurseApplicant(deceit_on=date(2023, 6, 29)),
        ],
        [
            NurseApplicant(course=Course(revoked=date(2024, 6, 30))),
            NurseApplicant(concealed_on=date(2025, 6, 30)),
            NurseApplicant(deceit_on=date(2023, 6, 30)),
        ],
    ),
    Edge(
        "N-FIRST",
        [NurseApplicant(), NurseApplicant(course=Course(registered=AFTER))],
        [NurseApplicant(course=Course(registered=ON)), NurseApplicant(course=Course(registered=BEFORE))],
    ),
    Edge("N-NUMBER", [Known(number_taken=False)], [Known(number_taken=True)]),
    Edge("N-SAME", [Known(main_already=False, employer=HOUSE)], [Known(main_already=True, employer=HOUSE)]),
    Edge(
        "N-VALID",
        [
            Known(term_from=date(2021, 7, 1), term_to=ON, applied_on=None),
            Known(term_from=date(2021, 7, 1), term_to=BEFORE, applied_on=BEFORE),
        ],
        [
            Known(term_from=date(2021, 6, 30), term_to=BEFORE, applied_on=None),
            Known(term_from=date(2021, 7, 1), term_to=AFTER, applied_on=None),
        ],
    ),
    Edge(
        "N-ORIGIN",
        [Known(number="", province="", reference="")],
        [Known(number="201813000123", province="13", reference="")],
    ),
    Edge("N-TRANSFER", [Known(transferred_on=BEFORE), Known(transferred_on=ON)], [Known(transferred_on=AFTER)]),
    Edge(
        "N-ANEW",
        [
            Returning(term_to=AFTER, fit=False),
            Returning(term_to=ON, fit=False),
            Returning(term_to=BEFORE, fit=True, last_worked=THREE_YEARS_AGO),
        ],
        [Returning(term_to=BEFORE, fit=False), Returning(term_to=BEFORE, fit=True, last_worked=ONE_DAY_MORE)],
    ),
    Edge(
        "N-OVER",
        [Back(term_to=BEFORE), Back(term_to=ON, applied_on=AFTER), Back(register_status="EXPIRED")],
        [Back(), Back(term_to=ON), Back(term_to=AFTER)],
    ),
    Edge(
        "N-SE04",
        [
            Known(register_status="SUSP"),
            Known(register_status="REG"),
            Known(register_status="EXPIRED", ground="lifted", ordered_until=ON),
        ],
        [
            Known(register_status="EXPIRED", ground="lifted", ordered_until=BEFORE),
            Known(register_status="EXPIRED", ground="lifted", ordered_until=None),
            Known(register_status="EXPIRED", ground="over", ordered_until=AFTER),
        ],
    ),
    Edge("N-INITIATOR", [quits("N06", initiator="person")], [quits("N06", initiator="institution"), quits("")]),
    Edge(
        "N-DOCUMENT",
        [quits("N04", authority_name="法院", document_number="1号", event_on=ON), quits("N06")],
        [quits("N04", authority_name="法院", event_on=ON), quits("N04", authority_name="法院", document_number="1号")],
    ),
    Edge(
        "N-TERM",
        [quits("N01", term_to=BEFORE)],
        [quits("N01", term_to=ON), quits("N01", term_to=AFTER), quits("N01", term_to=BEFORE, renewing=True)],
    ),
    Edge("N-P01", [stopped(ON)], [stopped(ON, "physicians_law:55")]),
    Edge(
        "N-P02",
        [stopped(date(2026, 6, 30)), stopped(date(2026, 12, 31))],
        [stopped(date(2026, 6, 29)), stopped(date(2027, 1, 1)), stopped(None)],
    ),
]


@pytest.mark.parametrize("edge", EDGES, ids=str)
def test_a_rule_of_nurses_on_both_sides_of_its_edge(edge):
    edge.hold()
