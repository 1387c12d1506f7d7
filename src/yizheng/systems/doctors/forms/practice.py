"""拟执业信息: where, in what scope and on what terms the applicant is going to practise (医师法 第十四条)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.codes import Code, table
from yizheng.systems.doctors.forms.fields import DoctorStep, coded, day
from yizheng.systems.doctors.forms.institution_field import InstitutionField

_AS_QUALIFIED = "与医师资格一致，不能改"


class PracticeStep(DoctorStep):
    """The registration asked for. The place follows from the institution."""

    code = "practice"
    title = "拟执业信息"
    fixed = {"level": _AS_QUALIFIED, "category": _AS_QUALIFIED}
    rows = (("level", "category"), ("second_scope", "third_scope"), ("department", "employment"))

    institution = InstitutionField(
        label="主要执业机构", help_text="输入登记名称或登记号选择；提交后由机构确认聘用"
    )
    level = coded("practice_level", "执业级别", required=False)
    category = coded("practice_category", "执业类别", required=False)
    scope = coded("practice_scope", "执业范围", hint="执业地点按机构确定")
    second_scope = coded(
        "practice_scope", "第二执业范围", required=False, hint="仅社区卫生服务机构和乡镇卫生院"
    )
    third_scope = coded("practice_scope", "第三执业范围", required=False)
    department = forms.CharField(label="科室", max_length=50, required=False)
    employment = coded("employment_kind", "用工形式")
    employed_from = day("聘用开始")
    employer_as_sealed = forms.CharField(
        label="聘用证明上的机构名称", max_length=200, required=False, help_text="照聘用证明的印章填写"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category = str(self.data.get(self.add_prefix("category")) or self.initial.get("category") or "")
        for name in ("scope", "second_scope", "third_scope"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = scope_choices(category)

    def clean(self) -> dict[str, Any]:
        """No scope is named twice."""
        cleaned = super().clean() or self.cleaned_data
        chosen = [cleaned[name] for name in ("scope", "second_scope", "third_scope") if cleaned.get(name)]
        if len(chosen) != len(set(chosen)):
            self.add_error("second_scope", "同一个执业范围选了两次，请去掉一个")
        return cleaned


def scope_choices(category: str) -> list[tuple[str, str]]:
    """The scopes of a category in force today; all of them while the category is unknown."""
    categories = table("practice_category")
    root = categories.root(category).code if category in categories else ""
    rows: list[Code] = [
        row for row in table("practice_scope").items(timezone.localdate()) if root in ("", row.parent)
    ]
    return [("", "请选择"), *((row.code, row.name) for row in rows)]
