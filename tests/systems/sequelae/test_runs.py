"""Analyses: denominators, small counts hidden, warnings that appear by themselves, and figures that come again from the kept data."""

from dataclasses import replace

import pytest
from django.test import Client

from tests.cast import sign_in
from tests.systems.sequelae.conftest import Office
from yizheng.people.kinds import Role
from yizheng.people.scope import acting_as
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.analyses import directly, diseases, healthy, running, telling, trend
from yizheng.systems.sequelae.analyses.dataset import Control, Dataset, Subject
from yizheng.systems.sequelae.analyses.diseases import DISEASES
from yizheng.systems.sequelae.examinations.fields import fields
from yizheng.systems.sequelae.models import Attendance, Run
from yizheng.systems.sequelae.office import office_key
from yizheng.systems.sequelae.tables import rows

YEARS = (2003, 2005, 2010, 2015, 2020, 2025)


def cohort(count: int = 60, sick: int = 12, slope: float = -0.03) -> Dataset:
    """Invented people: the first have a necrosis, lungs lose a little every year, every third stays away after 2010."""
    subjects = []
    for number in range(count):
        attended = tuple(year for year in YEARS if year <= 2010 or number % 3)
        values = {
            year: {
                "fev1": 3.0 + (number % 7) * 0.1 + slope * max(0, year - 2005) + ((number * 7 + year) % 5) * 0.01,
                "hhs_l": 90.0, "sbp": 120.0, "dbp": 80.0, "glu": 5.0, "t_l14": -1.0, **({"necrosis_vol_l": 20.0} if number < sick else {}),
            }
            for year in attended
        }  # fmt: skip
        subjects.append(
            Subject(
                number,
                "male" if number % 2 else "female",
                1955 + number % 20,
                2.0 + number % 4,
                9999,
                YEARS,
                attended,
                values,
            )
        )
    return Dataset(tuple(subjects), YEARS, ((2015, "肺功能仪乙"),))


def collapsing(count: int = 40) -> Dataset:
    """Every left hip has a necrosis; every fourth collapses between 2005 and 2010, every tenth person dies in 2012."""
    subjects = []
    for number in range(count):
        ended = 2012 if number % 10 == 9 else 9999
        values = {
            year: {
                "necrosis_vol_l": 20.0,
                "collapse_l": 2.0 if number % 4 == 0 and year >= 2010 else 0.0,
                "hhs_l": 80.0,
            }
            for year in YEARS
            if year <= ended
        }
        subjects.append(
            Subject(number, "male", 1960, 4.0 if number % 2 else 2.0, ended, YEARS, tuple(values), values, "on_duty",
                    {"l": 2020} if number % 8 == 0 else {})
        )  # fmt: skip
    return Dataset(tuple(subjects), YEARS, ())


def test_every_line_has_its_four_denominators() -> None:
    line = diseases.by_year(cohort(), DISEASES["onfh"])[-1]
    assert (line["alive"], line["invited"], line["attended"], line["examined"]) == (60, 60, 40, 40)
    assert (line["found"], line["share"]) == (8, 20.0)
    assert line["low"] < line["share"] < line["high"]


@pytest.mark.parametrize(("sick", "hidden"), [(4, True), (5, False), (0, False)])
def test_so_few_people_that_they_can_be_recognised_are_not_shown(sick: int, hidden: bool) -> None:
    line = diseases.by_year(cohort(sick=sick), DISEASES["onfh"])[0]
    assert line.get("hidden", False) is hidden
    assert ("found" in line) is not hidden


def test_so_few_without_a_finding_are_hidden_from_the_healthy_as_well() -> None:
    line = next(each for each in healthy.compared(cohort(count=60, sick=58), 2003) if each["title"] == "股骨头坏死")
    assert line.get("hidden")
    assert trend.by_year(cohort(count=4), "fev1")[0]["n"] is None


def test_the_dead_are_in_no_denominator_after_their_year() -> None:
    data = cohort(count=10)
    dead = Subject(99, "male", 1950, 1, 2004, YEARS[:1], YEARS[:1], {})
    lines = diseases.by_year(Dataset((*data.subjects, dead), YEARS, ()), DISEASES["onfh"])
    assert [line["alive"] for line in lines[:2]] == [11, 10]


def test_the_slope_of_the_later_years_is_found_and_the_device_warned_of() -> None:
    figures = running.figures("trend", "fev1", cohort())
    late = next(line for line in figures["model"] if line["term"].startswith("两年以后"))
    assert late["low"] <= -0.03 <= late["high"] + 1e-6
    assert figures["stayed"] == {**figures["stayed"], "staying": 40, "gone": 20}
    assert any("肺功能仪乙" in words for words in figures["warnings"])
    assert any("参检者变化" in words for words in figures["warnings"])


def test_the_years_of_those_who_left_stand_beside_those_who_stayed() -> None:
    years = running.figures("trend", "fev1", cohort())["stayed"]["years"]
    assert [year for year, _ in years["staying"]] == list(YEARS)
    assert [year for year, _ in years["gone"]] == [2003, 2005, 2010]


def test_the_course_of_a_finding_counts_persons_as_clusters() -> None:
    figures = running.figures("diseases", "onfh", cohort())
    assert {line["term"] for line in figures["course"]["lines"]} == {"decade", "male"}
    assert (figures["course"]["people"], figures["course"]["corrected"]) == (60, False)
    assert diseases.course(cohort(count=39, sick=10), DISEASES["onfh"])["corrected"]  # type: ignore[index]
    assert diseases.course(cohort(sick=0), DISEASES["onfh"]) is None


def test_hips_are_counted_with_their_persons_and_artificial_ones_left_out() -> None:
    hips = running.figures("diseases", "onfh", collapsing())["hips"]
    assert (hips["year"], hips["people"], hips["hips"], hips["found"]) == (2025, 36, 67, 31)
    assert hips["low"] < hips["share"] < hips["high"]
    assert "share" not in diseases.by_hip(collapsing(4), "collapse")
    assert diseases.by_hip(collapsing(), "diabetes") is None


def test_a_collapse_happened_in_the_middle_of_two_rounds_and_death_competes() -> None:
    told = running.figures("survival", "collapse", collapsing())
    assert (told["hips"], told["events"], told["competing"]) == (40, 10, 4)
    assert told["lines"][1] == {"years": 5, "at_risk": 30, "km": told["lines"][1]["km"], "aj": told["lines"][1]["aj"]}
    assert (told["lines"][1]["km"][0], told["lines"][1]["aj"][0]) == (75.0, 25.0)
    assert [title for title, _ in told["curves"]] == ["累积发生率（Aalen–Johansen）", "累计激素不足 3 g"]
    replaced = running.figures("survival", "replacement", collapsing())
    assert (replaced["events"], replaced["competing"]) == (5, 4)


@pytest.mark.parametrize(("count", "hidden"), [(16, True), (20, False)])
def test_fewer_than_five_events_are_not_estimated(count: int, hidden: bool) -> None:
    assert running.figures("survival", "collapse", collapsing(count)).get("hidden", False) is hidden


def test_groups_are_compared_at_the_ages_of_one_population() -> None:
    data = cohort(count=120, sick=40)
    groups = tuple(replace(each, infected="on_duty" if each.number % 2 else "community") for each in data.subjects)
    lines = directly.compared(replace(data, subjects=groups), 2003)
    onfh = [each for each in lines if each["title"] == "股骨头坏死"]
    assert [(each["group"], each["found"]) for each in onfh] == [("因公", 8), ("非因公", 10)]
    assert onfh[0]["ages"] == onfh[1]["ages"] == "40～44、45～120" or onfh[0]["ages"] == onfh[1]["ages"]
    assert all(each["low"] < each["rate"] < each["high"] for each in onfh)


def test_values_of_the_two_groups_have_size_interval_and_adjusted_probability() -> None:
    data = cohort()
    groups = tuple(replace(each, infected="on_duty" if each.number % 2 else "community") for each in data.subjects)
    told = running.figures("groups", "all", replace(data, subjects=groups))
    (line,) = (each for each in told["lines"] if each["title"] == fields()["fev1"].title)
    assert line["low"] < line["difference"] < line["high"]
    assert line["adjusted"] >= line["p"]
    assert told["tests"] == len(told["lines"])


def test_controls_are_matched_by_sex_age_and_work() -> None:
    data = cohort(sick=0)
    pool = tuple(
        Control(sex, age, False, {"fev1": 3.2, "sbp": 150.0 if age % 5 == 0 else 120.0, "dbp": 80.0, "glu": 5.0})
        for sex in ("male", "female") for age in range(48, 72) for _ in range(4)
    )  # fmt: skip
    told = running.figures("matched", "all", replace(data, controls=pool))
    assert told["came"] == 40
    assert 30 <= told["matched"] <= 40
    assert {line["title"]: line["after"] for line in told["balance"]}["男性"] == pytest.approx(0, abs=0.2)
    (fev1,) = (each for each in told["values"] if each["title"] == fields()["fev1"].title)
    assert fev1["value"] < 0
    assert fev1["adjusted"] >= fev1["p"]
    few = running.figures("matched", "all", replace(data, controls=pool[:2]))
    assert few["values"] == []


@pytest.mark.parametrize("asked", [code for code, _ in running.choices()])
def test_every_analysis_can_be_told(asked: str) -> None:
    kind, _, item = asked.partition(":")
    figures = running.figures(kind, item, cohort(20))
    for sheet in telling.sheets(kind, figures):
        assert {len(row) for row in sheet.rows} == {len(sheet.heads)}, sheet.title
    telling.pictures(kind, figures)


def test_too_few_rows_are_not_fitted() -> None:
    assert trend.model(cohort(count=2), "fev1") == []


def test_the_ratio_to_healthy_people_is_that_of_their_rates_by_sex() -> None:
    line = next(each for each in healthy.compared(cohort(), 2003) if each["title"] == "股骨头坏死")
    assert (line["observed"], line["examined"]) == (12, 60)
    assert line["expected"] == round(30 * 0.0102 + 30 * 0.0051, 1)
    assert line["low"] < line["ratio"] < line["high"]
    assert {each["condition"] for each in rows("healthy_reference")} <= set(DISEASES)


@pytest.mark.django_db
def test_a_run_is_kept_with_its_data_and_comes_again(client: Client, office: Office) -> None:
    statistician = office.staff[Role.COHORT_STATISTICIAN]
    for person in office.people:
        office.examined(person, office.now, hhs_l=90)
        with acting_as(office.staff[Role.COHORT_ADMIN]):
            Attendance.objects.create(round=office.now, person=person, came="attended")
    sign_in(client, statistician)
    sent = {"asked": "diseases:onfh", "until": str(office.now.year)}
    answer = client.post("/sequelae/analyses/run/", sent)
    with acting_as(statistician):
        row = Run.objects.get()
        (text,) = sealing.opened([(office_key(), row.data)])
        assert running.again(row) == row.figures
    assert "王芳" not in text
    assert "T001" not in text
    page = client.get(answer["Location"]).content.decode()
    assert "登记在世" in page
    report = client.get(f"{answer['Location']}report/")
    assert report.content.startswith(b"%PDF")
    assert "重算结果一致" in client.post(answer["Location"], follow=True).content.decode()
    assert client.post("/sequelae/analyses/run/", {"asked": "x:y", "until": "2026"}).status_code == 422
    sign_in(client, office.staff[Role.ORTHOPAEDIST])
    assert client.get(answer["Location"]).status_code == 403
    assert client.get(f"{answer['Location']}report/").status_code == 403
