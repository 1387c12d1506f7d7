"""Files in: linking with its report, decisions by hand, two readings, loading by another, and withdrawing exactly."""

import threading
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from tests.cast import sign_in
from tests.systems.sequelae.conftest import NUMBERS, Office
from yizheng.kernel.linkage.assigning import assign
from yizheng.kernel.linkage.comparing import Decision
from yizheng.kernel.linkage.scoring import Names, Record, compare
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.scope import acting_as
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.consultation.years import years_of
from yizheng.systems.sequelae.examinations import checks, taking
from yizheng.systems.sequelae.examinations.rows import read_row
from yizheng.systems.sequelae.examinations.taking import Refused, Sent, rows_of
from yizheng.systems.sequelae.linking import deciding
from yizheng.systems.sequelae.models import Batch, Examination, Link

BORN = date(1984, 9, 16)
KNOWN = Record("欧阳晓明", "male", BORN, NUMBERS[0], "T003")
NAMES = Names(["王芳"] * 6 + ["李娜"] * 3 + ["欧阳晓明"])
HEADS = ("姓名", "性别", "出生日期", "身份证号", "血红蛋白(g/dL)", "血糖", "血糖参考范围", "身高")


@pytest.mark.parametrize(
    ("record", "decision"),
    [
        (Record("欧阳晓明", "", None, NUMBERS[0]), Decision.MATCH),
        (Record("欧阳小明", "male", BORN, NUMBERS[0].lower()), Decision.MATCH),
        (Record("张三", "male", BORN, NUMBERS[0]), Decision.REVIEW),
        (Record("欧阳晓明", "male", BORN), Decision.REVIEW),
        (Record("欧阳晓明", "male", BORN, "", "t003"), Decision.MATCH),
        (Record("欧阳晓明", "male", BORN, NUMBERS[0][:15] + "000"), Decision.REVIEW),
        (Record("欧阳晓明", "female", BORN, "", "T003"), Decision.REVIEW),
        (Record("王芳", "female", date(1970, 1, 1)), Decision.NON_MATCH),
    ],
)
def test_whose_a_record_is(record: Record, decision: Decision) -> None:
    assert compare(record, KNOWN, NAMES).decision is decision


def test_a_rare_name_speaks_louder_than_a_frequent_one() -> None:
    rare, frequent = (
        compare(Record(name, "male", BORN), Record(name, "male", BORN), NAMES) for name in ("欧阳晓明", "王芳")
    )
    assert rare.score > frequent.score
    assert frequent.decision is Decision.REVIEW


def test_within_a_file_a_person_has_one_record() -> None:
    register = {
        1: Record("王芳", "female", BORN, NUMBERS[0]),
        2: Record("王芳", "female", date(1984, 9, 19), NUMBERS[1]),
    }
    first, second = assign([Record("王芳", "female", BORN, NUMBERS[0])] * 2, register)
    assert sorted([first.person or 0, second.person or 0]) == [0, 1]
    assert {first.decision, second.decision} == {Decision.MATCH, Decision.REVIEW}


def sent(*rows: tuple[str, ...], name: str = "体检.csv") -> Sent:
    return Sent(
        name, repr(rows).encode(), HEADS, [(at, dict(zip(HEADS, row, strict=True))) for at, row in enumerate(rows, 2)]
    )


def row(name: str, number: str = "", hgb: str = "14.2", glu: str = "5.5", height: str = "170") -> tuple[str, ...]:
    birth = "1984-09-20" if name.startswith("欧阳") else "1984-09-16" if number != NUMBERS[1] else "1984-09-19"
    return (name, "男", birth, number, hgb, glu, "3.9-5.2", height)


@pytest.fixture
def keeper(office: Office) -> Account:
    return office.staff[Role.COHORT_KEEPER]


def take(office: Office, who: Account, *rows: tuple[str, ...], **more: Any) -> Batch:
    return taking.take(who, office.source, office.now, sent(*rows), **more)


def standing(office: Office) -> list[tuple[Any, ...]]:
    """What stands of the people now, to the letter."""
    with acting_as(office.staff[Role.COHORT_KEEPER]):
        return list(Examination.objects.standing().order_by("id").values_list("id", "person", "sealed", "replaced_by"))


@pytest.mark.django_db
def test_a_file_is_linked_checked_and_loaded_by_another(office: Office, keeper: Account) -> None:
    other = office.another(Role.COHORT_KEEPER)
    with acting_as(keeper):
        batch = take(
            office,
            keeper,
            row("王芳", NUMBERS[0]),
            row("欧阳晓明"),
            row("无此人"),
            row("王芳", NUMBERS[1], height="1700"),
        )
        assert batch.report == {
            "records": 4, "matched": 2, "by_hand": 0, "review": 1, "unmatched": 1, "twice": 0, "without": 0,
        }  # fmt: skip
        assert [each.waits for each in rows_of(keeper, batch)] == ["", "待认定人员", "待认定人员", "有不能入库的值"]
        with pytest.raises(Refused, match="另一人"):
            taking.load(keeper, batch)
    with acting_as(other):
        assert taking.load(other, batch) == (1, 3)
        (cells,) = [each.row.cells for each in rows_of(other, batch) if not each.waits]
        assert (cells["hgb"].number, cells["glu"].range) == (142, (3.9, 5.2))
        with pytest.raises(Refused, match="已经入库"):
            taking.load(other, batch)


@pytest.mark.django_db
def test_withdrawing_restores_exactly(office: Office, keeper: Account) -> None:
    other = office.another(Role.COHORT_KEEPER)
    with acting_as(keeper):
        first = take(office, keeper, row("王芳", NUMBERS[0]), row("欧阳晓明", NUMBERS[2]))
    with acting_as(other):
        taking.load(other, first)
    before = standing(office)
    with acting_as(keeper):
        second = take(office, keeper, row("王芳", NUMBERS[0], "15.0"), row("王芳", NUMBERS[1], "15.1"))
    with acting_as(other):
        assert taking.load(other, second) == (2, 0)
    assert len(standing(office)) == 3
    assert standing(office) != before
    with acting_as(keeper):
        assert taking.withdraw(keeper, second, "来源重发") == 2
        assert standing(office) == before
        with pytest.raises(Refused, match="已经撤回"):
            taking.withdraw(keeper, second, "再次")


@pytest.mark.django_db
def test_taking_back_what_was_replaced_leaves_the_later_standing(office: Office, keeper: Account) -> None:
    other = office.another(Role.COHORT_KEEPER)
    batches = []
    for hgb in ("14.0", "15.0", "16.0"):
        with acting_as(keeper):
            batches.append(take(office, keeper, row("王芳", NUMBERS[0], hgb)))
        with acting_as(other):
            taking.load(other, batches[-1])
    now = standing(office)
    with acting_as(keeper):
        taking.withdraw(keeper, batches[1], "中间一批有误")
        assert standing(office) == now
        taking.withdraw(keeper, batches[2], "最后一批有误")
        (left,) = Examination.objects.standing()
        assert left.batch_id == batches[0].pk


@pytest.mark.django_db
def test_a_join_by_hand_is_kept_by_later_runs_and_undone_exactly(office: Office, keeper: Account) -> None:
    other, person = office.another(Role.COHORT_KEEPER), office.people[2]
    office.examined(person, office.now, height=171)
    before = standing(office)
    with acting_as(keeper):
        batch = take(office, keeper, row("欧阳小明"))
        (waiting,) = rows_of(keeper, batch)
        assert waiting.waits
        deciding.decide(keeper, waiting.kept.link_id, person, "电话核对")
        with pytest.raises(deciding.Refused, match="刷新"):
            deciding.decide(keeper, waiting.kept.link_id, None, "晚了一步")
    with acting_as(other):
        assert taking.load(other, batch) == (1, 0)
    assert standing(office) != before
    with acting_as(keeper):
        again = take(office, keeper, row("欧阳小明", "", "13.9"))
        assert again.report["by_hand"] == 1
        taking.withdraw(keeper, again, "试")
        (joined,) = rows_of(keeper, batch)
        deciding.decide(keeper, joined.kept.link_id, None, "是两个人")
        assert standing(office) == before
        assert Link.objects.count() == 3
        later = take(office, keeper, row("欧阳小明", "", "13.8"))
        assert later.report["unmatched"] == 1


@pytest.mark.django_db
def test_two_readings_are_compared_item_by_item(office: Office, keeper: Account) -> None:
    other = office.another(Role.COHORT_KEEPER)
    with acting_as(keeper):
        batch = take(office, keeper, row("王芳", NUMBERS[0], glu="5.5"))
        with pytest.raises(Refused, match="另一人"):
            take(office, keeper, row("王芳", NUMBERS[0], glu="5.6"), second_of=batch)
    with acting_as(other):
        take(office, other, row("王芳", NUMBERS[0], glu="5.6"), second_of=batch)
        (checked,) = rows_of(other, batch)
        assert (checked.differ, checked.waits) == ([("glu", "5.5", "5.6")], "两次读数不一致")
        taking.choose(other, checked.kept.pk, "glu", "second")
        with pytest.raises(Refused, match="已经选定"):
            taking.choose(other, checked.kept.pk, "glu", "first")
        assert taking.error_rates(rows_of(other, batch)) == (1, 1, 0)
        assert taking.load(other, batch) == (1, 0)
        (made,) = Examination.objects.standing()
        assert sealing.opened([(office.people[0].subject_id, made.sealed)])[0]["glu"]["number"] == 5.6


@pytest.mark.django_db(transaction=True)
def test_of_two_who_load_at_once_one_wins(office: Office, keeper: Account) -> None:
    others = [office.another(Role.COHORT_KEEPER), office.another(Role.COHORT_KEEPER)]
    with acting_as(keeper):
        batch = take(office, keeper, row("王芳", NUMBERS[0]))
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def at_once(account: Account) -> None:
        ready.wait()
        try:
            with acting_as(account):
                taking.load(account, batch)
            outcomes.append("won")
        except Refused:
            outcomes.append("lost")
        finally:
            connection.close()

    threads = [threading.Thread(target=at_once, args=(each,)) for each in others]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes) == ["lost", "won"]
    assert len(standing(office)) == 1


@pytest.mark.django_db
def test_the_pages_take_a_file_place_a_heading_and_show_both_sides(
    client: Client, office: Office, keeper: Account
) -> None:
    sign_in(client, keeper)
    text = "姓名,性别,出生日期,身份证号,血红素\n欧阳晓明,男,1984-09-20,,142\n"
    answer = client.post("/sequelae/batches/take/", {
        "source": "center", "round": str(office.now.year), "expected": "2", "file": SimpleUploadedFile("a.csv", text.encode("gb18030")),
    })  # fmt: skip
    assert "附函写 2 行" in answer.content.decode()
    client.post("/sequelae/batches/take/", {
        "source": "center", "round": str(office.now.year), "expected": "1", "file": SimpleUploadedFile("a.csv", text.encode("gb18030")),
    })  # fmt: skip
    with acting_as(keeper):
        batch = Batch.objects.get()
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "没有认出的列" in page
    assert page.count("欧阳晓明") >= 2
    client.post(f"{batch.get_absolute_url()}place/", {"h:血红素": "hgb"})
    client.post(f"{batch.get_absolute_url()}decide/", {"row": "2", "person": "T003", "why": "电话核对"})
    page = client.get(batch.get_absolute_url(), {"all": "1"}).content.decode()
    assert "没有认出的列" not in page
    assert "电话核对" in page
    assert "可以入库 1 行" in page


@pytest.mark.django_db
def test_somebody_of_another_name_is_shown_before_she_is_joined(office: Office, keeper: Account) -> None:
    with acting_as(keeper):
        (waiting,) = rows_of(keeper, take(office, keeper, row("赵钱")))
        with pytest.raises(deciding.Refused, match="T003 登记的是欧阳晓明，记录写的是赵钱"):
            deciding.decide(keeper, waiting.kept.link_id, office.people[2], "对号")
        deciding.decide(keeper, waiting.kept.link_id, office.people[2], "改名，见户口簿", sure=True)


@pytest.mark.django_db
def test_a_value_that_cannot_be_loaded_is_set_aside_and_the_rest_is_loaded(office: Office, keeper: Account) -> None:
    other = office.another(Role.COHORT_KEEPER)
    with acting_as(keeper):
        batch = take(office, keeper, row("欧阳晓明", NUMBERS[2], "1390"))
        (waiting,) = rows_of(keeper, batch)
        assert waiting.waits == "有不能入库的值"
        taking.set_aside(keeper, waiting.kept.pk, "hgb")
        with pytest.raises(Refused, match="已经搁置"):
            taking.set_aside(keeper, waiting.kept.pk, "hgb")
    with acting_as(other):
        assert taking.load(other, batch) == (1, 0)
        assert taking.states(rows_of(other, batch)) == {"已入库": 1}
        (loaded,) = Examination.objects.standing()
        assert "hgb" not in sealing.opened([(office.people[2].subject_id, loaded.sealed)])[0]
        again = take(office, other, row("欧阳晓明", NUMBERS[2], "13.9"))
        assert taking.replaced_by(other, again, rows_of(other, again)) == 1


@pytest.mark.django_db
def test_a_file_without_rows_or_with_a_count_that_is_none_is_refused(
    client: Client, office: Office, keeper: Account
) -> None:
    sign_in(client, keeper)
    for expected, text, said in (
        ("六", "姓名,血糖\n王芳,5\n", "不是数"), ("２", "姓名,血糖\n王芳,5\n", "附函写 2 行"), ("", "姓名,血糖\n", "数据"),
    ):  # fmt: skip
        file = SimpleUploadedFile("x.csv", text.encode())
        sent = {"source": "center", "round": str(office.now.year), "expected": expected, "file": file}
        answer = client.post("/sequelae/batches/take/", sent)
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_a_day_that_is_none_waits_and_all_columns_of_words_are_read() -> None:
    found = read_row({"姓名": "王芳", "体检日期": "2026/13/40", "体检所见": "脂肪肝", "结论": "肝囊肿"}, {})
    assert [(each.code, each.level) for each in found.faults] == [("day", "stops")]
    assert found.text == "脂肪肝。肝囊肿"
    assert [each.level for on in (date(2025, 1, 1), date(2199, 1, 1)) for each in checks.outside(on, 2026)] == [
        "query",
        "stops",
    ]
    assert not list(checks.outside(date(2026, 1, 1), 2026))


@pytest.mark.parametrize(("now", "count"), [(179, 0), (180, 1), (20, 1), (21, 0)])
def test_a_laboratory_value_three_times_the_last_one_is_asked_about(now: float, count: int) -> None:
    assert len([each for each in checks.changed({"crea": now}, {"crea": 60}, 1) if each.rule == "X22"]) == count


@pytest.mark.django_db
def test_a_supplement_of_a_few_columns_leaves_the_rest_of_the_year(office: Office, keeper: Account) -> None:
    other, person = office.another(Role.COHORT_KEEPER), office.people[2]
    with acting_as(keeper):
        whole = take(office, keeper, row("欧阳晓明", NUMBERS[2], "13.9", "5.5", "171"))
        heads = ("姓名", "身份证号", "血糖")
        told = Sent("b.csv", b"b", heads, [(2, dict(zip(heads, ("欧阳晓明", NUMBERS[2], "6.1"), strict=True)))])
        few = taking.take(keeper, office.source, office.now, told)
    with acting_as(other):
        taking.load(other, whole)
        taking.load(other, few)
        assert years_of(other, person)[-1].numbers == {"hgb": 139.0, "glu": 6.1, "height": 171.0}
        taking.withdraw(other, whole, "整批有误")
        assert years_of(other, person)[-1].numbers == {"glu": 6.1}
