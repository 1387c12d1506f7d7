"""停业: an institution that does not practise for a time, approved by the authority that registers it (细则 第三十四条).

Longer than a year it counts as closed, unless it rebuilds, expands or moves (条例 第二十条第二款).
"""

from collections.abc import Mapping
from typing import Final

from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import HATCHED, Entry, Told
from yizheng.registry.fields import CodeField, DayField, TextField
from yizheng.systems.institutions.register import INSTITUTIONS

SUSPENSION = "suspension"
"""The line of the suspension: one runs at a time."""
OTHER = "other"
REASONS: Final[Mapping[str, str]] = {"rebuild": "改建", "expand": "扩建", "move": "迁建", OTHER: "其他原因"}


class Suspension(VisibleState):
    """A suspension, from its first day until the institution practises again or ends."""

    register = INSTITUTIONS
    label = "停业"
    order, weight, drawn = 12, 30, HATCHED
    told = Told(
        "{reason}　至 {to_on}",
        begins="停业（{reason}）至 {to_on}",
        changes="停业延至 {to_on}",
        ends="恢复执业",
        past="停业（{reason}）{from_on} 至 {to_on}",
    )
    entry = Entry("停业", "{from_on} 至 {to_on}　{reason}", place=42)

    reason = CodeField("停业原因", 10, table=REASONS, public=True)
    from_on = DayField("停业起", public=True)
    to_on = DayField("停业至", public=True)
    arrangement = TextField("病人安置和病历保管", 500, blank=True)

    class Meta:
        verbose_name = "医疗机构停业"
        db_table = "institutions_suspension"
