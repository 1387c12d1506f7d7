"""An institution's doctors: the roster, comings and goings, a list checked in one upload, and the watch list."""

from datetime import date, timedelta
from io import BytesIO
from typing import ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.cast import Place, sign_in
from tests.matrix import AccessMatrix
from tests.systems.doctors.people_of_pages import LINE, Made, give_identity_number, license_house, make_doctor
from yizheng.documents import spreadsheets
from yizheng.documents.spreadsheets import Sheet
from yizheng.licensing.models import Deadline
from yizheng.people.models import Account, AuditEntry, Scope
from yizheng.people.scope import acting_as_system, acting_for_organisations
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.people import PEOPLE
from yizheng.systems.practitioners.models import Watch
from yizheng.systems.practitioners.roster.movements import movements
from yizheng.systems.practitioners.roster.watching import tell_changes
from yizheng.work.models import Notice

NUMBER = "110110108004217"


@pytest.fixture
def doctor(institution: Place, another_institution: Place, haidian: Scope, chaoyang: Scope, decider: Account) -> Made:
    license_house(institution, haidian)
    license_house(another_institution, chaoyang)
    return make_doctor("林知夏", institution, haidian, by=decider)


def leaves(doctor: Made, haidian: Scope) -> None:
    """The leave filing of today: the registration has no institution any more."""
    with (
        acting_as_system("test"),
        changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="离岗备案") as change,
    ):
        change.state(
            Registration, doctor.subject, LINE, VALUES,
            valid_from=timezone.localdate(), authority_scope=haidian.pk,
        )  # fmt: skip


VALUES = {
    "practice_number": NUMBER, "level": "1", "category": "clinical", "scopes": ["11"], "place": "110000",
    "institution": None, "reason": "L01", "issued_on": date(2016, 9, 8), "first_practised_on": date(2016, 9, 8), "status": "LEFT",
}  # fmt: skip


def listed(*rows: tuple[str, str, str]) -> SimpleUploadedFile:
    stream = BytesIO()
    spreadsheets.write(stream, Sheet("人员", ("姓名", "执业证书编码", "身份证号"), rows))
    return SimpleUploadedFile("名单.xlsx", stream.getvalue())


class TestWhoOpensTheRoster(AccessMatrix):
    readers = ("institution", "acceptor", "reviewer", "decider", "city_clerk", "inspector")
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 404, 405})

    @pytest.fixture
    def address(self, doctor: Made, institution: Place) -> str:
        return f"/doctors/roster/?house={institution.subject.pk}"


@pytest.mark.django_db
class TestRoster:
    def test_the_operator_finds_her_doctors_without_naming_the_institution(
        self, client: Client, doctor: Made, institution: Place
    ) -> None:
        page = sign_in(client, institution.operator).get("/doctors/roster/").content.decode()
        assert "林知夏" in page
        assert "主要执业" in page

    def test_a_name_and_a_ground_narrow_it(self, client: Client, doctor: Made, institution: Place) -> None:
        sign_in(client, institution.operator)
        assert "没有符合条件的医师" in client.get("/doctors/roster/", {"q": "王"}).content.decode()
        assert "没有符合条件的医师" in client.get("/doctors/roster/", {"ground": "filed"}).content.decode()
        assert "没有符合条件的医师" not in client.get("/doctors/roster/", {"q": "知夏"}).content.decode()

    def test_coming_back_is_joining_and_leaving_is_leaving_and_a_wider_scope_is_neither(
        self, doctor: Made, institution: Place, haidian: Scope, acceptor: Account
    ) -> None:
        leaves(doctor, haidian)
        with acting_as_system("test"):
            found = movements(PEOPLE, acceptor, institution.subject.pk, date(2016, 1, 1), timezone.localdate())
        assert [(each.on, each.way) for each in found] == [
            (timezone.localdate(), "left"),
            (date(2021, 6, 15), "joined"),
            (date(2021, 5, 20), "left"),
            (date(2016, 9, 8), "joined"),
        ]

    def test_what_comes_due_in_ninety_days_is_shown_and_what_is_later_is_not(
        self, client: Client, doctor: Made, institution: Place, haidian: Scope
    ) -> None:
        today = timezone.localdate()
        with acting_as_system("test"):
            for line, days in ((LINE, 90), (f"{LINE}:later", 91)):
                Deadline.objects.create(
                    clock="C4", subject=doctor.subject, line=line, fires_on=today + timedelta(days=days),
                    authority_scope=haidian.pk, institution_id=institution.subject.pk,
                    cause=doctor.changes["first"].pk,
                )  # fmt: skip
        page = sign_in(client, institution.operator).get("/doctors/roster/").content.decode()
        assert "90 天" in page
        assert "91 天" not in page

    def test_it_leaves_the_screen_as_a_spreadsheet(self, client: Client, doctor: Made, institution: Place) -> None:
        sign_in(client, institution.operator)
        for code in ("roster", "roster_moves", "roster_coming", "watch"):
            answer = client.get(f"/lists/{code}/export/")
            assert answer.getvalue().startswith(b"PK")


@pytest.mark.django_db
class TestCheckingAList:
    def test_each_row_gets_its_verdict_worst_first(self, client: Client, doctor: Made, institution: Place) -> None:
        give_identity_number(doctor)
        sent = listed(
            ("林知夏", NUMBER, ""),
            ("林知夏", "", "110108199003280328"),
            ("林知秋", NUMBER, ""),
            ("赵无名", "110110108999999", ""),
            ("只有名字", "", ""),
        )
        answer = sign_in(client, institution.operator).post("/doctors/roster/check/", {"list": sent})
        page = answer.content.decode()
        assert [page.count(word) for word in ("在本机构执业 2 人", "姓名不符 1 人", "登记簿中没有 1 人")] == [1, 1, 1]
        assert page.index("填写不全") < page.index("只有名字")
        assert "110108199003280328" not in page
        assert AuditEntry.objects.filter(verb="staff_list.check").count() == 1

    def test_somebody_of_another_institution_is_not_ours(
        self, client: Client, doctor: Made, another_institution: Place
    ) -> None:
        sent = listed(("林知夏", NUMBER, ""))
        answer = sign_in(client, another_institution.operator).post("/doctors/roster/check/", {"list": sent})
        assert "不在本机构 1 人" in answer.content.decode()

    def test_the_file_comes_back_with_a_column_more(self, client: Client, doctor: Made, institution: Place) -> None:
        sent = listed(("林知夏", NUMBER, ""))
        answer = sign_in(client, institution.operator).post("/doctors/roster/check/", {"list": sent, "then": "file"})
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer.status_code == 200

    def test_what_came_back_is_read_again_notes_and_all(self, client: Client, doctor: Made, institution: Place) -> None:
        operator = sign_in(client, institution.operator)
        answer = operator.post("/doctors/roster/check/", {"list": listed(("林知夏", NUMBER, "")), "then": "file"})
        again = SimpleUploadedFile("结果.xlsx", answer.getvalue())
        assert "在本机构执业 1 人" in operator.post("/doctors/roster/check/", {"list": again}).content.decode()

    @pytest.mark.parametrize(
        ("content", "says"), [(b"", "空"), (b"MZ\x90\x00" * 40, "不是"), ("编号\n1\n".encode(), "表头须有")]
    )
    def test_a_bad_file_is_told_in_words(
        self, client: Client, doctor: Made, institution: Place, content: bytes, says: str
    ) -> None:
        sent = SimpleUploadedFile("名单.csv", content)
        answer = sign_in(client, institution.operator).post("/doctors/roster/check/", {"list": sent})
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()


@pytest.mark.django_db
class TestWatching:
    def test_a_change_is_told_once(
        self, client: Client, doctor: Made, another_institution: Place, haidian: Scope
    ) -> None:
        sign_in(client, another_institution.operator)
        client.post("/doctors/watch/add/", {"name": "林知夏", "number": NUMBER, "note": "拟聘"})
        assert tell_changes() == 0
        leaves(doctor, haidian)
        assert [tell_changes(), tell_changes()] == [1, 0]
        told = Notice.objects.get(kind="watch")
        assert (told.scope_id, told.title) == (another_institution.scope.pk, "关注的林知夏登记状态有变化")
        assert "离岗备案" in told.body
        assert "离岗备案" in client.get("/doctors/watch/").content.decode()

    def test_a_name_that_does_not_fit_the_number_is_refused_like_an_unknown_number(
        self, client: Client, doctor: Made, institution: Place
    ) -> None:
        sign_in(client, institution.operator)
        answers = [
            client.post("/doctors/watch/add/", {"name": name, "number": number})
            for name, number in (("林知秋", NUMBER), ("林知夏", "110110108999999"))
        ]
        assert [each.status_code for each in answers] == [422, 422]
        assert all("没有姓名和执业证书编码都相符的医师" in each.content.decode() for each in answers)

    def test_the_whole_roster_is_watched_at_once_and_left_again(
        self, client: Client, doctor: Made, institution: Place, acceptor: Account
    ) -> None:
        sign_in(client, institution.operator)
        for _ in range(2):
            client.post("/doctors/watch/add/", {"what": "roster"})
        with acting_for_organisations("test"):
            (row,) = Watch.objects.all()
        assert "林知夏" not in sign_in(Client(), acceptor).get("/doctors/watch/").content.decode()
        client.post("/doctors/watch/remove/", {"row": [row.pk]})
        with acting_for_organisations("test"):
            assert not Watch.objects.exists()
