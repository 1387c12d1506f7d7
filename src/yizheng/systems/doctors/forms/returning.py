"""重新注册: since when practice was interrupted, the assessment, and the physical check (医师法 第十九条)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.fields import day, not_after_today, passed, radio
from yizheng.licensing.forms import Reason, Step
from yizheng.systems.doctors.checks.change import Changer
from yizheng.systems.doctors.checks.returning import INTERRUPTED, needs_training
from yizheng.systems.doctors.forms.training import TrainingStep

GROUNDS = (
    (INTERRUPTED, "中止执业满二年"),
    ("bar_ceased", "不予注册情形消失"),
    ("deregistered", "注销后再次执业"),
)


class ReturnStep(Step):
    """The last day of practice, the assessment before practising again, and the check."""

    code = "back"
    title = "重新执业"
    rows = (("ground", "stopped_on"), ("assessed_on", "assessment"), ("checked_on", "checked_at"))

    ground = radio("重新注册事由", GROUNDS)
    stopped_on = day("中止执业日期", hint="最后一次执业的日期")
    assessor = forms.CharField(
        label="考核单位",
        max_length=200,
        required=False,
        help_text="县级以上主管部门或者其委托的医疗卫生机构、行业组织；中止不满二年且无不予注册情形的不填",
    )
    assessed_on = day("考核日期", required=False)
    assessment = passed(required=False)
    checked_on = day("体检日期")
    checked_at = forms.CharField(label="体检机构", max_length=200)

    def clean_stopped_on(self) -> date | None:
        """Practice was interrupted already."""
        return not_after_today(self.cleaned_data["stopped_on"], "中止执业日期")

    def clean(self) -> dict[str, Any]:
        """An assessment has a day, a body and a result."""
        cleaned = super().clean() or self.cleaned_data
        named = [
            name for name in ("assessor", "assessed_on", "assessment") if cleaned.get(name) not in (None, "")
        ]
        if named and len(named) < 3:
            for name in {"assessor", "assessed_on", "assessment"} - set(named) - set(self.errors):
                self.add_error(name, f"填了考核的，请填写{self.fields[name].label}")
        return cleaned


class ReturnTrainingStep(TrainingStep):
    """The training that belongs to the proof after two years without practice."""

    @classmethod
    def applies(cls, applicant: Changer, on: date) -> bool:
        """Only after the years of interruption."""
        return needs_training(applicant, on)

    @classmethod
    def reason(cls, applicant: Changer, on: date) -> Reason | None:
        """Since when practice is interrupted."""
        stopped = applicant.back.stopped_on
        if stopped is None:
            return None
        sentence = f"您自{long_date(stopped)}起中止执业，到今天已满二年，所以需要填写这一部分。"
        return Reason(sentence, physicians_law(19))
