"""Rates, surgery, intensive care and cases: on both sides of each edge, through the door that pages share."""

import math

import pytest

from yizheng.kernel.calculators import BadInput, find
from yizheng.systems.infection import calculators as _declares  # noqa: F401 — declares the calculators


def asked(name, columns, *rows, **parameters):
    found = find(f"infection.{name}")
    names, answers = found.answer(columns.split(), [[str(cell) for cell in row] for row in rows], parameters)
    return [dict(zip(names, answer, strict=True)) for answer in answers]


def one(name, columns, *row, **parameters):
    (answer,) = asked(name, columns, row, **parameters)
    return answer


def test_a_rate_over_nothing_is_not_computable():
    assert set(one("rate_interval", "events denominator multiplier", 3, 0, 100).values()) == {""}
    assert one("indicator", "numerator denominator multiplier", 88, 71, 100)["value"] == repr(8800 / 71)


@pytest.mark.parametrize(("expected", "shown"), [("0.99", ""), ("1", "2.0")])
def test_a_ratio_is_printed_from_one_expected_case_on(expected, shown):
    told = one("sir", "observed expected", 2, expected)
    assert told["shown_sir"] == shown
    assert told["sir"] == repr(2 / float(expected))


def test_no_lower_limit_is_printed_without_a_case():
    told = one("sir", "observed expected", 0, 3)
    assert (told["midp_lower"], told["shown_lower"], told["shown_sir"]) == ("0.0", "", "0.0")
    assert set(one("sir", "observed expected", 2, 0).values()) == {""}


def test_a_wider_confidence_gives_a_wider_interval():
    narrow, wide = (one("sir", "observed expected", 7, 4, confidence=each) for each in (0.9, 0.99))
    assert float(wide["midp_lower"]) < float(narrow["midp_lower"])


def test_a_ratio_over_no_events_is_infinite():
    told = one("rate_ratio", "events_1 persontime_1 events_2 persontime_2", 3, 640, 0, 815)
    assert (told["rate_ratio"], told["midp_upper"], told["fisher_upper"]) == ("inf", "inf", "inf")
    none = one("rate_ratio", "events_1 persontime_1 events_2 persontime_2", 0, 1, 0, 1)
    assert set(none.values()) == {""}


def test_a_part_larger_than_the_whole_is_refused():
    with pytest.raises(BadInput, match="第2行“x”的值“3”大于“n”的值“2”"):
        one("proportion_interval", "x n", 3, 2)


def test_strata_are_summed_and_never_averaged():
    columns = "set stratum observed denominator multiplier reference_rate"
    told = asked(
        "sir_by_stratum",
        columns,
        ("甲", "a", 3, 1000, 1000, 1),
        ("乙", "c", 1, 10, 10, ""),
        ("甲", "b", 0, 3000, 1000, 2),
    )
    totals = {each["set"]: each for each in told if each["stratum"] == "TOTAL"}
    assert (totals["甲"]["expected"], totals["甲"]["sir"]) == ("7.0", repr(3 / 7))
    assert (totals["乙"]["expected"], totals["乙"]["rate"]) == ("", "1.0")


def test_an_indicator_whose_items_are_not_reported_is_not_told():
    told = asked(
        "process", "unit item value", ("a", "hh_acts", 8), ("a", "hh_opportunities", 5), ("a", "hh_opportunities", 5)
    )
    assert told == [{"unit": "a", "indicator": "hand_hygiene_compliance", "percent": "80.0"}]
    with pytest.raises(BadInput, match="不在可选范围内"):
        asked("process", "unit item value", ("a", "hands", 1))


def test_jobs_together_are_pooled():
    told = asked("occupational", "job exposures person_years", ("护士", 20, 400), ("医师", 1, 100))
    assert [each["rate_per_100_person_years"] for each in told] == ["5.0", "1.0", "4.2"]


ISOLATES = [
    ("甲", "2026-02-03", "BL", "eco", "CTX", "R"), ("甲", "2026-02-01", "SCR", "eco", "CTX", "S"),
    ("甲", "2026-02-02", "UR", "eco", "CTX", ""), ("乙", "2026-02-05", "UR", "eco", "CTX", "I"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "numerator", "denominator"),
    [({}, "1", "2"), ({"count": "RI"}, "2", "2"), ({"include_screening": True}, "0", "2"),
     ({"include_screening": True, "first_isolate": False}, "1", "3")],
)  # fmt: skip
def test_untested_and_screening_isolates_leave_before_the_first_is_chosen(more, numerator, denominator):
    question = {"question": "q", "organism": "eco", "drug": "CTX", **more}
    (told,) = asked("resistance", "patient date specimen organism drug result", *ISOLATES, questions=[question])
    assert (told["numerator"], told["denominator"], told["rankable"]) == (numerator, denominator, "0")


@pytest.mark.parametrize(
    "questions", [[], [{"question": "q"}], ["q"], [{"question": "q", "organism": "e", "drug": "d", "x": 1}]]
)
def test_a_question_that_is_not_whole_is_refused(questions):
    with pytest.raises(BadInput, match="questions"):
        asked("resistance", "patient date specimen organism drug result", *ISOLATES, questions=questions)


def test_doses_are_those_of_the_route():
    columns = "drug atc route grams ddd_g"
    told = asked(
        "antimicrobial_use",
        columns,
        ("头孢呋辛", "J01DC02", "P", 6, ""),
        ("头孢呋辛酯", "J01DC02", "O", 6, ""),
        patient_days=700,
    )
    assert [each["ddds"] for each in told] == ["2.0", "12.0", "14.0"]
    assert told[-1]["aud"] == "2.0"
    with pytest.raises(BadInput, match="没有这一给药途径"):
        asked("antimicrobial_use", columns, ("黏菌素", "J01XB01", "P", 6, ""), patient_days=700)
    with pytest.raises(BadInput, match="patient_days"):
        asked("antimicrobial_use", columns, ("头孢呋辛", "J01DC02", "P", 6, ""))


@pytest.mark.parametrize(
    ("cells", "points"),
    [
        ((150, 150, "II", 2), "0000"),
        ((151, 150, "III", 3), "1113"),
        (("", 150, "I", 1), "00"),
        ((151, 150, "IV", 6), "11"),
    ],
)
def test_each_point_of_the_risk_index_has_its_edge(cells, points):
    told = one("ssi_risk_index", "duration_min p75_min wound_class asa", *cells)
    assert "".join(told.values()) == points


def test_a_surgeon_is_compared_with_everybody_this_one_included():
    columns = "surgeon risk_index operations ssi"
    told = asked("surgeon", columns, ("丁", 1, 10, 2), ("戊", 1, 30, 2), ("己", 0, 5, 0), ("庚", 1, 0, 0))
    assert [each["expected"] for each in told] == ["1.0", "3.0", "0.0", "0.0"]
    assert [each["status"] for each in told] == ["ok", "ok", "mean_index_zero", "no_operations"]
    assert (told[0]["sir"], told[2]["sir"], told[3]["rate"]) == ("2.0", "", "")


def test_severity_is_pooled_over_all_rounds():
    rows = [
        ("a", "severity_1", 1),
        ("a", "severity_5", 1),
        ("a", "severity_1", 8),
        ("a", "patient_days", 100),
        ("a", "infected_patients", 7),
    ]
    told = {each["indicator"]: each["value"] for each in asked("icu_month", "icu item value", *rows)}
    assert (told["asis"], told["day_rate"], told["adjusted_day_rate"]) == ("1.4", "70.0", repr(70.0 / 1.4))
    assert (told["incidence"], told["device_utilisation"]) == ("", "")


@pytest.mark.parametrize(
    ("pair", "plausible"), [((3, 3), "1"), ((15, 3), "1"), ((15.1, 3), "0"), ((2.9, 3), "0"), ((1, 0), "")]
)
def test_a_severity_lies_between_one_and_five(pair, plausible):
    assert one("asis_check", "unadjusted adjusted", *pair)["plausible"] == plausible


@pytest.mark.parametrize(
    ("onset", "attributed"),
    [("2026-03-04T09:30", "0"), ("2026-03-04T09:31", "1"), ("2026-03-10T14:00", "1"), ("2026-03-10T14:01", "0")],
)
def test_an_infection_belongs_to_the_unit_between_its_hours(onset, attributed):
    assert (
        one("icu_attribution", "icu_in icu_out onset", "2026-03-02T09:30", "2026-03-08T14:00", onset)["attributed"]
        == attributed
    )


@pytest.mark.parametrize(
    ("inserted", "removed", "onset", "associated"),
    [
        ("2026-03-02T09:00", "2026-03-04T09:00", "2026-03-05T00:00", "0"),
        ("2026-03-02T09:00", "2026-03-04T09:01", "2026-03-06T09:01", "1"),
        ("2026-03-02T09:00", "2026-03-04T09:01", "2026-03-06T09:02", "0"),
        ("2026-03-02T09:00", "", "2026-03-04T09:01", "1"),
        ("", "", "2026-03-04T09:01", "0"),
        ("2026-03-05T09:00", "", "2026-03-04T09:01", "0"),
    ],
)
def test_a_device_is_used_for_more_than_two_days(inserted, removed, onset, associated):
    assert one("device_association", "inserted removed onset", inserted, removed, onset)["associated"] == associated


def test_one_patient_counts_once_a_day_however_many_lines():
    columns = "patient unit_in unit_out line_in line_out"
    told = asked(
        "device_days", columns,
        ("a", "2026-05-03", "2026-05-06", "2026-05-03", "2026-05-04"),
        ("a", "2026-05-03", "2026-05-06", "2026-05-04", "2026-05-06"),
        ("b", "2026-05-05", "", "2026-05-06", ""),
    )  # fmt: skip
    days = [tuple(each.values()) for each in told]
    assert days[1] == ("2026-05-04", "1", "1", "1", "1")
    assert days[3] == ("2026-05-06", "1", "1", "2", "2")
    assert days[-1] == ("TOTAL", "5", "4", "6", "5")


@pytest.mark.parametrize(
    ("kind", "onset", "days", "origin"),
    [
        ("unknown_incubation", "2026-04-13T07:15", "", "CAI"), ("unknown_incubation", "2026-04-13T07:16", "", "HAI"),
        ("known_incubation", "2026-04-18T07:15", 7, "CAI"), ("known_incubation", "2026-04-18T07:16", 7, "HAI"),
        ("known_incubation", "2026-04-18T07:16", "", ""), ("staff_at_work", "2026-04-11T08:00", "", "HAI"),
        ("colonisation_only", "2026-04-30T08:00", "", "not_HAI"),
    ],
)  # fmt: skip
def test_a_case_is_the_hospitals_after_its_incubation(kind, onset, days, origin):
    assert (
        one("classify_case", "admitted onset kind mean_incubation_days", "2026-04-11T07:15", onset, kind, days)["class"]
        == origin
    )


@pytest.mark.parametrize(
    ("grams", "group"),
    [
        (199, "reject"),
        (200, "G1"),
        (1000, "G1"),
        (1001, "G2"),
        (1500, "G2"),
        (2500, "G3"),
        (2501, "G4"),
        (7001, "reject"),
        (980.5, "reject"),
    ],
)
def test_weights_fall_into_groups(grams, group):
    assert one("birth_weight_group", "birth_weight_g", grams)["group"] == group


def test_newborns_together_are_pooled():
    columns = "group infections patient_days line_infections line_days pneumonias ventilator_days"
    told = asked("newborn", columns, ("G1", 2, 100, 1, 50, 0, 0), ("G4", 0, 300, 0, 0, 1, 100))
    assert (told[0]["pneumonia_rate"], told[2]["day_rate"], told[2]["ventilator_utilisation"]) == ("", "5.0", "25.0")


@pytest.mark.parametrize(
    ("cells", "flags"),
    [
        (("2026-02", "v", 2, 56, 410), "0000"),
        (("2026-02", "v", 2, 57, 56), "0011"),
        (("2026-02", "v", 0, 6, ""), "100"),
        (("2026-02", "v", 9, 0, 0), "0100"),
    ],
)
def test_device_days_that_cannot_be_are_flagged(cells, flags):
    assert (
        "".join(one("device_day_check", "month device device_patients device_days patient_days", *cells).values())
        == flags
    )


def test_a_value_far_from_its_set_is_flagged():
    told = asked("outlier", "set value", *[("a", value) for value in (10, 11, 12, 11, 30)], ("b", 5), ("b", 5))
    assert [each["flagged"] for each in told] == ["0", "0", "0", "0", "1", "0", "0"]
    assert (told[5]["robust_z"], told[0]["mad"]) == ("", "1.0")


def test_a_gap_is_told_from_the_second_event_on():
    told = asked("g_chart", "set day", ("a", "2026-01-05"), ("a", "2026-01-09"), ("a", "2026-01-09"), ("b", 3))
    assert [each["gap"] for each in told] == ["", "4", "0", ""]
    assert (told[0]["mean_gap"], told[3]["n_gaps"], told[3]["ucl"]) == ("2.0", "0", "")
    with pytest.raises(BadInput, match="早于前一行"):
        asked("g_chart", "set day", ("a", 5), ("a", 4))


def test_a_unit_outside_its_funnel_is_flagged_and_one_without_expectation_is_left_out():
    told = asked("funnel_ratio", "unit observed expected", ("a", 40, 10), ("b", 9, 10), ("c", 3, 0), ("d", 11, 10))
    assert [each["outside_exact998"] for each in told] == ["1", "0", "", "0"]
    proportion = one("funnel_proportion", "n target", 400, 0.02)
    assert 0 < float(proportion["lower95"]) < 0.02 < float(proportion["upper95"]) < float(proportion["upper998"])


def test_a_chart_of_one_kind_keeps_it():
    with pytest.raises(BadInput, match="与同一图"):
        asked("control_chart", "chart kind events size", ("1", "u", 3, 2), ("1", "c", 3, 2))


def weeks(*counts, watched=0):
    return [("a", number, count, int(number > watched)) for number, count in enumerate(counts, 1)]


def test_weeks_not_watched_stay_empty_and_a_gap_in_time_is_refused():
    told = asked("ears", "series t count monitored", *weeks(2, 4, 1, 3, 0, 2, 5, 3, 4, watched=8))
    assert set(told[7].values()) == {""}
    assert told[8]["c1_alarm"] == "0"
    with pytest.raises(BadInput, match="没有接在“1”之后"):
        asked("rki", "series t count", ("a", 1, 2), ("a", 3, 2))


def test_every_method_answers_in_the_order_of_its_rows():
    rows = weeks(*([5, 7, 4, 6] * 45), 30, watched=170)
    for name in ("farrington", "farrington_flexible", "rki", "bayes", "cusum", "glr_poisson"):
        told = asked(name, "series t count monitored", *rows, **({"years": 3} if name.startswith("farr") else {}))
        alarms = [value for column, value in told[-1].items() if column.endswith("alarm")]
        assert set(alarms) == {"1"}, name
        assert set(told[0].values()) == {""}


def test_the_third_patient_completes_a_cluster_on_the_seventh_day():
    columns = "set onset_date ward organism patient"
    rows = [
        ("1", "2026-06-02", "A", "kpn", "a"),
        ("1", "2026-06-04", "A", "kpn", "b"),
        ("1", "2026-06-08", "A", "kpn", "c"),
    ]
    assert asked("cluster_rule", columns, *rows)[0]["first_alarm_date"] == "2026-06-08"
    assert asked("cluster_rule", columns, *rows[:2], ("1", "2026-06-09", "A", "kpn", "c"))[0]["alarm"] == "0"
    assert asked("cluster_rule", columns, *rows[:2], ("1", "2026-06-08", "A", "kpn", "b"))[0]["alarm"] == "0"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("suspected", 2, 0, 0, 0, 0), "watch 0"), (("suspected", 4, 0, 0, 0, 0), "internal_signal 0"),
        (("suspected", 5, 0, 0, 0, 0), "internal_signal 12 24 1"), (("confirmed", 3, 0, 0, 0, 0), "internal_signal 12 24 1"),
        (("confirmed", 5, 0, 0, 0, 0), "internal_signal 12 24 24 1"), (("confirmed", 3, 1, 0, 0, 0), "internal_signal 12 24 24 1"),
        (("confirmed", 2, 1, 0, 0, 0), "watch 0"), (("confirmed", 3, 0, 3, 0, 0), "internal_signal 12 24 24 1"),
        (("confirmed", 9, 0, 0, 0, 0), "internal_signal 12 24 24 1"), (("confirmed", 10, 0, 0, 0, 0), "internal_signal 2 2 2 1"),
        (("suspected", 1, 0, 0, 0, 1), "internal_signal 2 2 2 1"),
    ],
)  # fmt: skip
def test_the_strictest_rule_of_reporting_wins(cells, told):
    columns = "status cases deaths harmed special_pathogen major_impact"
    assert " ".join(filter(None, one("outbreak_deadlines", columns, *cells).values())) == told


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"alpha": 1}, "超出范围"),
        ({"alpha": "x"}, "不是数字"),
        ({"baseline": 7.5}, "不是整数"),
        ({"weeks": 3}, "没有参数"),
    ],
)
def test_a_parameter_that_cannot_be_is_refused(parameters, sentence):
    with pytest.raises(BadInput, match=sentence):
        asked("ears", "series t count", ("a", 1, 2), **parameters)


def test_the_scan_tells_the_periods_of_its_windows():
    told = asked(
        "scan_temporal",
        "series t count",
        *[("a", number, count) for number, count in enumerate([1, 1, 9, 8, 1, 1], 5)],
        replications=99,
    )
    assert [(each["start"], each["end"], each["cases"]) for each in told] == [("7", "8", "17")]
    assert math.isclose(float(told[0]["expected"]), 7.0)
