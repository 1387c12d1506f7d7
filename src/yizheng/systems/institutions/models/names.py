"""其他名称: further names beside the first one, each approved for itself (医疗机构管理条例实施细则 第四十二条、第四十四条).

A second name is no second institution: it has no number and no verification of its own.
"""

from collections.abc import Mapping
from typing import Final

from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import OUTLINED, Entry, Told
from yizheng.registry.fields import CodeField, DayField, TextField
from yizheng.systems.institutions.register import INSTITUTIONS

NAME_KINDS: Final[Mapping[str, str]] = {
    "second": "第二名称",
    "internet_hospital": "互联网医院名称",
    "other": "其他名称",
}


def line(number: int) -> str:
    """The line of the n-th further name."""
    return f"name:{number}"


class FurtherName(VisibleState):
    """A further name, from the day it was approved until it is given up."""

    register = INSTITUTIONS
    label = "{kind}"
    order, weight, drawn = 2, 20, OUTLINED
    told = Told("{name}", begins="增加{kind}：{name}", changes="变更{kind}：{name}", ends="取消{kind}：{name}")
    entry = Entry("{kind}", "{name}　{approved_by}", place=10)

    kind = CodeField("名称类型", 20, table=NAME_KINDS, public=True)
    name = TextField("名称", 200, public=True, printed=True)
    approved_by = TextField("核准机关", 100, blank=True, public=True)
    approved_on = DayField("核准日期", null=True)

    class Meta:
        verbose_name = "医疗机构其他名称"
        db_table = "institutions_name"
