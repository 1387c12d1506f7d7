"""At the counter: a password for who shows her document, and a disputed claim settled once."""

import re
import threading
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD, new_account, new_subject, sign_in
from tests.matrix import AccessMatrix
from yizheng.people import audit, vault
from yizheng.people.accounts import counter
from yizheng.people.accounts.signup import register
from yizheng.people.canonical import IdentifierKind
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, AuditEntry, IdentityClaim, OneTimePassword, Scope
from yizheng.people.pages.counter import ticket_of
from yizheng.people.rights.grants import Refused
from yizheng.people.rights.reach import reach_of
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import index_name
from yizheng.people.signing_in import totp
from yizheng.registry.models import Change
from yizheng.registry.models.identity import SameAs, principal_of

NUMBER, MOBILE = "11010519491231002X", "13800000172"
pytestmark = pytest.mark.django_db


def signed_up(name: str, mobile: str = MOBILE, number: str = NUMBER) -> Account:
    return register(name, IdentifierKind.RESIDENT_ID, number, mobile, PASSWORD)


@pytest.fixture
def known(haidian: Scope) -> int:
    """A doctor of the register, whose name is written otherwise than she writes it."""
    subject_id = int(new_subject("person").pk)
    vault.store(subject_id, "resident_id", NUMBER)
    with acting_as_system("test"):
        index_name(subject_id, "林知瑶", [haidian.pk])
    return subject_id


@pytest.fixture
def claim(known: int) -> IdentityClaim:
    return IdentityClaim.objects.get(account=signed_up("林知遥"))


class TestCounter(AccessMatrix):
    url = "/accounts/counter/"
    readers = ("acceptor", "other_district_clerk", "city_clerk")
    writers = readers
    posted: ClassVar[dict[str, str]] = {"wanted": MOBILE}

    @pytest.fixture
    def address(self, claim: IdentityClaim) -> str:
        return self.url


class TestThePerson(AccessMatrix):
    readers = ("acceptor", "other_district_clerk", "city_clerk")

    @pytest.fixture
    def address(self, claim: IdentityClaim) -> str:
        return reverse("people:counter_person", args=[ticket_of(claim.account)])


class TestSettling(AccessMatrix):
    writers = ("acceptor", "other_district_clerk", "city_clerk")
    posted: ClassVar[dict[str, str]] = {"verdict": "accept", "claim-number": NUMBER, "claim-reason": "核对身份证原件"}

    @pytest.fixture
    def address(self, claim: IdentityClaim) -> str:
        return reverse("people:counter_claim", args=[ticket_of(claim.account)])

    def state(self) -> Any:
        return list(IdentityClaim.objects.values_list("state", flat=True)), SameAs.objects.count()

    def make_wrong(self) -> bool:
        clerk = new_account(AccountKind.CLERK, "别的窗口", Role.ACCEPTOR, Scope.objects.get(code="110101"))
        counter.reject(IdentityClaim.objects.get(), clerk, "未能出示原件")
        return True


class TestResettingAtTheCounter(AccessMatrix):
    writers = ("acceptor", "other_district_clerk", "city_clerk")
    posted: ClassVar[dict[str, str]] = {"password-number": NUMBER, "password-reason": "核对身份证原件"}

    @pytest.fixture
    def address(self, claim: IdentityClaim) -> str:
        return reverse("people:counter_password", args=[ticket_of(claim.account)])

    def state(self) -> Any:
        return OneTimePassword.objects.count()


def test_a_person_is_found_by_what_is_complete_and_by_nothing_less(
    claim: IdentityClaim, acceptor: Account, stranger: Account
) -> None:
    account = claim.account
    for wanted in (account.username, str(claim.pk), f" {MOBILE} "):
        assert counter.find(wanted, acceptor) == account
    for wanted in (account.username[:-1], "林知遥", MOBILE[:-1], acceptor.username, str(stranger.pk), ""):
        assert counter.find(wanted, acceptor) is None
    assert AuditEntry.objects.filter(verb="counter.find", actor=acceptor).count() == 9


def test_a_document_number_finds_the_account_of_its_rightful_holder(
    claim: IdentityClaim, known: int, acceptor: Account
) -> None:
    assert counter.find(NUMBER, acceptor) is None
    counter.accept(claim, acceptor, NUMBER, "核对身份证原件")
    assert counter.find("110105491231002", acceptor) == claim.account


def test_a_settled_claim_is_not_found_by_its_number(claim: IdentityClaim, acceptor: Account) -> None:
    counter.reject(claim, acceptor, "未能出示原件")
    assert counter.find(str(claim.pk), acceptor) is None


def test_accepting_merges_the_claim_into_the_register(
    claim: IdentityClaim, known: int, acceptor: Account, haidian: Scope
) -> None:
    own = claim.account.subject_id or 0
    assert counter.registered(claim) == (known, ["林知瑶"])
    counter.accept(claim, acceptor, "110105491231002", "核对身份证原件")
    account = Account.objects.get(pk=claim.pk)
    assert account.subject_id == known
    claim.refresh_from_db()
    assert (claim.state, claim.settled_by, claim.former_subject_id) == ("accepted", acceptor, own)
    merged = SameAs.objects.get()
    assert (merged.subject_id, merged.principal_id, merged.authority_scope) == (own, known, haidian.pk)
    assert principal_of(own, merged.valid_from) == known
    assert Change.objects.get(pk=merged.opened).cause == f"identity_claim:{claim.pk}"
    assert set(reach_of(account).subjects) == {own, known}
    assert AuditEntry.objects.get(verb="identity.accept").detail["subject"] == known


def test_rejecting_leaves_her_the_subject_of_her_own(claim: IdentityClaim, acceptor: Account) -> None:
    own = claim.account.subject_id
    counter.reject(claim, acceptor, "未能出示原件")
    account = Account.objects.get(pk=claim.pk)
    assert account.subject_id == own
    assert not SameAs.objects.exists()
    with pytest.raises(Refused):
        counter.accept(IdentityClaim.objects.get(), acceptor, NUMBER, "又来了")


@pytest.mark.parametrize(
    ("number", "reason", "said"),
    [
        ("110101199003074514", "核对身份证原件", "不一致"),
        ("", "核对身份证原件", "不一致"),
        (NUMBER, " ", "理由"),
        (NUMBER, f"号码 {NUMBER}", "不要写证件号码"),
    ],
)
def test_nothing_without_the_right_document_and_a_reason(
    claim: IdentityClaim, acceptor: Account, number: str, reason: str, said: str
) -> None:
    for act in (counter.accept, lambda claim, *rest: counter.reset_password(claim.account, *rest)):
        with pytest.raises(Refused, match=said):
            act(claim, acceptor, number, reason)
    claim.refresh_from_db()
    assert claim.state == "disputed"
    assert not OneTimePassword.objects.exists()


@pytest.mark.parametrize("who", ["reviewer", "decider", "inspector", "system_admin", "security_admin"])
def test_only_who_accepts_settles(claim: IdentityClaim, who: str, request: pytest.FixtureRequest) -> None:
    other = request.getfixturevalue(who)
    for act in (
        lambda: counter.accept(claim, other, NUMBER, "x"),
        lambda: counter.reject(claim, other, "x"),
        lambda: counter.reset_password(claim.account, other, NUMBER, "x"),
    ):
        with pytest.raises(Refused, match="只有受理人员"):
            act()


def test_an_account_in_use_stays_in_the_way_and_a_stopped_one_gives_way(haidian: Scope, acceptor: Account) -> None:
    first, second = signed_up("林知遥"), signed_up("林知遥", "13900000173")
    claim = IdentityClaim.objects.get(account=second)
    with pytest.raises(Refused, match=first.username):
        counter.accept(claim, acceptor, NUMBER, "核对身份证原件")
    assert not SameAs.objects.exists()
    Account.objects.filter(pk=first.pk).update(is_active=False)
    counter.accept(claim, acceptor, NUMBER, "核对身份证原件")
    former = Account.objects.get(pk=first.pk)
    assert (former.subject_id, former.login_index) == (None, None)
    assert Account.objects.get(pk=second.pk).subject_id == first.subject_id


def test_accepting_stands_or_falls_as_a_whole(
    claim: IdentityClaim, acceptor: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = claim.account.subject_id

    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(audit, "record", fails)
    with pytest.raises(ZeroDivisionError):
        counter.accept(claim, acceptor, NUMBER, "核对身份证原件")
    claim.refresh_from_db()
    assert claim.state == "disputed"
    assert Account.objects.get(pk=claim.pk).subject_id == own
    assert not SameAs.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_at_once_one_settles(claim: IdentityClaim, acceptor: Account, city_clerk: Account) -> None:
    outcomes: list[str] = []

    def go(clerk: Account, *, accepts: bool) -> None:
        found = IdentityClaim.objects.select_related("account").get(pk=claim.pk)
        try:
            if accepts:
                counter.accept(found, clerk, NUMBER, "核对身份证原件")
            else:
                counter.reject(found, clerk, "未能出示原件")
            outcomes.append("won")
        except Refused:
            outcomes.append("lost")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=go, args=(clerk,), kwargs={"accepts": accepts})
        for clerk in (acceptor, city_clerk)
        for accepts in (True, False)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["lost", "lost", "lost", "won"]
    claim.refresh_from_db()
    assert SameAs.objects.count() == (1 if claim.state == "accepted" else 0)


def test_a_password_at_the_counter_takes_a_lost_authenticator_along_when_asked(
    claim: IdentityClaim, acceptor: Account
) -> None:
    totp.enrol(claim.account, totp.new_secret())
    counter.reset_password(claim.account, acceptor, NUMBER, "核对身份证原件")
    assert totp.enrolled(claim.account)
    counter.reset_password(claim.account, acceptor, NUMBER, "手机丢失", without_authenticator=True)
    assert not totp.enrolled(claim.account)


def test_the_whole_way_at_the_counter(client: Client, claim: IdentityClaim, acceptor: Account) -> None:
    sign_in(client, acceptor)
    found = client.post(reverse("people:counter"), {"wanted": claim.account.username})
    assert NUMBER not in found["Location"]
    page = client.get(found["Location"]).content.decode()
    assert "林知瑶" in page
    assert NUMBER not in page
    settled = client.post(
        f"{found['Location']}claim/",
        {"verdict": "accept", "claim-number": NUMBER, "claim-reason": "核对身份证原件"},
        follow=True,
    )
    assert "核实后并入登记" in settled.content.decode()
    handed = client.post(
        f"{found['Location']}password/", {"password-number": NUMBER, "password-reason": "本人忘记"}
    ).content.decode()
    text = re.search(r"([A-Z2-9]{4}-){3}[A-Z2-9]{4}", handed)
    assert text
    person = Client()
    person.post(reverse("people:sign_in"), {"username": MOBILE, "password": text[0]})
    own = {"password": "Qing-He-Road-2031", "again": "Qing-He-Road-2031"}
    assert person.post(reverse("people:choose_password"), own)["Location"] == "/my/"
    mine = person.get(reverse("people:me")).content.decode()
    assert "开具一次性密码" in mine


def test_a_ticket_ends_and_cannot_be_made_up(
    client: Client, claim: IdentityClaim, acceptor: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yizheng.people.pages import counter as pages

    sign_in(client, acceptor)
    ticket = ticket_of(claim.account)
    made_up = reverse("people:counter_person", args=[f"{claim.pk}:x:y"])
    assert client.get(made_up).status_code == 404
    monkeypatch.setattr(pages, "_HALF_AN_HOUR", -1)
    answer = client.get(reverse("people:counter_person", args=[ticket]))
    assert answer["Location"] == reverse("people:counter")
