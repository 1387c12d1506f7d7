"""已入库的报表: what the city accepted, as a fact of the hospital, in two times and sealed; the rows stand under its digest."""

from __future__ import annotations

from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import NOT_DRAWN, Told
from yizheng.registry.fields import CodeField, CountField, TextField
from yizheng.systems.infection.records.kinds import TITLES
from yizheng.systems.institutions.register import INSTITUTIONS


class AcceptedSheet(VisibleState):
    """The hospital reported this for the month, and the city accepted it (WS/T 312-2023)."""

    register = INSTITUTIONS
    label = "医院感染监测 {line}"
    order, weight, drawn = 40, 90, NOT_DRAWN
    told = Told(
        "{record}　{unit}　第 {version} 版",
        begins="监测报表入库：{record}　{unit}",
        changes="监测报表订正：{record}　{unit}",
        ends="监测报表撤出：{record}　{unit}",
    )
    entry = None

    record = CodeField("报表", 16, table=TITLES)
    unit = TextField("科室", 50, blank=True)
    version = CountField("版本")
    rows = CountField("行数")
    digest = TextField("内容摘要", 64)
    rules = TextField("规则版本", 10)

    class Meta:
        verbose_name = "医院感染监测报表"
        db_table = "infection_acceptedsheet"
