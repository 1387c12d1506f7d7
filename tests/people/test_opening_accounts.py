"""The system administrator opens accounts; the security administrator approves what they may do."""

import re
from typing import Any, ClassVar

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Place, sign_in
from tests.matrix import AccessMatrix
from yizheng.people.accounts.administering import OPENED, fitting_roles, open_account
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, AuditEntry, GrantProposal, OneTimePassword, Scope
from yizheng.people.rights import grants
from yizheng.people.rights.grants import Refused
from yizheng.people.signing_in import onetime

pytestmark = pytest.mark.django_db


class TestChoosingAKind(AccessMatrix):
    url = "/accounts/admin/new/"
    readers = ("system_admin",)


class TestOpening(AccessMatrix):
    url = "/accounts/admin/new/analyst/"
    readers = ("system_admin",)
    writers = ("system_admin",)
    posted: ClassVar[dict[str, str]] = {
        "username": "an-analyst",
        "display_name": "周析",
        "role": "analyst",
        "reason": "新入职",
    }

    @pytest.fixture
    def address(self, city: Scope, monkeypatch: pytest.MonkeyPatch) -> str:
        monkeypatch.setitem(self.posted, "scope", str(city.pk))
        return self.url

    def state(self) -> Any:
        return Account.objects.filter(username="an-analyst").count(), GrantProposal.objects.count()

    def make_wrong(self) -> bool:
        Account.objects.create_account("an-analyst", AccountKind.CLERK, "别人")
        return True


class TestResettingAPassword(AccessMatrix):
    writers = ("system_admin",)
    posted: ClassVar[dict[str, str]] = {"reason": "本人忘记"}

    @pytest.fixture
    def address(self, reviewer: Account) -> str:
        return reverse("people:password_issue", args=[reviewer.pk])

    def state(self) -> Any:
        return OneTimePassword.objects.count()


def wanted(scope: Scope, **changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "kind": AccountKind.CLERK,
        "username": "xin-shouli",
        "display_name": "方新",
        "role": Role.ACCEPTOR,
        "scope": scope,
        "reason": "新入职",
    }
    return values | changes


def test_a_new_account_waits_for_its_role(system_admin: Account, haidian: Scope) -> None:
    account, password = open_account(system_admin, **wanted(haidian))
    assert re.fullmatch(r"([A-Z2-9]{4}-){3}[A-Z2-9]{4}", password)
    assert not account.has_usable_password()
    assert not account.grants.exists()
    proposal = GrantProposal.objects.get(account=account)
    assert (proposal.role, proposal.scope, proposal.proposer, proposal.state) == (
        "acceptor",
        haidian,
        system_admin,
        "waiting",
    )
    verbs = set(AuditEntry.objects.filter(actor=system_admin).values_list("verb", flat=True))
    assert verbs == {"account.open", "grant.propose", "password.issue"}


@pytest.mark.parametrize("kind", OPENED)
def test_every_kind_can_be_opened_from_the_page(
    client: Client, system_admin: Account, haidian: Scope, city: Scope, institution: Place, kind: AccountKind
) -> None:
    scope = {AccountKind.INSTITUTION: institution.scope.code, AccountKind.ENGINEER: city.pk}
    form = {
        "username": "new-colleague",
        "display_name": "方新",
        "role": fitting_roles(kind)[0].value,
        "scope": scope.get(kind, haidian.pk),
        "reason": "新入职",
    }
    sign_in(client, system_admin)
    page = client.post(reverse("people:account_open", args=[kind]), form).content.decode()
    assert re.search(r"([A-Z2-9]{4}-){3}[A-Z2-9]{4}", page)
    account = Account.objects.get(username="new-colleague")
    assert account.kind == kind
    assert account.subject_id == (institution.subject.pk if kind == AccountKind.INSTITUTION else None)
    assert GrantProposal.objects.filter(account=account).count() == 1


@pytest.mark.parametrize("kind", sorted(set(AccountKind) - set(OPENED)))
def test_other_kinds_are_not_opened_here(
    client: Client, system_admin: Account, haidian: Scope, kind: AccountKind
) -> None:
    sign_in(client, system_admin)
    assert client.get(reverse("people:account_open", args=[kind])).status_code == 404
    with pytest.raises(Refused, match="自行实名注册"):
        open_account(system_admin, **wanted(haidian, kind=kind))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"username": "Big"}, "小写字母开头"),
        ({"username": "ab"}, "小写字母开头"),
        ({"username": "a13800000172"}, "不能是证件号码或手机号码"),
        ({"role": Role.INSPECTOR}, "只能授予"),
        ({"reason": ""}, "理由"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    system_admin: Account, haidian: Scope, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        open_account(system_admin, **wanted(haidian, **changes))
    assert not Account.objects.filter(display_name="方新").exists()


def test_a_name_in_use_is_refused(system_admin: Account, acceptor: Account, haidian: Scope) -> None:
    Account.objects.filter(pk=acceptor.pk).update(username="xin-shouli")
    with pytest.raises(Refused, match="已被使用"):
        open_account(system_admin, **wanted(haidian))


def test_only_the_system_administrator_opens(security_admin: Account, haidian: Scope) -> None:
    with pytest.raises(Refused, match="只有系统管理员"):
        open_account(security_admin, **wanted(haidian))


@pytest.mark.parametrize(("place", "name"), [(grants, "propose"), (onetime, "issue")])
def test_opening_stands_or_falls_as_a_whole(
    system_admin: Account, haidian: Scope, monkeypatch: pytest.MonkeyPatch, place: Any, name: str
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(place, name, fails)
    with pytest.raises(ZeroDivisionError):
        open_account(system_admin, **wanted(haidian))
    assert not Account.objects.filter(display_name="方新").exists()
    assert not GrantProposal.objects.exists()


def test_an_institution_is_found_by_its_whole_name_and_near_ones_are_named(
    client: Client, system_admin: Account, institution: Place
) -> None:
    sign_in(client, system_admin)
    form = {"username": "qinghe-jb", "display_name": "方新", "role": "institution_operator", "reason": "新任"}
    page = reverse("people:account_open", args=["institution"])
    near = client.post(page, form | {"scope": "清河"}).content.decode()
    assert institution.scope.name in near
    assert "没有这个机构" in client.post(page, form | {"scope": "不存在的机构"}).content.decode()
    assert client.post(page, form | {"scope": institution.scope.name}).status_code == 200
    assert Account.objects.get(username="qinghe-jb").subject_id == institution.subject.pk
