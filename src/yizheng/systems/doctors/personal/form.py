"""补证换证 and 个人信息变更: why a sheet is made again, and what the register is to say of the person."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from yizheng.kernel.identifiers import check_resident_id
from yizheng.licensing.fields import coded, day, radio
from yizheng.licensing.forms import Step
from yizheng.licensing.name_field import NameField

REASONS = (("lost", "遗失"), ("damaged", "损毁"), ("full", "变更栏已满"), ("layout", "版式更换"))
_MOBILE = re.compile(r"1[3-9]\d{9}")


class ReissueStep(Step):
    """The reason, and of a loss when and how."""

    code = "reissue"
    title = "补证换证"

    ground = radio("补证换证的原因", REASONS)
    lost_on = day("遗失日期", required=False)
    statement = forms.CharField(
        label="遗失、损毁经过", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class PersonChangeStep(Step):
    """What is to be said; a field left as it stands does not change."""

    code = "person_change"
    title = "变更内容"
    personal = frozenset({"id_number", "mobile"})
    rows = (("name", "sex"), ("id_number", "nationality"), ("mobile", "job_title"), ("title_on",))

    name = NameField(label="姓名", max_length=50, help_text="与公安机关证明一致；须先修改医师资格数据")
    sex = coded("gender", "性别")
    id_number = forms.CharField(
        label="新的证件号码", max_length=30, required=False, help_text="证件号码更正的填写，不变的留空"
    )
    nationality = forms.ChoiceField(label="国籍", choices=(("156", "中国"), ("other", "其他")), required=False)
    mobile = forms.CharField(label="新的手机号码", max_length=20, required=False, help_text="不变的留空")
    job_title = coded("professional_title", "专业技术职务", required=False)
    title_on = day("职务取得时间", required=False)

    def clean_id_number(self) -> str:
        """A number that is given must stand up to GB 11643."""
        number = str(self.cleaned_data["id_number"]).strip()
        if not number:
            return ""
        read = check_resident_id(number)
        if read.problems:
            raise forms.ValidationError(list(read.problems))
        return read.number

    def clean_mobile(self) -> str:
        """Eleven digits where one is given."""
        mobile = re.sub(r"[\s-]", "", str(self.cleaned_data["mobile"]))
        if mobile and not _MOBILE.fullmatch(mobile):
            raise forms.ValidationError("手机号码应为 11 位数字，以 1 开头，请核对")
        return mobile

    def clean(self) -> dict[str, Any]:
        """A title has a day."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("job_title") and not cleaned.get("title_on"):
            self.add_error("title_on", "请填写职务取得时间")
        return cleaned


class EducationChangeStep(Step):
    """A further education, where there is one to add."""

    code = "education_change"
    title = "学历变更"
    rows = (("level", "degree"), ("school", "major"), ("learning_form", "graduated_on"))

    level = coded("education_level", "学历", only=lambda code: code.flag("usable_as_credential"), required=False)
    degree = coded("degree", "学位", required=False)
    school = forms.CharField(label="毕业院校", max_length=100, required=False)
    major = forms.CharField(label="所学专业", max_length=100, required=False)
    learning_form = coded("learning_form", "学习形式", required=False)
    graduated_on = day("毕业时间", required=False)

    def clean(self) -> dict[str, Any]:
        """All of it or nothing."""
        cleaned = super().clean() or self.cleaned_data
        needed = ("level", "school", "major", "learning_form", "graduated_on")
        given = [name for name in needed if cleaned.get(name)]
        if given:
            for name in needed:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, f"增加学历的，请填写{self.fields[name].label}")
        return cleaned
