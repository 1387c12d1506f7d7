"""Worlds of one or two rows, and what the rules of supervision find in them."""

from dataclasses import replace
from datetime import date, timedelta

from yizheng.kernel.calendar.calculators import calendar
from yizheng.kernel.identifiers import make_institution_number, make_organisation_code, make_uscc
from yizheng.systems.supervision.judging import clues
from yizheng.systems.supervision.world import DoctorRow, Institution, NurseRow, Service, World

TODAY = date(2026, 6, 1)
SERVED = date(2026, 5, 18)
DAY = timedelta(days=1)
ORGANISATION = make_organisation_code("E2T2Y8FN")
HOUSE = Institution(
    id="Z1", regime="licensed", organ="D07", name="栖霞医院", uscc=make_uscc("12", "110107", ORGANISATION),
    reg_no=make_institution_number(ORGANISATION, "110107", "11", "A100", "1"), region="110107", economic="11",
    category="A100", nature="1", beds=50, open_beds=50, subjects=("03", "04"), status="active", address="栖霞路1号",
)  # fmt: skip
CLINIC = replace(HOUSE, id="Z2", regime="clinic_filed", reg_no="", category="D211", beds=0, open_beds=0, status="filed",
                 name="栖霞诊所", uscc=make_uscc("12", "110107", make_organisation_code("C7Q2WM4D")), subjects=("03",),
                 address="栖霞路2号")  # fmt: skip
DOCTOR = DoctorRow(id_no="P1", category="临床", scope="11", level="physician", institution="Z1", licence_no="L1")
NURSE = NurseRow(id_no="N1", valid_to=date(2027, 1, 1), main="Z1", status="active")
VISIT = Service(date=SERVED, institution="Z1", kind="outpatient", person_id="P1", role="doctor", subject="03")
SHIFT = Service(date=SERVED, institution="Z1", kind="nursing", person_id="N1", role="nurse")


def world(**rows: object) -> World:
    """A world in which all is well, with what is given in place of its own."""
    well = {"institutions": (HOUSE,), "doctors": (DOCTOR,), "nurses": (NURSE,), "services": (VISIT, SHIFT)}
    return World(TODAY, calendar(), **{**well, **rows})  # type: ignore[arg-type]


def found(code: str, **rows: object) -> list[tuple[str, date]]:
    return [(clue.subject, clue.date) for clue in clues(world(**rows)) if clue.rule == code]


def house(code: str, base: Institution = HOUSE, **values: object) -> bool:
    """Whether the rule finds the institution with these values, and then on the day asked about."""
    hit = found(code, institutions=(replace(base, **values),))  # type: ignore[arg-type]
    assert hit in ([], [(base.id, TODAY)])
    return bool(hit)


def served(code: str, service: Service = VISIT, *, on: str = "Z1", **rows: object) -> bool:
    """Whether the rule finds the service, and then on its day."""
    hit = found(code, **{"services": (service,), **rows})
    assert hit in ([], [(on, service.date)])
    return bool(hit)
