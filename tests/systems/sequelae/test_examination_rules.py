"""Reading cells and what is wrong with values: both sides of every bound."""

import pytest

from yizheng.systems.sequelae.examinations.cells import Cell, Unreadable, read_cell
from yizheng.systems.sequelae.examinations.checks import CONSISTENT, changed, faults
from yizheng.systems.sequelae.examinations.fields import fields, flag
from yizheng.systems.sequelae.examinations.rows import read_row
from yizheng.systems.sequelae.examinations.units import FACTORS, converted

GOOD = {
    "sbp": 120, "dbp": 80, "height": 170, "weight": 65, "bmi": 22.5, "fev1": 3.0, "fvc": 4.0, "fev1_fvc": 0.75, "rv": 2.0,
    "frc": 3.0, "tlc": 6.0, "rv_tlc": 33.3, "dlco": 25, "va": 5, "kco": 5, "hct": 0.42, "hgb": 140, "ldl": 3, "hdl": 1.5,
    "tc": 5, "neut_pct": 60, "lymph_pct": 30, "mono_pct": 6, "eos_pct": 3, "baso_pct": 1, "dbil": 4, "tbil": 12, "alb": 45,
    "tp": 70,
}  # fmt: skip
EDGES = [
    ("X02", {"dbp": 110}, {"dbp": 111}), ("X02", {"sbp": 200}, {"sbp": 201}), ("X02", {"dbp": 110}, {"dbp": 120}),
    ("X03", {"bmi": 22.69}, {"bmi": 22.70}), ("X04", {"fev1": 4.0, "fev1_fvc": 1.0}, {"fev1": 4.01, "fev1_fvc": 1.0}),
    ("X05", {"fev1_fvc": 0.76}, {"fev1_fvc": 0.761}), ("X06", {"rv": 3.0, "rv_tlc": 50}, {"rv": 3.01, "rv_tlc": 50}),
    ("X07", {"frc": 6.0}, {"frc": 6.01}), ("X08", {"kco": 5.1}, {"kco": 5.11}), ("X09", {"hct": 0.483}, {"hct": 0.484}),
    ("X10", {"ldl": 3.5}, {"ldl": 3.51}), ("X11", {"neut_pct": 61.5}, {"neut_pct": 61.6}),
    ("X12", {"dbil": 12}, {"dbil": 12.1}), ("X13", {"alb": 70}, {"alb": 70.1}), ("X14", {"rv_tlc": 34.3}, {"rv_tlc": 34.4}),
    ("X01", {"temp": 44}, {"temp": 44.1}),
]  # fmt: skip


def test_there_are_ninety_three_items_each_with_possible_bounds() -> None:
    assert len(fields()) == 93
    assert all(field.least < field.most for field in fields().values())


def test_good_values_have_no_fault() -> None:
    assert faults(GOOD, None, 1) == []


@pytest.mark.parametrize(("rule", "good", "bad"), EDGES)
def test_a_rule_stands_on_its_edge(rule: str, good: dict[str, float], bad: dict[str, float]) -> None:
    assert rule not in {each.rule for each in faults({**GOOD, **good}, None, 1)}
    assert rule in {each.rule for each in faults({**GOOD, **bad}, None, 1)}


def test_every_rule_has_an_edge() -> None:
    assert {rule for rule, _, _ in EDGES} == {"X01", *CONSISTENT}


@pytest.mark.parametrize(
    ("rule", "now", "before", "years", "found"),
    [
        ("X15", {"height": 168}, {"height": 170}, 1, False), ("X15", {"height": 167.9}, {"height": 170}, 1, True),
        ("X15", {"height": 167.9}, {"height": 170}, 2, False), ("X16", {"weight": 69}, {"weight": 60}, 1, False),
        ("X16", {"weight": 69.1}, {"weight": 60}, 1, True), ("X17", {"collapse_l": 2}, {"collapse_l": 2}, 1, False),
        ("X17", {"collapse_l": 1.9}, {"collapse_l": 2}, 1, True),
    ],
)  # fmt: skip
def test_a_change_since_the_last_year_is_asked_about_from_its_edge(
    rule: str, now: dict[str, float], before: dict[str, float], years: float, found: bool
) -> None:
    assert (rule in {each.rule for each in changed(now, before, years)}) is found


def test_a_vertebral_fracture_is_thought_of_from_four_centimetres() -> None:
    (lost,) = changed({"height": 166}, {"height": 170}, 1)
    (more,) = changed({"height": 165.9}, {"height": 170}, 1)
    assert "椎体" not in lost.said
    assert "椎体" in more.said


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("5.2", Cell(5.2)), ("＜0.5", Cell(0.5, "<")), (">1000", Cell(1000, ">")), ("6.1↑", Cell(6.1)), ("未检", Cell(reason="not_done")),
        ("拒检", Cell(reason="refused")), ("弃检", Cell(reason="given_up")), ("/", Cell(reason="not_done")), ("", Cell(reason="empty")),
        ("(+)", Cell(words="(+)")), ("弱阳性", Cell(words="弱阳性")),
    ],
)  # fmt: skip
def test_a_cell_keeps_its_comparator_its_word_or_its_reason(text: str, cell: Cell) -> None:
    assert read_cell(text) == cell


def test_a_cell_that_says_nothing_known_is_refused() -> None:
    with pytest.raises(Unreadable):
        read_cell("见附页")


def test_the_printed_range_wins_over_the_usual_one() -> None:
    cell = read_cell("5.5", "3.9-5.2")
    usual = fields()["glu"].usual["male"]
    assert flag(5.5, cell.range, usual) == "high"
    assert flag(5.5, (None, None), usual) == ""
    assert flag(6.1, None, usual) == ""
    assert flag(3.89, None, usual) == "low"


@pytest.mark.parametrize(
    ("code", "value", "unit", "expected"),
    [("hgb", 14.2, "g/dL", 142), ("glu", 90.1, "mg/dL", 5.0), ("dlco", 9.0, "mmol/min/kPa", 26.883), ("fev1_fvc", 78, "", 0.78),
     ("fev1_fvc", 1.5, "", 1.5), ("pao2", 12, "kPa", 90.0072), ("glu", 5.0, "mmol/L", 5.0)],
)  # fmt: skip
def test_a_value_comes_in_the_unit_of_its_item(code: str, value: float, unit: str, expected: float) -> None:
    assert converted(code, Cell(value), unit).number == pytest.approx(expected, abs=1e-6)
    assert {code for code, _ in FACTORS} <= fields().keys()


@pytest.mark.parametrize(
    ("code", "unit", "factor"),
    [("dlco", "mmol/min/kpa", 2.987), ("glu", "mg/dl", 1 / 18.02), ("crea", "umol/l", 1), ("plt", "10^9/L", 1), ("plt", "×10*9/L", 1),
     ("hgb", "g/l", 1), ("dlco", "mL/min/mmHg", 1)],
)  # fmt: skip
def test_a_unit_is_known_however_it_is_written(code: str, unit: str, factor: float) -> None:
    assert converted(code, Cell(10.0), unit).number == pytest.approx(10 * factor, abs=1e-5)


@pytest.mark.parametrize(("code", "unit"), [("plt", "万/uL"), ("weight", "斤"), ("glu", "g/L")])
def test_a_unit_nobody_knows_stops_the_row(code: str, unit: str) -> None:
    with pytest.raises(Unreadable, match="不认识"):
        converted(code, Cell(10.0), unit)
    title = fields()[code].title
    (fault,) = read_row({f"{title}({unit})": "10"}, {}).faults
    assert (fault.code, fault.level) == (code, "stops")


def test_every_unit_of_the_items_is_known_of_itself() -> None:
    assert all(
        converted(code, Cell(1.0), field.unit).number == 1.0 for code, field in fields().items() if code != "hct"
    )
