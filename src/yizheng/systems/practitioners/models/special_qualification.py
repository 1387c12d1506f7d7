"""A special qualification (专项资格): what somebody registered may do beside the registration, and never without it.

The code table ``special_qualification_type`` names the basis of each type, and says whether it holds at one institution only.
The line is the type, what it is about (an organ, a specialty, a technique, a class) and, where bound to one, the institution.
"""

from django.db import models
from django.db.models import Q

from yizheng.kernel.codes import name_of, table
from yizheng.registry.declarations import OUTLINED, Entry, Told
from yizheng.registry.fields import CodeField, DayField, NumberField, SubjectField, TextField
from yizheng.systems.institutions.register import INSTITUTIONS
from yizheng.systems.practitioners.models.permit import PERMIT_SAYS, VALID, Permit

TYPES = "special_qualification_type"


class SpecialQualificationFact(Permit):
    """One special qualification over a period, for the register of people concerned."""

    label = "{title}"
    order, weight, drawn = 10, 12, OUTLINED
    told = Told(PERMIT_SAYS, past="{type}　{status}")
    entry = Entry("专项资格", "{line}　{says}", place=70)

    type = CodeField("专项类型", 20, table=TYPES)
    institution = SubjectField("执业机构", of=INSTITUTIONS, null=True)
    certificate_number = NumberField("证书编号", 50, blank=True)
    granted_by = TextField("认定机构", 100)
    granted_on = DayField("认定日期")
    valid_until = DayField("有效期至", null=True)
    status = CodeField("状态", 10, table="permit_status", default=VALID)
    reason = TextField("状态原因", 100, blank=True)

    class Meta(Permit.Meta):
        abstract = True
        indexes = [
            models.Index(fields=["institution", "type"], name="%(app_label)s_special_staff", condition=Q(closed=None)),
            models.Index(fields=["type", "status"], name="%(app_label)s_special_type", condition=Q(closed=None)),
        ]

    @property
    def ends_with_institution(self) -> bool:
        """Whether the type never outlives practising at the institution that gave it."""
        return bound(self.type)

    @property
    def about(self) -> str:
        """What it is about; empty where the type says it all."""
        return ""

    @property
    def title(self) -> str:
        """The type and what it is about."""
        name = name_of(TYPES, self.type)
        return f"{name}（{self.about}）" if self.about else name


def bound(type_: str) -> bool:
    """Whether a type holds at one institution alone."""
    return table(TYPES)[type_].flag("ends_with_institution")


def line(type_: str, detail: str = "", institution: int | None = None) -> str:
    """The line of a qualification of this type about this thing, at this institution where it is bound to one."""
    return ":".join(str(part) for part in ("special", type_, detail, institution) if part not in ("", None))
