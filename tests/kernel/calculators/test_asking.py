"""The door of the calculators: what is read, how answers are written, and what is said of a wrong question."""

from datetime import date

import pytest

from yizheng.kernel.calculators import BadInput, declared, find, rows_of, written
from yizheng.kernel.calendar import calculators as _declares  # noqa: F401 — declares calendar.due

HEADING = ["id", "start", "n", "unit", "direction", "kind", "pause_from", "pause_to", "extra", "act"]


def due(*cells: str) -> list[str]:
    _, (row,) = find("calendar.due").answer(HEADING, [["1", *cells]])
    return row[1:]


def test_a_limit_in_working_days_leaves_out_rest_days():
    assert due("2026-01-09", "3", "workday", "after", "act", "", "", "", "2026-01-16") == [
        "2026-01-10",
        "2026-01-14",
        "2026-01-14",
        "2",
    ]


def test_the_last_day_for_an_act_moves_off_a_holiday_and_the_end_of_a_bar_does_not():
    assert due("2025-04-20", "14", "day", "after", "act", "", "", "", "")[1:3] == ["2025-05-04", "2025-05-06"]
    assert due("2025-04-20", "14", "day", "after", "bar", "", "", "", "")[1:3] == ["2025-05-04", "2025-05-04"]


def test_days_inside_a_pause_do_not_count_in_either_direction():
    assert due("2026-03-02", "5", "workday", "after", "act", "2026-03-04", "2026-03-06", "", "")[1] == ("2026-03-12")
    assert due("2026-03-12", "5", "workday", "before", "act", "2026-03-04", "2026-03-06", "", "")[1] == ("2026-03-02")


def test_an_extension_adds_to_the_length_and_months_end_on_the_last_day_of_a_short_month():
    assert due("2025-10-31", "3", "month", "after", "bar", "", "", "1", "")[1] == "2026-02-28"
    assert due("2024-02-29", "1", "year", "after", "bar", "", "", "", "")[1] == "2025-02-28"


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (("2026-13-01", "3", "day", "after", "act", "", "", "", ""), "第2行“start”的值“2026-13-01”不是日期"),
        (("2026-01-01", "三", "day", "after", "act", "", "", "", ""), "第2行“n”的值“三”不是数字"),
        (("2026-01-01", "-1", "day", "after", "act", "", "", "", ""), "第2行“n”的值“-1”不能是负数"),
        (("2026-01-01", "1.5", "day", "after", "act", "", "", "", ""), "不是整数"),
        (("2026-01-01", "1", "week", "after", "act", "", "", "", ""), "不在可选范围内"),
        (("", "1", "day", "after", "act", "", "", "", ""), "第2行“start”没有填写"),
    ],
)
def test_a_wrong_cell_is_named_with_line_column_value_and_remedy(cells, sentence):
    with pytest.raises(BadInput, match=sentence):
        due(*cells)


def test_a_missing_column_and_an_empty_table_are_told():
    with pytest.raises(BadInput, match="缺少列“start”"):
        find("calendar.due").answer(["n"], [["1"]])
    with pytest.raises(BadInput, match="没有数据行"):
        find("calendar.due").answer(HEADING, [])


def test_an_unknown_calculator_or_parameter_is_told():
    with pytest.raises(BadInput, match="没有计算器“x”"):
        find("x")
    with pytest.raises(BadInput, match="没有参数“seed”"):
        find("calendar.due").answer(
            HEADING, [["1", "2026-01-01", "1", "day", "after", "act", "", "", "", ""]], {"seed": 1}
        )


def test_cells_are_trimmed_and_full_width_digits_read_but_text_as_typed_is_left_alone():
    columns = declared("a:int b:text", {})
    assert rows_of(columns, ["a", "b"], [["　１２", " x "]], as_typed=False)[0]["b"] == "x"
    assert rows_of(columns, ["a", "b"], [["　１２", " x "]], as_typed=True)[0] == {"line": 2, "a": 12, "b": " x "}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "1"),
        (0.1 + 0.2, "0.30000000000000004"),
        (float("inf"), "inf"),
        (date(2026, 1, 31), "2026-01-31"),
        ({"b", "a"}, "a;b"),
        (["b", "a"], "b;a"),
    ],
)
def test_answers_keep_every_digit_and_sort_what_has_no_order(value, text):
    assert written(value) == text
