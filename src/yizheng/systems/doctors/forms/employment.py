"""聘用: on what terms and since when, with the name as the employment proof has it."""

from __future__ import annotations

from django import forms

from yizheng.systems.doctors.forms.fields import DoctorStep, coded, day


class EmploymentStep(DoctorStep):
    """The fields of an employment, for the parts of forms that name an institution."""

    department = forms.CharField(label="科室", max_length=50, required=False)
    employment = coded("employment_kind", "用工形式")
    employed_from = day("聘用开始")
    employer_as_sealed = forms.CharField(
        label="聘用证明上的机构名称", max_length=200, required=False, help_text="照聘用证明的印章填写"
    )
