"""The licence of an institution (医疗机构执业许可、诊所备案) as the registrations of people depend on it.

医疗机构管理条例 第十六条、第十七条: the authority that approved the setting registers name, place, subjects and grade;
its scope is the ``authority_scope`` of the fact and decides where the institution's doctors are registered.
"""

from __future__ import annotations


from yizheng.kernel.codes import table
from yizheng.people.visible_facts import VisibleState
from yizheng.registry.fields import CodeField, CodesField, NumberField, TextField

LINE = "licence"
"""The line of the licence: an institution has one."""


class InstitutionLicence(VisibleState):
    """What the licence says over a period: name, number, kind, subjects (诊疗科目), place and status."""

    kind = CodeField("登记备案类型", 20, table="registration_kind", public=True)
    name = TextField("机构名称", 200, public=True, printed=True)
    registration_number = NumberField("登记号", 22, blank=True, public=True, printed=True)
    uscc = NumberField("统一社会信用代码", 18, blank=True)
    category = CodeField("机构类别", 12, table="institution_category", public=True)
    level = CodeField("级别", 1, table="institution_level", default="9", public=True)
    grade = CodeField("等次", 1, table="institution_class", default="9", public=True)
    business_nature = CodeField("经营性质", 1, table="institution_business_nature", public=True)
    subjects = CodesField("诊疗科目", 10, table="clinical_subject", public=True)
    district = CodeField("所在区", 6, table="district", public=True)
    address = TextField("地址", 200, public=True)
    status = CodeField("状态", 20, table="institution_status", default="active", public=True)

    class Meta:
        verbose_name = "医疗机构许可"
        db_table = "institutions_licence"

    @property
    def may_practise(self) -> bool:
        """Whether doctors may practise there while the licence stands so."""
        return table("institution_status")[self.status].attributes["may_practise"] == "1"

    @property
    def status_name(self) -> str:
        """The status in words."""
        return table("institution_status")[self.status].name
