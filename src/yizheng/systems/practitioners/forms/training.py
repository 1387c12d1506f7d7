"""培训考核: a training and its examination, asked of who comes late or comes back."""

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
