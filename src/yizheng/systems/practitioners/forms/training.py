"""培训考核: a training and its examination, and an assessment, asked of who comes late or comes back."""

from typing import Any, ClassVar

from django import forms

from yizheng.licensing.fields import day, passed
from yizheng.licensing.forms import Step


class TrainingStep(Step):
    """Where, from when to when, and whether it was passed."""

    code, title = "training", "培训考核"
    rows = (("started_on", "ended_on", "result"),)

    institution = forms.CharField(label="培训机构", max_length=200)
    started_on, ended_on = day("培训开始"), day("培训结束")
    result = passed()


_ASSESSED = ("assessor", "assessed_on", "assessment")


class AssessedStep(Step):
    """Who assessed her, when, and the result; all of them or none."""

    code = "back"
    rows: ClassVar[tuple[tuple[str, ...], ...]] = (("assessed_on", "assessment"),)

    assessor = forms.CharField(
        label="考核单位",
        max_length=200,
        required=False,
        help_text="县级以上主管部门或者其委托的医疗卫生机构、行业组织；没有考核的不填",
    )
    assessed_on = day("考核日期", required=False)
    assessment = passed(required=False)

    def clean(self) -> dict[str, Any]:
        """An assessment has a day, a body and a result."""
        cleaned = super().clean() or self.cleaned_data
        named = [name for name in _ASSESSED if cleaned.get(name) not in (None, "")]
        if named and len(named) < len(_ASSESSED):
            for name in set(_ASSESSED) - set(named) - set(self.errors):
                self.add_error(name, f"填了考核的，请填写{self.fields[name].label}")
        return cleaned
