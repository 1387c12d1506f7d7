"""Pages of dated data: who opens them, what they say when something is wrong, and the way of a proposal over two persons."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import sign_in
from tests.licensing import items
from tests.matrix import AccessMatrix
from yizheng.licensing.models import CalendarYear, Promise, RuleValue
from yizheng.licensing.rule_settings import set_rule
from yizheng.people.models import Account
from yizheng.work.models import Approval

__all__ = ["items"]

ADMINS = ("system_admin", "security_admin")
CODE = "doctors.idle_years"
ARTICLE = "《医师执业注册管理办法》第九条"
YEAR = timezone.localdate().year + 1


def asked(**other: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=5)
    return {"value": "3", "valid_from": day.isoformat(), "article": ARTICLE, "note": "办法修订", **other}


def notice_text() -> str:
    days = [f"{YEAR}-05-{day:02d},放假,劳动节" for day in range(1, 15)]
    return "\n".join(["日期,类别,名称", *days, f"{YEAR}-05-29,放假,", f"{YEAR}-05-30,上班,"])


def waiting_rule(system_admin: Account) -> Approval:
    day = timezone.localdate() + timedelta(days=5)
    return set_rule.propose(system_admin, CODE, 3, day, ARTICLE, "办法修订")


class TestRules(AccessMatrix):
    url = "/rules/values/"
    readers = ADMINS


class TestRule(AccessMatrix):
    url = f"/rules/values/{CODE}/"
    readers = ADMINS
    writers = ("system_admin",)
    posted = asked()

    def state(self) -> Any:
        return Approval.objects.count()

    def make_wrong(self) -> bool:
        Approval.objects.create(
            kind=set_rule.KIND,
            object_ref=set_rule.reference(CODE),
            proposer=Account.objects.filter(kind="system_admin").first() or self.somebody(),
            reason="先提的",
            payload={"code": CODE, "value": 4, "valid_from": "2099-01-01", "article": ARTICLE},
            expires=timezone.now() + timedelta(days=1),
        )
        return True

    def somebody(self) -> Account:
        return Account.objects.create_account("first-admin", "system_admin", "先来", password="Jin-Shan-Chuan-47")


class TestCalendar(AccessMatrix):
    url = "/rules/calendar/"
    readers = ADMINS


class TestYear(AccessMatrix):
    url = f"/rules/calendar/{YEAR}/"
    readers = ADMINS
    writers = ("system_admin",)
    posted = {"step": "propose", "text": notice_text(), "notice": "国务院办公厅通知", "reason": "已公布"}

    def state(self) -> Any:
        return Approval.objects.count()


class TestPromises(AccessMatrix):
    url = "/rules/promises/"
    readers = (*ADMINS, "acceptor", "reviewer", "decider", "other_district_clerk", "city_clerk")
    writers = ("decider",)

    @pytest.fixture(autouse=True)
    def at_haidian(self, haidian) -> None:
        day = timezone.localdate() + timedelta(days=1)
        type(self).posted = {
            "authority": haidian.pk, "item": "sample_licence", "days": "10", "valid_from": day.isoformat(),
        }  # fmt: skip

    def state(self) -> Any:
        return Promise.objects.count()

    @pytest.mark.parametrize("name", ["other_district_clerk", "city_clerk"])
    def test_a_decider_elsewhere_promises_nothing_here(self, client, address, request, name) -> None:
        answer = sign_in(client, request.getfixturevalue(name)).post(address, self.posted)
        assert answer.status_code == 422
        assert "请从列表中选择机关" in answer.content.decode()
        assert not Promise.objects.exists()

    def test_writing(self, client, address, request) -> None:  # type: ignore[override]
        """Deciders elsewhere get their own form back, see above; everybody else is refused."""
        for name in ("acceptor", "reviewer", "analyst", "applicant", *ADMINS):
            answer = sign_in(client, request.getfixturevalue(name)).post(address, self.posted)
            assert answer.status_code == 403
        assert not Promise.objects.exists()
        assert sign_in(client, request.getfixturevalue("decider")).post(address, self.posted).status_code == 302
        assert Promise.objects.get().days == 10


class TestProposal(AccessMatrix):
    readers = ADMINS

    @pytest.fixture
    def address(self, system_admin: Account) -> str:
        return reverse("rule_settings:proposal", args=[waiting_rule(system_admin).pk])


class TestDecide(AccessMatrix):
    readers = ()
    writers = ("security_admin",)
    posted = {"verdict": "approve"}

    @pytest.fixture
    def address(self, system_admin: Account) -> str:
        return reverse("rule_settings:decide", args=[waiting_rule(system_admin).pk])

    def state(self) -> Any:
        return RuleValue.objects.count()

    def make_wrong(self) -> bool:
        Approval.objects.update(expires=timezone.now() - timedelta(days=1))
        return True


@pytest.mark.django_db
def test_a_value_over_two_persons(client: Client, system_admin: Account, security_admin: Account) -> None:
    first = sign_in(Client(), system_admin)
    assert first.post(f"/rules/values/{CODE}/", asked()).status_code == 302
    shown = first.get(f"/rules/values/{CODE}/").content.decode()
    assert "待批准" in shown
    assert "提请安全管理员批准" not in shown
    assert "待批准" in first.get("/rules/values/").content.decode()
    proposal = Approval.objects.get()
    second = sign_in(client, security_admin)
    page = second.get(f"/rules/proposals/{proposal.pk}/").content.decode()
    assert "<del>2 年</del>" in page
    assert "<ins>3 年</ins>" in page
    answer = second.post(f"/rules/proposals/{proposal.pk}/decide/", {"verdict": "approve"})
    assert answer.headers["Location"] == f"/rules/values/{CODE}/"
    assert RuleValue.objects.get().value == 3
    assert "未到" in second.get(f"/rules/values/{CODE}/").content.decode()
    assert f"{asked()['valid_from']} 起 3" in second.get("/rules/values/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"value": "2.5"}, "请填写整数"),
        ({"value": ""}, "请填写新的值"),
        ({"article": ""}, "请填写依据"),
        ({"article": "医师法"}, "全名和条款"),
        ({"valid_from": "2020-01-01"}, "不能早于今天"),
        ({"valid_from": "某日"}, "请填写日期"),
        ({"note": ""}, "请填写说明"),
        ({"note": "长" * 201}, "不能超过 200 字"),
    ],
)
def test_what_is_wrong_with_a_value_is_said(client: Client, system_admin: Account, wrong, words) -> None:
    answer = sign_in(client, system_admin).post(f"/rules/values/{CODE}/", asked(**wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Approval.objects.exists()


@pytest.mark.django_db
def test_rejecting_needs_a_reason(client: Client, system_admin: Account, security_admin: Account) -> None:
    made = waiting_rule(system_admin)
    visitor = sign_in(client, security_admin)
    answer = visitor.post(f"/rules/proposals/{made.pk}/decide/", {"verdict": "reject"})
    assert answer.status_code == 409
    assert "驳回须写明理由" in answer.content.decode()
    visitor.post(f"/rules/proposals/{made.pk}/decide/", {"verdict": "reject", "opinion": "依据不足"})
    assert not RuleValue.objects.exists()
    assert "依据不足" in visitor.get(f"/rules/values/{CODE}/").content.decode()


@pytest.mark.django_db
def test_approving_asks_who_sits_there(client: Client, system_admin: Account, security_admin: Account) -> None:
    made = waiting_rule(system_admin)
    visitor = sign_in(client, security_admin, recently=False)
    answer = visitor.post(f"/rules/proposals/{made.pk}/decide/", {"verdict": "approve"})
    assert answer.headers["Location"].startswith("/accounts/confirm/")
    assert not RuleValue.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_previewed_then_proposed(client, system_admin, security_admin, encoding) -> None:
    first = sign_in(Client(), system_admin)
    file = SimpleUploadedFile("安排.csv", notice_text().encode(encoding), "text/csv")
    about = {"notice": "国务院办公厅通知", "reason": "已公布"}
    preview = first.post(f"/rules/calendar/{YEAR}/", {**about, "file": file, "step": "preview"})
    page = preview.content.decode()
    assert preview.status_code == 200
    assert "新增放假" in page
    assert "劳动节" in page
    assert "没有在办办件的到期日会变" in page
    assert not Approval.objects.exists()
    again = {**about, "text": preview.context["text"], "step": "propose"}
    assert first.post(f"/rules/calendar/{YEAR}/", again).status_code == 302
    made = Approval.objects.get()
    second = sign_in(client, security_admin)
    assert "新增调休上班" in second.get(f"/rules/proposals/{made.pk}/").content.decode()
    assert second.post(f"/rules/proposals/{made.pk}/decide/", {"verdict": "approve"}).status_code == 302
    row = CalendarYear.objects.get()
    assert (len(row.days_off), row.working_weekends) == (15, [date(YEAR, 5, 30)])
    assert "国务院办公厅通知" in second.get("/rules/calendar/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "请选择文件，或者粘贴内容"),
        ("不是日子,放假", "第1行"),
        (f"{YEAR}-05-01,放假", "全年的安排"),
        ("2020-05-01,放假", "不在"),
    ],
)
def test_what_is_wrong_with_a_notice_is_said(client: Client, system_admin: Account, text, words) -> None:
    posted = {"text": text, "notice": "通知", "reason": "已公布", "step": "preview"}
    answer = sign_in(client, system_admin).post(f"/rules/calendar/{YEAR}/", posted)
    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.django_db
def test_a_file_too_large_is_refused(client: Client, system_admin: Account) -> None:
    file = SimpleUploadedFile("大.csv", b"x" * (257 * 1024), "text/csv")
    posted = {"file": file, "notice": "通知", "reason": "已公布", "step": "preview"}
    answer = sign_in(client, system_admin).post(f"/rules/calendar/{YEAR}/", posted)
    assert "不能超过 256 KB" in answer.content.decode()


@pytest.mark.django_db
def test_pages_that_do_not_exist(client: Client, system_admin: Account) -> None:
    visitor = sign_in(client, system_admin)
    for path in ("/rules/values/no.such/", "/rules/calendar/1900/", "/rules/proposals/999999/"):
        assert visitor.get(path).status_code == 404


@pytest.mark.django_db
def test_the_address_of_the_whole_leads_to_the_rules(client: Client, system_admin: Account) -> None:
    assert sign_in(client, system_admin).get("/rules/").headers["Location"] == "/rules/values/"


@pytest.mark.django_db
def test_the_side_leads_there(client: Client, system_admin: Account, decider: Account) -> None:
    page = sign_in(client, system_admin).get("/rules/values/").content.decode()
    for words in ("规则参数", "工作日历", "承诺时限", "待批准"):
        assert words in page
    page = sign_in(client, decider).get("/rules/promises/").content.decode()
    assert "工作日历" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "most"), [("/rules/values/", 16), ("/rules/calendar/", 18), ("/rules/promises/", 16)])
def test_lists_cost_few_queries(
    client: Client, system_admin: Account, django_assert_max_num_queries, path, most
) -> None:
    visitor = sign_in(client, system_admin)
    with django_assert_max_num_queries(most):
        visitor.get(path)
