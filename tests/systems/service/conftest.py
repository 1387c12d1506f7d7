"""A contract that runs, an engineer, her manager, the client's manager, a failure and a change."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import new_account
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.systems.service.clauses import loading
from yizheng.systems.service.clauses.surroundings import Surroundings
from yizheng.systems.service.models import Contract, WorkOrder
from yizheng.systems.service.orders import acting
from yizheng.systems.service.orders.acting import Asked, Written
from yizheng.systems.service.orders.standing import Standing
from yizheng.systems.service.words import Channel, EntryKind, OrderKind, Party


@dataclass(frozen=True)
class Service:
    """Who serves under which contract."""

    contract: Contract
    engineer: Account
    other: Account
    manager: Account
    client: Account

    def around(self) -> Surroundings:
        """The contract now."""
        return Surroundings(self.contract)

    def register(self, kind: OrderKind = OrderKind.FAILURE, ago: timedelta = timedelta(minutes=20)) -> WorkOrder:
        """An order reported a while ago."""
        now = timezone.now()
        due = None if kind == OrderKind.FAILURE else now + timedelta(days=2)
        line = self.contract.lines.get(code="N01")
        asked = Asked(line, kind, Channel.PHONE, "某医院护理部", "登录失败", "", now - ago, due)
        return acting.register(self.engineer, asked)

    def write(self, order: WorkOrder, kind: EntryKind, who: Account | None = None, **more: Any) -> Standing:
        """An entry of this moment, with words."""
        given = {"said": "情况", "at": timezone.now(), **more}
        acting.write(order.pk, who or self.engineer, Written(kind, **given))
        return Standing(WorkOrder.objects.get(pk=order.pk))

    def restored(self, ago: timedelta) -> WorkOrder:
        """A failure reported a while ago, answered and restored at this moment, its cause confirmed as the contractor's."""
        order = self.register(ago=ago)
        for kind, who, more in (
            (EntryKind.ANSWER, self.engineer, {}),
            (EntryKind.RESTORE, self.engineer, {}),
            (EntryKind.CAUSE_PROPOSED, self.engineer, {"party": Party.CONTRACTOR}),
            (EntryKind.CAUSE, self.client, {"party": Party.CONTRACTOR}),
        ):
            self.write(order, kind, who, **more)
        return order


@pytest.fixture
def service(city: Scope) -> Service:
    today = timezone.localdate()
    lines = loading.shipped_lines()
    terms = {
        "code": "YW-1", "title": "运维服务合同", "client": "甲方", "contractor": "乙方",
        "starts": today - timedelta(days=200), "ends": today + timedelta(days=164),
        "amount": sum((each.person_months * each.unit_price for each in lines), Decimal()),
    }  # fmt: skip

    def made(kind: AccountKind, name: str, role: Role) -> Account:
        return new_account(kind, name, role, city)

    return Service(
        loading.load(terms, lines),
        made(AccountKind.ENGINEER, "工程师甲", Role.ENGINEER),
        made(AccountKind.ENGINEER, "工程师乙", Role.ENGINEER),
        made(AccountKind.ENGINEER, "运维管理", Role.SERVICE_MANAGER),
        made(AccountKind.CLERK, "甲方运维监督", Role.CLIENT_MANAGER),
    )


def minutes(count: int) -> datetime:
    """So many minutes ago."""
    return timezone.now() - timedelta(minutes=count)
