"""What hospitals report beside the registers: beds, departments, people."""

import pytest

from tests.cast import sign_in
from tests.systems.infection.conftest import PERIOD, Ward
from tests.systems.infection.test_rules import operation
from yizheng.people.scope import acting_as_system
from yizheng.systems.infection.joining.comparing import Ward as Unit
from yizheng.systems.infection.joining.comparing import of_licence, of_people
from yizheng.systems.infection.models import Plan
from yizheng.systems.infection.reporting.plans import add_unit, open_month

ICU = Unit("综合 ICU", "icu", 12)


def matters(wards: list[Unit], beds: int, subjects: list[str]) -> list[str]:
    return [each.matter for each in of_licence(wards, beds, subjects, {"28": "重症医学科"})]


def test_as_many_beds_as_licensed_are_in_order_and_one_more_is_told():
    assert matters([ICU], 12, ["28"]) == []
    assert matters([ICU], 11, ["28"]) == ["床位"]


def test_a_unit_needs_its_subject_and_a_subject_its_unit():
    assert matters([ICU], 12, ["03"]) == ["科室没有诊疗科目"]
    assert matters([], 12, ["28", "04.01"]) == ["缺监测科室", "缺监测科室"]
    assert matters([ICU, Unit("骨科", "surgery", 1)], 20, ["28", "04.03"]) == []


def test_people_are_known_here_elsewhere_or_nowhere():
    found = list(of_people("手术医师", {"A", "B", "C"}, {"A"}, {"A", "B"}))
    assert [(each.reported, each.registered) for each in found] == [
        ("B", "登记在其他机构"), ("C", "登记簿里没有这个执业证书编码"),
    ]  # fmt: skip
    assert list(of_people("手术医师", {"A"}, {"A"}, {"A"})) == []
    many = {f"D{number:02d}" for number in range(9)}
    assert next(of_people("手术医师", many, set(), set())).reported.endswith("等 9 个")


@pytest.mark.django_db
def test_the_page_tells_a_surgeon_no_register_knows(ward: Ward, client):
    with acting_as_system("test"):
        add_unit(ward.hospital, "W2", "骨科", "surgery", "", 30, PERIOD)
        open_month(ward.hospital, Plan.objects.all(), PERIOD)
    day = PERIOD.replace(day=8).isoformat()
    ward.act(ward.typed("operation", [operation(day=day)]), "submit")
    page = sign_in(client, ward.nurse).get("/infection/joined/").content.decode()
    assert "D01" in page
    assert sign_in(client, ward.city).get("/infection/joined/").status_code == 200
