"""What was typed is read once: cleaned values for the rules, and a fault of the form for everything that cannot be read."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django import forms
from django.http import QueryDict

from yizheng.licensing.answers import Answers, as_typed, decode, sent
from yizheng.licensing.asking.rows_field import Row, RowsField
from yizheng.licensing.fields import DayInput, coded, day, either, radio
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Item


class PlaceRow(Row):
    where = forms.CharField(label="地点")
    since = day("开始")
    level = coded("practice_level", "级别", required=False)


class EveryStep(Step):
    code = "every"
    title = "各种栏"
    fixed: ClassVar[dict[str, str]] = {"number": "登记内容，不能改"}

    name = forms.CharField(label="姓名", max_length=5)
    number = forms.CharField(label="编号", required=False)
    born = day("出生日期")
    left = day("离岗日期", required=False)
    sex = coded("gender", "性别")
    tongues = forms.MultipleChoiceField(label="语言", choices=[("en", "英语"), ("de", "德语")], required=False)
    kind = radio("种类", (("a", "甲"), ("b", "乙")), required=False)
    passed = either("考核结果", ("pass", "合格"), ("fail", "不合格"))
    truth = forms.BooleanField(label="承诺", error_messages={"required": "请作出真实性承诺"})
    keeps = forms.BooleanField(label="保留", required=False)
    amount = forms.DecimalField(label="金额", max_digits=6, decimal_places=2, required=False)
    years = forms.IntegerField(label="年限", required=False)
    places = RowsField(PlaceRow, row_word="第", label="地点", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("born") and cleaned.get("left") and cleaned["left"] < cleaned["born"]:
            self.add_error("left", "离岗早于出生")
        return cleaned


class EveryItem(Item):
    code = "every"
    steps = (EveryStep,)


ITEM = EveryItem()
WHOLE: dict[str, Any] = {
    "name": "程知微",
    "born": "1985-03-09",
    "sex": "2",
    "kind": "a",
    "passed": "pass",
    "truth": True,
    "amount": "12.50",
    "years": "3",
    "places": [{"where": "海淀", "since": "2026/1/2", "level": "1"}],
}


def test_every_kind_of_field_is_read_as_its_value() -> None:
    filled = decode(ITEM, {"every": WHOLE})
    assert filled.faults == {"every": 0}
    assert filled.answers == {
        "every": {
            "name": "程知微",
            "born": date(1985, 3, 9),
            "sex": "2",
            "kind": "a",
            "passed": True,
            "truth": True,
            "amount": Decimal("12.50"),
            "years": 3,
            "places": [{"where": "海淀", "since": date(2026, 1, 2), "level": "1"}],
        }
    }


@pytest.mark.parametrize(
    "typed",
    ["2026-08-01", "2026/08/01", "2026.8.1", "2026年8月1日", "２０２６／０８／０１", " 20260801 ", "2026 - 8 - 1"],
)
def test_a_day_is_read_in_every_writing_people_use(typed: str) -> None:
    filled = decode(ITEM, {"every": {**WHOLE, "born": typed}})
    assert filled.answers.day("every", "born") == date(2026, 8, 1)
    assert filled.faults == {"every": 0}


@pytest.mark.parametrize(
    ("name", "typed", "nothing"),
    [
        ("born", "去年八月", None),
        ("born", "2026-02-30", None),
        ("born", "", None),
        ("born", None, None),
        ("born", "2026-08-01 10:00", None),
        ("left", "1980-01-01", None),
        ("sex", "7", ""),
        ("sex", "", ""),
        ("kind", "c", ""),
        ("tongues", ["en", "xx"], []),
        ("passed", "", None),
        ("passed", "maybe", None),
        ("truth", False, False),
        ("name", "", ""),
        ("name", "六个字的名字", ""),
        ("amount", "十二元", None),
        ("amount", "NaN", None),
        ("years", "三", None),
        ("places", [{"where": "", "since": "2026-1-2"}], [{"where": "", "since": date(2026, 1, 2), "level": ""}]),
        ("places", [{"where": "海淀", "since": "明天"}], [{"where": "海淀", "since": None, "level": ""}]),
        ("places", "不是表", []),
    ],
)
def test_what_is_absent_or_wrong_is_nothing_and_a_fault_of_the_form(name: str, typed: object, nothing: object) -> None:
    filled = decode(ITEM, {"every": {**WHOLE, name: typed}})
    assert filled.answers["every"][name] == nothing
    assert type(filled.answers["every"][name]) is type(nothing)
    if typed != "不是表":
        assert list(filled.steps["every"].errors) == [name]
        assert filled.faults["every"] >= 1


def test_what_may_be_left_out_is_nothing_and_no_fault() -> None:
    left_out = {"left": "", "kind": "", "keeps": False, "amount": "", "years": "", "places": []}
    filled = decode(ITEM, {"every": {**WHOLE, **left_out}})
    assert filled.faults == {"every": 0}
    assert {name: filled.answers["every"][name] for name in left_out} == {
        "left": None,
        "kind": "",
        "keeps": False,
        "amount": None,
        "years": None,
        "places": [],
    }


def test_a_known_code_that_is_not_offered_is_read_beside_its_fault() -> None:
    class Narrow(Step):
        code = "narrow"
        title = "只一种"
        level = coded("practice_level", "级别", only=lambda code: code.code == "1")

    class NarrowItem(Item):
        code = "narrow"
        steps = (Narrow,)

    filled = decode(NarrowItem(), {"narrow": {"level": "2"}})
    assert filled.answers.text("narrow", "level") == "2"
    assert filled.faults == {"narrow": 1}


def test_a_field_that_was_never_shown_is_not_there_and_a_step_not_begun_has_its_faults() -> None:
    filled = decode(ITEM, {})
    assert filled.answers == {}
    assert filled.begun == frozenset()
    assert filled.faults["every"] > 0
    assert "left" not in decode(ITEM, {"every": {"name": "程知微"}}).answers["every"]


def test_a_part_of_the_platforms_own_stands_as_it_is() -> None:
    assert decode(ITEM, {"office": {"scope": 7}}).answers == {"office": {"scope": 7}}


def test_an_accessor_refuses_a_value_of_another_kind() -> None:
    answers = decode(ITEM, {"every": WHOLE}).answers
    assert answers.text("every", "name") == "程知微"
    assert answers.flag("every", "passed") is True
    assert answers.amount("every", "amount") == Decimal("12.50")
    assert answers.day("nowhere", "born") is None
    assert answers.text("every", "left") == ""
    with pytest.raises(TypeError, match=r"every\.born is date, not str"):
        answers.text("every", "born")
    with pytest.raises(TypeError, match=r"every\.born is str, not date"):
        Answers({"every": {"born": "1985-03-09"}}).day("every", "born")


def test_lent_steps_tell_many_cases_apart() -> None:
    lent = {"every": EveryStep.lent()}
    first = decode(ITEM, {"every": {**WHOLE, "born": "昨天"}}, lent)
    second = decode(ITEM, {"every": WHOLE}, lent)
    assert (first.faults["every"], second.faults["every"]) == (1, 0)
    assert first.answers["every"]["born"] is None
    assert second.answers["every"]["born"] == date(1985, 3, 9)


def test_values_are_kept_in_a_draft_as_somebody_would_type_them() -> None:
    answers = decode(ITEM, {"every": WHOLE}).answers
    assert as_typed({"every": {"tongues": ["en", "de"]}}) == {"every": {"tongues": ["en", "de"]}}
    kept = as_typed({"every": {name: value for name, value in answers["every"].items() if name != "passed"}})
    assert kept["every"]["born"] == "1985-03-09"
    assert kept["every"]["amount"] == "12.50"
    assert kept["every"]["places"] == [{"where": "海淀", "since": "2026-01-02", "level": "1"}]
    assert decode(ITEM, {"every": {**kept["every"], "passed": "pass"}}).answers == answers


def test_what_a_browser_sends_is_kept_as_it_was_typed() -> None:
    data = QueryDict(
        "every-born=2026/08/01&every-number=X&every-truth=on&every-places-0-where=&every-places-2-where=海淀"
        "&every-places-2-since=明天&every-places-99-where=太多"
    )
    typed = sent(ITEM, data)["every"]
    assert typed["born"] == "2026/08/01"
    assert typed["truth"] is True
    assert typed["places"] == [{"where": "海淀", "since": "明天", "level": ""}]
    assert "number" not in typed


def test_rows_without_script_show_the_filled_ones_and_two_more_and_share_one_list() -> None:
    form = EveryStep({"every-places": WHOLE["places"]}, prefix="every")
    page = str(form["places"])
    assert page.count("<fieldset") == 3
    assert 'name="every-places-0-since" value="2026/1/2"' in page
    assert '<option value="1" selected>' in page
    field = form.fields["places"]
    assert isinstance(field, RowsField)
    assert field.in_words(WHOLE["places"]).startswith("地点：海淀，开始：2026/1/2，级别：")


def test_a_fault_of_a_row_names_the_row_and_the_field() -> None:
    rows = [{"where": "海淀", "since": "2026-1-2"}, {"where": "", "since": "明天", "level": "9"}]
    (errors,) = decode(ITEM, {"every": {**WHOLE, "places": rows}}).steps["every"].errors.values()
    assert list(errors) == [
        "第 2 地点：请填写",
        "第 2 开始：不是日期，请按 2026-11-30 的样子填写",
        "第 2 级别：请从列表中选择",
    ]


def test_a_day_is_typed_in_a_text_control_whatever_the_language_of_the_browser() -> None:
    form = EveryStep(initial={"born": date(1985, 3, 9)})
    assert DayInput.input_type == "text"
    assert 'type="text"' in str(form["born"])
    assert 'value="1985-03-09"' in str(form["born"])
    assert 'placeholder="2026-11-30"' in str(form["born"])
