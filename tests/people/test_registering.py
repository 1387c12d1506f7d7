"""An individual registers herself; nothing shows whether a number is known."""

import re
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from tests.cast import PASSWORD, new_subject, sign_in
from yizheng.people import vault
from yizheng.people.accounts import signup
from yizheng.people.accounts.forms import RegisterForm
from yizheng.people.accounts.signup import register
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account, IdentityClaim, Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import index_name

NUMBER, MOBILE = "11010519491231002X", "13800000172"
pytestmark = pytest.mark.django_db


@pytest.fixture
def known(haidian: Scope) -> int:
    """A doctor of the register, without an account."""
    subject_id = int(new_subject("person").pk)
    vault.store(subject_id, "resident_id", NUMBER)
    with acting_as_system("test"):
        index_name(subject_id, "林知遥", [haidian.pk])
    return subject_id


def registered(name: str = "林知遥", number: str = NUMBER, mobile: str = MOBILE, password: str = PASSWORD) -> Account:
    return register(name, IdentifierKind.RESIDENT_ID, number, mobile, password)


def send(client: Client, **changes: str) -> Any:
    form = {"name": "林知遥", "document": "resident_id", "number": NUMBER, "mobile": MOBILE}
    return client.post(reverse("people:register"), form | {"password": PASSWORD, "again": PASSWORD} | changes)


def state(account: Account) -> str:
    return IdentityClaim.objects.get(account=account).state


def test_a_new_person_gets_account_and_subject(db: None) -> None:
    account = registered()
    assert state(account) == "new"
    assert vault.find("resident_id", NUMBER) == account.subject_id


def test_name_and_number_as_in_the_register_lead_to_the_subject_there(known: int) -> None:
    account = registered(number="110105491231002")
    assert (account.subject_id, state(account)) == (known, "matched")


def test_another_name_gets_a_subject_of_its_own(known: int) -> None:
    account = registered(name="沈一诺")
    assert state(account) == "disputed"
    assert account.subject_id != known
    assert vault.find("resident_id", NUMBER) == known


def test_a_second_account_does_not_reach_the_first_ones_subject(known: int) -> None:
    first, second = registered(), registered(mobile="13900000173")
    assert (first.subject_id, state(second)) == (known, "disputed")
    assert second.subject_id != known


@pytest.mark.django_db(transaction=True)
def test_of_two_registrations_at_once_one_reaches_the_register(known: int) -> None:
    made: list[str] = []

    def go(number: int) -> None:
        try:
            made.append(state(registered(mobile=f"1380000010{number}")))
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == ["disputed", "disputed", "disputed", "matched"]


def test_nothing_shows_whether_the_number_is_known(client: Client, known: int) -> None:
    pages = []
    for number, name in enumerate(("林知遥", "沈一诺", "路人乙")):
        answer = send(
            client, name=name, mobile=f"1380000020{number}", number=NUMBER if number < 2 else "110101199003074514"
        )
        assert answer.status_code in {302, 422}, answer.content
        page = client.get(reverse("people:registered")).content.decode()
        pages.append(re.sub(r"p[0-9a-f]{10}", "", page))
    assert len(set(pages)) == 1


def test_as_many_statements_whether_the_number_is_known_or_not(known: int) -> None:
    counted = []
    for number, (name, document) in enumerate(
        (("林知遥", NUMBER), ("沈一诺", NUMBER), ("路人乙", "110101199003074514"))
    ):
        with CaptureQueriesContext(connection) as asked:
            registered(name, document, f"1380000020{number}")
        counted.append(len(asked))
    assert max(counted) - min(counted) <= 1


def test_the_registered_person_signs_in_with_her_mobile_number(client: Client) -> None:
    assert send(client).status_code == 302
    answer = client.post(reverse("people:sign_in"), {"username": "138 0000 0172", "password": PASSWORD})
    assert answer["Location"] == "/my/"


def test_a_mobile_number_in_use_is_not_taken_from_its_account_and_nobody_learns_that_it_is(client: Client) -> None:
    first = registered()
    second = registered("沈一诺", "110101199003074514", password="Qing-He-Road-2031")
    for account, password in ((first, PASSWORD), (second, "Qing-He-Road-2031")):
        visitor = Client()
        assert visitor.post(reverse("people:sign_in"), {"username": MOBILE, "password": password})["Location"] == "/my/"
        assert visitor.session["_auth_user_id"] == str(account.pk)


def test_the_own_page_says_the_same_of_a_known_and_an_unknown_number(known: int) -> None:
    said: list[str] = []
    for name, number in (("沈一诺", NUMBER), ("路人乙", "110101199003074514")):
        account = registered(name, number, f"1380000020{len(said)}")
        page = sign_in(Client(), account).get(reverse("people:me")).content.decode()
        said.append(page.partition("<dt>身份</dt>")[2].partition("</dd>")[0].replace(str(account.pk), "#"))
    assert said[0] == said[1] != ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "林"}, "至少两个字"),
        ({"name": ""}, "请填写姓名"),
        ({"number": "110105194912310021"}, "校验码不符"),
        ({"number": "123"}, "应为18位"),
        ({"document": "passport", "number": "x"}, "护照号码"),
        ({"mobile": "12345"}, "11 位数字"),
        ({"again": "other-Password-1"}, "不一致"),
        ({"password": f"Aa-{MOBILE}", "again": f"Aa-{MOBILE}"}, "手机号码"),
    ],
)
def test_the_form_says_what_is_wrong_and_makes_nothing(client: Client, changes: dict[str, str], said: str) -> None:
    answer = send(client, **changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Account.objects.exists()


def test_one_address_does_not_register_a_town(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from yizheng.people.pages import registering

    monkeypatch.setattr(registering, "make_account", lambda **_: Account(username="x"))
    for _ in range(20):
        assert send(client).status_code == 302
    assert "人数过多" in send(client).content.decode()


def test_a_failure_at_the_last_step_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(signup, "login_index", fails)
    with pytest.raises(ZeroDivisionError):
        registered()
    assert not Account.objects.exists()
    assert vault.find("resident_id", NUMBER) is None


def test_a_passport_holder_and_an_english_browser_are_told_in_english_beside_the_fields(client: Client) -> None:
    wrong = {"name": "X", "number": "1", "mobile": "12", "password": "short", "again": "other"}
    said = send(client, document="passport", **wrong).content.decode()
    for name in wrong:
        assert said.count(escape(RegisterForm.english[name])) >= 2, name  # in the summary, and beside the field
    assert "姓名应与证件一致，至少两个字，不含数字 Enter your name as in the passport" in said
    assert "Enter" not in send(client, **wrong).content.decode().partition("<form")[2]
    form = {"document": "resident_id"}
    empty = client.post(reverse("people:register"), form, headers={"accept-language": "en-GB,en;q=0.9"})
    assert "请填写姓名 Enter your name" in empty.content.decode()
