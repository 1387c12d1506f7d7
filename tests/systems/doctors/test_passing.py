"""From stored results to qualifications: the passing list in order, printed and exported, granted as a batch by two persons."""

import csv
from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest
from django.test import Client

from tests.cast import new_account, sign_in
from tests.matrix import AccessMatrix
from tests.systems.doctors.intakes.examinees import csv_of, examinee
from yizheng.documents.attachments import store
from yizheng.intake import approving
from yizheng.intake.formats import format_of
from yizheng.intake.models import Batch, BatchState
from yizheng.intake.verbs.check import check
from yizheng.intake.verbs.enter import enter
from yizheng.intake.verbs.receive import receive
from yizheng.people import vault
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope, UnmaskingRecord
from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.models import Qualification
from yizheng.work import approval

PAGE = "/doctors/passing/"
EXAMINED = [
    examinee(1),
    examinee(2, unit1_score="120", total_score="390.5"),
    examinee(3, passed="否", unit1_score="50", total_score="320.5"),
    examinee(4, exam_category="140", pass_line="360"),
]


@pytest.fixture
def results(city: Scope, tmp_path: Path, vault_key: None) -> None:
    """Four results of 2025: two passed clinical medicine, one did not, one passed Chinese medicine."""
    taken_in(city, tmp_path, EXAMINED)


def taken_in(city: Scope, folder: Path, rows: list[dict[str, str]]) -> None:
    declared = format_of("exam_result")
    path = folder / "成绩.csv"
    path.write_bytes(csv_of(rows))
    with acting_as_system("test"):
        batch = check(receive(declared, path, path.name, account=None, authority_scope=city.pk), declared)
        assert batch.accepted == len(rows)
        enter(batch, declared, actor=None, approved_by=None)


@pytest.fixture
def city_decider(city: Scope) -> Account:
    return new_account(AccountKind.CLERK, "顾清禾", Role.DECIDER, city)


@pytest.fixture
def second_decider(city: Scope) -> Account:
    return new_account(AccountKind.CLERK, "陆景行", Role.DECIDER, city)


class TestWhoReadsTheList(AccessMatrix):
    url = PAGE
    readers = ("acceptor", "reviewer", "decider", "other_district_clerk", "city_clerk")
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 405})


@pytest.mark.django_db
@pytest.mark.usefixtures("results")
class TestFromResultsToQualifications:
    def test_who_passed_is_listed_by_total_printed_and_exported(self, client: Client, city_decider: Account) -> None:
        sign_in(client, city_decider)
        page = client.get(PAGE)
        assert [row["total"] for row in page.context["part"].rows] == [390.5, 370.5]
        assert (page.context["examined"], page.context["passing"], page.context["line"]) == (3, 2, 360)
        assert "待授予" in page.content.decode()
        other = client.get(PAGE, {"year": "2025", "category": "140"})
        assert [row["name"] for row in other.context["part"].rows] == [EXAMINED[3]["name"]]
        assert "没有合格的成绩" in client.get(PAGE, {"year": "2024"}).content.decode()
        printed = client.get("/lists/exam_passed/print/", {"year": "2025", "category": "110"})
        assert EXAMINED[0]["name"] in printed.content.decode()
        assert EXAMINED[0]["id_number"] not in printed.content.decode()
        exported = client.get("/lists/exam_passed/export/", {"year": "2025", "category": "110"})
        assert exported.getvalue().startswith(b"PK")

    def test_pages_follow_points_and_person(
        self, client: Client, city: Scope, city_decider: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("yizheng.people.tables.table.SIZE", 2)
        taken_in(city, tmp_path, [examinee(serial) for serial in (5, 6, 7)])
        sign_in(client, city_decider)

        def seen(**asked: str) -> tuple[list[tuple[int, float]], str, str]:
            found = client.get(PAGE, {"year": "2025", "category": "110", **asked}).context
            part = found["part"]
            rows = [(row["place"], float(row["total"])) for row in part.rows]
            return rows, part.page.before, part.page.after

        first, nothing, after = seen()
        assert (first, nothing) == ([(1, 390.5), (2, 370.5)], "")
        second, before, further = seen(after=after)
        assert second == [(3, 370.5), (4, 370.5)]
        assert seen(after=further)[0] == [(5, 370.5)]
        assert seen(before=before) == (first, "", after)
        assert seen(after="9" * 12)[0] == first

    def test_the_list_becomes_a_batch_that_two_persons_grant(
        self, client: Client, city: Scope, city_decider: Account, second_decider: Account
    ) -> None:
        sign_in(client, city_decider)
        asked = {"year": "2025", "category": "110", "scope": str(city.pk), "on": "2025-12-20"}
        answer = client.post(PAGE + "propose/", asked)
        with acting_as_system("test"):
            batch = Batch.objects.get(format="qualification_issue")
            lines = list(csv.reader(store().path(batch.digest).read_text("utf-8-sig").splitlines()))
        assert answer["Location"].endswith(f"/{batch.pk}/")
        assert {row[6] for row in lines[1:]} == {EXAMINED[0]["id_number"], EXAMINED[1]["id_number"]}
        assert UnmaskingRecord.objects.filter(account=city_decider).count() == 2
        declared = format_of(batch.format)
        batch = check(batch, declared)
        assert (batch.state, batch.accepted, batch.rejected) == (BatchState.CHECKED, 2, 0)
        with acting_as_system("test"):
            made = approving.propose_entering(batch, city_decider, "2025年考试合格")
            approval.approve(made.pk, second_decider, "同意")
            enter(Batch.objects.get(pk=batch.pk), declared, actor=city_decider, approved_by=second_decider)
            granted = Qualification.objects.current()
            assert {one.subject_id for one in granted} == {
                vault.find("resident_id", EXAMINED[at]["id_number"]) for at in (0, 1)
            }
            assert {(one.issuer, one.qualified_on) for one in granted} == {("北京市卫生健康委员会", date(2025, 12, 20))}
        page = client.get(PAGE)
        assert page.context["granted"] == 2
        assert "生成授予名单" not in page.content.decode()
        again = client.post(PAGE + "propose/", asked)
        assert (again.status_code, "没有待授予的人员" in again.content.decode()) == (409, True)

    def test_the_day_and_the_authority_must_be_right(
        self, client: Client, city: Scope, haidian: Scope, city_decider: Account
    ) -> None:
        sign_in(client, city_decider)
        right = {"year": "2025", "category": "110", "scope": str(city.pk), "on": "2025-12-20"}
        for wrong, said in (
            ({"on": ""}, "请填写签发日期"),
            ({"on": "2999-01-01"}, "不能晚于今天"),
            ({"scope": str(haidian.pk)}, "请选择您所在的机关"),
        ):
            answer = client.post(PAGE + "propose/", right | wrong)
            assert (answer.status_code, said in answer.content.decode()) == (422, True)
        assert not Batch.objects.filter(format="qualification_issue").exists()
