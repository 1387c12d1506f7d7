"""转出外省: which authority admitted the doctor, and by which message."""

from __future__ import annotations

from django import forms

from yizheng.licensing.fields import coded, day
from yizheng.licensing.forms import Step


class MoveOutStep(Step):
    """The admission by the other province."""

    code = "moving"
    title = "转入信息"
    rows = (("province", "admitted_on"),)

    province = coded(
        "province", "转入省份", only=lambda row: row.flag("issues_resident_ids") and row.code != "11"
    )
    admitted_on = day("准予日期")
    authority = forms.CharField(label="转入机关", max_length=100)
    reference = forms.CharField(label="来函或者国家平台记录编号", max_length=60)
