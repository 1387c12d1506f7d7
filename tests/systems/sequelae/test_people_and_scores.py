"""Numbers, linkage, scales, hips and lungs, through the door that pages share."""

import pytest

from tests.systems.sequelae.door import one
from yizheng.kernel.calculators import BadInput
from yizheng.systems.sequelae import lungs


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("119999 19710824-0038", "valid"), ("119999710824003", "valid"), ("11999919710824003", "bad_length"),
        ("11999919710824003Y", "bad_characters"), ("11999919710230003X", "bad_date"), ("119999299902030030", "bad_date"),
        ("119999197108240000", "destroyed_by_spreadsheet"), ("119999197108240037", "bad_check"),
    ],
)  # fmt: skip
def test_the_first_thing_wrong_with_a_number_is_told(number, status):
    assert one("citizen_id", number=number)["status"] == status


def test_an_old_number_of_the_eighteen_hundreds_is_flagged():
    told = one("citizen_id", number="119999880824997")
    assert (told["birth"], told["born_before_1900"]) == ("1888-08-24", "1")


BASE = {
    "name_a": "周文斌", "sex_a": "male", "birth_a": "1971-08-24", "number_a": "",
    "name_b": "周文斌", "sex_b": "male", "birth_b": "1971-08-24", "number_b": "",
}  # fmt: skip
NUMBER, OLD, ANOTHER = "119999197108240038", "119999710824003", "119999197108240054"


@pytest.mark.parametrize(
    ("changed", "decision"),
    [
        ({"number_a": NUMBER, "number_b": OLD}, "match"),
        ({"number_a": NUMBER, "number_b": NUMBER, "name_b": "周文彬"}, "review"),
        ({"number_a": NUMBER, "number_b": NUMBER, "birth_b": "1971-08-25"}, "review"),
        ({"number_a": NUMBER, "number_b": NUMBER, "name_b": "周 文斌"}, "match"),
        ({"number_a": NUMBER, "number_b": ANOTHER}, "review"),
        ({"number_a": NUMBER, "number_b": ANOTHER, "name_b": "周文彬"}, "non-match"),
        ({}, "review"),
        ({"number_a": NUMBER}, "review"),
        ({"sex_b": "female"}, "non-match"),
        ({"sex_b": ""}, "review"),
        ({"birth_b": ""}, "non-match"),
        ({"name_b": "Zhou Wenbin"}, "review"),
        ({"name_b": "周文"}, "review"),
        ({"name_b": "周立"}, "non-match"),
        ({"birth_b": "1971-08-25"}, "review"),
        ({"birth_b": "1972-09-24"}, "non-match"),
        ({"birth_a": "1971-08-04", "birth_b": "1971-04-08"}, "review"),
    ],
)
def test_two_records_are_joined_by_their_number_alone(changed, decision):
    assert one("link_pairs", **BASE | changed)["decision"] == decision


def test_a_questionnaire_with_a_gap_is_not_scored():
    told = one("scale", scale="GAD-7", answers="1 1 - 0 0 1 2")
    assert {name: value for name, value in told.items() if value} == {"complete": "0"}
    assert one("scl90", answers=" ".join(["1"] * 89 + ["-"]))["total"] == ""


@pytest.mark.parametrize(
    ("scale", "answers", "told"),
    [
        ("PHQ-9", "1 1 1 1 0 0 0 0 0", {"total": "4", "grade": "minimal", "alert": "0"}),
        ("PHQ-9", "1 1 1 1 0 0 0 0 1", {"total": "5", "grade": "mild", "alert": "1"}),
        ("PHQ-9", "3 3 3 3 3 0 0 0 0", {"total": "15", "grade": "moderately_severe", "alert": "0"}),
        ("SAS", "1 1 1 1 4 1 1 1 4 1 1 1 4 1 1 1 4 1 4 1", {"standard": "25", "grade": "normal"}),
        ("PCL-5", "2 0 0 0 0 2 0 2 2 0 0 0 0 0 2 2 0 0 0 0", {"total": "12", "rule_met": "1", "grade": "below"}),
        ("PCL-5", "2 0 0 0 0 2 0 2 0 0 0 0 0 0 2 2 0 0 0 0", {"rule_met": "0", "cluster_d": "2"}),
    ],
)
def test_scales_at_their_edges(scale, answers, told):
    found = one("scale", scale=scale, answers=answers)
    assert {name: found[name] for name in told} == told


def test_a_cut_can_be_set_and_an_answer_out_of_range_is_refused():
    answers = " ".join(["1"] * 22)
    grades = [one("scale", {"cut": cut}, scale="IES-R", answers=answers)["grade"] for cut in (22, 23)]
    assert grades == ["above", "below"]
    with pytest.raises(BadInput, match="第2行“answers”的值“5”不是0至4的整数"):
        one("scale", scale="IES-R", answers=answers.replace("1", "5", 1))
    with pytest.raises(BadInput, match="应有7个答案，现有6个"):
        one("scale", scale="GAD-7", answers="1 1 1 1 1 1")


def test_answers_from_nought_are_raised_by_one():
    told = one("scl90", {"base": 0}, answers=" ".join(["0"] * 90))
    assert (told["total"], told["positive_mean"], told["screen_positive"], told["alert"]) == ("90", "", "0", "0")
    assert one("scl90", {"base": 0}, answers=" ".join(["0"] * 14 + ["1"] + ["0"] * 75))["alert"] == "1"


def test_half_the_items_are_enough_for_a_scale():
    assert one("sf36", answers="5a=1 5b=2")["RE"] == "50.0"
    assert one("sf36", answers="5a=1")["RE"] == ""
    assert one("sf36", answers="7=1 8=1")["BP"] == "100.0"
    with pytest.raises(BadInput, match="题号重复"):
        one("sf36", answers="2=1 2=2")


HIP = {
    "pain": 44, "limp": 11, "support": 11, "distance": 11, "stairs": 4, "shoes": 4, "sitting": 5, "transport": 1,
    "deformity": 4, "flexion_deg": 110, "abduction_deg": 20, "external_rotation_deg": 15, "adduction_deg": 15,
}  # fmt: skip


def test_motion_is_capped_and_points_not_in_the_table_are_refused():
    assert one("harris_hip", **HIP)["total"] == "100.0"
    with pytest.raises(BadInput, match="第2行“pain”的值“43”不是评分表中的分值"):
        one("harris_hip", **HIP | {"pain": 43})


@pytest.mark.parametrize(
    ("equation", "measure", "group", "predicted", "lowest"),
    [
        ("Jian-2017", "FEV1", "", 3.692, 3.059), ("Jian-2017", "FEV1_FVC_percent", "", 82.0, 72.2),
        ("GLI-2012", "FVC", "north_east_asian", 4.547, 3.942), ("GLI-2012", "FEV1", "south_east_asian", 3.469, None),
        ("GLI-2022", "FVC", "", 4.377, None), ("GLI-2017", "TLCO", "", 9.471, 7.309),
        ("GLI-2017", "DLCO", "", 28.29, None), ("GLI-2021", "TLC", "", 6.662, 5.390), ("GLI-2021", "RV", "", 1.587, None),
    ],
)  # fmt: skip
def test_published_values_of_a_man_of_45_are_met(equation, measure, group, predicted, lowest):
    told = one("lung_reference", equation=equation, sex="male", age=45, height_cm=172, measure=measure, group=group)
    assert float(told["predicted"]) == pytest.approx(predicted, rel=2e-3)
    assert lowest is None or float(told["lln"]) == pytest.approx(lowest, rel=2e-3)


def test_outside_the_ages_of_a_table_nothing_is_predicted():
    ask = {"equation": "Jian-2017", "sex": "male", "height_cm": 172, "measure": "FEV1"}
    silent = [one("lung_reference", **ask, age=age)["predicted"] == "" for age in (17.9, 18, 81, 81.1)]
    assert silent == [True, False, False, True]
    with pytest.raises(BadInput, match="需要人群"):
        one("lung_reference", **ask | {"equation": "GLI-2012"}, age=40)
    with pytest.raises(BadInput, match="不在这一公式中"):
        one("lung_reference", **ask | {"measure": "TLC"}, age=40)


def test_a_measure_without_splines_has_none():
    told = lungs.reference("GLI-2012", "male", "FEF75", 45, 172, "caucasian")
    assert told is not None
    assert told.z(told.median) == 0


@pytest.mark.parametrize(
    ("scores", "pattern"),
    [
        ((0, -1.645, -1.645, ""), "normal"), ((-1.7, 0, 0, ""), "non_specific"), ((0, 0, -1.646, ""), "obstruction"),
        ((0, -2, -2, ""), "obstruction_low_fvc"), ((0, -2, -2, -2), "mixed"), ((0, -2, -2, 0), "air_trapping"),
        ((0, -2, 0, ""), "possible_restriction"), ((0, -2, 0, -2), "restriction"), ((0, -2, 0, 0), "non_specific"),
    ],
)  # fmt: skip
def test_patterns_of_ventilation(scores, pattern):
    columns = ("fev1_z", "fvc_z", "fev1_fvc_z", "tlc_z")
    assert one("lung_pattern", **dict(zip(columns, scores, strict=True)))["pattern"] == pattern


@pytest.mark.parametrize(("z", "severity"), [(-1.645, "normal"), (-2.5, "mild"), (-4, "moderate"), (-4.01, "severe")])
def test_a_border_belongs_to_the_milder_side(z, severity):
    assert one("lung_severity", z=z)["severity"] == severity


def test_the_walk_of_six_minutes():
    told = one("six_minute_walk", sex="male", age=71, height_cm=166, weight_kg=58, measured_m=489.12)
    assert float(told["percent_predicted"]) == pytest.approx(100)
    assert float(told["predicted_m"]) - float(told["lln_m"]) == pytest.approx(153)
