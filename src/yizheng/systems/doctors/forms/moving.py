"""变更主要执业机构、变更执业地点: the institution moved to, and what becomes of the one left (医师法 第十八条)."""

from __future__ import annotations

from django import forms

from yizheng.systems.doctors.forms.employment import EmploymentStep
from yizheng.systems.doctors.forms.fields import coded
from yizheng.systems.doctors.forms.institution_field import InstitutionField
from yizheng.systems.doctors.forms.practice import individual_practice
from yizheng.systems.doctors.forms.scopes import ScopesStep

AS_REGISTERED = "按登记簿显示，不能在这里改"


class NewInstitutionStep(EmploymentStep):
    """Where to, on what terms, and whether the former institution stays as a filing."""

    code = "practice"
    title = "变更后的主要执业机构"
    fixed = {"former": AS_REGISTERED}
    rows = (("department", "employment"), ("employed_from", "employer_as_sealed"))
    field_order = (
        "former",
        "institution",
        "department",
        "employment",
        "employed_from",
        "employer_as_sealed",
        "keep_old",
        "individual",
        "change_reason",
    )

    former = forms.CharField(label="现在的主要执业机构", required=False)
    institution = InstitutionField(
        label="变更后的主要执业机构", help_text="输入登记名称或登记号选择；提交后由该机构确认聘用"
    )
    keep_old = forms.BooleanField(
        label="原机构转为多机构备案", required=False, help_text="仍在原机构定期执业的选择"
    )
    individual = individual_practice()
    change_reason = forms.CharField(label="变更原因", max_length=200, required=False)


class NewPlaceStep(EmploymentStep, ScopesStep):
    """The institution at the new place; level, category and scope come along."""

    code = "practice"
    title = "变更后的执业机构和地点"
    fixed = {"former": AS_REGISTERED}
    rows = (
        ("level", "category"),
        ("second_scope", "third_scope"),
        ("department", "employment"),
        ("employed_from", "employer_as_sealed"),
    )
    field_order = (
        "former",
        "institution",
        "level",
        "category",
        "scope",
        "second_scope",
        "third_scope",
        "department",
        "employment",
    )

    former = forms.CharField(label="现在的主要执业机构", required=False)
    institution = InstitutionField(
        label="变更后的执业机构", help_text="输入登记名称或登记号选择；执业地点按机构确定"
    )
    level = coded("practice_level", "执业级别", only=lambda code: bool(code.attributes["place_level"]))
    category = coded("practice_category", "执业类别")
    scope = coded("practice_scope", "执业范围")
    second_scope = coded("practice_scope", "第二执业范围", required=False)
    third_scope = coded("practice_scope", "第三执业范围", required=False)
