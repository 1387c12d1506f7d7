"""The parts of the form of a verification, and what the reviewing officer concludes."""

from typing import Any

from django import forms

from yizheng.licensing.fields import day, radio
from yizheng.licensing.forms import DeskStep, Step
from yizheng.systems.institutions.models.verification import CONCLUSIONS, DEFERRED, FAILED, GROUNDS, PASSED
from yizheng.systems.institutions.record.steps import count

LEAST_MONTHS, MOST_MONTHS = 1, 6
_KNOWN = "来自登记簿，不能改"


def told(label: str, hint: str = "", *, required: bool = False) -> forms.CharField:
    """A few sentences."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=1000, required=required, help_text=hint, widget=area)


class PeriodStep(Step):
    """The period that ends, from the register."""

    code, title = "period", "校验期"
    fixed = {"due_on": _KNOWN, "months": _KNOWN, "points": "上次校验时的记分"}
    rows = (("due_on", "months", "points"),)

    due_on = day("校验期满", required=False)
    months = forms.CharField(label="校验期", required=False)
    points = forms.CharField(label="上次不良执业行为记分", required=False)


class SummaryStep(Step):
    """What happened in the period (校验办法 第七条)."""

    code, title = "summary", "校验期内的执业情况"

    work = told("各年度工作总结", "没有另附文件的在此写明", required=True)
    changes = told("诊疗科目、床位（牙椅）等的变化", "人员、科室、大型医用设备的变化一并写明")
    inspections = told("接受检查、指导的结果和整改情况")
    compensation = told("民事赔偿（包括医疗事故）情况", "没有的写“无”", required=True)
    violations = told("卫生技术人员违法违规执业及处理情况", "没有的写“无”", required=True)
    technologies = told("特殊医疗技术项目开展情况")


class _Concluding(DeskStep):
    code, title, must = "conclusion", "校验结论", True
    rows = (("months", "points"),)

    points = count("校验期内不良执业行为记分", required=False, hint="累计分值，没有记分的填 0")
    ground = forms.ChoiceField(label="情形", required=False, choices=[("", "请选择"), *GROUNDS.items()])
    opinion = told("审查意见", required=True)
    without: str
    """The conclusion that needs a ground."""

    def clean(self) -> dict[str, Any]:
        """What takes something from the institution says why."""
        cleaned = super().clean()
        if cleaned.get("conclusion") == self.without and not cleaned.get("ground"):
            self.add_error("ground", f"{CONCLUSIONS[self.without]}的，请选择情形")
        return cleaned


class ConclusionStep(_Concluding):
    """Passed, or deferred for one to six months (细则 第三十八条)."""

    without = DEFERRED
    field_order = ("conclusion", "ground", "months", "points", "opinion")

    conclusion = radio("结论", [(code, CONCLUSIONS[code]) for code in (PASSED, DEFERRED)])
    months = forms.IntegerField(
        label="暂缓期（月）",
        required=False,
        min_value=LEAST_MONTHS,
        max_value=MOST_MONTHS,
        help_text="暂缓校验的填 1 至 6",
    )

    def clean(self) -> dict[str, Any]:
        """A deferral says for how long."""
        cleaned = super().clean()
        if cleaned.get("conclusion") == DEFERRED and not cleaned.get("months") and "months" not in self.errors:
            self.add_error("months", "暂缓校验的，请填写暂缓期（1 至 6 个月）")
        return cleaned


class AgainConclusionStep(_Concluding):
    """After a deferral: passed, or failed."""

    without = FAILED
    field_order = ("conclusion", "ground", "points", "opinion")

    conclusion = radio("结论", [(code, CONCLUSIONS[code]) for code in (PASSED, FAILED)])
