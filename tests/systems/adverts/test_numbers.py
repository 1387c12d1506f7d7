"""The number of an advert in every printed form, and what speaks against it (医疗广告管理办法 第九条、第十三条、第十四条)."""

from datetime import date

import pytest

from yizheng.kernel.calculators import find
from yizheng.systems.adverts import calculators as _declares  # noqa: F401 — declares adverts.number
from yizheng.systems.adverts.numbers import HEALTH, TCM, make_number, read_number

COLUMNS = [column.name for column in find("adverts.number").input]
NORMAL = "(京)医广〔2026〕第07-15-08号"


def ask(**cells: str) -> dict[str, str]:
    names, (row,) = find("adverts.number").answer(COLUMNS, [[cells.get(name, "") for name in COLUMNS]])
    return dict(zip(names, row, strict=True))


@pytest.mark.parametrize(
    "printed",
    [
        NORMAL,
        "京医广【2026】第07-15-08号",
        "（京）医广[2026]07-15-08号",
        "〔京〕 医广 《２０２６》第０７－１５－０８号",
        "(京)医广(2026)第07—15–08号",
        "\u200b京\u3000医广〔2026〕第 07 - 15 - 08 号\n",
    ],
)
def test_width_blanks_brackets_and_dashes_do_not_matter(printed):
    assert ask(text=printed)["normal"] == NORMAL


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "医广〔2026〕第07-15-08号",
        "甲医广〔2026〕第07-15-08号",
        "京医广2026第07-15-08号",
        "京医广〔1926〕第07-15-08号",
        "京医广〔2026〕第7-15-08号",
        "京医广〔2026〕第07-15-8号",
        "京医广〔2026〕第07-15-00008号",
        "京医广〔2026〕第07-15-08",
        "京西医广〔2026〕第07-15-08号",
        f"{NORMAL}x",
    ],
)
def test_another_form_is_no_number(printed):
    answer = ask(text=printed, organ="health", approved="2026-07-15", on="2026-07-15")
    assert answer["problems"] == "format"
    assert {answer[name] for name in answer if name != "problems"} == {""}


@pytest.mark.parametrize("serial", ["08", "008", "0008"])
def test_the_order_number_stays_as_printed(serial):
    assert ask(text=f"京医广〔2026〕第07-15-{serial}号")["serial"] == serial


def test_all_that_speaks_against_a_number_is_named():
    answer = ask(text="沪中医广〔2026〕第07-15-08号", organ="health", approved="2026-07-16", on="2026-07-15")
    assert answer["problems"] == "date_differs;organ_differs;province"
    assert answer["organ_of_number"] == "tcm"
    assert (answer["valid"], answer["state"]) == ("no", "")


def test_a_day_that_is_none_has_neither_day_nor_term():
    answer = ask(text="京医广〔2026〕第13-01-01号", on="2026-11-01")
    assert (answer["problems"], answer["date"], answer["valid_to"]) == ("date_unreal", "", "")
    assert ask(text="京医广〔2025〕第02-29-01号")["problems"] == "date_unreal"
    assert ask(text="京医广〔2024〕第02-29-01号")["valid_to"] == "2025-02-27"


@pytest.mark.parametrize(
    ("on", "state"),
    [("2026-07-14", "not_yet"), ("2026-07-15", "valid"), ("2027-07-14", "valid"), ("2027-07-15", "expired"), ("", "")],
)
def test_an_approval_holds_for_a_year_from_its_day(on, state):
    assert ask(text=NORMAL, on=on)["state"] == state


def test_a_number_made_is_the_number_read():
    assert make_number(TCM, date(2026, 1, 5), 3) == "(京)中医广〔2026〕第01-05-03号"
    made = make_number(HEALTH, date(2026, 1, 5), 1234)
    assert read_number(made).normal == made
