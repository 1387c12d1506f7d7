"""集体办理 of the other items: the table on the page and the sheet hold each form, and every row becomes a draft in order."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import sign_in
from tests.systems.doctors.conftest import House, found
from tests.systems.doctors.standing_doctors import Doctor, person, registered_at
from tests.systems.doctors.test_collective import sheet_of
from yizheng.licensing import answers, catalogue
from yizheng.licensing.asking.rows_field import RowsField
from yizheng.licensing.cases import examining
from yizheng.licensing.catalogue import item as item_of
from yizheng.licensing.collective import corrected, handing_in, sheets, working_up
from yizheng.licensing.collective import dossiers as collective
from yizheng.licensing.item import Initiator
from yizheng.licensing.models import Case, Dossier
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as
from yizheng.work.progress import Progress

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ELSEWHERE = "北京市东升示范医院"


def ago(number: int) -> str:
    return (TODAY - timedelta(days=number)).isoformat()


@dataclass(frozen=True)
class Written:
    """An item, what a row of it says in words, and whether its doctors work at the institution already."""

    code: str
    row: dict[str, str] = field(default_factory=dict)
    here: bool = True


ITEMS = (
    Written(
        "doctor_change_main_institution",
        {"用工形式": "合同", "聘用证明上的机构名称": "海淀示范医院", "变更原因": "调入"},
        here=False,
    ),
    Written("doctor_multi_institution_filing", {"备案开始": TODAY.isoformat(), "科室": "内科"}, here=False),
    Written("doctor_leave_filing", {"离岗日期": ago(5), "手续办结日期": ago(3)}),
    Written(
        "sq_narcotic_rx",
        {"专业技术职务": "主治医师（主管医师）", "培训机构": "北京示范培训基地",
         "培训开始": ago(90), "培训结束": ago(60), "考核结果": "合格"},
    ),
)  # fmt: skip


@pytest.fixture
def elsewhere(haidian: Scope) -> House:
    return found(ELSEWHERE, haidian, "110108")


def doctors(written: Written, hospital: House, elsewhere: House, office: Scope, number: int) -> list[Doctor]:
    made = []
    for name in ("赵一鸣", "钱二宁", "孙三省")[:number]:
        doctor = person(name, office)
        registered_at(doctor, hospital if written.here else elsewhere, office)
        made.append(doctor)
    return made


def begun(client: Client, code: str, hospital: House) -> Dossier:
    sign_in(client, hospital.operator).post(f"/my/dossiers/begin/{code}/")
    with acting_as(hospital.operator):
        return Dossier.objects.visible_to(hospital.operator).get()


@pytest.mark.parametrize("written", ITEMS, ids=lambda each: each.code)
def test_a_table_and_a_sheet_hold_the_form(
    client: Client, hospital: House, elsewhere: House, haidian: Scope, written: Written
) -> None:
    dossier = begun(client, written.code, hospital)
    people = doctors(written, hospital, elsewhere, haidian, 3)
    item = item_of(dossier.item_code, dossier.rules_on)
    columns = {column.title for column in collective.columns_of(item)}
    assert set(written.row) <= columns
    assert "备案机构" not in columns
    assert "执业机构" not in columns
    rows = [{corrected.NAME: each.name, collective.IDENTITY: each.number, **written.row} for each in people]
    client.post(f"/my/dossiers/{dossier.pk}/upload/", {"sheet": sheet_of(dossier, rows[:2])})
    titles = [*sheets.template(item)[0].head]
    client.post(
        f"/my/dossiers/{dossier.pk}/rows/", {f"row0-{n}": rows[2].get(title, "") for n, title in enumerate(titles)}
    )
    page = client.get(f"/my/dossiers/{dossier.pk}/").content.decode()
    with acting_as(hospital.operator):
        kept = list(dossier.rows.order_by("pk"))
        assert all(row.case_id for row in kept), [row.problem for row in kept]
        cases = list(Case.objects.filter(dossier=dossier).order_by("pk"))
        typed = [answers.load(case) for case in cases]
        looked_at = examining.examine(cases[0], TODAY)
    assert [each.name in page for each in people] == [True] * 3
    if "institution" in {name for step in item.steps for name in step.base_fields}:
        assert {each[item.institution_step]["institution"] for each in typed} == {dossier.institution_name}
    unfilled = {name for step in looked_at.steps for name in step.form.errors}
    assert unfilled <= {"truth", "cause", "employment", "employed_from", "change_reason"}


def test_every_collective_item_can_be_begun_by_an_institution_and_written_in_a_row() -> None:
    """The declaration holds together: who begins it, and a form without nested rows."""
    for item in catalogue.items(TODAY):
        if item.collective:
            assert Initiator.INSTITUTION in item.initiators, item.code
            titles = [column.title for column in collective.columns_of(item)]
            assert len(titles) == len(set(titles)), item.code
            assert not [c for c in collective.columns_of(item) if isinstance(c.field, RowsField)], item.code


def test_a_large_dossier_is_submitted_in_portions_and_tells_how_far_it_is(
    client: Client, hospital: House, elsewhere: House, haidian: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_in, "PORTION", 2)
    written = ITEMS[2]
    dossier = begun(client, written.code, hospital)
    people = doctors(written, hospital, elsewhere, haidian, 3)
    rows = [{corrected.NAME: each.name, collective.IDENTITY: each.number, **written.row} for each in people]
    told: list[tuple[int, int | None]] = []

    class Told(Progress):
        def __init__(self) -> None:
            """It writes nowhere and needs no connection."""

        def report(self, done: int, total: int | None = None, message: str = "") -> None:
            told.append((done, total))

    with acting_as(hospital.operator):
        collective.take_in(dossier, hospital.operator, enumerate(rows, 1))
        working_up.work_up(dossier, hospital.operator)
        outcomes = handing_in.hand_in(dossier, hospital.operator, progress=Told())
        problems = list(dossier.rows.order_by("pk").values_list("problem", flat=True))
    assert told == [(2, 3), (3, 3)]
    assert [bool(outcome.problem) for outcome in outcomes] == [bool(problem) for problem in problems]
