"""Good and bad conduct (良好行为记录、不良行为记录, 医师定期考核管理办法): what an institution or an authority put on record.

The records of a cycle decide which procedure of assessment a doctor may take (医师法 第四十二条); a nurse's stand in the nurses'
information (护士条例 第十一条). They are not public.
"""

from __future__ import annotations

from yizheng.people.visible_facts import VisibleEvent
from yizheng.registry.declarations import BAD as BAD_LOOK
from yizheng.registry.declarations import GOOD as GOOD_LOOK
from yizheng.registry.declarations import Entry, Told
from yizheng.registry.fields import CodeField, NumberField, TextField
from yizheng.systems.practitioners.models.keyed import register_field

GOOD = "good"
BAD = "bad"
KINDS = ((GOOD, "良好行为"), (BAD, "不良行为"))
CATEGORIES = "doctor_conduct_category"
"""The code table of what is recorded of whom."""


def _look(version: ConductRecord) -> str:
    return GOOD_LOOK if version.kind == GOOD else BAD_LOOK


class ConductRecord(VisibleEvent):
    """One good or bad act on the day it was recorded for."""

    order, weight, drawn = 24, 60, _look
    told = Told("{kind}　{content}", begins="{line}：{says}", past="{says}")
    entry = Entry("行为记录", "{valid_from}　{says}", place=40)

    of_register = register_field()
    kind = CodeField("种类", 4, table=dict(KINDS))
    category = CodeField("类型", 4, table=CATEGORIES)
    content = TextField("内容", 200, personal=True)
    recorded_by = TextField("记录单位", 100)
    document_number = NumberField("文书号", 60, blank=True)

    class Meta:
        verbose_name = "行为记录"
        db_table = "practitioners_conduct"


def line(index: int) -> str:
    """The line of a person's n-th record of conduct."""
    return f"conduct:{index}"
