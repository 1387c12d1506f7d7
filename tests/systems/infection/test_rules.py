"""Each rule on both sides of its edge: the day before, the day, the day after; the number itself counts."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.systems.infection.conftest import case
from yizheng.systems.infection.records import kinds
from yizheng.systems.infection.records.declaring import Record, Row
from yizheng.systems.infection.rules.declaring import Known, Reported, judged, titles

PERIOD = date(2026, 10, 1)
TODAY = date(2026, 11, 5)
UNITS = {"ICU1": "icu", "NB1": "newborn"}


def codes(record: Record, *rows: Row, today: date = TODAY, none: bool = False, **known: Any) -> set[str]:
    found = judged(Reported(record, PERIOD, list(rows), today, none, Known(**{"units": UNITS, **known})))
    return {each.rule for each in found}


def infection(**more: Any) -> Row:
    began = {"onset": "2026-10-15", "admitted": "2026-10-02", "device_from": "2026-10-02", "sampled": "2026-10-15"}
    return case(**{**began, "diagnosed": "2026-10-15", "reported": "2026-10-15", **more})


def began(day: str) -> Row:
    return infection(onset=day, diagnosed=day, reported=day)


def operation(**more: Any) -> Row:
    return {
        "number": "S1", "inpatient_number": "ZY1", "category": "CHOL", "day": "2026-10-08", "minutes": 90, "urgency": "P",
        "surgeon": "D01", "wound": "II", "asa": "2", "endoscopic": "1", "implant": "0", "prophylaxis": "0", "ssi": "0", **more,
    }  # fmt: skip


def exposure(**more: Any) -> Row:
    return {
        "number": "E1", "person": "P1", "job": "02", "years": 3, "happened": "2026-10-09", "hour": 10, "reported": "2026-10-09",
        "place": "1", "kind": "1", "instrument": "02", "activity": "03", "fluid": "1", "virus": "NEG", **more,
    }  # fmt: skip


def month(**more: Any) -> Row:
    return {
        "admitted": 30, "transferred_in": 5, "discharged": 28, "transferred_out": 4, "start": 20, "end": 23, "patient_days": 620,
        "cvc_patients": 10, "cvc_days": 200, "uc_patients": 10, "uc_days": 200, "vent_patients": 5, "vent_days": 90, **more,
    }  # fmt: skip


def survey(**more: Any) -> Row:
    return {
        "due": 100, "surveyed": 98, "patients": 2, "episodes": 3, "with_drugs": 40, "therapeutic": 30, "prophylactic": 10,
        "sampled": 20, **more,
    }  # fmt: skip


def stay(**more: Any) -> Row:
    return {
        "number": "Z1", "inpatient_number": "ZY1", "times": 1, "sex": "1", "born": "1960-05-04", "admitted": "2026-10-02",
        "discharged": "2026-10-09", "ward_in": "ICU1", "ward_out": "ICU1", "diagnosis": "J15.9", "operated": "0", "outcome": "2",
        **more,
    }  # fmt: skip


def isolate(**more: Any) -> Row:
    return {
        "number": "B1", "inpatient_number": "ZY1", "ward": "ICU1", "specimen": "BL", "sampled": "2026-10-09", "purpose": "C",
        "pathogen": "BAC-GP-001", "drug": "J01XA01", "sir": "S", **more,
    }  # fmt: skip


CASES, OPERATIONS, EXPOSURES, MONTH, SURVEY = kinds.CASES, kinds.OPERATIONS, kinds.EXPOSURES, kinds.MONTH, kinds.SURVEY
CLASSES = {"class_a": 1, "class_b": 1, "class_c": 4, "class_d": 1, "class_e": 1}
ROUNDS = [{"day": f"2026-10-{day:02d}", **CLASSES} for day in (6, 13, 20, 27)]
CENSUS = {"icu_log": [{"day": "2026-10-06", "present": 8}]}
TWELVE = [3, 4, 3, 4, 3, 4, 3, 4, 3, 4, 3, 4]
USUAL = [600, 620, 610, 640, 600, 620, 610, 640, 600, 620, 610, 640]
OVER = (
    ("DQ01", CASES, infection(), infection(ward=None)),
    ("DQ02", CASES, infection(), infection(ward="ICU9")),
    ("DQ02", EXPOSURES, exposure(hour=23), exposure(hour=24)),
    ("DQ03", CASES, infection(reported="2026-10-15"), infection(reported="2026-10-14")),
    ("DQ04", CASES, infection(reported="2026-11-05"), infection(reported="2026-11-06")),
    ("DQ05", CASES, began("2026-10-31"), began("2026-11-01")),
    ("DQ08", SURVEY, survey(surveyed=100), survey(surveyed=101)),
    ("DQ09", SURVEY, survey(episodes=2), survey(episodes=1)),
    ("DQ10", MONTH, month(cvc_days=310, patient_days=310), month(cvc_days=310, patient_days=309)),
    ("DQ11", MONTH, month(uc_days=0, uc_patients=0), month(uc_days=0, uc_patients=1)),
    ("DQ12", MONTH, month(vent_patients=3, vent_days=93), month(vent_patients=3, vent_days=94)),
    ("DQ13", MONTH, month(end=23), month(end=24)),
    ("DQ17", CASES, infection(birth_weight=200), infection(birth_weight=3.2)),
    ("DQ18", CASES, infection(ward="NB1", born="2026-09-04"), infection(ward="NB1", born="2026-09-03")),
    ("DQ19", OPERATIONS, operation(asa="6"), operation(asa=None)),
    ("DQ20", OPERATIONS, operation(minutes=1440), operation(minutes=1441)),
    ("DQ21", OPERATIONS, operation(category="COLO", wound="II"), operation(category="COLO", wound="I")),
    ("DQ22", OPERATIONS, operation(ssi="1", ssi_day="2026-11-07", found="2"), operation(ssi="1", ssi_day="2026-11-08", found="2")),
    ("DQ25", CASES, infection(pathogen="BAC-GN-021", mdro="CRAB"), infection(pathogen="BAC-GN-020", mdro="CRAB")),
    ("DQ26", CASES, infection(pathogen="BAC-GP-010", mdro="VRE"), infection(pathogen="BAC-GP-001", mdro="VRE")),
    ("DQ27", CASES, infection(pathogen="UNK-000", mdro=None, sampled=None), infection(sampled=None)),
    ("DQ28", SURVEY, survey(surveyed=96), survey(surveyed=95)),
    ("DQ30", EXPOSURES, exposure(), exposure(job=None)),
    ("DQ31", EXPOSURES, exposure(virus="HIV", planned="2027-04-09"), exposure(virus="HIV")),
)  # fmt: skip


@pytest.mark.parametrize(("code", "record", "fine", "wrong"), OVER, ids=[f"{row[0]} {row[1].code}" for row in OVER])
def test_a_rule_finds_what_lies_over_its_edge_and_nothing_on_it(code: str, record: Record, fine: Row, wrong: Row):
    assert code not in codes(record, fine)
    assert code in codes(record, wrong)


def test_the_second_infection_of_a_site_counts_from_the_fifteenth_day():
    first = infection(onset="2026-10-03", diagnosed="2026-10-03", reported="2026-10-03", sampled="2026-10-03")
    assert "DQ06" in codes(CASES, first, infection(onset="2026-10-16"))
    assert "DQ06" not in codes(
        CASES, first, infection(onset="2026-10-17", diagnosed="2026-10-17", reported="2026-10-17")
    )


def errors(record: Record, *rows: Row, **known: Any) -> set[str]:
    found = judged(Reported(record, PERIOD, list(rows), TODAY, False, Known(**{"units": UNITS, **known})))
    return {each.rule for each in found if each.is_error}


def test_the_same_infection_twice_is_an_error_and_a_second_within_the_window_is_explained():
    first = infection(onset="2026-10-03", diagnosed="2026-10-03", reported="2026-10-03", sampled="2026-10-03")
    assert "DQ06" in errors(CASES, first, first)
    assert "DQ06" not in errors(CASES, first, infection(onset="2026-10-16"))
    assert "DQ06" in codes(CASES, first, infection(onset="2026-10-16"))


def test_the_months_beside_count_for_repetition():
    before = infection(onset="2026-09-30")
    near = infection(onset="2026-10-13", diagnosed="2026-10-13", reported="2026-10-13", sampled="2026-10-13")
    far = infection(onset="2026-10-14", diagnosed="2026-10-14", reported="2026-10-14", sampled="2026-10-14")
    assert "DQ06" in codes(CASES, near, around=[before])
    assert "DQ06" not in codes(CASES, far, around=[before])


TIMES = (
    (
        "DQ03",
        infection(admitted="2026-10-13", device_from="2026-10-13"),
        infection(admitted="2026-10-14", device_from="2026-10-14"),
        False,
    ),
    ("DQ03", infection(device_from="2026-10-13"), infection(device_from="2026-10-14"), False),
    ("DQ03", infection(device_to="2026-10-13"), infection(device_to="2026-10-12"), False),
    ("DQ03", infection(born="1906-10-02"), infection(born="1905-10-02"), True),
    ("DQ07", infection(), infection(device="NONE", device_from=None), True),
    ("DQ35", infection(reported="2026-10-16"), infection(reported="2026-10-17"), False),
    ("DQ25", infection(pathogen="BAC-GN-002", mdro="CTXR"), infection(pathogen="BAC-GP-001", mdro="CTXR"), False),
    ("DQ25", infection(pathogen="BAC-GN-004", mdro="ESBL"), infection(pathogen="BAC-GP-001", mdro="ESBL"), False),
)


@pytest.mark.parametrize(("code", "fine", "wrong", "error"), TIMES)
def test_origin_device_and_report_belong_together(code: str, fine: Row, wrong: Row, error: bool):
    assert code not in codes(CASES, fine)
    assert code in codes(CASES, wrong)
    assert (code in errors(CASES, wrong)) == error


def test_a_newborn_and_a_wound_are_the_hospitals_own_whatever_the_hours():
    born = {"born": "2026-10-14", "admitted": "2026-10-14", "device": "NONE", "device_from": None, "birth_weight": 3000}
    assert "DQ03" not in codes(CASES, infection(**born, site="A02"))
    assert "DQ03" not in codes(CASES, infection(admitted="2026-10-15", device="NONE", device_from=None, site="G01"))


def test_parts_of_monthly_reports_stay_within_their_wholes():
    drugs = {"discharges": 900, "discharges_with": 360, "treated": 300, "sampled": 1, "restricted": 300, "restricted_sampled": 1,
             "special": 300, "special_sampled": 1}  # fmt: skip
    assert "DQ08" not in codes(kinds.DRUGS, drugs)
    for name, over in (("treated", 361), ("restricted", 301), ("special", 301)):
        assert "DQ08" in codes(kinds.DRUGS, {**drugs, name: over})
    access = {"access": "1", "patients": 1, "cultures": 2, "antibacterials": 2, "local": 2}
    assert "DQ08" not in codes(kinds.DIALYSIS, access)
    assert "DQ08" in codes(kinds.DIALYSIS, {**access, "cultures": 3})
    nobody = dict.fromkeys(CLASSES, 0)
    assert "DQ23" in errors(kinds.ICU_SEVERITY, {"day": "2026-10-06", **nobody}, *ROUNDS[1:], beside=CENSUS)
    empty = {"icu_log": [{"day": "2026-10-06", "present": 0}]}
    assert "DQ23" not in codes(kinds.ICU_SEVERITY, {"day": "2026-10-06", **nobody}, *ROUNDS[1:], beside=empty)


def test_an_operation_has_no_day_of_an_infection_it_has_not_and_is_followed_afterwards():
    assert "DQ22" in codes(OPERATIONS, operation(ssi_day="2026-10-09"))
    assert "DQ03" in codes(OPERATIONS, operation(followed="2026-10-07"))
    assert "DQ03" not in codes(OPERATIONS, operation(followed="2026-10-08"))
    for minutes, found in ((1440, False), (1441, True), (-1440, False), (-1441, True)):
        row = operation(prophylaxis="1", first_dose=minutes, stopped=1)
        assert ("DQ02" in codes(OPERATIONS, row)) == found


def test_a_report_of_nothing_has_no_rows():
    assert "DQ33" in codes(CASES, infection(), none=True)
    assert "DQ33" not in codes(CASES, none=True)


@pytest.mark.parametrize(
    ("typed", "words"),
    [("-3", "不在 0 至 23"), ("99999999999", "不在 0 至 23"), ("1.5", "不是整数"), ("x", "不是整数")],
)
def test_a_number_is_told_what_is_wrong_with_it(typed: str, words: str):
    row = exposure(hour=EXPOSURES.field("hour").read(typed))
    found = judged(Reported(EXPOSURES, PERIOD, [row], TODAY, False, Known(units=UNITS)))
    assert [words in each.words for each in found if each.rule == "DQ02"] == [True]


def test_digits_of_a_chinese_input_method_are_digits():
    assert EXPOSURES.field("hour").read(" １２ ") == 12
    assert EXPOSURES.field("happened").read("２０２６-１０-０９") == "2026-10-09"
    assert EXPOSURES.field("number").read("Ｅ１") == "Ｅ１"


@pytest.mark.parametrize(
    ("typed", "kept"), [("1.5", 1.5), ("-3", -3), ("2.0", 2), ("1_0e2", "1_0e2"), ("nan", "nan"), ("1e3", "1e3")]
)
def test_a_number_is_digits_and_nothing_else(typed: str, kept: object):
    assert CASES.field("birth_weight").read(typed) == kept


def test_an_implant_lengthens_the_follow_up_of_deep_infections_alone():
    late = {"day": "2026-10-08", "ssi_day": "2027-10-08", "implant": "1", "found": "3"}
    year = date(2027, 12, 1)
    assert "DQ22" not in codes(OPERATIONS, operation(**late, ssi="2"), today=year)
    assert "DQ22" in codes(OPERATIONS, operation(**{**late, "ssi_day": "2027-10-09"}, ssi="2"), today=year)
    assert "DQ22" in codes(OPERATIONS, operation(**late, ssi="1"), today=year)


def test_a_log_balances_across_the_end_of_the_month():
    rows = kinds.ICU_LOG.blank(PERIOD)
    rows[0] |= {"entered": 2, "left": 1, "present": 9, "cvc": 1, "uc": 1, "vent": 1}
    assert "DQ13" not in codes(kinds.ICU_LOG, *rows, former={"": 8})
    assert "DQ13" in codes(kinds.ICU_LOG, *rows, former={"": 9})
    assert "DQ13" not in codes(kinds.ICU_LOG, *rows)


def test_an_empty_day_is_missing_once_it_is_over_and_zero_is_no_gap():
    rows = kinds.ICU_LOG.blank(PERIOD)
    zero = {"entered": 0, "left": 0, "present": 0, "cvc": 0, "uc": 0, "vent": 0}
    assert "DQ14" not in codes(kinds.ICU_LOG, *rows, today=PERIOD)
    assert "DQ14" in codes(kinds.ICU_LOG, *rows, today=PERIOD + timedelta(days=1))
    assert "DQ14" not in codes(kinds.ICU_LOG, *[{**row, **zero} for row in rows])


def test_a_device_infection_needs_device_days_of_its_ward():
    used = [{"unit": "ICU1", "cvc_days": 0, "uc_days": 0, "vent_days": 1}]
    assert "DQ07" not in codes(CASES, infection(), beside={"month": used})
    assert "DQ07" in codes(CASES, infection(), beside={"month": [{**used[0], "vent_days": 0}]})
    assert "DQ07" not in codes(CASES, infection(), beside={})


def test_a_denominator_may_lie_three_and_a_half_robust_deviations_away():
    edge = int(615 + 3.5 * 1.4826 * 10)
    history = {"patient_days": USUAL}
    assert "DQ15" not in codes(MONTH, month(patient_days=edge), history=history)
    assert "DQ15" in codes(MONTH, month(patient_days=edge + 2), history=history)
    assert "DQ15" not in codes(MONTH, month(patient_days=5000), history={"patient_days": USUAL[1:]})


def test_silence_is_asked_about_where_three_cases_a_month_are_usual():
    assert "DQ16" in codes(CASES, none=True, history={"case.episodes": TWELVE})
    assert "DQ16" not in codes(CASES, none=True, history={"case.episodes": [2] * 12})
    assert "DQ16" not in codes(CASES, none=True, history={"case.episodes": TWELVE[1:]})
    assert "DQ16" not in codes(CASES, infection(), history={"case.episodes": TWELVE})


def test_severity_is_rated_four_times_and_of_those_present():
    assert "DQ23" not in codes(kinds.ICU_SEVERITY, *ROUNDS, beside=CENSUS)
    assert "DQ23" in codes(kinds.ICU_SEVERITY, *ROUNDS[1:], beside=CENSUS)
    assert "DQ23" in codes(kinds.ICU_SEVERITY, {**ROUNDS[0], "class_a": 2}, *ROUNDS[1:], beside=CENSUS)


def test_a_wound_is_infected_only_in_who_was_operated_upon():
    wound = infection(site="G01", device="NONE", device_from=None)
    assert "DQ29" not in codes(CASES, wound, beside={"operation": [{"inpatient_number": "ZY00001"}]})
    assert "DQ29" in codes(CASES, wound, beside={"operation": [{"inpatient_number": "ZY00002"}]})
    assert "DQ29" not in codes(CASES, wound)
    before = {"operation": [], "operation_before": [{"inpatient_number": "ZY00001"}]}
    assert "DQ29" not in codes(CASES, wound, beside=before)
    assert "DQ29" not in errors(CASES, wound, beside={"operation": []})


STAYS, ISOLATES = kinds.STAYS, kinds.ISOLATES


@pytest.mark.parametrize(
    ("code", "record", "fine", "wrong"),
    [
        ("DQ01", ISOLATES, isolate(drug=None, sir=None), isolate(sir=None)),
        ("DQ03", STAYS, stay(discharged="2026-10-02"), stay(discharged="2026-10-01")),
        ("DQ05", STAYS, stay(admitted="2026-09-30"), stay(discharged="2026-11-01")),
        ("DQ24", MONTH, month(crude_rate=15, adjusted_rate=3), month(crude_rate=15.1, adjusted_rate=3)),
        ("DQ24", MONTH, month(crude_rate=3, adjusted_rate=3), month(crude_rate=2.9, adjusted_rate=3)),
        ("DQ25", ISOLATES, isolate(pathogen="BAC-GN-022", drug="J01DH02", sir="R"), isolate(pathogen="BAC-GN-022", drug="J01DH02")),
        ("DQ26", ISOLATES, isolate(), isolate(sir="R")),
    ],
)  # fmt: skip
def test_stays_and_isolates_have_their_edges(code: str, record: Record, fine: Row, wrong: Row):
    assert code not in codes(record, fine)
    assert code in codes(record, wrong)


def test_a_drug_is_tested_once_on_an_organism_and_a_stay_counts_once():
    assert "DQ06" not in codes(ISOLATES, isolate(), isolate(drug="J01XX08"), isolate(number="B2"))
    assert "DQ06" in codes(ISOLATES, isolate(), isolate(sir="R"))
    assert "DQ06" in codes(STAYS, stay(), stay())


def test_totals_are_the_sums_of_their_parts():
    log = [{"day": "2026-10-01", "cvc": 120, "present": 300}, {"day": "2026-10-02", "cvc": 80, "present": 320}]
    assert "DQ33" not in codes(MONTH, month(), beside={"icu_log": log})
    assert "DQ33" in codes(MONTH, month(cvc_days=201), beside={"icu_log": log})
    assert "DQ33" not in codes(MONTH, month(cvc_days=201), beside={"icu_log": [*log, {"cvc": None}]})
    beside = {"month": [{"unit": "ICU1", "discharged": 2}], "drugs": [{"discharges": 2}]}
    assert "DQ33" not in codes(STAYS, stay(), stay(number="Z2"), beside=beside)
    assert "DQ33" in codes(STAYS, stay(), beside={"month": beside["month"]})
    assert "DQ33" in codes(STAYS, stay(), beside={"drugs": beside["drugs"]})


def test_a_hospital_outside_the_limits_of_its_peers_is_asked():
    peers = {"survey.patients": 200, "survey.surveyed": 10000}
    assert "DQ34" not in codes(SURVEY, survey(patients=6, episodes=6), peers=peers)
    assert "DQ34" in codes(SURVEY, survey(patients=8, episodes=8), peers=peers)
    assert "DQ34" not in codes(SURVEY, survey(patients=8, episodes=8))
    few = {"survey.patients": 1, "survey.surveyed": 10000}
    assert "DQ34" not in codes(SURVEY, survey(patients=8, episodes=8), peers=few)


def test_every_declared_rule_of_sheets_is_asked_here():
    asked = {row[0] for row in OVER} | {
        "DQ06", "DQ07", "DQ14", "DQ15", "DQ16", "DQ23", "DQ24", "DQ26", "DQ29", "DQ33", "DQ34", "DQ35",
    }  # fmt: skip
    assert set(titles()) - asked == {"DQ32"}
    assert len(titles()) == 35
