"""The rules of changing a registration, each on the day before, the day and the day after; the agreed vectors T1 to T10."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from yizheng.kernel.calendar import add_years
from yizheng.systems.doctors.changes.arriving import looked_up_nationwide, number_tells_the_same, physicians_only
from yizheng.systems.doctors.changes.assistant_upgrade import qualified_as_physician, where_registered
from yizheng.systems.doctors.changes.learning import entitled_by_learning, inside_the_category, not_too_many
from yizheng.systems.doctors.changes.rules import (
    Changer,
    Learning,
    Origin,
    Return,
    leaves_the_place,
    nothing_else_under_way,
    stays_at_the_place,
    suspension_travels,
    within_the_years_of_leave,
)
from yizheng.systems.doctors.checks.applicant import ASSISTANT, Bar, HeldQualification, StandingRegistration
from yizheng.systems.doctors.checks.employer import practised_long_enough
from yizheng.systems.doctors.checks.grounds import assessed_after_bar, no_refusal_ground
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.checks.training import trained_after_two_idle_years
from yizheng.systems.doctors.forms import PracticeStep
from yizheng.systems.doctors.registration.reregistration import (
    INTERRUPTED,
    ReturnStep,
    assessed_after_interruption,
    assessment_not_failed,
    checked_lately,
    ground_agrees,
)
from yizheng.systems.doctors.registration.residency import Resident, qualified_in_training, still_in_training
from yizheng.systems.practitioners.checks import Training
from yizheng.systems.practitioners.forms.education import EducationStep
from yizheng.systems.practitioners.forms.employment import EmploymentStep
from yizheng.systems.practitioners.forms.person import PersonStep

DAY = timedelta(days=1)
ON = date(2026, 3, 2)


@pytest.fixture
def changer(applicant):
    """A physician in Haidian with whom nothing is wrong: ``changer(left_on=…)``."""
    known = {each.name: getattr(applicant, each.name) for each in fields(applicant)}
    now = StandingRegistration(level="1", category="clinical", scopes=("11",), place="110000", place_name="北京市")

    def made(**values):
        return Changer(**{**known, "ever_registered": True, "register_status": "REG", "now": now, **values})

    return made


ASSISTANT_HERE = StandingRegistration(
    level=ASSISTANT, category="clinical", scopes=("11",), place="110108", place_name="北京市海淀区"
)


def around(edge):
    """The day before, the day itself, the day after."""
    return edge - DAY, edge, edge + DAY


# T1, T2, T3: qualified 2023-12-01, idle for two years, six months of training
@pytest.mark.parametrize(("on", "found"), [(date(2025, 11, 30), 0), (date(2025, 12, 1), 0), (date(2025, 12, 2), 1)])
def test_t1_t2_training_is_asked_for_after_two_idle_years(but, on, found):
    assert len(trained_after_two_idle_years(but(), on)) == found


@pytest.mark.parametrize(("ended", "found"), [(date(2026, 7, 3), 1), (date(2026, 7, 4), 0), (date(2026, 7, 5), 0)])
def test_t3_six_full_months(but, ended, found):
    trained = but(training=Training(institution="医院", started_on=date(2026, 1, 5), ended_on=ended, passed=True))
    assert len(trained_after_two_idle_years(trained, date(2026, 8, 1))) == found


# T4 to T7: bars, counted from the event, the anniversary inside
@pytest.mark.parametrize(
    ("ground", "since", "first_free"),
    [
        ("R02", date(2024, 3, 15), date(2026, 3, 16)),
        ("R04", date(2024, 6, 1), date(2026, 6, 2)),
        ("R05", date(2025, 2, 10), date(2026, 2, 11)),
        ("R11", date(2023, 5, 5), date(2026, 5, 6)),
        ("R17", date(2025, 9, 1), date(2026, 9, 2)),
    ],
)
def test_t4_to_t7_the_first_day_that_is_free(changer, ask, ground, since, first_free):
    barred = changer(bars=(Bar(ground=ground, since=since, until=since if ground == "R02" else None),))
    assert [ask(no_refusal_ground, barred, on) for on in around(first_free)] == [[f"D-{ground}"], [], []]


def test_a_rule_may_give_a_bar_other_years(changer, ask):
    barred = changer(
        bars=(Bar(ground="R02", since=date(2024, 3, 15), until=date(2024, 3, 15)),), periods=Periods(bar_years_r02=3)
    )
    assert [ask(no_refusal_ground, barred, on) for on in around(date(2027, 3, 16))] == [["D-R02"], [], []]


def test_t4_an_assessment_follows_a_bar_that_ended(changer, ask):
    served = changer(bars=(Bar(ground="R02", since=date(2024, 3, 15), until=date(2024, 3, 15)),))
    on = date(2026, 3, 16)
    assert ask(assessed_after_bar, served, on) == ["D-R19"]
    assert ask(assessed_after_bar, replace(served, assessed_on=date(2026, 3, 15)), on) == ["D-R19"]
    assert ask(assessed_after_bar, replace(served, assessed_on=date(2026, 3, 16)), on) == []


def test_t8_t9_the_place_of_an_assistant_is_the_district(changer, ask, employer):
    chaoyang = replace(employer, place="110105")
    assert ask(stays_at_the_place, changer(employer=chaoyang), ON) == []
    assert ask(leaves_the_place, changer(employer=chaoyang), ON) == ["D-M03"]
    assistant = changer(employer=chaoyang, now=ASSISTANT_HERE, level=ASSISTANT)
    assert ask(stays_at_the_place, assistant, ON) == ["D-M02"]
    assert ask(leaves_the_place, assistant, ON) == []
    assert ask(leaves_the_place, replace(assistant, employer=employer), ON) == ["D-M03"]


def test_t10_after_two_years_of_leave_the_way_back_is_registering_again(changer, ask):
    left = changer(left_on=date(2024, 5, 10))
    assert [ask(within_the_years_of_leave, left, on) for on in around(date(2026, 5, 10))] == [[], [], ["D-M06"]]


def test_r14_after_two_years_without_practice_an_assessment_and_training(changer, ask):
    stopped = changer(back=Return(stopped_on=date(2024, 5, 10)))
    assert [ask(assessed_after_interruption, stopped, on) for on in around(date(2026, 5, 10))] == [
        [], [], ["D-R14", "D-R14"],
    ]  # fmt: skip
    back = Return(stopped_on=date(2024, 5, 10), assessed_on=date(2026, 5, 1), assessment_passed=True)
    trained = Training(institution="医院", started_on=date(2025, 9, 1), ended_on=date(2026, 2, 28), passed=True)
    whole = replace(stopped, back=back, training=trained)
    assert ask(assessed_after_interruption, whole, date(2026, 5, 11)) == []
    short = replace(whole, training=replace(trained, ended_on=date(2026, 2, 27)))
    assert ask(assessed_after_interruption, short, date(2026, 5, 11)) == ["D-R14"]
    no_training = replace(whole, training=Training(), periods=Periods(return_training_months=0))
    assert ask(assessed_after_interruption, no_training, date(2026, 5, 11)) == []


def test_who_names_the_years_of_interruption_was_away_for_them(changer, ask):
    early = changer(back=Return(ground=INTERRUPTED, stopped_on=date(2024, 5, 10)))
    assert [ask(ground_agrees, early, on) for on in around(date(2026, 5, 10))] == [["D-B03"], ["D-B03"], []]
    other = replace(early, back=replace(early.back, ground="deregistered"))
    assert ask(ground_agrees, other, date(2026, 5, 9)) == []


@pytest.mark.parametrize(
    ("step", "typed", "faulty"),
    [
        (PracticeStep, {"employed_from": "2026-01-02", "employed_until": "2026-01-01"}, "employed_until"),
        (EmploymentStep, {"employed_from": "2026-01-02", "employed_until": "2026-01-01"}, "employed_until"),
        (PersonStep, {"postcode": "10008"}, "postcode"),
        (PersonStep, {"political_status": "99x"}, "political_status"),
        (EducationStep, {"years": "0.5"}, "years"),
        (ReturnStep, {"ground": ""}, "ground"),
    ],
)
def test_what_the_forms_ask_beside_is_checked_where_it_is_given(step, typed, faulty):
    assert faulty in step(typed).errors
    right = {"employed_until": "2026-01-02", "postcode": "100083", "political_status": "01", "years": "5"}
    right["ground"] = INTERRUPTED
    assert faulty not in step({**typed, faulty: right[faulty]}).errors


def test_r08_a_failed_assessment_blocks_until_it_is_passed(changer, ask):
    failed = changer(back=Return(assessment_passed=False))
    assert ask(assessment_not_failed, failed, ON) == ["D-R08"]
    assert ask(assessment_not_failed, changer(back=Return(assessment_passed=True)), ON) == []


def test_the_physical_check_is_of_the_last_six_months(changer, ask):
    checked = changer(back=Return(checked_on=date(2026, 1, 15)))
    assert [ask(checked_lately, checked, on) for on in around(date(2026, 7, 15))] == [[], [], ["D-B02"]]
    assert ask(checked_lately, checked, date(2026, 1, 14)) == ["D-B02"]


def test_r16_five_years_in_institutions_before_an_own_practice(changer, ask):
    alone = changer(individual=True, first_practised_on=date(2021, 4, 1))
    last = add_years(date(2021, 4, 1), 5)
    assert [ask(practised_long_enough, alone, on) for on in around(last)] == [["D-R16"], ["D-R16"], []]
    assert ask(practised_long_enough, replace(alone, first_practised_on=None), ON) == ["D-R16"]
    assert ask(practised_long_enough, replace(alone, level=ASSISTANT), date(2030, 1, 1)) == ["D-R16"]
    assert ask(practised_long_enough, replace(alone, level="4"), ON) == []
    assert ask(practised_long_enough, replace(alone, individual=False), ON) == []


@pytest.mark.parametrize(("ended", "found"), [(date(2025, 12, 30), ["D-LN04"]), (date(2025, 12, 31), [])])
def test_two_years_of_training_for_another_scope(changer, ask, ended, found):
    learning = Learning(ground="training", started_on=date(2024, 1, 1), ended_on=ended, passed=True)
    assert ask(entitled_by_learning, changer(learning=learning), ON) == found


def test_training_and_study_count_together(changer, ask):
    learning = Learning(
        ground="training",
        started_on=date(2023, 1, 1),
        ended_on=date(2023, 12, 31),
        second_started_on=date(2024, 7, 1),
        second_ended_on=date(2025, 6, 30),
        passed=True,
    )
    assert ask(entitled_by_learning, changer(learning=learning), ON) == []


def test_a_higher_education_entitles_and_is_looked_at_by_a_person(changer, ask):
    higher = Learning(ground="education", education="14", best_education="21")
    same = replace(higher, education="21")
    (found,) = entitled_by_learning(changer(learning=higher), ON)
    assert found.severity.value == "advise"
    (found,) = entitled_by_learning(changer(learning=same), ON)
    assert found.severity.value == "block"


def test_the_scope_stays_inside_the_category_save_at_the_grass_roots(changer, ask, employer):
    asked = changer(scopes=("41",))
    both = (
        HeldQualification(level="1", category="clinical", qualified_on=ON, holder_name=""),
        HeldQualification(level="1", category="public_health", qualified_on=ON, holder_name=""),
    )
    assert ask(inside_the_category, asked, ON) == ["D-LN02"]
    assert ask(inside_the_category, replace(asked, qualifications=both), ON) == []
    hospital = replace(employer, category="A100")
    assert ask(inside_the_category, replace(asked, qualifications=both, employer=hospital), ON) == ["D-LN02"]


@pytest.mark.parametrize(("kind", "held", "found"), [
    ("B100", ("11", "12"), []), ("B100", ("11", "12", "13"), ["D-LN03"]), ("A100", ("11",), []), ("A100", ("11", "12"), ["D-LN03"]),
])  # fmt: skip
def test_how_many_scopes_depends_on_the_institution(changer, ask, employer, kind, held, found):
    now = StandingRegistration(level="1", category="clinical", scopes=held, place="110000", place_name="北京市")
    asked = changer(now=now, scopes=("14",), employer=replace(employer, category=kind))
    assert ask(not_too_many, asked, ON) == found


def test_an_assistant_rises_in_her_category_and_district(changer, ask, employer):
    physician = HeldQualification(level="1", category="clinical", qualified_on=ON, holder_name="")
    assistant = changer(now=ASSISTANT_HERE, qualifications=(physician,))
    assert ask(qualified_as_physician, assistant, ON) == []
    assert ask(where_registered, assistant, ON) == []
    other = replace(assistant, qualifications=(replace(physician, category="stomatology"),))
    assert ask(qualified_as_physician, other, ON) == ["D-U01"]
    assert ask(qualified_as_physician, changer(qualifications=(physician,)), ON) == ["D-U01"]
    away = replace(assistant, employer=replace(employer, place="110105"))
    assert ask(where_registered, away, ON) == ["D-U02"]


def test_a_registration_elsewhere_is_always_compared_by_a_person(changer, ask):
    origin = Origin(province="13", practice_number="110130102000123", level="1", category="clinical")
    coming = changer(now=None, origin=origin)
    assert ask(looked_up_nationwide, coming, ON) == ["D-A01"]
    assert ask(number_tells_the_same, coming, ON) == []
    assert ask(number_tells_the_same, replace(coming, origin=replace(origin, level="2")), ON) == ["D-A02"]
    assert ask(number_tells_the_same, replace(coming, origin=replace(origin, category="stomatology")), ON) == ["D-A02"]
    assert ask(physicians_only, replace(coming, origin=replace(origin, level="2")), ON) == ["D-A04"]
    assert ask(looked_up_nationwide, changer(), ON) == []


def test_a_suspension_and_other_cases_are_seen(changer, ask):
    assert ask(suspension_travels, changer(suspended=True), ON) == ["D-M04"]
    assert ask(nothing_else_under_way, changer(open_cases=1), ON) == ["D-M07"]


def test_a_resident_is_in_training(changer, ask, qualification):
    known = changer(now=None, qualification=replace(qualification, qualified_on=date(2025, 12, 1)))
    resident = Resident(
        **{each.name: getattr(known, each.name) for each in fields(known)},
        training_from=date(2025, 9, 1),
        training_to=date(2028, 8, 31),
    )
    assert ask(qualified_in_training, resident, ON) == []
    assert ask(qualified_in_training, replace(resident, training_from=date(2026, 1, 1)), ON) == ["D-RS01"]
    assert [ask(still_in_training, resident, on) for on in around(date(2028, 8, 31))] == [[], [], ["D-RS02"]]
    assert [ask(still_in_training, resident, on) for on in around(date(2025, 9, 1))] == [["D-RS02"], [], []]
