"""执业前考核: passed by who practises again, and by who was barred before she ever practised (医师法 第十九条)."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.fields import day, passed
from yizheng.licensing.forms import Reason, Step
from yizheng.systems.doctors.checks.grounds import FOLLOWED_BY_ASSESSMENT, bar_ended_on

ALL = ("assessor", "assessed_on", "assessment")


class AssessmentStep(Step):
    """Who assessed her, when, and the result; all of them or none."""

    code = "back"
    title = "执业前考核"
    rows: ClassVar[tuple[tuple[str, ...], ...]] = (("assessed_on", "assessment"),)

    assessor = forms.CharField(
        label="考核单位",
        max_length=200,
        required=False,
        help_text="县级以上主管部门或者其委托的医疗卫生机构、行业组织；没有考核的不填",
    )
    assessed_on = day("考核日期", required=False)
    assessment = passed(required=False)

    @classmethod
    def applies(cls, applicant: Any, on: date) -> bool:
        """Only of who was barred."""
        return bar_ended_on(applicant, on, FOLLOWED_BY_ASSESSMENT) is not None

    @classmethod
    def reason(cls, applicant: Any, on: date) -> Reason | None:
        """That she was barred."""
        return Reason("您曾有不予注册的情形，考核过的请填写这一部分。", physicians_law(19))

    def clean(self) -> dict[str, Any]:
        """An assessment has a day, a body and a result."""
        cleaned = super().clean() or self.cleaned_data
        named = [name for name in ALL if cleaned.get(name) not in (None, "")]
        if named and len(named) < len(ALL):
            for name in set(ALL) - set(named) - set(self.errors):
                self.add_error(name, f"填了考核的，请填写{self.fields[name].label}")
        return cleaned
