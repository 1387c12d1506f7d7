"""Notes reach an account or all who hold a role in a scope; each reader marks her own; no personal numbers."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tests.cast import sign_in
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Grant, Scope
from yizheng.work import inbox
from yizheng.work.models import Notice

pytestmark = pytest.mark.django_db


def titles(account: Account) -> list[str]:
    return [notice.title for notice in Notice.objects.visible_to(account)]


def test_a_note_reaches_the_account_and_nobody_else(applicant: Account, stranger: Account) -> None:
    inbox.send(to=applicant, title="已受理", kind="case", link="/my/cases/1/")
    assert titles(applicant) == ["已受理"]
    assert inbox.unread_count(applicant) == 1
    assert titles(stranger) == []


def test_a_note_to_a_role_reaches_those_who_hold_it_there(
    acceptor: Account, reviewer: Account, other_district_clerk: Account, haidian: Scope
) -> None:
    inbox.send(role=Role.ACCEPTOR, scope=haidian, title="新办件", kind="case")
    assert titles(acceptor) == ["新办件"]
    assert titles(reviewer) == []
    assert titles(other_district_clerk) == []


def test_a_revoked_role_reads_no_more(acceptor: Account, haidian: Scope) -> None:
    inbox.send(role=Role.ACCEPTOR, scope=haidian.pk, title="新办件", kind="case")
    Grant.objects.filter(account=acceptor).update(revoked_at=timezone.now())
    assert titles(acceptor) == []


def test_reading_is_each_readers_own(acceptor: Account, haidian: Scope, city: Scope) -> None:
    note = inbox.send(role=Role.ACCEPTOR, scope=haidian, title="新办件", kind="case")
    Grant.objects.get_or_create(account=acceptor, role=Role.ACCEPTOR, scope=haidian, revoked_at=None)
    inbox.mark_read(acceptor, [note])
    inbox.mark_read(acceptor, [note])
    assert inbox.unread_count(acceptor) == 0


@pytest.mark.parametrize("text", ["身份证 11010819900307123X", "证书 201011110110108199003071234", "电话13800000000"])
def test_a_note_carries_no_personal_number(applicant: Account, text: str) -> None:
    with pytest.raises(inbox.PersonalNumber):
        inbox.send(to=applicant, title="通知", body=text, kind="case")


def test_case_and_practice_numbers_may_stand_in_a_note(applicant: Account) -> None:
    inbox.send(to=applicant, title="京海卫医执〔2025〕12 号", body="编码 110110108004217", kind="case")


def test_a_note_has_one_kind_of_recipient(applicant: Account, haidian: Scope) -> None:
    with pytest.raises(ValueError, match="to an account, or to a role"):
        inbox.send(title="无人", kind="case")
    with pytest.raises(ValueError, match="to an account, or to a role"):
        inbox.send(to=applicant, role=Role.ACCEPTOR, scope=haidian, title="两边", kind="case")
    with pytest.raises(IntegrityError, match="one_recipient"), transaction.atomic():
        Notice.objects.create(title="无人", kind="case")


def test_the_page_marks_reads_and_follows_links_inside(client: Client, applicant: Account) -> None:
    inside = inbox.send(to=applicant, title="已受理", kind="case", link="/work/jobs/")
    outside = inbox.send(to=applicant, title="外站", kind="case", link="https://example.org/")
    page = sign_in(client, applicant).get("/inbox/").content.decode()
    assert "2 条未读" in page
    assert client.post(f"/inbox/{inside.pk}/").headers["Location"] == "/work/jobs/"
    assert client.post(f"/inbox/{outside.pk}/").headers["Location"] == "/inbox/"
    assert inbox.unread_count(applicant) == 0


def test_everything_is_marked_read_at_once(client: Client, applicant: Account) -> None:
    for number in range(3):
        inbox.send(to=applicant, title=f"第 {number} 条", kind="case")
    assert sign_in(client, applicant).post("/inbox/read/").status_code == 302
    assert inbox.unread_count(applicant) == 0


def test_the_inbox_is_paged_by_key(client: Client, applicant: Account) -> None:
    Notice.objects.bulk_create(
        [Notice(account=applicant, title=f"第 {number:03} 条", kind="case") for number in range(120)]
    )
    page = sign_in(client, applicant).get("/inbox/")
    shown = [notice.title for notice in page.context["part"].page.rows]
    assert (shown[0], shown[-1], len(shown)) == ("第 119 条", "第 070 条", 50)
    next_page = client.get(f"/inbox/?after={page.context['part'].page.after}")
    assert next_page.context["part"].page.rows[0].title == "第 069 条"
    assert client.get("/inbox/?before=x").status_code == 200
    assert client.get("/inbox/?before=99999999999999999999").status_code == 200


def test_an_account_opens_only_its_own_notes(client: Client, applicant: Account, stranger: Account) -> None:
    note = inbox.send(to=applicant, title="已受理", kind="case")
    assert sign_in(client, stranger).post(f"/inbox/{note.pk}/").status_code == 404
    assert client.get(f"/inbox/{note.pk}/").status_code == 405


@pytest.mark.parametrize("path", ["/inbox/", "/work/jobs/", "/work/approvals/", "/work/jobs/1/"])
def test_nobody_reads_without_signing_in(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/")


def test_the_inbox_asks_the_same_number_of_queries_however_full(
    client: Client, applicant: Account, django_assert_max_num_queries: object
) -> None:
    sign_in(client, applicant)
    Notice.objects.bulk_create([Notice(account=applicant, title=f"{n}", kind="case") for n in range(60)])
    with django_assert_max_num_queries(12):
        client.get("/inbox/")
