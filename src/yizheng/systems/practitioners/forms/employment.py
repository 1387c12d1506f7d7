"""聘用: on what terms and since when, with the name as the employment proof has it."""

from django import forms

from yizheng.licensing.fields import coded, day
from yizheng.licensing.forms import Step
from yizheng.systems.institutions.institution_field import InstitutionField


def employed_until() -> forms.DateField:
    """The last day of a contract that names one."""
    return day("聘用结束", required=False, hint="合同没有约定结束日期的不填")


class EmploymentStep(Step):
    """The institution she is going to work in, and on what terms."""

    code, title = "practice", "拟执业信息"
    ordered = (("employed_from", "employed_until", "聘用结束日期早于聘用开始日期，请核对"),)

    institution = InstitutionField(label="主要执业机构", help_text="输入登记名称或登记号选择；提交后由机构确认聘用")
    department = forms.CharField(label="科室", max_length=50, required=False)
    employment = coded("employment_kind", "用工形式")
    employed_from = day("聘用开始")
    employed_until = employed_until()
    employer_as_sealed = forms.CharField(
        label="聘用证明上的机构名称", max_length=200, required=False, help_text="照聘用证明的印章填写"
    )
