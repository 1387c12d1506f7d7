"""变更执业类别、变更执业范围、增加执业范围: what is asked for, and on what learning (医师法 第十四条、第十八条).

变更主要执业机构、变更执业地点: the institution moved to, and what becomes of the one left (医师法 第十八条).
"""

from typing import Any

from django import forms

from yizheng.licensing.fields import coded, day, passed, radio
from yizheng.licensing.forms import Step
from yizheng.systems.doctors.changes.learning import EDUCATION
from yizheng.systems.doctors.forms.practice import individual_practice
from yizheng.systems.doctors.forms.scopes import ScopesStep
from yizheng.systems.institutions.institution_field import InstitutionField
from yizheng.systems.practitioners.forms.employment import EmploymentStep

AS_REGISTERED = "按登记簿显示，不能在这里改"


class NewInstitutionStep(EmploymentStep):
    """Where to, on what terms, and whether the former institution stays as a filing."""

    code = "practice"
    title = "变更后的主要执业机构"
    fixed = {"former": AS_REGISTERED}
    rows = (("department", "employment"), ("employed_from", "employed_until"))
    field_order = (
        "former",
        "institution",
        "department",
        "employment",
        "employed_from",
        "employed_until",
        "employer_as_sealed",
        "keep_old",
        "individual",
        "change_reason",
    )

    former = forms.CharField(label="现在的主要执业机构", required=False)
    institution = InstitutionField(
        label="变更后的主要执业机构", help_text="输入登记名称或登记号选择；提交后由该机构确认聘用"
    )
    keep_old = forms.BooleanField(label="原机构转为多机构备案", required=False, help_text="仍在原机构定期执业的选择")
    individual = individual_practice()
    change_reason = forms.CharField(label="变更原因", max_length=200, required=False)


class NewPlaceStep(EmploymentStep):
    """The institution at the new place, which follows from it; level, category and scope come along."""

    code = "practice"
    title = "变更后的执业机构和地点"
    fixed = {"former": AS_REGISTERED}
    rows = (("department", "employment"), ("employed_from", "employed_until"))
    field_order = ("former", "institution", "department", "employment")

    former = forms.CharField(label="现在的主要执业机构", required=False)
    institution = InstitutionField(label="变更后的执业机构", help_text="输入登记名称或登记号选择；执业地点按机构确定")


class FurtherPlaceStep(EmploymentStep):
    """The institution in Beijing at which a physician of another province is registered too."""

    code = "practice"
    title = "在北京的执业机构"
    rows = (("department", "employment"), ("employed_from", "employed_until"))
    field_order = ("institution", "department", "employment")

    institution = InstitutionField(label="执业机构", help_text="输入登记名称或登记号选择；提交后由机构确认聘用")


_GROUNDS = (
    (EDUCATION, "取得同一类别其他专业的高一层次学历"),
    ("training", "在指定培训基地系统培训或者专业进修满二年并考核合格"),
)


class NewCategoryStep(ScopesStep):
    """The category changed to, with a scope of it."""

    code = "practice"
    title = "变更后的执业类别"
    fixed = {"institution": AS_REGISTERED, "former": AS_REGISTERED}

    institution = forms.CharField(label="主要执业机构", required=False)
    former = forms.CharField(label="现在的执业类别", required=False)
    category = coded("practice_category", "变更后的执业类别", only=lambda code: not code.parent)
    scope = coded("practice_scope", "执业范围", hint="在新类别中选择")


class NewScopeStep(ScopesStep):
    """The scope changed to or added; the category stays."""

    code = "practice"
    title = "申请的执业范围"
    fixed = {"institution": AS_REGISTERED, "category": AS_REGISTERED, "former": AS_REGISTERED}

    institution = forms.CharField(label="主要执业机构", required=False)
    category = coded("practice_category", "执业类别", required=False)
    former = forms.CharField(label="现在的执业范围", required=False)
    scope = coded("practice_scope", "申请的执业范围", hint="由主要执业机构确认同意")


class AddedScopeStep(NewScopeStep):
    """The scope to be added; clinical and public health may meet at the grass roots, so all are offered."""

    title = "增加的执业范围"
    scope_fields = ()

    scope = coded("practice_scope", "增加的执业范围", hint="由主要执业机构确认同意")


class LearningStep(Step):
    """On what a change of scope rests: a higher education, or training with an examination."""

    code = "learning"
    title = "变更依据"
    rows = (
        ("education", "graduated_on"),
        ("school", "major"),
        ("started_on", "ended_on"),
        ("second_started_on", "second_ended_on"),
    )

    ground = radio("依据", _GROUNDS)
    education = coded(
        "education_level",
        "取得的学历",
        only=lambda code: code.flag("usable_as_credential"),
        required=False,
        hint="以学历变更的填写",
    )
    graduated_on = day("毕业时间", required=False)
    school = forms.CharField(label="毕业院校", max_length=100, required=False)
    major = forms.CharField(label="所学专业", max_length=100, required=False)
    base = forms.CharField(
        label="培训基地", max_length=200, required=False, help_text="须为省级以上主管部门指定；以培训变更的填写"
    )
    started_on = day("系统培训开始", required=False)
    ended_on = day("系统培训结束", required=False)
    second_started_on = day("专业进修开始", required=False)
    second_ended_on = day("专业进修结束", required=False)
    result = passed(required=False)

    def clean(self) -> dict[str, Any]:
        """Each ground needs its own particulars."""
        cleaned = super().clean() or self.cleaned_data
        wanted = {
            EDUCATION: ("education", "graduated_on", "school", "major"),
            "training": ("base", "started_on", "ended_on", "result"),
        }.get(str(cleaned.get("ground", "")), ())
        for name in wanted:
            if cleaned.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, f"请填写{self.fields[name].label}")
        return cleaned


class AddedTrainingStep(Step):
    """The training in the scope to be added."""

    code = "learning"
    title = "相关专业培训"
    rows = (("started_on", "ended_on", "result"),)

    base = forms.CharField(label="培训机构", max_length=200)
    started_on = day("培训开始")
    ended_on = day("培训结束")
    result = passed()


class PromiseStep(Step):
    """The promise that what was handed in is true (行政许可法 第三十一条)."""

    code = "declaration"
    title = "声明"

    truth = forms.BooleanField(
        label="本人承诺以上填写内容和提交材料真实、有效，愿意承担不实的法律责任",
        error_messages={"required": "请作出真实性承诺"},
    )
