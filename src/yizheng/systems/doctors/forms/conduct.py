"""行为记录: what the doctor did, on which day, on which paper."""

from __future__ import annotations

from django import forms

from yizheng.licensing.fields import coded, day, radio
from yizheng.licensing.forms import Step
from yizheng.systems.doctors.models.conduct import KINDS


class ConductStep(Step):
    """One good or bad act."""

    code = "conduct"
    title = "行为记录"
    rows = (("kind", "category"), ("happened_on", "document_number"))

    kind = radio("种类", KINDS)
    category = coded("doctor_conduct_category", "类型")
    happened_on = day("日期")
    document_number = forms.CharField(label="文书号", max_length=60, required=False)
    content = forms.CharField(label="内容", max_length=200)
    recorded_by = forms.CharField(label="记录单位", max_length=100)
