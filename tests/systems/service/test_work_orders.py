"""A work order from the report to the question how satisfied somebody is: who writes what, in which state, and what the clocks say."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from tests.systems.service.conftest import Service, minutes
from yizheng.people.models import Account
from yizheng.systems.service.models import Entry, WorkOrder
from yizheng.systems.service.orders import acting
from yizheng.systems.service.orders.acting import Refused, Written
from yizheng.systems.service.orders.standing import Standing
from yizheng.systems.service.words import EntryKind, OrderKind, Party, Satisfaction

pytestmark = pytest.mark.django_db


def test_a_failure_runs_from_report_to_follow_up(service: Service) -> None:
    order = service.register(ago=timedelta(minutes=15))
    assert Standing(order).state == "待答复"
    assert service.write(order, EntryKind.ANSWER).state == "恢复中"
    assert service.write(order, EntryKind.PAUSE, party=Party.CLIENT).state == "停计"
    assert service.write(order, EntryKind.RESUME).state == "恢复中"
    assert service.write(order, EntryKind.RESTORE).state == "处理中"
    assert service.write(order, EntryKind.CAUSE_PROPOSED, party=Party.CONTRACTOR).state == "待确认归因"
    with pytest.raises(Refused, match="不能记录“办结”"):
        service.write(order, EntryKind.CLOSE)
    assert service.write(order, EntryKind.CAUSE, service.client, party=Party.CONTRACTOR).state == "处理中"
    assert service.write(order, EntryKind.CLOSE).state == "已办结"
    with pytest.raises(Refused, match="不能自己评价自己"):
        service.write(order, EntryKind.FOLLOW_UP, satisfaction=Satisfaction.SATISFIED)
    asked = service.write(order, EntryKind.FOLLOW_UP, service.other, satisfaction=Satisfaction.SATISFIED)
    assert asked.asked_again
    assert service.write(order, EntryKind.REOPEN).state == "恢复中"
    assert WorkOrder.objects.get(pk=order.pk).closed is None


@pytest.mark.parametrize(("late", "is_late"), [(59, False), (60, False), (61, True)])
def test_an_answer_is_in_time_to_the_sixtieth_minute(service: Service, late: int, is_late: bool) -> None:
    order = service.register(ago=timedelta(minutes=90))
    service.write(order, EntryKind.ANSWER, at=order.reported + timedelta(minutes=late), late_reason="夜间先处理后补记")
    assert Standing(order).late == is_late


def test_waiting_for_the_client_is_told_beside_the_gross_figure_and_never_replaces_it(service: Service) -> None:
    order = service.register(ago=timedelta(hours=6))
    began = order.reported
    for kind, after, party in (
        (EntryKind.ANSWER, 10, None),
        (EntryKind.PAUSE, 60, Party.CLIENT),
        (EntryKind.RESUME, 240, None),
        (EntryKind.RESTORE, 300, None),
    ):
        service.write(order, kind, at=began + timedelta(minutes=after), late_reason="补记", party=party)
    book = Standing(order).ledger
    assert (book.restore_gross, book.restore_net) == (timedelta(hours=5), timedelta(hours=2))
    assert Standing(order).late


@pytest.mark.parametrize(
    ("kind", "who", "more", "said"),
    [
        (EntryKind.CAUSE, "engineer", {"party": Party.CONTRACTOR}, "由运维监督记录"),
        (EntryKind.RESTORE, "engineer", {}, "不能记录"),
        (EntryKind.ANSWER, "client", {}, "由运行维护、运维管理记录"),
        (EntryKind.ANSWER, "engineer", {"said": ""}, "写明情况"),
        (EntryKind.ANSWER, "engineer", {"said": "请拨 13900000002"}, "不写证件号码和手机号码"),
        (EntryKind.ANSWER, "engineer", {"party": Party.CLIENT}, "其他账目不选"),
        (EntryKind.PAUSE, "engineer", {}, "选择一方"),
        (EntryKind.ANSWER, "engineer", {"at": -10}, "还没有到"),
        (EntryKind.ANSWER, "engineer", {"at": 200, "late_reason": "补记"}, "早于报告时间"),
        (EntryKind.ANSWER, "engineer", {"at": 31}, "补记原因"),
    ],
)
def test_what_cannot_be_written_says_why_and_leaves_nothing(
    service: Service, kind: EntryKind, who: str, more: dict[str, Any], said: str
) -> None:
    order = service.register(ago=timedelta(minutes=40))
    by: Account = getattr(service, who)
    told = {**more, "at": minutes(more["at"])} if "at" in more else more
    with pytest.raises(Refused, match=said):
        service.write(order, kind, by, **told)
    assert [each.kind for each in order.entries.all()] == [EntryKind.REPORT]


def test_a_demand_is_handed_on_by_another_person_than_who_answered(service: Service) -> None:
    order = service.register(OrderKind.COMPLAINT)
    service.write(order, EntryKind.ANSWER, service.manager)
    with pytest.raises(Refused, match="另一人"):
        service.write(order, EntryKind.HANDED_ON, service.manager)
    order = service.register(OrderKind.COMPLAINT)
    service.write(order, EntryKind.ANSWER)
    assert service.write(order, EntryKind.HANDED_ON, service.manager).state == "已转办"


def test_a_change_of_four_days_leaves_sixteen_once_the_client_agrees(service: Service) -> None:
    from yizheng.systems.service.clauses.changes import account_of_changes

    order = service.register(OrderKind.CHANGE)
    service.write(order, EntryKind.ANSWER)
    service.write(order, EntryKind.ESTIMATE, days=Decimal(4))
    assert account_of_changes(service.around()).left == 20
    with pytest.raises(Refused, match="不能记录“办结”"):
        service.write(order, EntryKind.CLOSE)
    service.write(order, EntryKind.AGREED, service.client)
    assert account_of_changes(service.around()).left == 16
    service.write(order, EntryKind.CLOSE)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_restore_at_once_one_is_told(service: Service) -> None:
    order = service.register()
    service.write(order, EntryKind.ANSWER)

    def restore(account: Account) -> str:
        try:
            acting.write(order.pk, account, Written(EntryKind.RESTORE, timezone.now(), "好了"))
            return "written"
        except Refused:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(restore, [service.engineer, service.other])) == ["refused", "written"]
    assert Entry.objects.filter(order=order, kind=EntryKind.RESTORE).count() == 1


def test_the_page_shows_both_figures_and_writes_what_it_offers(service: Service, client: Client) -> None:
    order = service.register()
    client.force_login(service.engineer)
    page = client.get(f"/service/orders/{order.number}/").content.decode()
    assert "恢复 4 小时" in page
    assert "毛计" in page
    assert "确认归因" not in page
    assert "记录“首次有效答复”" in page, "the automatic reply stops no clock and is not what the page proposes"
    now = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    wrong = client.post(f"/service/orders/{order.number}/?write=answer", {"at": "昨天", "said": "接手"})
    assert wrong.status_code == 422
    assert "2026-11-30 14:05 的样子" in wrong.content.decode()
    assert "接手" in wrong.content.decode()
    assert client.post(f"/service/orders/{order.number}/?write=answer", {"at": now, "said": "接手"}).status_code == 302
    again = client.post(f"/service/orders/{order.number}/?write=answer", {"at": now, "said": "接手"})
    assert again.status_code == 409
    assert "记录“处理”" in again.content.decode()
    assert "接手</textarea>" in again.content.decode()


def test_who_does_not_serve_sees_no_order(service: Service, client: Client, city: object) -> None:
    from tests.cast import new_account
    from yizheng.people.kinds import AccountKind, Role

    order = service.register()
    assert WorkOrder.objects.visible_to(service.client).count() == 1
    stranger = new_account(AccountKind.CLERK, "受理", Role.ACCEPTOR, city)  # type: ignore[arg-type]
    assert not WorkOrder.objects.visible_to(stranger).exists()
    client.force_login(stranger)
    assert client.get(f"/service/orders/{order.number}/").status_code == 403
