"""设置单位（人）、法定代表人、主要负责人: the parties of an institution, organisations or natural persons.

A person is a subject of the register, with her identity number in the vault, whether or not she is registered as a doctor; an
organisation is named with its code. The legal representative and the principal are different entries, even of one person
(医疗机构管理条例 第十八条; 细则 第十二条、第十四条).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.db.models import Q

from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import OUTLINED, Entry, Told
from yizheng.registry.fields import CodeField, DayField, NumberField, SubjectField, TextField
from yizheng.systems.institutions.register import INSTITUTIONS

FOUNDER, PREPARER = "founder", "preparer"
LEGAL_REPRESENTATIVE, PRINCIPAL = "legal_representative", "principal"
ROLES: Final[Mapping[str, str]] = {
    FOUNDER: "设置单位（人）",
    PREPARER: "筹建负责人",
    LEGAL_REPRESENTATIVE: "法定代表人",
    PRINCIPAL: "主要负责人",
}
PERSON, PARTNER = "person", "partner"
PARTY_KINDS: Final[Mapping[str, str]] = {
    "government": "政府",
    "legal_person": "法人",
    "organisation": "其他组织",
    PERSON: "个人",
    PARTNER: "合伙人",
}
NATURAL = frozenset({PERSON, PARTNER})
"""The kinds that are natural persons."""


def line(role: str, number: int = 1) -> str:
    """The line of a party: of several founders each has its own."""
    return f"{role}:{number}" if role == FOUNDER else role


class InstitutionParty(VisibleState):
    """Who founded it, who represents it by law, who is responsible for it, over a period."""

    register = INSTITUTIONS
    label = "{role}"
    order, weight, drawn = 3, 30, OUTLINED
    told = Told("{name}", begins="登记{role}：{name}", changes="变更{role}：{name}", ends="{role}{name}不再担任")
    entry = Entry("{role}", "{name}　{position}", place=20)

    role = CodeField("身份", 20, table=ROLES, public=True)
    party_kind = CodeField("类型", 12, table=PARTY_KINDS, default=PERSON)
    name = TextField("姓名或者名称", 200, public=True, printed=True)
    uscc = NumberField("统一社会信用代码", 18, blank=True)
    person = SubjectField("人员", of=None, null=True)
    position = TextField("职务", 50, blank=True)
    since = DayField("任职日期", null=True)

    class Meta:
        verbose_name = "医疗机构设置人和负责人"
        db_table = "institutions_party"
        indexes = [models.Index(fields=["person"], name="institutions_party_person", condition=Q(closed=None))]
