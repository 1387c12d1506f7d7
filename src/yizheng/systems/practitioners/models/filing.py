"""A filing at a further institution (多机构备案), for the register of people concerned: no licence, a filing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import OUTLINED, Entry, Told
from yizheng.registry.fields import DayField, SubjectField, TextField
from yizheng.registry.wording.words import Words
from yizheng.systems.institutions.register import INSTITUTIONS


def _says(words: Words, version: FilingFact, _former: object) -> str:
    return words.value(version, "institution") or "备案有效"


class FilingFact(VisibleState):
    """Somebody registered elsewhere practises here too, from and to these days."""

    label = "多机构备案 {institution}"
    order, weight, drawn = 2, 11, OUTLINED
    told = Told(_says, bar="到 {last_day}", withdrawn="终止 {line}")
    entry = Entry("多机构备案", "{institution}", none="无", place=1)

    institution = SubjectField("备案机构", of=INSTITUTIONS, public=True)
    department = TextField("科室", 50, blank=True)
    schedule = TextField("执业时间安排", 200, blank=True)
    filed_on = DayField("备案日期")

    class Meta(VisibleState.Meta):
        abstract = True
        indexes = (models.Index(fields=["institution"], name="%(app_label)s_filing_staff", condition=Q(closed=None)),)
