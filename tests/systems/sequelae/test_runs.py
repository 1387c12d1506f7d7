"""Analyses: denominators, small counts hidden, warnings that appear by themselves, and figures that come again from the kept data."""

import pytest
from django.test import Client

from tests.cast import sign_in
from tests.systems.sequelae.conftest import Office
from yizheng.people.kinds import Role
from yizheng.people.scope import acting_as
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.analyses import diseases, healthy, running, trend
from yizheng.systems.sequelae.analyses.dataset import Dataset, Subject
from yizheng.systems.sequelae.analyses.diseases import DISEASES
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
    assert "重算结果一致" in client.post(answer["Location"], follow=True).content.decode()
    assert client.post("/sequelae/analyses/run/", {"asked": "x:y", "until": "2026"}).status_code == 422
    sign_in(client, office.staff[Role.ORTHOPAEDIST])
    assert client.get(answer["Location"]).status_code == 403
