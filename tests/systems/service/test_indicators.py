"""The monthly sheet of indicators: live figures, frozen when handed in, compared by the quarter, gaps made tasks."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.systems.service.conftest import Service
from yizheng.kernel.calendar.periods import add_months
from yizheng.systems.service.clauses.evidence import all_of
from yizheng.systems.service.clauses.found import LATE
from yizheng.systems.service.indicators import sheets
from yizheng.systems.service.indicators.declared import indicators
from yizheng.systems.service.indicators.measuring import measure
from yizheng.systems.service.models import Matter, MonthSheet
from yizheng.systems.service.orders.acting import Refused


@pytest.mark.parametrize(("code", "value", "reached"), [
    ("availability", 99.5, True), ("availability", 99.49, False), ("incidents", 0, True), ("incidents", 1, False),
])  # fmt: skip
def test_the_target_itself_is_reached(code: str, value: float, reached: bool) -> None:
    from datetime import date

    found = next(each for each in indicators(date(2026, 11, 1)) if each.code == code)
    assert found.reached(value) == reached


@pytest.mark.django_db
def test_without_cases_an_indicator_says_none_and_never_a_hundred(service: Service) -> None:
    around = service.around()
    told = {each.indicator.code: each for each in measure(around, around.today.replace(day=1))}
    assert (told["answered"].measured.value, told["answered"].state) == (None, "无此项")
    assert told["availability"].measured.value == 100
    service.restored(ago=timedelta(minutes=61))
    around = service.around()
    told = {each.indicator.code: each for each in measure(around, around.today.replace(day=1))}
    assert told["answered"].measured.words == "0 / 1"
    assert told["answered"].state == "待改正"


@pytest.mark.django_db
def test_a_sheet_is_frozen_once_and_each_gap_becomes_one_task(service: Service, client: Client) -> None:
    around = service.around()
    month = add_months(around.today.replace(day=1), -1)
    assert next(each for each in all_of(around) if each.obligation.code == "OB33").found.state == LATE
    with pytest.raises(Refused, match="由运维管理人员填报"):
        sheets.hand_in(service.engineer, around, month, "")
    with pytest.raises(Refused, match="还没有结束"):
        sheets.hand_in(service.manager, around, add_months(month, 1), "")
    sheets.hand_in(service.manager, around, month, "云资源按政务云月报")
    gaps = {each.content["line"] for each in Matter.objects.filter(kind="improvement")}
    assert {"巡检完成率", "恢复演练"} <= gaps
    with pytest.raises(Refused, match="已经填报"):
        sheets.hand_in(service.manager, around, month, "")
    assert MonthSheet.objects.count() == 1
    client.force_login(service.manager)
    page = client.get(f"/service/indicators/?month={month:%Y-%m}").content.decode()
    assert "云资源按政务云月报" in page
    assert client.get("/service/indicators/").status_code == 200
    posted = client.post("/service/indicators/", {"month": f"{month:%Y-%m}", "said": ""})
    assert posted.status_code == 422


@pytest.mark.django_db
def test_the_quarter_stands_beside_the_one_before(service: Service) -> None:
    around = service.around()
    months = sheets.months(around)
    now = sheets.quarter_of(months[-1])
    before = sheets.quarter_of(add_months(now[0], -1))
    for month, value in ((before[0], 90.0), (before[1], 94.0), (now[0], 95.0)):
        row = {"code": "satisfied", "title": "满意率", "target": "≥ 90 %", "value": value, "state": "通过"}
        MonthSheet.objects.create(
            contract=around.contract, month=month, rows=[row], digest="x", account=service.manager
        )
    (found,) = sheets.compared(around, now[0])
    assert (found.mean, found.before, found.change) == (95.0, 92.0, 3.0)
