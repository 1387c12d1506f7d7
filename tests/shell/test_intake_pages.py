"""Handing in a file at the desk, confirming it by two persons, undoing it; nobody else sees the batch."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import new_account, sign_in
from tests.systems.doctors.intakes.examinees import HEADINGS, csv_of, examinee
from yizheng.intake import approving, jobs
from yizheng.intake.formats import format_of
from yizheng.intake.models import Batch, BatchState
from yizheng.intake.verbs.check import check
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.systems.practitioners.models import ExamResult
from yizheng.work.models import Approval, Job

pytestmark = pytest.mark.django_db


class Silent:
    """A progress nobody looks at."""

    def report(self, *said: object) -> None:
        pass


@pytest.fixture
def first(city: Scope) -> Account:
    return new_account(AccountKind.CLERK, "冯决定", Role.DECIDER, city)


@pytest.fixture
def second(city: Scope) -> Account:
    return new_account(AccountKind.CLERK, "卫决定", Role.DECIDER, city)


def handed_in(client: Client, account: Account, city: Scope, content: bytes, name: str = "成绩.csv") -> Batch:
    sign_in(client, account)
    data = {"format": "exam_result", "scope": city.pk, "file": SimpleUploadedFile(name, content)}
    answer = client.post("/intake/new/", data)
    assert answer.status_code == 302, answer.content.decode()
    with acting_as_system("test"):
        batch = Batch.objects.latest("pk")
        return check(batch, format_of(batch.format))


def page(client: Client, batch: Batch, account: Account) -> str:
    return sign_in(client, account).get(f"/intake/{batch.pk}/").content.decode()


def carry_out(batch: Batch, kind: str) -> None:
    """What the worker does after consent."""
    consent = Approval.objects.filter(kind=kind).latest("pk")
    work = jobs.enter_batch if kind == approving.ENTER else jobs.undo_batch
    work(Silent(), batch=batch.pk, approval=consent.pk)


def test_a_file_goes_from_upload_to_the_register_and_back(
    client: Client, city: Scope, first: Account, second: Account
) -> None:
    rows = [examinee(1), examinee(2, total_score="1"), examinee(3)]
    batch = handed_in(client, first, city, csv_of(rows))
    assert Job.objects.filter(name=approving.CHECK_JOB, arguments={"batch": batch.pk}).exists()
    seen = page(client, batch, first)
    assert "总分不等于各单元成绩之和" in seen
    assert "提请接收 2 行" in seen
    client.post(f"/intake/{batch.pk}/propose/", {"act": "enter", "reason": "2025年成绩"})
    assert client.post(f"/intake/{batch.pk}/decide/", {"verdict": "approve"}).status_code == 409
    sign_in(client, second)
    assert "待批准" in client.get(f"/intake/{batch.pk}/").content.decode()
    assert client.post(f"/intake/{batch.pk}/decide/", {"verdict": "approve"}).status_code == 302
    carry_out(batch, approving.ENTER)
    with acting_as_system("test"):
        assert ExamResult.objects.current().count() == 2
    assert "可整批回退" in page(client, batch, second)
    client.post(f"/intake/{batch.pk}/propose/", {"act": "undo", "reason": "文件有误"})
    sign_in(client, first).post(f"/intake/{batch.pk}/decide/", {"verdict": "approve"})
    carry_out(batch, approving.UNDO)
    with acting_as_system("test"):
        assert ExamResult.objects.current().count() == 0
    assert "已回退" in page(client, batch, first)


def test_a_rejected_batch_waits_again(client: Client, city: Scope, first: Account, second: Account) -> None:
    batch = handed_in(client, first, city, csv_of([examinee(1)]))
    client.post(f"/intake/{batch.pk}/propose/", {"act": "enter", "reason": "成绩"})
    sign_in(client, second).post(f"/intake/{batch.pk}/decide/", {"verdict": "reject", "opinion": "缺文号"})
    with acting_as_system("test"):
        assert Batch.objects.get(pk=batch.pk).state == BatchState.CHECKED


def test_a_heading_is_placed_once_and_remembered(client: Client, city: Scope, first: Account) -> None:
    strange = HEADINGS | {"total_score": "合计", "exam_year": "哪一年"}
    batch = handed_in(client, first, city, csv_of([examinee(1)], strange))
    assert batch.state == BatchState.REFUSED
    assert batch.unplaced == ["哪一年", "合计"]
    assert "指明未认出的列" in page(client, batch, first)
    client.post(f"/intake/{batch.pk}/headings/", {"column-0": "exam_year", "column-1": "total_score"})
    again = handed_in(client, first, city, csv_of([examinee(2)], strange), "又一份.csv")
    assert (again.state, again.accepted) == (BatchState.CHECKED, 1)


def test_the_answer_is_the_users_own_file(client: Client, city: Scope, first: Account) -> None:
    batch = handed_in(client, first, city, csv_of([examinee(1), examinee(2, total_score="1")]))
    answer = sign_in(client, first).get(f"/intake/{batch.pk}/answer/")
    lines = answer.getvalue().decode().splitlines()
    assert lines[0].endswith(",核对结果")
    assert lines[1].endswith(",")
    assert "总分不等于各单元成绩之和" in lines[2]


def test_a_template_can_be_fetched_for_every_format(client: Client, first: Account) -> None:
    answer = sign_in(client, first).get("/intake/templates/exam_result/")
    assert answer.getvalue().startswith(b"PK")


@pytest.mark.parametrize("member", ["applicant", "institution_operator", "inspector", "system_admin", "acceptor"])
def test_others_do_not_see_the_batch(
    client: Client, city: Scope, first: Account, member: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    batch = handed_in(client, first, city, csv_of([examinee(1)]))
    sign_in(client, request.getfixturevalue(member))
    assert client.get(f"/intake/{batch.pk}/").status_code in (403, 404)
    assert client.post(f"/intake/{batch.pk}/discard/").status_code in (403, 404)
    with acting_as_system("test"):
        assert Batch.objects.get(pk=batch.pk).state == BatchState.CHECKED
