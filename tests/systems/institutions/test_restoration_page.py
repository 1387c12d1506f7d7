"""恢复登记 from the page: a past moment is previewed, proposed by one deciding person, approved by another, published."""

from datetime import date
from typing import ClassVar

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Place, new_account, sign_in
from tests.matrix import AccessMatrix
from tests.systems.doctors.people_of_pages import BACK, LINE, Made, license_house, make_doctor, registered
from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.publishing import refresh
from yizheng.documents import certificates, sealing
from yizheng.documents.models import Certificate, Ending, MadeFor, Status
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope, SearchName
from yizheng.people.models.audit import AuditEntry
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import index_name
from yizheng.registry import ChangeKind, changing, latest_position
from yizheng.registry.models import Change
from yizheng.registry.rolling_back.restoring import Wanted
from yizheng.systems.doctors.models import Registration
from yizheng.systems.institutions.restoring import restore
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.work.models import Approval


@pytest.fixture
def before(institution: Place, haidian: Scope, decider: Account) -> tuple[Made, int]:
    """A doctor of the licensed institution, and the position at which all was well."""
    license_house(institution, haidian)
    made = make_doctor("林知夏", institution, haidian, by=decider)
    return made, latest_position()


@pytest.fixture
def batch(before: tuple[Made, int], institution: Place, haidian: Scope) -> Change:
    """A batch that spoiled her registration."""
    values = registered(institution, status="LEFT", reason="L01", institution=None)
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="batch:9") as change:
        change.state(Registration, before[0].subject, LINE, values, valid_from=BACK, authority_scope=haidian.pk)
    refresh("doctor", [before[0].subject.pk])
    return change.record


@pytest.fixture
def second_decider(haidian: Scope) -> Account:
    return new_account(AccountKind.CLERK, "陆景行", Role.DECIDER, haidian)


def of_institution(place: Place) -> str:
    return reverse("institutions:restore", args=[place.subject.pk])


def of_change(change: Change) -> str:
    return reverse("institutions:restore_change", args=[change.pk])


def issue(made: Made, district: Scope, number: str, change: Change, scope: str) -> None:
    certificates.issue(certificates.Draft(
        kind="doctor_practice",
        subject_id=made.subject.pk,
        authority_scope=district.pk,
        fields={
            "number": number, "issuer": "北京市海淀区卫生健康委员会", "name": "林知夏", "sex": "女",
            "identity_number": "110108199003280328", "level": "执业医师",
            "qualification_number": "201611110110108199003280328", "category": "临床",
            "scope": scope, "place": "北京市", "institution": "海淀清河医院",
        },
        issued_on=date(2025, 5, 19),
        change_id=change.pk))  # fmt: skip


def standing(made: Made) -> list[tuple[str, list[str]]]:
    with acting_as_system("test"):
        rows = Registration.objects.current().filter(subject_id=made.subject.pk).order_by("valid_from")
        return [(row.status, row.scopes) for row in rows]


class TestWhoProposesForAnInstitution(AccessMatrix):
    readers = ("acceptor", "reviewer", "decider", "city_clerk", "inspector")
    writers = ("decider",)
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 404})

    @pytest.fixture
    def address(self, batch: Change, before: tuple[Made, int], institution: Place) -> str:
        self.position = before[1]
        return of_institution(institution)

    def body(self) -> dict[str, str]:
        return {"position": str(self.position), "reason": "批量写坏"}

    def state(self) -> int:
        return Approval.objects.count()


@pytest.mark.django_db
class TestTwoPersons:
    def test_the_institution_page_leads_to_the_form_and_the_preview_is_side_by_side(
        self, client: Client, batch: Change, before: tuple[Made, int], institution: Place, decider: Account
    ) -> None:
        sign_in(client, decider)
        page = client.get(reverse("institutions:institution", args=[institution.subject.pk]))
        assert of_institution(institution) in page.content.decode()
        assert "恢复预览" not in client.get(of_institution(institution)).content.decode()
        answer = client.get(of_institution(institution), {"position": before[1]})
        (line,) = answer.context["lines"]
        assert line.title == "林知夏　执业注册 北京市"
        assert ("", "海淀清河医院") in [(now, then) for _, now, then in line.rows]
        assert answer.context["changed"] == 1

    def test_a_batch_is_restored_by_a_second_person_published_and_audited(
        self, client: Client, batch: Change, before: tuple[Made, int], decider: Account, second_decider: Account
    ) -> None:
        made, _ = before
        sign_in(client, decider)
        doctor_page = client.get(f"/doctors/{made.subject.pk}/").content.decode()
        assert of_change(batch) in doctor_page
        position = client.get(of_change(batch)).context["position"]
        assert position == batch.position - 1
        answer = client.post(of_change(batch), {"position": position, "reason": "整批录错"})
        assert answer.status_code == 302
        assert client.post(of_change(batch), {"position": position, "reason": "再来"}).status_code == 409
        proposal = Approval.objects.get()
        decide = reverse("work:decide", args=[proposal.pk])
        assert client.post(decide, {"verdict": "approve"}).status_code == 409
        spoiled = standing(made)

        sign_in(client, second_decider)
        assert "去批准或者驳回" in client.get(answer["Location"]).content.decode()
        assert client.post(decide, {"verdict": "approve", "opinion": "同意"}).status_code == 302
        assert standing(made) != spoiled
        assert standing(made)[-1] == ("REG", ["11", "21"])
        change = Change.objects.latest("pk")
        assert (change.actor_id, change.approved_by_id, change.reason) == (decider.pk, second_decider.pk, "整批录错")
        assert "海淀清河医院" in str(PublicPractitioner.objects.get(subject=made.subject.pk).__dict__)
        assert AuditEntry.objects.filter(verb="register.restore").exists()
        again = client.post(of_change(batch), {"position": position, "reason": "再来"})
        assert again.status_code == 409
        assert "没有需要恢复的内容" in again.content.decode()

    def test_whoever_was_renamed_by_mistake_is_found_by_the_name_of_then(
        self, before: tuple[Made, int], haidian: Scope, decider: Account, second_decider: Account
    ) -> None:
        made, position = before
        with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="batch:9") as change:
            now = PersonIdentity.objects.current().get(subject_id=made.subject.pk)
            change.state(
                PersonIdentity, made.subject, now.line, {**now.values(), "name": "白错名"},
                valid_from=now.valid_from, authority_scope=haidian.pk,
            )  # fmt: skip
            index_name(made.subject.pk, "白错名", [haidian.pk])
        wanted = Wanted.of_change(change.id, position)
        restore(wanted, decider, second_decider, "姓名录错")
        with acting_as_system("test"):
            keys = SearchName.objects.filter(subject_id=made.subject.pk).values_list("name", flat=True)
            assert any("林" in key for key in keys)
            assert not any("白" in key for key in keys)

    def test_certificates_of_what_is_taken_back_are_ended_and_those_of_then_come_back(
        self,
        client: Client,
        batch: Change,
        before: tuple[Made, int],
        haidian: Scope,
        decider: Account,
        second_decider: Account,
    ) -> None:
        made, position = before
        with acting_as_system("test"):
            for number, change, scope in (
                ("110110108004217", made.changes["first"], "内科专业"),
                ("110110108004217", batch, "写坏的范围"),
                ("110110108009999", made.changes["first"], "被批次注销"),
                ("110110108008888", made.changes["first"], "与批次无关"),
            ):
                issue(made, haidian, number, change, scope)
            ended = Certificate.objects.all().get(number="110110108009999")
            certificates.revoke(ended, ending=Ending.CANCELLED, on=date(2026, 1, 5), change_id=batch.pk)
        shown = sign_in(client, decider).get(of_change(batch)).content.decode()
        assert "失效（更正回退），那时的版本另发新版本" in shown
        assert shown.count("恢复，另发新版本") == 1
        change = restore(Wanted.of_change(batch.pk, position), decider, second_decider, "整批录错")
        with acting_as_system("test"):
            rows = Certificate.objects.all().order_by("number", "version")
            assert [(one.number[-4:], one.version, one.status, one.ending, one.made_for) for one in rows] == [
                ("4217", 1, Status.SUPERSEDED, Ending.REPLACED, MadeFor.FIRST),
                ("4217", 2, Status.REVOKED, Ending.ROLLED_BACK, MadeFor.CHANGED),
                ("4217", 3, Status.VALID, "", MadeFor.RESTORED),
                ("8888", 1, Status.VALID, "", MadeFor.FIRST),
                ("9999", 1, Status.REVOKED, Ending.CANCELLED, MadeFor.FIRST),
                ("9999", 2, Status.VALID, "", MadeFor.RESTORED),
            ]
            assert (rows[1].ended_by, rows[2].change_id) == (change.pk, change.pk)
            assert sealing.unseal(rows[2])[0]["scope"] == "内科专业"

    def test_what_a_later_decision_relies_on_keeps_its_registration_and_its_certificate(
        self, batch: Change, before: tuple[Made, int], haidian: Scope, decider: Account, second_decider: Account
    ) -> None:
        made, position = before
        with acting_as_system("test"):
            identity = PersonIdentity.objects.current().get(subject_id=made.subject.pk)
            spoiled = Registration.objects.current().get(opened=batch.pk)
            issue(made, haidian, "110110108004217", batch, "写坏的范围")
            with changing(kind=ChangeKind.DECISION, actor=None, cause="test") as later:
                later.relies_on("case:1", [spoiled])
                later.state(
                    PersonIdentity, made.subject, identity.line, {**identity.values(), "name": "林知"},
                    valid_from=identity.valid_from, authority_scope=haidian.pk,
                )  # fmt: skip
        restore(Wanted.of_subject(made.subject.pk, position), decider, second_decider, "姓名录错")
        with acting_as_system("test"):
            assert Certificate.objects.all().get().status == Status.VALID

    def test_who_does_not_decide_for_the_authority_cannot_approve(
        self,
        client: Client,
        batch: Change,
        before: tuple[Made, int],
        decider: Account,
        reviewer: Account,
        other_district_clerk: Account,
    ) -> None:
        assert sign_in(client, decider).post(of_change(batch), {"reason": "整批录错"}).status_code == 302
        spoiled = standing(before[0])
        decide = reverse("work:decide", args=[Approval.objects.get().pk])
        for account in (reviewer, other_district_clerk):
            assert sign_in(client, account).post(decide, {"verdict": "approve"}).status_code == 409
        assert client.get(of_change(batch)).status_code == 404
        assert standing(before[0]) == spoiled

    def test_what_changed_meanwhile_asks_for_a_new_proposal(
        self,
        client: Client,
        batch: Change,
        before: tuple[Made, int],
        institution: Place,
        haidian: Scope,
        decider: Account,
        second_decider: Account,
    ) -> None:
        sign_in(client, decider).post(of_change(batch), {"reason": "整批录错"})
        values = registered(institution, status="LEFT", reason="L02", institution=None)
        with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
            change.state(Registration, before[0].subject, LINE, values, valid_from=BACK, authority_scope=haidian.pk)
        decide = reverse("work:decide", args=[Approval.objects.get().pk])
        answer = sign_in(client, second_decider).post(decide, {"verdict": "approve"})
        assert answer.status_code == 409
        assert "重新提请" in answer.content.decode()

    def test_a_moment_must_be_past_and_known_and_the_institution_in_the_register_by_then(
        self, client: Client, batch: Change, institution: Place, decider: Account
    ) -> None:
        sign_in(client, decider)
        for asked, said in (
            ({"at": "2999-01-01T00:00"}, "只能恢复到过去的时刻"),
            ({"at": "昨天"}, "看不懂这个时间"),
            ({"position": "99999999"}, "没有这个序位"),
            ({"position": "0"}, "那时登记簿还没有登记它"),
        ):
            assert said in client.get(of_institution(institution), asked).content.decode()
        for asked in ({"position": "0", "reason": "试"}, {"reason": "试"}):
            assert client.post(of_institution(institution), asked).status_code in {409, 422}
        assert not Approval.objects.exists()
