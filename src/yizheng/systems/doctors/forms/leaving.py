"""离岗备案: why and when the doctor left; its withdrawal: what was wrong with it."""

from __future__ import annotations

from datetime import date

from django import forms

from yizheng.licensing.fields import coded, day, not_after_today
from yizheng.licensing.forms import Step


class LeaveStep(Step):
    """Reason, last day, and when the formalities were completed."""

    code = "leave"
    title = "离岗信息"
    rows = (("left_on", "completed_on"),)

    cause = coded("doctor_leave_reason", "离岗原因")
    left_on = day("离岗日期", hint="最后一天在岗的次日")
    completed_on = day("手续办结日期", hint="自这一天起三十日内备案")

    def clean_left_on(self) -> date | None:
        """Not in the future."""
        return not_after_today(self.cleaned_data.get("left_on"), "离岗日期")

    def clean_completed_on(self) -> date | None:
        """Not in the future."""
        return not_after_today(self.cleaned_data.get("completed_on"), "手续办结日期")


class LeaveWithdrawalStep(Step):
    """What was wrong."""

    code = "withdrawal"
    title = "撤销说明"

    statement = forms.CharField(
        label="误报情况说明",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明为什么当事人没有离岗",
    )
