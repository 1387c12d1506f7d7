"""The rules over whole registers, each on both sides of its edge."""

from dataclasses import replace
from datetime import date

import pytest

from tests.systems.supervision.worlds import CLINIC, DOCTOR, HOUSE, NURSE, TODAY, VISIT, world
from yizheng.systems.supervision.finding import every_rule, hits
from yizheng.systems.supervision.further_rules import FURTHER, Registers
from yizheng.systems.supervision.severities import SEVERITY
from yizheng.systems.supervision.world import Place


def registers(**beside: object) -> Registers:
    """All is well, with what is given in place of its own."""
    rows = {name: beside.pop(name) for name in ("institutions", "doctors", "nurses", "services") if name in beside}
    well = {
        "doctors": (DOCTOR, replace(DOCTOR, id_no="P2", scope="12", licence_no="L2")),
        "published": {"P1": "L1", "P2": "L2"},
        "certified": {"P1": frozenset({"L1"}), "P2": frozenset({"L2"})},
    }
    seen = world(**{"doctors": well.pop("doctors"), **rows})
    return Registers(seen, **{**well, **beside})  # type: ignore[arg-type]


def found(code: str, **beside: object) -> list[str]:
    return [hit.subject for hit in hits(registers(**beside)) if hit.rule == code]


def test_where_all_is_well_nothing_is_found() -> None:
    assert hits(registers()) == []


def test_there_are_forty_eight_rules_each_with_a_title_and_a_severity() -> None:
    assert len(every_rule()) == len(SEVERITY) == 48
    assert set(every_rule()) == set(SEVERITY)
    assert all(find.__doc__ for _, find in FURTHER.values())


@pytest.mark.parametrize(
    ("category", "subject", "hit"),
    [
        ("口腔", "12", False),
        ("口腔", "03", True),
        ("临床", "12", True),
        ("公共卫生", "03", True),
        ("公共卫生", "01", False),
        ("临床", "50", False),
        ("口腔", "50", True),
        ("中医", "12", False),
    ],
)
def test_what_is_done_fits_the_category(category: str, subject: str, hit: bool) -> None:
    doctor = replace(DOCTOR, category=category)
    assert found("D03", doctors=(doctor,), services=(replace(VISIT, subject=subject),)) == (["P1"] if hit else [])


@pytest.mark.parametrize(("subjects", "hit"), [(("03",), False), (("12",), True), ((), False)])
def test_a_subject_of_the_house_carries_the_scope(subjects: tuple[str, ...], hit: bool) -> None:
    assert ("P1" in found("D05", institutions=(replace(HOUSE, subjects=subjects),))) is hit


def test_who_failed_the_assessment_and_practises_is_found() -> None:
    assert (found("D10", failed=frozenset({"P1", "P9"})), found("D10")) == (["P1"], [])


@pytest.mark.parametrize(
    ("born", "qualified", "hit"),
    [
        (date(2000, 1, 2), date(2018, 1, 2), False),
        (date(2000, 1, 2), date(2018, 1, 1), True),
        (date(1925, 6, 2), None, False),
        (date(1925, 6, 1), None, True),
    ],
)
def test_an_unlikely_age_is_asked_about(born: date, qualified: date | None, hit: bool) -> None:
    on = {"P1": qualified} if qualified else {}
    assert bool(found("D13", births={"P1": born}, qualified=on)) is hit


def test_a_permit_that_is_over_is_found() -> None:
    assert (found("D14", expired_permits=frozenset({"P5"})), found("D14")) == (["P5"], [])


def test_a_subject_needs_a_doctor_who_is_registered_or_filed_there() -> None:
    filed = replace(DOCTOR, institution="", multi=(Place("Z1"),))
    surgeon = replace(DOCTOR, id_no="P2", scope="12", licence_no="L2")
    assert found("I11", doctors=(filed, surgeon)) == []
    assert found("I11", doctors=(filed,)) == ["Z1"]
    assert found("I11", institutions=(replace(HOUSE, subjects=("30",)),), doctors=()) == []


@pytest.mark.parametrize(
    ("nurses", "level", "hit"), [(20, "2", False), (19, "2", True), (19, "3", True), (1, "1", False)]
)
def test_four_nurses_to_ten_beds_from_the_second_level_on(nurses: int, level: str, hit: bool) -> None:
    rows = tuple(replace(NURSE, id_no=f"N{n}") for n in range(nurses))
    assert bool(found("I14", nurses=rows, levels={"Z1": level})) is hit


@pytest.mark.parametrize("published", [{"P2": "L2"}, {"P1": "L9", "P2": "L2"}])
def test_what_the_public_reads_is_what_is_registered(published: dict[str, str]) -> None:
    assert found("X01", published=published) == ["P1"]


def test_a_registration_has_its_certificate_in_force() -> None:
    assert found("X02", certified={"P1": frozenset({"L8"}), "P2": frozenset({"L2"})}) == ["P1"]


def test_the_national_register_knows_the_same_house_and_is_not_asked_without_an_extract() -> None:
    assert found("X03", national={"L1": HOUSE.reg_no, "L2": HOUSE.reg_no}) == []
    assert found("X03", national={"L1": HOUSE.reg_no}) == ["P2"]
    assert found("X03") == []


def test_a_granted_case_changed_the_register() -> None:
    assert found("X04", granted=frozenset({"C1", "C2"}), entered=frozenset({"C1"})) == ["C2"]


def test_a_code_no_table_knows_is_found() -> None:
    assert (found("X08", faulty_codes=frozenset({"77"})), found("X08")) == (["77"], [])


def test_a_clinic_that_is_gone_needs_no_doctors() -> None:
    gone = replace(CLINIC, status="filing_cancelled", status_from=TODAY)
    assert "Z2" not in found("I11", institutions=(HOUSE, gone))
