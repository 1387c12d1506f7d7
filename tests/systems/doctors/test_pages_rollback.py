"""Rolling a change back from the page: one deciding person proposes, another approves, and everything follows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import ClassVar

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.cast import Place, new_account, sign_in
from tests.matrix import AccessMatrix
from tests.systems.doctors.people_of_pages import Made, license_house, make_doctor
from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.publishing import refresh
from yizheng.documents import certificates
from yizheng.documents.models import Certificate
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.registry.models import Change
from yizheng.systems.doctors.models import Registration
from yizheng.systems.practitioners import amending
from yizheng.work.models import Approval, Notice


@pytest.fixture
def doctor(institution: Place, haidian: Scope, decider: Account) -> Made:
    license_house(institution, haidian)
    made = make_doctor("林知夏", institution, haidian, by=decider)
    with acting_as_system("test"):
        for number, key in enumerate(("first", "widened")):
            certificates.issue(certificates.Draft(
                kind="doctor_practice",
                subject_id=made.subject.pk,
                authority_scope=haidian.pk,
                fields={
                    "number": "110110108004217", "issuer": "北京市海淀区卫生健康委员会", "name": "林知夏", "sex": "女",
                    "identity_number": "110108199003280328", "level": "执业医师",
                    "qualification_number": "201611110110108199003280328", "category": "临床",
                    "scope": ("内科专业", "内科专业；全科医学专业")[number], "place": "北京市",
                    "institution": institution.scope.name,
                },
                issued_on=date(2025, 5, 19),
                change_id=made.changes[key].pk))  # fmt: skip
    refresh("doctor", [made.subject.pk])
    return made


@pytest.fixture
def second_decider(haidian: Scope) -> Account:
    return new_account(AccountKind.CLERK, "陆景行", Role.DECIDER, haidian)


def address_of(doctor: Made, key: str = "widened") -> str:
    return f"/doctors/{doctor.subject.pk}/changes/{doctor.changes[key].pk}/rollback/"


def scopes_of(doctor: Made, day: date = date(2025, 6, 1)) -> list[str]:
    with acting_as_system("test"):
        return Registration.objects.as_of(day).get(subject_id=doctor.subject.pk).scopes


class TestWhoProposes(AccessMatrix):
    readers = ("acceptor", "reviewer", "decider", "city_clerk", "inspector")
    writers = ("decider",)
    posted: ClassVar[dict[str, str]] = {"ground": "correction", "reason": "笔误：加注专业录错人员"}
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 404})

    @pytest.fixture
    def address(self, doctor: Made) -> str:
        return address_of(doctor)

    def state(self) -> int:
        return Approval.objects.count()

    def make_wrong(self) -> bool:
        return False


@pytest.mark.django_db
class TestTwoPersons:
    def propose(self, client: Client, doctor: Made, by: Account) -> Approval:
        answer = sign_in(client, by).post(address_of(doctor), {"ground": "correction", "reason": "加注专业录错人员"})
        assert answer.status_code == 302
        return Approval.objects.get()

    def test_the_preview_says_what_it_will_do(self, client: Client, doctor: Made, decider: Account) -> None:
        answer = sign_in(client, decider).get(address_of(doctor))
        page = answer.content.decode()
        (row,) = answer.context["rows"]
        assert row["word"] == "可回退"
        assert "关闭“海淀清河医院　内科；全科医学”，恢复“海淀清河医院　内科”" in row["does"]
        assert "另行补偿" in page
        assert "医师执业证书" in page
        assert "须第二人批准" in page

    def test_what_later_changes_built_upon_cannot_go_back(self, client: Client, doctor: Made, decider: Account) -> None:
        page = sign_in(client, decider).get(address_of(doctor, "back")).content.decode()
        assert "只能回退本人最后一次生效的变更" in page
        before = Approval.objects.count()
        answer = client.post(address_of(doctor, "back"), {"ground": "correction", "reason": "试"})
        assert answer.status_code in {302, 409}
        assert Approval.objects.count() == before

    def test_a_second_person_approves_and_everything_follows(
        self, client: Client, doctor: Made, decider: Account, second_decider: Account
    ) -> None:
        made = self.propose(client, doctor, decider)
        assert Notice.objects.filter(role=Role.DECIDER, title__contains="林知夏").exists()
        assert "已于" in client.get(address_of(doctor)).content.decode()
        own = client.post(_decide(made), {"verdict": "approve"})
        assert own.status_code in {404, 409}
        assert scopes_of(doctor) == ["11", "21"]

        sign_in(client, second_decider)
        assert "去批准或者驳回" in client.get(address_of(doctor)).content.decode()
        assert "林知夏" in client.get(_approvals()).content.decode()
        answer = client.post(_decide(made), {"verdict": "approve", "opinion": "同意"})
        assert answer.status_code == 302
        assert scopes_of(doctor) == ["11"]
        done = Change.objects.get(undoes=doctor.changes["widened"])
        assert (done.actor_id, done.approved_by_id, done.reason) == (
            decider.pk, second_decider.pk, "更正：登记有笔误或者录错人员。加注专业录错人员",
        )  # fmt: skip
        with acting_as_system("test"):
            kept = Certificate.objects.all().filter(subject_id=doctor.subject.pk).order_by("version")
            assert [(each.version, each.status) for each in kept] == [
                (1, "superseded"), (2, "revoked"), (3, "valid"),
            ]  # fmt: skip
        public = PublicPractitioner.objects.get(subject=doctor.subject.pk)
        assert "全科" not in str(public.__dict__)
        page = client.get(f"/doctors/{doctor.subject.pk}/").content.decode()
        assert f"回退变更 {doctor.changes['widened'].pk}" in page

    def test_the_past_keeps_what_was_known(
        self, client: Client, doctor: Made, decider: Account, second_decider: Account
    ) -> None:
        made = self.propose(client, doctor, decider)
        sign_in(client, second_decider).post(_decide(made), {"verdict": "approve"})
        position = doctor.changes["widened"].position
        with acting_as_system("test"):
            then = Registration.objects.as_of(date(2025, 6, 1), position).get(subject_id=doctor.subject.pk)
        assert then.scopes == ["11", "21"]

    def test_it_needs_a_ground_of_the_law_and_deceit_is_annulled(
        self, client: Client, doctor: Made, decider: Account
    ) -> None:
        sign_in(client, decider)
        without = client.post(address_of(doctor), {"reason": "录错人员"})
        assert "请选择回退的法定理由" in without.content.decode()
        deceived = client.post(address_of(doctor), {"ground": "deceit", "reason": "材料虚假"})
        assert deceived.status_code == 409
        assert "应当依法撤销" in deceived.content.decode()
        assert not Approval.objects.exists()

    def test_a_deregistration_by_mistake_gives_the_time_back(
        self, client: Client, doctor: Made, decider: Account, second_decider: Account, haidian: Scope
    ) -> None:
        with (
            acting_as_system("test"),
            changing(kind=ChangeKind.DECISION, actor=decider.pk, cause="test", reason="误注销") as change,
        ):
            now = Registration.objects.as_of(date(2025, 6, 1)).get(subject_id=doctor.subject.pk)
            amending.end_registration(now, change, date(2026, 3, 1), status="DEREG", reason="D12")
        doctor.changes["ended"] = change.record
        answer = sign_in(client, decider).post(
            address_of(doctor, "ended"), {"ground": "69-4", "reason": "离岗备案未满二年"}
        )
        assert answer.status_code == 302
        sign_in(client, second_decider).post(_decide(Approval.objects.get()), {"verdict": "approve"})
        with acting_as_system("test"):
            again = Registration.objects.as_of(date(2026, 6, 1)).get(subject_id=doctor.subject.pk)
        assert (again.status, again.valid_from) == ("REG", now.valid_from)

    def test_what_left_for_the_forces_is_not_taken_back_alone(
        self, client: Client, doctor: Made, decider: Account
    ) -> None:
        with (
            acting_as_system("test"),
            changing(kind=ChangeKind.DECISION, actor=decider.pk, cause="test", reason="转军队") as change,
        ):
            now = Registration.objects.as_of(date(2025, 6, 1)).get(subject_id=doctor.subject.pk)
            amending.end_registration(now, change, date(2026, 3, 1), status="MIL", reason="D14")
        doctor.changes["gone"] = change.record
        page = sign_in(client, decider).get(address_of(doctor, "gone")).content.decode()
        assert "须与转入的机关协商更正" in page

    def test_a_rollback_rejected_changes_nothing(
        self, client: Client, doctor: Made, decider: Account, second_decider: Account
    ) -> None:
        made = self.propose(client, doctor, decider)
        sign_in(client, second_decider).post(_decide(made), {"verdict": "reject", "opinion": "依据不足"})
        assert scopes_of(doctor) == ["11", "21"]
        made.refresh_from_db()
        assert made.state == "rejected"

    def test_a_reviewer_does_not_approve(
        self, client: Client, doctor: Made, decider: Account, reviewer: Account, other_district_clerk: Account
    ) -> None:
        made = self.propose(client, doctor, decider)
        for account in (reviewer, other_district_clerk):
            answer = sign_in(client, account).post(_decide(made), {"verdict": "approve"})
            assert answer.status_code == 409
        assert scopes_of(doctor) == ["11", "21"]

    def test_what_changed_meanwhile_asks_for_a_new_proposal(
        self, client: Client, doctor: Made, decider: Account, second_decider: Account
    ) -> None:
        made = self.propose(client, doctor, decider)
        Approval.objects.filter(pk=made.pk).update(
            payload={**made.payload, "kept": [["doctors_registration", doctor.subject.pk, "x", "y"]]}
        )
        answer = sign_in(client, second_decider).post(_decide(made), {"verdict": "approve"})
        assert answer.status_code == 409
        assert "重新提请" in answer.content.decode()
        assert scopes_of(doctor) == ["11", "21"]

    def test_proposing_asks_who_sits_there(self, client: Client, doctor: Made, decider: Account) -> None:
        sign_in(client, decider, recently=False)
        answer = client.post(address_of(doctor), {"ground": "correction", "reason": "录错人员"})
        assert answer.status_code == 302
        assert "/accounts/" in answer["Location"]
        assert not Approval.objects.exists()

    def test_it_needs_a_reason_and_is_proposed_once(self, client: Client, doctor: Made, decider: Account) -> None:
        sign_in(client, decider)
        assert client.post(address_of(doctor), {"ground": "correction", "reason": " "}).status_code == 409
        assert client.post(address_of(doctor), {"ground": "correction", "reason": "录错人员"}).status_code == 302
        assert client.post(address_of(doctor), {"ground": "correction", "reason": "再来"}).status_code == 409
        assert Approval.objects.count() == 1


def _approvals() -> str:
    return reverse("work:approvals")


def _decide(made: Approval) -> str:
    return reverse("work:decide", args=[made.pk])


@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_at_once_one_wins(
    doctor: Made, decider: Account, second_decider: Account, haidian: Scope
) -> None:
    third = new_account(AccountKind.CLERK, "贺知微", Role.DECIDER, haidian)
    assert (
        sign_in(Client(), decider).post(address_of(doctor), {"ground": "correction", "reason": "录错人员"}).status_code
        == 302
    )
    made = Approval.objects.get()
    barrier = Barrier(2)

    def approve(account: Account) -> tuple[int, str]:
        client = sign_in(Client(), account)
        barrier.wait()
        try:
            answer = client.post(_decide(made), {"verdict": "approve"})
            return answer.status_code, answer.content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(approve, (second_decider, third)))
    assert [status for status, _ in answers] == [302, 409]
    assert "办理：已批准" in answers[1][1]
    assert Change.objects.filter(undoes=doctor.changes["widened"]).count() == 1
    assert scopes_of(doctor) == ["11"]
