"""The rules of supervision over institutions and over what is done, on both sides of their edges."""

from dataclasses import replace
from datetime import date

import pytest

from tests.systems.supervision.worlds import (
    CLINIC,
    DAY,
    DOCTOR,
    HOUSE,
    ORGANISATION,
    SERVED,
    TODAY,
    VISIT,
    found,
    house,
    served,
    world,
)
from yizheng.kernel.identifiers import make_uscc
from yizheng.systems.supervision.declaring import RULES
from yizheng.systems.supervision.judging import clues
from yizheng.systems.supervision.world import Advert, Ban, CaseDays, Place, SentDecision, Technology


def test_where_all_is_well_nothing_is_found():
    assert clues(world()) == []


def test_every_rule_has_a_title_and_its_docstring():
    assert len(RULES) == 36
    assert all(rule.title and rule.find.__doc__ for rule in RULES.values())


@pytest.mark.parametrize(
    ("valid_to", "renewal", "hit"),
    [
        (TODAY, None, False),
        (TODAY - DAY, None, True),
        (date(2026, 5, 20), date(2026, 4, 20), False),
        (date(2026, 5, 20), date(2026, 4, 21), True),
    ],
)
def test_i01_a_licence_over_unless_renewal_was_applied_for_in_time(valid_to, renewal, hit):
    assert house("I01", valid_to=valid_to, renewal_applied=renewal) is hit
    assert not house("I01", valid_to=valid_to, renewal_applied=renewal, status="closed_temp")


@pytest.mark.parametrize(
    ("due", "applied", "overdue", "late"),
    [
        (date(2026, 5, 30), None, False, True),
        (date(2026, 5, 29), None, True, False),
        (date(2026, 5, 29), date(2026, 5, 29), False, False),
        (date(2026, 5, 29), date(2026, 5, 30), True, False),
        (date(2026, 9, 1), None, False, False),
        (date(2026, 8, 31), None, False, True),
        (date(2026, 8, 31), date(2026, 5, 31), False, False),
        (date(2026, 8, 31), date(2026, 6, 2), False, True),
    ],
)
def test_i02_i03_verification_due_on_the_next_working_day(due, applied, overdue, late):
    for status in ("active", "check_due"):
        assert house("I02", check_due=due, check_applied=applied, status=status) is overdue
        assert house("I03", check_due=due, check_applied=applied, status=status) is late
    assert not house("I02", check_due=due, check_applied=applied, status="closed_temp")


@pytest.mark.parametrize(
    ("beds", "kind", "hit"),
    [
        (0, "emergency", True), (0, "outpatient", True), (0, "inpatient_stay", True), (0, "nursing", False),
        (9, "emergency", False), (9, "outpatient", True), (9, "internet", True), (9, "inpatient_new", True),
        (9, "inpatient_stay", False), (9, "operation", False), (9, "nursing", False),
    ],
)  # fmt: skip
def test_i04_a_deferral_stops_visits(beds, kind, hit):
    for begun, after in ((SERVED - DAY, True), (SERVED, False)):
        deferred = replace(HOUSE, beds=beds, open_beds=beds, status="check_suspended", status_from=begun)
        assert served("I04", replace(VISIT, kind=kind), institutions=(deferred,)) is (hit and after)


@pytest.mark.parametrize(
    ("begun", "reason", "hit"),
    [(date(2025, 6, 1), "other", False), (date(2025, 5, 31), "other", True), (date(2025, 5, 31), "move", False)],
)
def test_i05_a_stop_of_more_than_a_year(begun, reason, hit):
    assert house("I05", status="closed_temp", status_from=begun, closed_reason=reason) is hit


@pytest.mark.parametrize("status", ["deregistered", "revoked", "filing_cancelled"])
def test_i06_people_are_moved_within_thirty_days(status):
    ended = {"status": status, "status_from": date(2026, 5, 1)}
    assert house("I06", **ended)
    assert not house("I06", **{**ended, "status_from": date(2026, 5, 2)})
    gone = (replace(HOUSE, **ended),)
    assert found("I06", institutions=gone, doctors=()) == [("Z1", TODAY)]
    assert found("I06", institutions=gone, doctors=(), nurses=()) == []
    left = replace(DOCTOR, last=date(2026, 5, 31))
    assert found("I06", institutions=gone, doctors=(left,), nurses=()) == []


def test_i07_a_service_after_the_end():
    for begun, hit in ((SERVED - DAY, True), (SERVED, False)):
        gone = replace(HOUSE, status="revoked", status_from=begun)
        assert served("I07", institutions=(gone,)) is hit


def test_i08_the_number_says_what_the_register_says():
    assert not house("I08", reg_no="110107000123")
    assert not house("I08", reg_no="")
    assert house("I08", reg_no=HOUSE.reg_no[:-1] + "4")
    assert house("I08", region="110108")
    assert house("I08", economic="17")
    assert house("I08", category="A511")
    assert house("I08", nature="3")
    assert not house("I08", nature="2")
    assert not house("I08", reg_no=HOUSE.reg_no[:-1] + "3")


def test_i09_a_code_is_there_right_and_goes_with_the_nature():
    assert house("I09", uscc="")
    assert not house("I09", uscc="", sole_owner=True)
    assert house("I09", uscc="", sole_owner=False)
    assert house("I09", uscc=HOUSE.uscc[:-1] + ("0" if HOUSE.uscc[-1] != "0" else "1"))
    assert house("I09", nature="3")
    assert house("I09", uscc=make_uscc("91", "110107", ORGANISATION))


@pytest.mark.parametrize(
    ("values", "hit"),
    [
        ({}, False),
        ({"name": "栖霞 医院"}, True),
        ({"name": "栖霞医院", "organ": "D08"}, False),
        ({"uscc": HOUSE.uscc}, True),
        ({"uscc": HOUSE.uscc, "branch_of": "Z1"}, False),
        ({"uscc": HOUSE.uscc, "status": "filing_cancelled"}, False),
        ({"address": HOUSE.address}, True),
        ({"address": HOUSE.address, "subjects": ("12",)}, False),
        ({"address": "", "uscc": ""}, False),
    ],
)
def test_i10_two_that_stand_under_one_name_code_or_address(values, hit):
    both = (HOUSE, replace(CLINIC, **values))
    assert found("I10", institutions=both) == ([("Z1", TODAY), ("Z2", TODAY)] if hit else [])


def test_i12_a_twentieth_more_beds_may_be_open():
    assert not house("I12", beds=100, open_beds=105)
    assert house("I12", beds=100, open_beds=106)
    assert not house("I12", beds=100, open_beds=106, extra_beds_order=True)
    assert not house("I12", beds=100, open_beds=None)


def test_i13_the_period_is_the_one_of_its_kind_and_beds():
    assert house("I13", beds=100, open_beds=100, check_period=12)
    assert not house("I13", beds=100, open_beds=100, check_period=36)
    assert not house("I13", beds=100, open_beds=100, check_period=12, after_deferral=True)
    assert house("I13", beds=99, check_period=36)
    assert not house("I13", beds=100, open_beds=100, check_period=None)


@pytest.mark.parametrize(
    ("first", "filed", "hit"),
    [
        (date(2026, 5, 11), None, False),
        (date(2026, 5, 8), None, True),
        (date(2026, 5, 8), date(2026, 5, 28), False),
        (date(2026, 5, 8), date(2026, 5, 29), True),
    ],
)
def test_i15_a_restricted_technology_is_filed_within_fifteen_working_days(first, filed, hit):
    technologies = (Technology("Z1", "G10", filed, "P1", "filed"),) if filed else ()
    cases = tuple(replace(VISIT, kind="operation", operation="G10", date=day) for day in (first + 3 * DAY, first))
    assert found("I15", services=cases, technologies=technologies) == ([("Z1", TODAY)] if hit else [])
    assert found("I15", services=(replace(cases[0], operation="X99"),)) == []


def test_i16_the_leader_of_a_technology_is_active_here():
    filed = Technology("Z1", "G10", date(2026, 1, 5), "P1", "filed")
    assert found("I16", technologies=(filed,)) == []
    assert found("I16", technologies=(replace(filed, state="stopped", leader_id="P9"),)) == []
    assert found("I16", technologies=(replace(filed, leader_id="P9"),)) == [("Z1", TODAY)]
    away = replace(DOCTOR, institution="Z9")
    assert found("I16", technologies=(filed,), doctors=(away,)) == [("Z1", TODAY)]
    both = replace(away, multi=(Place("Z1", date(2026, 1, 1), TODAY),))
    assert found("I16", technologies=(filed,), doctors=(both,)) == []


@pytest.mark.parametrize(
    ("values", "hit"),
    [
        ({}, False), ({"first_visit": True}, True), ({"drug": "narcotic"}, True), ({"drug": "psychotropic"}, True),
        ({"drug": "other"}, False), ({"age": 5.0}, True), ({"age": 5.0, "guardian": True}, False), ({"age": 6.0}, False),
    ],
)  # fmt: skip
def test_i17_internet_visits_have_bounds(values, hit):
    visit = replace(VISIT, kind="internet", **values)
    assert served("I17", visit, institutions=(replace(HOUSE, internet="mode"),)) is hit
    assert served("I17", visit)
    assert not served("I17", replace(visit, kind="outpatient"))


def test_i18_a_filed_clinic_takes_nobody_in_and_keeps_to_its_subjects():
    visit = replace(VISIT, institution="Z2")
    for kind, subject, hit in (
        ("outpatient", "03", False),
        ("outpatient", "12", True),
        ("inpatient_new", "03", True),
        ("inpatient_stay", "03", True),
        ("nursing", "", False),
    ):
        service = replace(visit, kind=kind, subject=subject)
        assert served("I18", service, on="Z2", institutions=(HOUSE, CLINIC)) is hit
    assert not served("I18", replace(VISIT, kind="inpatient_new"))


@pytest.mark.parametrize(("regime", "days"), [("clinic_filed", 45), ("tcm_clinic_filed", 30)])
def test_i19_a_filed_clinic_is_visited_in_time(regime, days):
    filed = TODAY - days * DAY
    assert not house("I19", CLINIC, regime=regime, filed_on=filed)
    assert house("I19", CLINIC, regime=regime, filed_on=filed - DAY)
    assert not house("I19", CLINIC, regime=regime, filed_on=filed - DAY, onsite_on=TODAY)
    assert house("I19", CLINIC, regime=regime, filed_on=filed - DAY, onsite_on=TODAY + DAY)


def test_i20_who_is_barred_heads_no_institution():
    for headed in ((replace(HOUSE, legal_rep_id="P7"),), (replace(HOUSE, principal_id="P7"),)):
        ban = Ban("P7", "revoked_institution_head", date(2026, 1, 1), TODAY)
        assert found("I20", institutions=headed, bans=(ban,)) == [("Z1", TODAY)]
        assert found("I20", institutions=headed, bans=(replace(ban, last=TODAY - DAY),)) == []
        assert found("I20", institutions=headed, bans=(replace(ban, id_no=""),)) == []


@pytest.mark.parametrize(
    ("values", "hit"),
    [
        ({}, False),
        ({"applied": date(2026, 3, 3)}, True),
        ({"accepted": date(2026, 3, 31), "limit": 0, "unit": "day"}, False),
        ({"delivered": date(2026, 3, 30)}, True),
        ({"limit": 21}, False),
        ({"limit": 20}, True),
        ({"limit": 20, "excluded_days": 1}, False),
        ({"limit": 27, "unit": "day"}, True),
        ({"limit": 28, "unit": "day"}, True),
        ({"limit": 29, "unit": "day"}, False),
        ({"limit": 26, "unit": "day", "decided": date(2026, 3, 30)}, False),
        ({"decided": None, "limit": 1}, False),
    ],
)
def test_x05_days_follow_one_another_and_the_limit_is_kept(values, hit):
    case = CaseDays(
        "B1", date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 31), date(2026, 4, 2), 21, "workday", 0
    )  # fmt: skip
    assert bool(found("X05", cases=(replace(case, **values),))) is hit


@pytest.mark.parametrize(
    ("values", "hit"),
    [
        ({}, False), ({"name": "栖霞总医院"}, True), ({"address": "栖霞路9号"}, True), ({"beds": 49}, True),
        ({"state": "other", "beds": 49}, False), ({"valid_to": TODAY - DAY, "beds": 49}, False),
        ({"valid_to": TODAY, "beds": 49}, True), ({"valid_from": TODAY + DAY, "beds": 49}, False),
    ],
)  # fmt: skip
def test_x06_a_running_advert_says_what_the_licence_says(values, hit):
    advert = Advert("G1", "Z1", "valid", date(2026, 1, 1), date(2026, 12, 31), HOUSE.name, HOUSE.address, 50)
    assert bool(found("X06", adverts=(replace(advert, **values),))) is hit


@pytest.mark.parametrize(
    ("status", "hit"),
    [("active", False), ("filed", False), ("check_due", False), ("closed_temp", True), ("check_suspended", True)],
)
def test_x06_an_institution_that_may_not_practise_does_not_advertise(status, hit):
    advert = Advert("G1", "Z1", "valid", None, None, HOUSE.name, HOUSE.address, 50)
    assert bool(found("X06", adverts=(advert,), institutions=(replace(HOUSE, status=status),))) is hit


@pytest.mark.parametrize(
    ("decided", "accepted", "hit"),
    [
        (date(2026, 5, 21), None, False),
        (date(2026, 5, 20), None, True),
        (date(2026, 5, 20), date(2026, 5, 29), False),
        (date(2026, 5, 20), date(2026, 5, 30), True),
        (None, None, False),
    ],
)
def test_x07_a_decision_is_published_within_seven_working_days(decided, accepted, hit):
    assert bool(found("X07", decisions=(SentDecision("J1", decided, accepted),))) is hit


def test_what_happens_later_is_not_known_yet():
    tomorrow = replace(VISIT, date=TODAY + DAY)
    assert found("D01", services=(tomorrow,), doctors=()) == []
