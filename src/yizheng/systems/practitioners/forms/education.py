"""学历: the education that led to the qualification."""

from decimal import Decimal
from typing import ClassVar

from django import forms

from yizheng.licensing.fields import coded, day
from yizheng.licensing.forms import Step


def full_time_years(*, required: bool) -> forms.DecimalField:
    """How long the course took."""
    return forms.DecimalField(
        label="学制（年）",
        required=required,
        min_value=Decimal(1),
        max_value=Decimal(12),
        max_digits=3,
        decimal_places=1,
        help_text="" if required else "全日制学历填写",
    )


class EducationStep(Step):
    """The completed education the applicant relies on."""

    code = "education"
    title = "学历"
    rows: ClassVar[tuple[tuple[str, ...], ...]] = (("level", "degree"), ("learning_form", "years", "graduated_on"))
    past = ("graduated_on",)

    level = coded("education_level", "学历", only=lambda code: code.flag("usable_as_credential"))
    degree = coded("degree", "学位", required=False)
    school = forms.CharField(label="毕业院校", max_length=100, help_text="毕业证书上的全称")
    major = forms.CharField(label="所学专业", max_length=100)
    learning_form = coded("learning_form", "学习形式")
    years = full_time_years(required=False)
    graduated_on = day("毕业时间")
    diploma_number = forms.CharField(label="毕业证书编号", max_length=50, required=False)
