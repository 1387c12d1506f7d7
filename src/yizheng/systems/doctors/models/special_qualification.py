"""A special qualification (专项资格): what a registered doctor may do beside the registration, and never without it.

人体器官捐献和移植条例 第二十七条, 母婴保健法 第三十三条 and the other bases named in the code table
``special_qualification_type``, which also says whether a type holds at one institution only. The line is the type, what
it is about (an organ, a specialty, a technique, a class) and, where bound to one, the institution.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yizheng.kernel.codes import name_of, table
from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import OUTLINED, Entry, Told
from yizheng.registry.fields import CodeField, DayField, FlagField, NumberField, SubjectField, TextField
from yizheng.systems.doctors.models.permit import PERMIT_SAYS, VALID, Permit
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.institutions.register import INSTITUTIONS

SUSPENDED = "SUSPENDED"
DETAILS = {
    "organ_transplant": "organ_type",
    "cosmetic_lead": "cosmetic_specialty",
    "antibiotic_rx": "antibiotic_class",
    "restricted_tech": "restricted_technology",
    "radiation_worker": "radiation_work",
    "western_tcm": "combined_medicine",
}
"""By type the code table of what it is about."""


def _detail_table(version: SpecialQualification) -> str:
    return DETAILS.get(version.type, "")


class SpecialQualification(Permit, VisibleState):
    """One special qualification over a period."""

    register = DOCTORS
    label = "{title}"
    order, weight, drawn = 10, 12, OUTLINED
    told = Told(PERMIT_SAYS, past="{type}　{status}")
    entry = Entry("专项资格", "{line}　{says}", place=70)

    type = CodeField("专项类型", 20, table="special_qualification_type")
    detail = CodeField("专业、器官或项目", 20, table=_detail_table, among=tuple(DETAILS.values()), blank=True)
    institution = SubjectField("执业机构", of=INSTITUTIONS, null=True)
    certificate_number = NumberField("证书编号", 50, blank=True)
    granted_by = TextField("认定机构", 100)
    granted_on = DayField("认定日期")
    valid_until = DayField("有效期至", null=True)
    last_work_on = DayField("最近一次开展日期", null=True)
    retraining_due = DayField("应复训日期", null=True)
    noted = FlagField("执业证书加注", default=False)
    status = CodeField("状态", 10, table="permit_status", default=VALID)
    reason = TextField("状态原因", 100, blank=True)

    class Meta:
        verbose_name = "专项资格"
        db_table = "doctors_special_qualification"
        indexes = [
            models.Index(fields=["institution", "type"], name="doctors_special_staff", condition=Q(closed=None)),
            models.Index(fields=["type", "status"], name="doctors_special_type", condition=Q(closed=None)),
        ]

    @property
    def ends_with_institution(self) -> bool:
        """Whether the type never outlives practising at the institution that gave it."""
        return table("special_qualification_type")[self.type].flag("ends_with_institution")

    @property
    def about(self) -> str:
        """What it is about; empty where the type says it all."""
        return name_of(DETAILS[self.type], self.detail) if self.type in DETAILS and self.detail else ""

    @property
    def title(self) -> str:
        """The type and what it is about."""
        name = name_of("special_qualification_type", self.type)
        return f"{name}（{self.about}）" if self.about else name


def line(type_: str, detail: str = "", institution: int | None = None) -> str:
    """The line of a qualification of this type about this thing, at this institution where it is bound to one."""
    return ":".join(str(part) for part in ("special", type_, detail, institution) if part not in ("", None))
