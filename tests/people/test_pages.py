"""Who opens the pages of this room, and what they do."""

from typing import Any, ClassVar

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD, sign_in
from tests.matrix import MEMBERS, AccessMatrix
from yizheng.people import audit, vault
from yizheng.people.models import Account, Grant, GrantProposal, Scope

ADMINS = ("system_admin", "security_admin")


class TestAccountList(AccessMatrix):
    url = "/accounts/admin/"
    readers = ADMINS


class TestAccount(AccessMatrix):
    readers = ADMINS

    @pytest.fixture
    def address(self, acceptor: Account) -> str:
        return reverse("people:account", args=[acceptor.pk])


class TestProposals(AccessMatrix):
    url = "/accounts/admin/grants/"
    readers = ADMINS


class TestAuditTrail(AccessMatrix):
    url = "/accounts/audit/"
    readers = ("audit_admin",)


class TestMySecurity(AccessMatrix):
    url = "/accounts/me/"
    readers = MEMBERS


class TestSuspending(AccessMatrix):
    writers = ADMINS
    posted: ClassVar[dict[str, str]] = {"reason": "离职"}

    @pytest.fixture
    def address(self, reviewer: Account) -> str:
        self.account = reviewer
        return reverse("people:account_act", args=[reviewer.pk, "suspend"])

    def state(self) -> Any:
        return list(Account.objects.order_by("pk").values_list("is_active", flat=True).distinct())

    def make_wrong(self) -> bool:
        Account.objects.filter(pk=self.account.pk).update(is_active=False)
        return True


class TestApprovingAGrant(AccessMatrix):
    writers = ("security_admin",)
    posted: ClassVar[dict[str, str]] = {"verdict": "approve"}

    @pytest.fixture
    def address(self, reviewer: Account, system_admin: Account, haidian: Scope) -> str:
        self.proposal = GrantProposal.objects.create(
            account=reviewer, role="decider", scope=haidian, reason="轮岗", proposer=system_admin
        )
        return reverse("people:proposal", args=[self.proposal.pk])

    def state(self) -> Any:
        return list(GrantProposal.objects.values_list("state", flat=True)), Grant.objects.filter(role="decider").count()

    def make_wrong(self) -> bool:
        GrantProposal.objects.update(state="declined")
        return True


@pytest.mark.django_db
def test_a_grant_goes_through_two_pairs_of_hands(
    client: Client, reviewer: Account, system_admin: Account, security_admin: Account, haidian: Scope
) -> None:
    sign_in(client, system_admin)
    asked = {"role": "decider", "scope": haidian.pk, "reason": "轮岗"}
    assert client.post(reverse("people:grant_propose", args=[reviewer.pk]), asked).status_code == 302
    assert (
        "同样的授权已在等待批准"
        in client.post(reverse("people:grant_propose", args=[reviewer.pk]), asked).content.decode()
    )
    proposal = GrantProposal.objects.get()
    assert not Grant.objects.filter(account=reviewer, role="decider").exists()
    assert client.post(reverse("people:proposal", args=[proposal.pk]), {"verdict": "approve"}).status_code == 403
    sign_in(client, security_admin)
    assert "轮岗" in client.get(reverse("people:proposals")).content.decode()
    assert client.post(reverse("people:proposal", args=[proposal.pk]), {"verdict": "approve"}).status_code == 302
    grant = Grant.objects.get(account=reviewer, role="decider", revoked_at=None)
    sign_in(client, system_admin)
    client.post(reverse("people:grant_end", args=[grant.pk]), {"reason": "轮岗结束"})
    sign_in(client, security_admin)
    ending = GrantProposal.objects.get(revokes=True)
    client.post(reverse("people:proposal", args=[ending.pk]), {"verdict": "approve"})
    assert not Grant.objects.filter(account=reviewer, role="decider", revoked_at=None).exists()


@pytest.mark.django_db
def test_an_act_needs_a_reason_and_never_meets_oneself(
    client: Client, system_admin: Account, reviewer: Account
) -> None:
    sign_in(client, system_admin)
    answer = client.post(reverse("people:account_act", args=[reviewer.pk, "suspend"]), {"reason": " "})
    assert "请写明理由" in answer.content.decode()
    answer = client.post(reverse("people:account_act", args=[system_admin.pk, "suspend"]), {"reason": "x"})
    assert "不能对自己的账号这样做" in answer.content.decode()


@pytest.mark.django_db
def test_a_decision_asks_again_who_sits_there_and_keeps_what_was_posted(
    client: Client, reviewer: Account, security_admin: Account
) -> None:
    sign_in(client, security_admin, recently=False)
    act = reverse("people:account_act", args=[reviewer.pk, "suspend"])
    led = client.post(act, {"reason": "离职<b>"})
    assert led["Location"].startswith(reverse("people:confirm"))
    assert "离职" not in str(dict(client.session))
    wrong = client.post(led["Location"], {"secret": "wrong-Password-1"})
    assert "不正确" in wrong.content.decode()
    page = client.post(led["Location"], {"secret": PASSWORD}).content.decode()
    assert f'action="{act}"' in page
    assert 'name="reason" value="离职&lt;b&gt;"' in page
    assert client.post(act, {"reason": "离职<b>"}).status_code == 302
    reviewer.refresh_from_db()
    assert not reviewer.is_active


@pytest.mark.django_db
def test_the_person_reads_who_looked(client: Client, applicant: Account, acceptor: Account) -> None:
    subject = applicant.subject_id or 0
    vault.store(subject, "resident_id", "11010519491231002X")
    sign_in(client, applicant)
    assert "没有人看过" in client.get(reverse("people:me")).content.decode()
    vault.reveal(subject, "resident_id", acceptor, "核对原件")
    page = client.get(reverse("people:me")).content.decode()
    assert "何受理" in page
    assert "居民身份证号码" in page
    assert "核对原件" in page


@pytest.mark.django_db
def test_a_new_password_ends_the_other_sessions(client: Client, applicant: Account) -> None:
    other = sign_in(Client(), applicant)
    sign_in(client, applicant)
    new = "Qing-He-Road-2031"
    typed = {"former": PASSWORD, "password": new, "again": new}
    assert client.post(reverse("people:password"), typed).status_code == 302
    assert client.get(reverse("people:me")).status_code == 200
    assert other.get(reverse("people:me")).status_code == 302
    applicant.refresh_from_db()
    assert applicant.check_password(new)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"former": "x"}, "现在的密码不正确"),
        ({"password": PASSWORD, "again": PASSWORD}, "不能与现在的密码相同"),
        ({"again": "Qing-He-Road-2032"}, "不一致"),
        ({"password": "short", "again": "short"}, "至少 10 个字符"),
    ],
)
def test_a_password_form_says_what_is_wrong(
    client: Client, applicant: Account, typed: dict[str, str], said: str
) -> None:
    new = {"former": PASSWORD, "password": "Qing-He-Road-2031", "again": "Qing-He-Road-2031"}
    sign_in(client, applicant)
    answer = client.post(reverse("people:password"), new | typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.django_db
def test_the_audit_trail_is_paged_and_filtered(client: Client, audit_admin: Account, acceptor: Account) -> None:
    for number in range(120):
        audit.record(acceptor, "test.act", f"case:{number}")
    sign_in(client, audit_admin)
    first = client.get(reverse("people:audit"))
    assert ">办件 119<" in first.content.decode()
    assert ">办件 69<" not in first.content.decode()
    second = client.get(reverse("people:audit"), {"after": first.context["part"].page.after})
    assert ">办件 69<" in second.content.decode()
    back = client.get(reverse("people:audit"), {"before": second.context["part"].page.before})
    assert ">办件 119<" in back.content.decode()
    one = client.get(reverse("people:audit"), {"object": "case:7", "actor": acceptor.username}).content.decode()
    assert one.count("test.act") == 1


@pytest.mark.django_db
def test_the_cost_of_the_lists_does_not_grow(
    client: Client, audit_admin: Account, system_admin: Account, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        audit.record(system_admin, "test.act", f"case:{number}")
    for account, page in ((audit_admin, "people:audit"), (system_admin, "people:accounts")):
        sign_in(client, account)
        client.get(reverse(page))  # what a process reads once is not the list's
        with django_assert_max_num_queries(12):
            assert client.get(reverse(page)).status_code == 200
