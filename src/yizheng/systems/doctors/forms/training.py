"""培训考核: asked of who qualified over two years ago and never registered, or was barred (医师执业注册管理办法 第十二条)."""

from datetime import date
from typing import Any

from django import forms

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import registration_rules
from yizheng.licensing.forms import Reason
from yizheng.systems.doctors.checks.training import idle_for_two_years, needs_training
from yizheng.systems.practitioners.forms.training import TrainingStep as AnyTrainingStep


class TrainingStep(AnyTrainingStep):
    """The continuous training and its examination, by whom the authority named for it."""

    institution = forms.CharField(label="培训机构", max_length=200, help_text="须为省级以上卫生健康主管部门指定的机构")

    @classmethod
    def applies(cls, applicant: Any, on: date) -> bool:
        """Only of who has been idle for two years, or was barred."""
        return needs_training(applicant, on)

    @classmethod
    def reason(cls, applicant: Any, on: date) -> Reason | None:
        """Since when the qualification lies idle, or that she was barred."""
        if not idle_for_two_years(applicant, on):
            return Reason("您曾有不予注册的情形，所以需要填写这一部分。", registration_rules(12))
        since = long_date(applicant.qualification.qualified_on)
        sentence = f"您于{since}取得医师资格，到今天已满二年未注册，所以需要填写这一部分。"
        return Reason(sentence, registration_rules(12))
