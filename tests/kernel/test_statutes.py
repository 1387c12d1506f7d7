"""Citations, Chinese numerals and dates in words."""

from datetime import date

import pytest

from yizheng.kernel import statutes
from yizheng.kernel.chinese_dates import day_range, long_date, parse_date, weekday
from yizheng.kernel.statutes import Cited, article, chinese_numeral, licensing_law, physicians_law, registration_rules


@pytest.mark.parametrize(
    ("cited", "text"),
    [
        (physicians_law(13), "《中华人民共和国医师法》第十三条"),
        (physicians_law(16, 1, 2), "《中华人民共和国医师法》第十六条第一款第二项"),
        (registration_rules(9), "《医师执业注册管理办法》第九条"),
        (licensing_law(32), "《中华人民共和国行政许可法》第三十二条"),
        (article("physicians_law:16:2"), "《中华人民共和国医师法》第十六条第二项"),
        (article("registration_rules:19"), "《医师执业注册管理办法》第十九条"),
    ],
)
def test_an_article_is_cited_as_the_law_prints_it(cited: statutes.Article, text: str) -> None:
    assert str(cited) == text


def test_a_short_citation_fits_a_narrow_column() -> None:
    assert physicians_law(13).short == "医师法第十三条"


def test_every_statute_that_can_be_cited_is_on_file() -> None:
    cited = [value for value in vars(statutes).values() if isinstance(value, Cited)]
    assert len(cited) > 20
    for one in cited:
        assert str(one(1)) == f"《{one.statute.title}》第一条"


def test_the_physicians_law_took_over_from_the_old_one() -> None:
    old = statutes.statute("practising_physicians_law_1998")
    eve, day = date(2022, 2, 28), date(2022, 3, 1)
    assert old.in_force_on(eve)
    assert not old.in_force_on(day)
    assert not physicians_law(13).in_force_on(eve)
    assert physicians_law(13).in_force_on(day)


def test_an_unknown_statute_is_refused() -> None:
    with pytest.raises(LookupError, match="法规目录中没有“road_law”"):
        statutes.statute("road_law")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (9, "九"),
        (10, "十"),
        (13, "十三"),
        (20, "二十"),
        (42, "四十二"),
        (101, "一百零一"),
        (110, "一百一十"),
        (119, "一百一十九"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1100, "一千一百"),
        (9999, "九千九百九十九"),
    ],
)
def test_numerals_are_written_as_in_law(number: int, text: str) -> None:
    assert chinese_numeral(number) == text


@pytest.mark.parametrize("number", [-1, 10000])
def test_numerals_end_at_four_digits(number: int) -> None:
    with pytest.raises(ValueError, match="0到9999"):
        chinese_numeral(number)


def test_dates_read_as_chinese() -> None:
    assert long_date(date(2025, 5, 22)) == "2025年5月22日"
    assert weekday(date(2025, 5, 22)) == "周四"
    assert day_range(date(2025, 5, 1), date(2025, 5, 5)) == "5月1日—5日"
    assert day_range(date(2025, 1, 28), date(2025, 2, 4)) == "1月28日—2月4日"
    assert day_range(date(2025, 5, 1), date(2025, 5, 1)) == "5月1日"


@pytest.mark.parametrize(
    "text",
    [
        "2025-05-02",
        "2025/5/2",
        "2025.5.2",
        "2025年5月2日",
        "2025年05月02日",
        " 20250502 ",
        "２０２５-05-02",
        "２０２５年５月２日",
        "２０２５／０５／０２",
        "二〇二五年五月二日",
        "2025-05-02 00:00:00.0",
        "2025/5/2 0:00",
        "2025-05-02T00:00:00Z",
    ],
)
def test_a_date_is_understood_as_people_type_it(text: str) -> None:
    assert parse_date(text) == date(2025, 5, 2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025-13-01",
        "2025-02-30",
        "五月二日",
        "25-05-02",
        "２５-05-02",
        "0000-01-01",
        "202505",
        "2025.12",
        "2025-11",
        "2025年11",
        "2025111",
        "2025-05-01T16:00:00Z",
        "2025-05-02 08:30",
    ],
)
def test_what_is_no_date_is_not_guessed(text: str) -> None:
    assert parse_date(text) is None
