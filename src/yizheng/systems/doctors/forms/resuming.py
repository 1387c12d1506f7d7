"""恢复执业: why a suspension ends."""

from __future__ import annotations

from django import forms

from yizheng.licensing.fields import radio
from yizheng.licensing.forms import Step

GROUNDS = (
    ("over", "暂停期满"),
    ("reassessed", "暂停期满，再次考核合格"),
    ("lifted", "原决定被撤销、变更或者停止执行"),
)


class ResumingStep(Step):
    """The ground, and for an early end the document it rests on."""

    code = "resuming"
    title = "恢复执业"

    ground = radio("恢复执业的理由", GROUNDS)
    document_number = forms.CharField(
        label="文书号", max_length=60, required=False, help_text="提前恢复的，填写撤销、变更原决定的文书"
    )
