"""Accepted lines asked like a register: as they stood at the position, patients beside episodes, small figures hidden."""

from datetime import date

import polars as pl
import pytest

from tests.systems.infection.conftest import PERIOD, Ward, case
from yizheng.analysis.asking import Ground, answer
from yizheng.analysis.datasets import dataset
from yizheng.analysis.derived import rows
from yizheng.analysis.questions import Question
from yizheng.kernel.calendar import beijing_today
from yizheng.registry import latest_position
from yizheng.systems.infection.datasets import draw
from yizheng.systems.infection.records.kinds import CASES, RECORDS


def test_nobody_is_shown_and_nobody_asked_by() -> None:
    asked = dataset("infection_case")
    assert not {"inpatient_number", "born", "birth_weight"} & (
        {each.name for each in asked.shown} | set(asked.dimensions)
    )
    assert {"site", "pathogen", "unit_kind", "onset:month"} <= set(asked.dimensions)
    assert {each.name for each in dataset("infection_operation").shown} & {"surgeon", "number"} == set()
    assert asked.about_people
    assert not dataset("institutions_licence").about_people


@pytest.mark.django_db
def test_episodes_and_patients_are_two_measures_and_small_ones_are_hidden(ward: Ward) -> None:
    rows.cache_clear()  # positions begin anew in every test
    before = latest_position()
    urinary = [case(number, site="F01C", device="UC") for number in range(1, 7)]
    line = case(1, site="C01L", device="CVC")
    ward.accepted("case", [*(case(number) for number in range(1, 8)), *urinary, line])
    today, position = beijing_today(), latest_position()
    assert draw(CASES, today, before).is_empty()
    assert draw(CASES, date(2001, 1, 1), position).is_empty()
    ground = Ground(today, position, {})
    scopes = [ward.unit.authority_scope]

    def asked(measure: str) -> dict[str, object]:
        found = answer(Question("infection_case", measure, rows="site"), ground, None, scopes)
        return {line.code: "hidden" if line.cells[0].hidden else line.cells[0].value for line in found.lines}

    assert asked("rows") == {"A02V": 7, "F01C": "hidden", "C01L": "hidden"}, "the second hides the first"
    whole = Question("infection_case", "distinct:inpatient_number")
    assert answer(whole, ground, None, scopes).lines[0].cells[0].value == 7, "patients, not episodes"
    assert answer(whole, ground, None, []).lines[0].cells[0].value in (0, None)


@pytest.mark.django_db
def test_every_kind_of_line_is_drawn_with_its_columns(ward: Ward) -> None:
    today, position = beijing_today(), latest_position()
    for code in ("case", "icu_log", "operation", "exposure", "newborn_log"):
        found = rows(f"infection_{code}", today, position)
        assert isinstance(found, pl.DataFrame)
        assert {each.name for each in RECORDS[code].fields} - {"ward"} <= set(found.columns)
    assert today >= PERIOD
