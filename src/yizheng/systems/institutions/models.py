"""The licence of an institution (医疗机构执业许可、诊所备案) as the registrations of people depend on it.

医疗机构管理条例 第十六条、第十七条: the authority that approved the setting registers name, place, subjects and grade;
its scope is the ``authority_scope`` of the fact and decides where the institution's doctors are registered.
"""

from __future__ import annotations

from dataclasses import dataclass

from yizheng.kernel.codes import table
from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import ENDED, FILLED, HATCHED, Naming, Told
from yizheng.registry.fields import CodeField, CodesField, NumberField, TextField
from yizheng.systems.institutions.register import INSTITUTIONS

LINE = "licence"
"""The line of the licence: an institution has one."""


_STATES = {
    "active": ("有效", "（正常执业）"),
    "filed": ("已备案", ""),
    "preparing": ("待批准", "（筹建）"),
    "check_due": ("已超期", "（应校验未校验）"),
    "check_suspended": ("暂停", "（暂缓校验）"),
    "closed_temp": ("暂停", "（停业）"),
    "suspended_penalty": ("暂停", "（停业整顿）"),
    "deregistered": ("已注销", ""),
    "revoked": ("吊销", ""),
    "filing_cancelled": ("已注销", "（备案）"),
}
STRUCK_OFF = frozenset({"deregistered", "revoked", "filing_cancelled"})


@dataclass(frozen=True, slots=True)
class Standing:
    """The state word and what follows it."""

    word: str
    detail: str


def _look(version: InstitutionLicence) -> str:
    if version.may_practise:
        return FILLED
    return ENDED if version.status in STRUCK_OFF else HATCHED


def _changed(_words: object, version: InstitutionLicence, former: InstitutionLicence) -> str:
    return version.status_name if version.status != former.status else "变更登记"


class InstitutionLicence(VisibleState):
    """What the licence says over a period: name, number, kind, subjects (诊疗科目), place and status."""

    register = INSTITUTIONS
    label = "执业许可"
    order, weight, drawn = 0, 0, _look
    naming = Naming("name")
    told = Told("{name}　{state_word}", begins="登记", changes=_changed, ends=_changed)

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

    @property
    def standing(self) -> Standing:
        """How the licence stands, as a state of the face."""
        word, detail = _STATES.get(self.status, ("无此项", f"（{self.status_name}）"))
        return Standing(word, detail)

    @property
    def state_word(self) -> str:
        """The state word alone."""
        return self.standing.word
