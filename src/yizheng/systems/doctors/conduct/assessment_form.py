"""定期考核: the result of a cycle as the assessing body reached it, the order to stop, and the request for a review."""

from typing import Any

from django import forms
from django.utils import timezone

from yizheng.licensing.fields import coded, day, either, passed, radio
from yizheng.licensing.forms import Step
from yizheng.systems.doctors.conduct.assessing import cycles
from yizheng.systems.doctors.models.assessment import EXEMPTIONS, GRADES, PROCEDURES


def offered() -> list[tuple[str, str]]:
    """The cycles a result may be entered for."""
    return [("", "请选择"), *((each.code, each.code) for each in cycles(timezone.localdate()))]


class AssessmentStep(Step):
    """Cycle, procedure, the institution's opinion, the test, the result."""

    code = "assessment"
    title = "定期考核"
    rows = (
        ("cycle", "procedure"),
        ("body", "assessing_body"),
        ("opinion_on", "tested_on"),
        ("exempt_by", "exempt_on"),
        ("performance", "ethics"),
        ("score", "result"),
        ("result_on", "received_on"),
    )

    cycle = forms.ChoiceField(label="考核周期", choices=offered)
    procedure = radio("考核程序", PROCEDURES)
    again = forms.BooleanField(label="暂停期满后的再次考核", required=False)
    body = coded("assessing_body", "考核机构种类")
    assessing_body = forms.CharField(label="考核机构名称", max_length=100)
    attended = either("参加考核", ("yes", "参加"), ("no", "没有参加"))
    report = forms.CharField(label="述职摘要", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    opinion = forms.CharField(label="机构评定意见", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    opinion_on = day("机构意见日期", required=False)
    performance = radio("工作业绩", GRADES)
    ethics = radio("职业道德", GRADES)
    tested_on = day("业务水平测评日期", required=False)
    score = forms.DecimalField(
        label="业务水平测评成绩", max_digits=4, decimal_places=1, min_value=0, max_value=100, required=False
    )
    exempt_by = forms.ChoiceField(label="免予业务水平测评", choices=[("", "没有"), *EXEMPTIONS], required=False)
    exempt_on = day("培训、考试通过日期", required=False, hint="须在考核周期内")
    result = passed()
    failing = coded("assessment_failing_ground", "不合格情形", required=False)
    result_on = day("结果日期")
    received_on = day("结果送达本人日期", hint="收到结果后可以申请复核")
    training_proof = forms.CharField(
        label="培训合格证明", max_length=100, required=False, help_text="再次考核的填写：培训机构和证明编号"
    )

    def clean(self) -> dict[str, Any]:
        """The result reaches the doctor on its day or later."""
        cleaned = super().clean() or self.cleaned_data
        reached, received = cleaned.get("result_on"), cleaned.get("received_on")
        if reached and received and received < reached:
            self.add_error("received_on", "送达日期早于结果日期，请核对")
        return cleaned


class OrderStep(Step):
    """How long practice stops, and where the doctor is trained meanwhile."""

    code = "order"
    title = "责令暂停执业活动"
    rows = (("suspended_from", "suspended_to"),)

    suspended_from = day("暂停开始")
    suspended_to = day("暂停结束", hint="最后一天；三个月至六个月")
    training = forms.CharField(label="接受培训的机构和内容", max_length=200)


class ReviewStep(Step):
    """What is wrong with the result."""

    code = "review"
    title = "复核申请"

    reasons = forms.CharField(label="复核的事实和理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 5}))
