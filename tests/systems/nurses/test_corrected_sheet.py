"""A sheet with faults: what is wrong is said before anything is handed in, and a corrected sheet takes the place of faulty rows."""

from datetime import date

import pytest

from tests.cast import sign_in
from tests.systems.doctors.conftest import House, found
from tests.systems.nurses.test_collective_renewal import ITEM, TODAY, begun, employ, rows, taken_in
from tests.systems.nurses.test_practice import CLINIC
from yizheng.kernel.identifiers import make_resident_id
from yizheng.licensing.catalogue import item as item_of
from yizheng.licensing.collective import dossiers as collective
from yizheng.licensing.collective import handing_in
from yizheng.licensing.collective.corrected import FORMER, Placed, placed
from yizheng.licensing.collective.naming import NOBODY
from yizheng.licensing.collective.sheets import given_back
from yizheng.licensing.models import Case, DossierRow
from yizheng.licensing.states import CaseState
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic(chaoyang: Scope) -> House:
    return found(CLINIC, chaoyang, "110105")


def the_number() -> str:
    return collective.head_of(item_of(ITEM, TODAY))[2]


def test_what_a_draft_lacks_is_said_before_it_is_handed_in(hospital, haidian):
    one, two, three = employ(hospital, haidian, 3)
    promise = next(title for title in rows([one])[0][1] if "承诺" in title)
    given = [*rows([one]), *rows([two], **{promise: "否"}), *rows([three], 健康状况="不适宜执业")]
    dossier = begun(hospital.operator, hospital)
    good, unpromised, unfit = taken_in(dossier, hospital.operator, [(n, each) for n, (_, each) in enumerate(given, 1)])
    assert good == ""
    assert "承诺" in unpromised
    assert "健康" in unfit
    with acting_as(hospital.operator):
        assert Case.objects.filter(dossier=dossier, state=CaseState.DRAFT).count() == 3


def test_a_corrected_sheet_takes_the_place_of_faulty_rows_when_the_others_have_gone(client, hospital, haidian):
    people = employ(hospital, haidian, 3)
    given = rows(people)
    given[1][1][the_number()] = "201611999999"
    promise = next(title for title in given[2][1] if "承诺" in title)
    given[2][1][promise] = "否"
    dossier = begun(hospital.operator, hospital)
    taken_in(dossier, hospital.operator, given)
    with acting_as(hospital.operator):
        handing_in.hand_in(dossier, hospital.operator)
        back = given_back(dossier, open_only=True)
        assert [row[-1] for row in back] == ["2", "3"]
        wrong = list(dossier.rows.filter(line__in=[2, 3]))
    page = sign_in(client, hospital.operator).get(f"/my/dossiers/{dossier.pk}/").content.decode()
    assert "下载未提交的人员" in page
    again = [
        (2, {**given[1][1], the_number(): people[1][2], FORMER: "2"}),
        (3, {**given[2][1], promise: "是", FORMER: "3"}),
    ]
    assert taken_in(dossier, hospital.operator, again) == ["", wrong[0].problem, "", wrong[1].problem, ""]
    with acting_as(hospital.operator):
        assert [row.line for row in dossier.rows.live()] == [1, 2, 3]
        assert {each.problem for each in handing_in.hand_in(dossier, hospital.operator)} == {""}
        assert set(Case.objects.filter(dossier=dossier).values_list("state", flat=True)) == {CaseState.RECEIVED}
        assert Case.objects.filter(dossier=dossier).count() == 3


def row(line: int, name: str, state: str | None, problem: str = "") -> DossierRow:
    case = None if state is None else Case(pk=line, state=state)
    return DossierRow(line=line, name=name, problem=problem, case=case)


def test_a_row_finds_its_place_by_its_former_line_or_its_name():
    live = [row(2, "甲", CaseState.RECEIVED), row(3, "乙", None, "号码有误"), row(4, "丙", CaseState.DRAFT)]
    texts = [{"姓名": "甲"}, {"姓名": "乙", "编号": "1"}, {"姓名": "丙"}]
    by_name, by_line = (2, {"姓名": "乙", "编号": "2"}), (3, {"姓名": "丁", FORMER: "4"})
    same, gone, new = (4, {"姓名": "丙"}), (5, {"姓名": "甲", "编号": "9", FORMER: "2"}), (3, {"姓名": "戊"})
    assert placed(live, texts, [by_name, by_line, same, gone], closed=True) == [
        Placed(3, {"姓名": "乙", "编号": "2"}, live[1]),
        Placed(4, {"姓名": "丁"}, live[2]),
    ]
    assert placed(live, texts, [new], closed=False) == [Placed(5, {"姓名": "戊"})]


def test_the_page_counts_by_state_with_the_faults_first(client, hospital, haidian):
    people = employ(hospital, haidian, 3)
    dossier = begun(hospital.operator, hospital)
    given = [*rows(people[:2]), (3, {**rows(people)[2][1], "健康状况": "很好"})]
    taken_in(dossier, hospital.operator, given[1:])
    with acting_as(hospital.operator):
        handing_in.hand_in(dossier, hospital.operator)
    page = sign_in(client, hospital.operator).get(f"/my/dossiers/{dossier.pk}/").content.decode()
    assert "<summary>护士电子化注册" in page
    assert "错误 1" in page
    assert "待受理 1" in page
    assert page.index(people[2][1]) < page.index(people[1][1])


@pytest.mark.parametrize(
    ("own", "name", "number", "says"),
    [
        (True, "林若溪", "201611000009", "但“护士执业证书编号”不是此人的"),
        (True, "林若奚", "", "姓名有误：这个护士执业证书编号在本机构登记为"),
        (False, "林若溪", "201611000009", NOBODY),
        (False, "林若奚", "", NOBODY),
    ],
    ids=["own_number", "own_name", "other_number", "other_name"],
)
def test_a_typing_fault_is_told_of_the_own_nurse_alone(hospital, haidian, clinic, own, name, number, says):
    ((_, known, hers),) = employ(hospital, haidian, 1)
    house = hospital if own else clinic
    given = [(1, {"姓名": known if number else name, the_number(): number or hers})]
    (problem,) = taken_in(begun(house.operator, house), house.operator, given)
    assert says in problem


def test_an_identity_number_with_a_wrong_digit_is_told_as_that(hospital, haidian):
    ((_, name, _),) = employ(hospital, haidian, 1)
    number = make_resident_id("110108", date(1994, 1, 1), 2)
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    (problem,) = taken_in(
        begun(hospital.operator, hospital), hospital.operator, [(1, {"姓名": name, "证件号码": wrong})]
    )
    assert problem.startswith("“证件号码”")
