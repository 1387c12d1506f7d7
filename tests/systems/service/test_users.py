"""What users of the platform have of the service: they report, follow, add, rate; they see how the systems stand."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import new_account
from tests.systems.service.conftest import Service
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Scope
from yizheng.systems.service.matters import kinds
from yizheng.systems.service.matters.acting import move, open_matter
from yizheng.systems.service.models import Matter, Signature, WorkOrder
from yizheng.systems.service.orders.acting import Refused
from yizheng.systems.service.orders.knowing import open_root_causes
from yizheng.systems.service.orders.standing import Standing
from yizheng.systems.service.status import available, stands
from yizheng.systems.service.words import EntryKind, OrderKind, Satisfaction

HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_any_account_reports_follows_and_rates_its_own(service: Service, city: Scope, client: Client) -> None:
    clerk = new_account(AccountKind.CLERK, "受理", Role.ACCEPTOR, city)
    client.force_login(clerk)
    report = {"which": "report", "kind": "failure", "system": "N", "title": "保存后空白", "said": "点保存"}
    assert client.post("/service/my/", {**report, "said": "号码 13900000002"}).status_code == 422
    assert client.post("/service/my/", report).status_code == 302
    order = WorkOrder.objects.get()
    assert (order.reporter, order.line.section, order.channel) == (clerk, "system", "web")
    page = f"/service/my/{order.number}/"
    assert client.post(page, {"said": "刷新也一样"}).status_code == 302
    standing = Standing(WorkOrder.objects.get())
    assert not standing.answered, "what the reporter adds moves no clock"
    for kind, who, more in (
        (EntryKind.ANSWER, service.engineer, {}),
        (EntryKind.RESTORE, service.engineer, {}),
        (EntryKind.CAUSE_PROPOSED, service.engineer, {"party": "contractor"}),
        (EntryKind.CAUSE, service.client, {"party": "contractor"}),
        (EntryKind.CLOSE, service.engineer, {}),
    ):
        service.write(order, kind, who, **more)
    assert client.post(page, {"satisfaction": "dissatisfied", "said": "等太久"}).status_code == 302
    assert client.post(page, {"satisfaction": "satisfied"}).status_code == 200
    asked = WorkOrder.objects.get().entries.get(kind=EntryKind.FOLLOW_UP)
    assert (asked.account, asked.satisfaction) == (clerk, Satisfaction.DISSATISFIED)
    client.force_login(service.engineer)
    assert client.get(page).status_code == 404


@pytest.mark.django_db
def test_the_engineer_on_site_writes_where_she_is_and_the_user_signs_what_was_done(
    service: Service, client: Client
) -> None:
    order = service.register(OrderKind.VISIT)
    service.write(order, EntryKind.ANSWER)
    with pytest.raises(Refused, match="要写位置"):
        service.write(order, EntryKind.ARRIVED)
    service.write(order, EntryKind.ARRIVED, place="某医院三层 39.90,116.40")
    with pytest.raises(Refused, match="签字没有完整传来"):
        service.write(order, EntryKind.SIGNED, signer="护理部", strokes="<script>")
    service.write(order, EntryKind.SIGNED, signer="护理部", strokes="M10 10 L20 30 L40 30")
    with pytest.raises(Refused, match="不能记录“办结”"):
        service.write(order, EntryKind.CLOSE)
    service.write(order, EntryKind.LEFT)
    assert service.write(order, EntryKind.CLOSE).state == "已办结"
    assert len(Signature.objects.get().digest) == 64
    client.force_login(service.engineer)
    assert 'd="M10 10 L20 30 L40 30"' in client.get(f"/service/orders/{order.number}/").content.decode()
    assert "三层" in client.get("/service/visits/").content.decode()


def test_announced_maintenance_counts_neither_for_nor_against_availability() -> None:
    now = timezone.now()
    since = now - 100 * HOUR
    window = (now - 60 * HOUR, now - 50 * HOUR)
    assert available([], [], since, now) == 1
    assert available([(now - 10 * HOUR, now)], [], since, now) == pytest.approx(0.9)
    assert available([window], [window], since, now) == 1
    assert available([(now - 55 * HOUR, now - 41 * HOUR)], [window], since, now) == pytest.approx(81 / 90)
    assert available([window, window], [], since, now) == pytest.approx(0.9)


@pytest.mark.django_db
def test_the_status_page_says_what_fails_and_what_the_client_agreed_to_announce(
    service: Service, client: Client
) -> None:
    def state() -> str:
        return next(each.state for each in stands(service.contract) if each.system == "护士电子化注册")

    now = timezone.localtime()
    said = {"system": "护士电子化注册", "kind": "停机维护", "text": "升级"}
    said |= {"begins": f"{now - HOUR:%Y-%m-%d %H:%M}", "ends": f"{now + HOUR:%Y-%m-%d %H:%M}"}
    window = open_matter(kinds.ANNOUNCEMENT, service.engineer, "例行维护", said)
    assert "例行维护" not in client.get("/status/").content.decode()
    move(service.client, window.pk, "publish")
    assert state() == "暂停"
    service.register()
    assert state() == "恢复中"
    page = client.get("/status/").content.decode()
    assert "例行维护" in page
    assert "恢复中" in page


@pytest.mark.django_db
def test_the_page_says_how_it_was_solved_before_and_the_third_in_a_month_asks_for_the_root(
    service: Service, client: Client
) -> None:
    for number in range(2):
        order = service.restored(ago=timedelta(minutes=20 + number))
        service.write(order, EntryKind.CLOSE, said="重启签发服务")
    assert open_root_causes(timezone.now()) == 0
    again = service.register()
    client.force_login(service.engineer)
    page = client.get(f"/service/orders/{again.number}/").content.decode()
    assert page.count("<small>情况</small>") == 2, "what restored the two before"
    assert open_root_causes(timezone.now()) == 1
    assert open_root_causes(timezone.now()) == 0
    task = Matter.objects.get(kind="improvement")
    assert task.content["why"].startswith("30 日内 3 件")
