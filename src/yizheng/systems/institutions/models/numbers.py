"""号码沿革: every number by which an institution was ever known (WS 218, GB 32100); none of them is its key.

A registration number holds economic type, category and place, which change; the stable identity is the subject.
"""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.db.models import Q

from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import NOT_DRAWN, Entry, Told
from yizheng.registry.fields import CodeField, NumberField, TextField
from yizheng.systems.institutions.register import INSTITUTIONS

MERGED = "merged"
"""The kind of a number that a duplicate bore before it was merged."""
NUMBER_KINDS: Final[Mapping[str, str]] = {
    "registration": "登记号",
    "temporary": "临时登记号",
    "legacy": "旧登记号",
    "filing": "备案编号",
    MERGED: "重复登记的登记号",
}


def line(kind: str, number: str) -> str:
    """The line of a number."""
    return f"number:{kind}:{number}"


class InstitutionNumber(VisibleState):
    """A number over the time it was borne; one that was replaced still leads to the institution."""

    register = INSTITUTIONS
    label = "{kind}"
    order, weight, drawn = 8, 70, NOT_DRAWN
    told = Told("{number}", begins="启用{kind} {number}", changes="更正{kind} {number}", ends="停用{kind} {number}")
    entry = Entry("号码", "{kind} {number}　{note}", place=70)

    kind = CodeField("号码类型", 20, table=NUMBER_KINDS, public=True)
    number = NumberField("号码", 40, public=True)
    note = TextField("说明", 100, blank=True)

    class Meta:
        verbose_name = "医疗机构号码"
        db_table = "institutions_number"
        indexes = [models.Index(fields=["number"], name="institutions_number_found", condition=Q(closed=None))]
