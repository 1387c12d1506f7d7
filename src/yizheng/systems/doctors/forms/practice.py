"""拟执业信息: where, in what scope and on what terms the applicant is going to practise (医师法 第十四条)."""

from django import forms

from yizheng.licensing.fields import coded
from yizheng.systems.doctors.forms.scopes import ScopesStep
from yizheng.systems.practitioners.forms.employment import EmploymentStep

_AS_QUALIFIED = "与医师资格一致，不能改"


def individual_practice() -> forms.BooleanField:
    """Whether she practises on her own account there (医师法 第二十条)."""
    return forms.BooleanField(label="在该机构个体行医", required=False, help_text="须已在医疗卫生机构执业满五年")


class PracticeStep(EmploymentStep, ScopesStep):
    """The registration asked for. The place follows from the institution."""

    fixed = {"level": _AS_QUALIFIED, "category": _AS_QUALIFIED}
    rows = (
        ("level", "category"), ("second_scope", "third_scope"), ("department", "employment"), ("employed_from", "employed_until"),
    )  # fmt: skip
    field_order = ("institution", "level", "category", "scope", "second_scope", "third_scope")

    level = coded("practice_level", "执业级别", required=False)
    category = coded("practice_category", "执业类别", required=False)
    scope = coded("practice_scope", "执业范围", hint="执业地点按机构确定")
    second_scope = coded("practice_scope", "第二执业范围", required=False, hint="仅社区卫生服务机构和乡镇卫生院")
    third_scope = coded("practice_scope", "第三执业范围", required=False)
    individual = individual_practice()
