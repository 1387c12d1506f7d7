"""延期和取消: which filing, and until when."""

from __future__ import annotations

from django import forms

from yizheng.licensing.fields import day
from yizheng.licensing.forms import Step
from yizheng.systems.institutions.institution_field import InstitutionField


class FilingExtensionStep(Step):
    """Until when the filing is to go on."""

    code = "filing"
    title = "延期信息"

    institution = InstitutionField(label="备案机构", help_text="已备案的机构；提交后由机构确认")
    period_to = day("延期后的备案结束", required=False, hint="不填为长期")
    schedule = forms.CharField(label="执业时间安排", max_length=200, required=False, help_text="不填为不变")


class FilingEndStep(Step):
    """From when on the doctor no longer practises there, and why."""

    code = "filing"
    title = "取消信息"

    institution = InstitutionField(label="备案机构", help_text="已备案的机构")
    ends_on = day("终止日期", hint="自这一天起不再在该机构执业")
    remark = forms.CharField(label="原因", max_length=200, required=False)
