"""备案信息: the further institution, and when the doctor practises there."""

from __future__ import annotations

from typing import Any

from django import forms

from yizheng.licensing.fields import day
from yizheng.licensing.forms import Step
from yizheng.systems.institutions.institution_field import InstitutionField


class FilingStep(Step):
    """Where else, from when to when, how often."""

    code = "filing"
    title = "备案信息"
    rows = (("period_from", "period_to"),)

    institution = InstitutionField(label="备案机构", help_text="输入登记名称或登记号选择；提交后由机构确认")
    department = forms.CharField(label="科室", max_length=50, required=False)
    period_from = day("备案开始")
    period_to = day("备案结束", required=False, hint="不填为长期")
    schedule = forms.CharField(
        label="执业时间安排", max_length=200, required=False, help_text="例如：每周三下午"
    )

    def clean(self) -> dict[str, Any]:
        """The end does not come before the beginning."""
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("period_from"), cleaned.get("period_to")
        if begins and ends and ends < begins:
            self.add_error("period_to", "备案结束日期早于开始日期，请核对")
        return cleaned
