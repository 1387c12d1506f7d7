"""变更主要执业机构、变更执业地点: the institution moved to, and what becomes of the one left (医师法 第十八条)."""

from __future__ import annotations

from django import forms

from yizheng.systems.doctors.forms.employment import EmploymentStep
from yizheng.systems.doctors.forms.practice import individual_practice
from yizheng.systems.institutions.institution_field import InstitutionField

AS_REGISTERED = "按登记簿显示，不能在这里改"


class NewInstitutionStep(EmploymentStep):
    """Where to, on what terms, and whether the former institution stays as a filing."""

    code = "practice"
    title = "变更后的主要执业机构"
    fixed = {"former": AS_REGISTERED}
    rows = (("department", "employment"), ("employed_from", "employed_until"))
    field_order = (
        "former",
        "institution",
        "department",
        "employment",
        "employed_from",
        "employed_until",
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


class NewPlaceStep(EmploymentStep):
    """The institution at the new place, which follows from it; level, category and scope come along."""

    code = "practice"
    title = "变更后的执业机构和地点"
    fixed = {"former": AS_REGISTERED}
    rows = (("department", "employment"), ("employed_from", "employed_until"))
    field_order = ("former", "institution", "department", "employment")

    former = forms.CharField(label="现在的主要执业机构", required=False)
    institution = InstitutionField(
        label="变更后的执业机构", help_text="输入登记名称或登记号选择；执业地点按机构确定"
    )


class FurtherPlaceStep(EmploymentStep):
    """The institution in Beijing at which a physician of another province is registered too."""

    code = "practice"
    title = "在北京的执业机构"
    rows = (("department", "employment"), ("employed_from", "employed_until"))
    field_order = ("institution", "department", "employment")

    institution = InstitutionField(
        label="执业机构", help_text="输入登记名称或登记号选择；提交后由机构确认聘用"
    )
