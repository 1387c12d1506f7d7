"""互联网诊疗: over which platform an institution serves, with whom, at which subjects (互联网诊疗管理办法、互联网医院管理办法).

A second name is no second institution: the service stands on the record of the institution itself. An independent internet hospital
is one of its own, and names the institution it relies on.
"""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.db.models import Q

from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import OUTLINED, Entry, Told
from yizheng.registry.fields import CodeField, CodesField, DayField, NumberField, SubjectField, TextField
from yizheng.systems.institutions.register import INSTITUTIONS

LINE = "internet"
"""The line of the service: an institution has one."""
MODE, SECOND_NAME, INDEPENDENT = "mode", "second_name", "independent"
FORMS: Final[Mapping[str, str]] = {
    MODE: "互联网诊疗服务方式", SECOND_NAME: "互联网医院（第二名称）", INDEPENDENT: "独立设置的互联网医院",
}  # fmt: skip
OWN, OTHERS = "own", "others"
DOCTORS: Final[Mapping[str, str]] = {OWN: "只有本机构注册的医师", OTHERS: "也有在其他机构注册的医师"}


class InternetService(VisibleState):
    """The service over the internet, from the day it was registered until it is given up."""

    register = INSTITUTIONS
    label = "互联网诊疗"
    order, weight, drawn = 5, 55, OUTLINED
    told = Told("{form}　{platform}", begins="开展{form}", changes="变更互联网诊疗：{platform}", ends="终止{form}")
    entry = Entry("互联网诊疗", "{form}　{platform}　{address}　{partner}　{host}", place=45)

    form = CodeField("形式", 20, table=FORMS, public=True)
    platform = TextField("信息平台名称", 200, public=True)
    address = TextField("平台网址或者应用名称", 300, public=True)
    doctors = CodeField("提供服务的医师", 10, table=DOCTORS)
    partner = TextField("合作方", 200, blank=True, public=True)
    agreement_to = DayField("合作协议有效期至", null=True)
    protection_number = NumberField("等级保护（三级）备案编号", 64)
    assessed_on = DayField("等级测评日期")
    subjects = CodesField("互联网诊疗科目", 10, table="clinical_subject", public=True)
    host = SubjectField("依托的实体医疗机构", of=INSTITUTIONS, null=True, public=True)

    class Meta:
        verbose_name = "互联网诊疗"
        db_table = "institutions_internet"
        indexes = [models.Index(fields=["host"], name="institutions_internet_host", condition=Q(closed=None))]
