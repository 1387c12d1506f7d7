"""声明: health, and the promise that what was handed in is true (行政许可法 第三十一条)."""

from collections.abc import Iterable

from django import forms

from yizheng.licensing.fields import either
from yizheng.licensing.forms import Step


class PromiseStep(Step):
    """What every applicant promises; false declarations bar a new application for a year (行政许可法 第七十八条)."""

    code, title = "declaration", "声明"

    truth = forms.BooleanField(
        label="本人承诺以上填写内容和提交材料真实、有效，愿意承担不实的法律责任",
        error_messages={"required": "请作出真实性承诺"},
    )


class DeclarationStep(PromiseStep):
    """The promise, and the state of health where the law asks for it."""

    field_order: Iterable[str] | None = ("health", "truth")

    health = either("健康状况", ("fit", "健康，适宜执业"), ("unfit", "不适宜执业"))
