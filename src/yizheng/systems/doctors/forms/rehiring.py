"""返聘: which way, by whom, since when."""

from __future__ import annotations

from django import forms

from yizheng.licensing.fields import day, radio
from yizheng.licensing.forms import Step
from yizheng.systems.doctors.checks.rehiring import SITUATIONS
from yizheng.systems.institutions.institution_field import InstitutionField


class RehireStep(Step):
    """The way of working on, the institution, and the days."""

    code = "rehire"
    title = "返聘信息"
    rows = (("retired_on", "rehired_from"),)

    situation = radio("继续执业的方式", SITUATIONS)
    institution = InstitutionField(label="返聘机构", help_text="提交后由机构确认")
    department = forms.CharField(label="科室", max_length=50, required=False, help_text="不填为不变")
    retired_on = day("退休日期")
    rehired_from = day("返聘开始")
