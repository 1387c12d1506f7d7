"""拟执业信息: where, in what scope and on what terms the applicant is going to practise (医师法 第十四条)."""

from __future__ import annotations

from typing import Any

from django import forms

from yizheng.licensing.fields import coded, day
from yizheng.systems.doctors.forms.scopes import ScopesStep
from yizheng.systems.institutions.institution_field import InstitutionField
from yizheng.systems.practitioners.forms.employment import employed_until, employment_in_order

_AS_QUALIFIED = "与医师资格一致，不能改"


def individual_practice() -> forms.BooleanField:
    """Whether she practises on her own account there (医师法 第二十条)."""
    return forms.BooleanField(label="在该机构个体行医", required=False, help_text="须已在医疗卫生机构执业满五年")


class PracticeStep(ScopesStep):
    """The registration asked for. The place follows from the institution."""

    code = "practice"
    title = "拟执业信息"
    fixed = {"level": _AS_QUALIFIED, "category": _AS_QUALIFIED}
    rows = (
        ("level", "category"),
        ("second_scope", "third_scope"),
        ("department", "employment"),
        ("employed_from", "employed_until"),
    )

    institution = InstitutionField(label="主要执业机构", help_text="输入登记名称或登记号选择；提交后由机构确认聘用")
    level = coded("practice_level", "执业级别", required=False)
    category = coded("practice_category", "执业类别", required=False)
    scope = coded("practice_scope", "执业范围", hint="执业地点按机构确定")
    second_scope = coded("practice_scope", "第二执业范围", required=False, hint="仅社区卫生服务机构和乡镇卫生院")
    third_scope = coded("practice_scope", "第三执业范围", required=False)
    department = forms.CharField(label="科室", max_length=50, required=False)
    employment = coded("employment_kind", "用工形式")
    employed_from = day("聘用开始")
    employed_until = employed_until()
    employer_as_sealed = forms.CharField(
        label="聘用证明上的机构名称", max_length=200, required=False, help_text="照聘用证明的印章填写"
    )
    individual = individual_practice()

    def clean(self) -> dict[str, Any]:
        """The days of the employment follow one another."""
        cleaned = super().clean()
        employment_in_order(self, cleaned)
        return cleaned
