"""规范化培训信息: the training base and the time of training; place and scope are left open (医师法 第十八条)."""

from __future__ import annotations

from typing import Any

from django import forms

from yizheng.licensing.fields import day
from yizheng.licensing.forms import Step
from yizheng.systems.institutions.institution_field import InstitutionField


class ResidencyStep(Step):
    """Where, in what discipline, from and to when."""

    code = "residency"
    title = "规范化培训信息"
    rows = (("training_from", "training_to"),)

    institution = InstitutionField(label="培训基地", help_text="输入登记名称或登记号选择；提交后由基地确认")
    discipline = forms.CharField(label="培训专业", max_length=40)
    training_from = day("培训开始")
    training_to = day("预计培训结束")

    def clean(self) -> dict[str, Any]:
        """The end does not come before the beginning."""
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("training_from"), cleaned.get("training_to")
        if begins and ends and ends < begins:
            self.add_error("training_to", "培训结束日期早于开始日期，请核对")
        return cleaned
