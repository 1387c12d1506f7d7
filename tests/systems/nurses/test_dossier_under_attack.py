"""A dossier of nurses in hostile and unlucky hands: other people's dossiers, bad sheets, two at once, a job that was killed."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.cast import sign_in
from tests.systems.doctors.conftest import House, found
from tests.systems.nurses.test_collective_renewal import begun, employ, rows, taken_in
from tests.systems.nurses.test_practice import CLINIC
from yizheng.documents.spreadsheets import Sheet, write
from yizheng.licensing.collective import dossiers as collective
from yizheng.licensing.collective import handing_in, naming, working_up
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, Dossier
from yizheng.licensing.states import CaseState
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.work.models import Job

TODAY = timezone.localdate()
HEAD = ["姓名", "证件号码", "护士执业证书编号", "健康状况"]
PAGES = ("", "template/", "back/")
ACTS = ("rows/", "upload/", "settle/", "papers/", "hand-in/")


@pytest.fixture
def clinic(chaoyang: Scope) -> House:
    return found(CLINIC, chaoyang, "110105")


def sent(content: bytes, name: str = "人员.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def workbook(rows: list[list[str]], head: list[str] | None = None) -> bytes:
    made = io.BytesIO()
    write(made, Sheet("人员", HEAD if head is None else head, rows))
    return made.getvalue()


def upload(client: Client, dossier: Dossier, file: SimpleUploadedFile) -> str:
    answer = client.post(f"/my/dossiers/{dossier.pk}/upload/", {"sheet": file}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
def test_nobody_else_touches_a_dossier(client, hospital, haidian, clinic, nurse, acceptor, decider):
    """Another hospital, a nurse and the clerks: every route answers as if there were no such dossier."""
    people = employ(hospital, haidian, 2)
    dossier = begun(hospital.operator, hospital)
    taken_in(dossier, hospital.operator, rows(people))
    for stranger in (clinic.operator, nurse, acceptor, decider):
        sign_in(client, stranger)
        answers = [client.get(f"/my/dossiers/{dossier.pk}/{page}") for page in PAGES]
        answers += [client.post(f"/my/dossiers/{dossier.pk}/{act}", {"sheet": sent(b"x")}) for act in ACTS]
        assert {each.status_code for each in answers} <= {403, 404}, stranger
    with acting_as(hospital.operator):
        assert dossier.rows.count() == 2
        assert not Case.objects.filter(dossier=dossier).exclude(state=CaseState.DRAFT).exists()


@pytest.mark.django_db
def test_a_nurse_of_another_hospital_is_nobody(hospital, haidian, clinic):
    """Her right number and a wrong one are answered alike: a sheet tells nothing of who is registered where."""
    hers = employ(hospital, haidian, 1)
    given = [*rows(hers), (2, {"姓名": hers[0][1], "护士执业证书编号": "201611999999"})]
    problems = taken_in(begun(clinic.operator, clinic), clinic.operator, given)
    assert problems == [naming.NOBODY, naming.NOBODY]


@pytest.mark.django_db
def test_what_a_sentence_repeats_is_no_identity_number(hospital, haidian):
    """A number that slipped into another column stays sealed."""
    people = employ(hospital, haidian, 1)
    given = [(line, {**written, "健康状况": "19900000001"}) for line, written in rows(people)]
    (problem,) = taken_in(begun(hospital.operator, hospital), hospital.operator, given)
    assert "没有所填这一项" in problem
    assert "19900000001" not in problem


@pytest.mark.django_db
@pytest.mark.parametrize("bad", ["\u00b2", "9" * 20, "=1+1", "\u0663", "'", "%", "𠀀" * 30, "\ue815", "１２３"])
def test_odd_cells_are_answered_and_kill_nothing(client, hospital, haidian, bad):
    people = employ(hospital, haidian, 1)
    dossier = begun(hospital.operator, hospital)
    sign_in(client, hospital.operator)
    good = [people[0][1], "", people[0][2], bad]
    upload(client, dossier, sent(workbook([[bad, bad, bad, bad], [people[0][1], bad, "", ""], good]), "人员.xlsx"))
    with acting_as(hospital.operator):
        assert all(row.problem for row in dossier.rows.all())
    back = client.get(f"/my/dossiers/{dossier.pk}/back/")
    assert back.status_code == 200
    back.close()


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("wide", [False, True])
def test_every_encoding_and_full_width_digits_are_read(client, hospital, haidian, encoding, wide):
    ((_, name, number),) = employ(hospital, haidian, 1)
    number = number.translate({ord(each): ord(each) + 0xFEE0 for each in "0123456789"}) if wide else number
    dossier = begun(hospital.operator, hospital)
    sign_in(client, hospital.operator)
    upload(client, dossier, sent("\n".join([",".join(HEAD), f"{name},,{number},"]).encode(encoding)))
    with acting_as(hospital.operator):
        assert [bool(row.case_id) for row in dossier.rows.all()] == [True]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (",".join(HEAD).encode(), "没有人员"),
        (b"", "空"),
        ("工号,部门\n1,外科\n".encode(), "没有“姓名”一栏"),
        ("姓名\n林若溪\n".encode(), "须填姓名"),
        ("姓名,护士执业证书编号,健康状态\n林若溪,201611000001,好\n".encode(), "没有“健康状态”"),
        ("姓名,护士执业证书编号\n".encode() + "林若溪,201611000001\n".encode() * 5001, "多于 5000 行"),
        ("姓名,护士执业证书编号\n林若溪,".encode() + b"9" * 20_000_000, "超过 500 字"),
        ("姓名,护士执业证书编号\n林若溪,\x00\n".encode(), "不是"),
    ],
    ids=["heading", "empty", "others", "one_column", "unknown", "5001", "20_MB_cell", "nul"],
)  # fmt: skip
def test_a_sheet_that_is_none_is_refused_in_words(client, hospital, haidian, content, says):
    dossier = begun(hospital.operator, hospital)
    sign_in(client, hospital.operator)
    assert says in upload(client, dossier, sent(content))


@pytest.mark.django_db
def test_a_heading_under_a_note_is_found(client, hospital, haidian):
    ((_, name, number),) = employ(hospital, haidian, 1)
    dossier = begun(hospital.operator, hospital)
    sign_in(client, hospital.operator)
    upload(
        client, dossier, sent(workbook([HEAD, [name, "", number, ""]], ["本院延续注册人员", "", "", ""]), "人员.xlsx")
    )
    with acting_as(hospital.operator):
        assert [bool(row.case_id) for row in dossier.rows.all()] == [True]


@pytest.mark.django_db
def test_a_job_that_was_killed_goes_on_where_it_stopped(hospital, haidian):
    people = employ(hospital, haidian, 25)
    dossier = begun(hospital.operator, hospital)

    class Killed(BaseException):
        pass

    class Dies:
        def report(self, done: int, total: int, note: str = "") -> None:
            raise Killed

    with acting_as(hospital.operator):
        collective.take_in(dossier, hospital.operator, rows(people))
        with pytest.raises(Killed):
            working_up.work_up(dossier, hospital.operator, Dies())  # type: ignore[arg-type]
        assert collective.waiting_rows(dossier).count() == 5
        working_up.work_up(dossier, hospital.operator)
        assert Case.objects.filter(dossier=dossier).count() == 25
        with pytest.raises(Killed):
            handing_in.hand_in(dossier, hospital.operator, progress=Dies())  # type: ignore[arg-type]
        handing_in.hand_in(dossier, hospital.operator)
        assert {row.problem for row in dossier.rows.all()} == {""}
        assert set(Case.objects.filter(dossier=dossier).values_list("state", flat=True)) == {CaseState.RECEIVED}


@pytest.mark.django_db
def test_nothing_of_a_person_stands_in_the_arguments_of_a_job(client, hospital, haidian):
    people = employ(hospital, haidian, 21)
    dossier = begun(hospital.operator, hospital)
    sign_in(client, hospital.operator)
    lines = [f"{name},,{number}," for _, name, number in people]
    client.post(f"/my/dossiers/{dossier.pk}/upload/", {"sheet": sent("\n".join([",".join(HEAD), *lines]).encode())})
    with acting_as_system("test"):
        job = Job.objects.get(name=working_up.WORK_UP)
    assert set(job.arguments) == {"dossier", "by", "page"}
    assert not any(part in f"{job.title}{job.arguments}" for _, name, number in people for part in (name, number))


@pytest.mark.django_db
def test_a_dossier_that_was_handed_in_takes_nobody_more(hospital, haidian):
    """Whoever read the dossier before somebody else handed it in is told so."""
    first, second = employ(hospital, haidian, 2)
    dossier = begun(hospital.operator, hospital)
    taken_in(dossier, hospital.operator, rows([first]))
    with acting_as(hospital.operator):
        as_read_before = Dossier.objects.get(pk=dossier.pk)
        handing_in.hand_in(dossier, hospital.operator)
        with pytest.raises(NotPossibleError, match="已经提交"):
            collective.take_in(as_read_before, hospital.operator, rows([second]))


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    def alone(act: Callable[[], Any]) -> Any:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(alone, acts))


@pytest.mark.django_db(transaction=True)
def test_two_operators_at_once_make_one_draft_and_one_submission_of_each(hospital, haidian):
    people = employ(hospital, haidian, 30)
    dossier = begun(hospital.operator, hospital)
    with acting_as(hospital.operator):
        collective.take_in(dossier, hospital.operator, rows(people))

    def work() -> None:
        with acting_as(hospital.operator):
            working_up.work_up(Dossier.objects.get(pk=dossier.pk), hospital.operator)

    def hand_in() -> None:
        with acting_as(hospital.operator):
            handing_in.hand_in(Dossier.objects.get(pk=dossier.pk), hospital.operator)

    at_once(work, work, hand_in)
    with acting_as(hospital.operator):
        assert Case.objects.filter(item_code="nurse_renewal").count() == 30
        assert {bool(row.case_id) for row in dossier.rows.all()} == {True}
    at_once(hand_in, hand_in)
    with acting_as(hospital.operator):
        assert {row.problem for row in dossier.rows.all()} == {""}
        assert set(Case.objects.filter(dossier=dossier).values_list("state", flat=True)) == {CaseState.RECEIVED}


@pytest.mark.django_db(transaction=True)
def test_two_lists_of_the_same_people_in_crossed_order_wait_for_nobody_for_ever(hospital, haidian):
    people = employ(hospital, haidian, 20)
    lists = [begun(hospital.operator, hospital) for _ in range(2)]
    with acting_as(hospital.operator):
        collective.take_in(lists[0], hospital.operator, rows(people))
        collective.take_in(lists[1], hospital.operator, rows(people[::-1]))

    def work(dossier: Dossier) -> None:
        with acting_as(hospital.operator):
            working_up.work_up(dossier, hospital.operator)

    at_once(lambda: work(lists[0]), lambda: work(lists[1]))
    with acting_as(hospital.operator):
        assert Case.objects.filter(item_code="nurse_renewal").count() == 20
        assert sorted(dossier.rows.exclude(case=None).count() for dossier in lists) == [0, 20]
