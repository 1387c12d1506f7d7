"""The parts of the forms doctors fill in, shared by items: qualification, scopes, practice, assessment, training, declaration."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import Code, table
from yizheng.kernel.identifiers import check_qualification_number
from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.fields import HAS, IdentifierField, coded, day, either
from yizheng.licensing.forms import Reason, Step
from yizheng.systems.doctors.checks.grounds import FOLLOWED_BY_ASSESSMENT, bar_ended_on
from yizheng.systems.doctors.checks.training import idle_for_two_years, needs_training
from yizheng.systems.practitioners.forms import declaration, training
from yizheng.systems.practitioners.forms.employment import EmploymentStep

_FROM_REGISTER = "来自医师资格数据，不能改；有误先办理资格数据更正"


def qualification_number() -> IdentifierField:
    """The number of the qualification; whose it is is the affair of a check."""
    return IdentifierField(
        check_qualification_number,
        label="医师资格证书编码",
        max_length=40,
        help_text="27 位，早期证书 24 位，见证书内页",
    )


class QualificationStep(Step):
    """The qualification meant. Its number contains the identity number and is protected like one."""

    code = "qualification"
    title = "医师资格"
    personal = frozenset({"qualification_number"})
    fixed = dict.fromkeys(("level", "category", "qualified_on", "issuer", "way"), _FROM_REGISTER)
    rows = (("level", "category"), ("qualified_on", "way"))

    qualification_number = qualification_number()
    level = coded("practice_level", "级别", required=False)
    category = coded("practice_category", "类别", required=False)
    qualified_on = day("签发日期", required=False)
    issuer = forms.CharField(label="发证机关", max_length=100, required=False)
    way = coded("acquisition_way", "取得方式", required=False)


class ScopesStep(Step):
    """A part of a form in which scopes of a category are chosen; fields that are not there are passed over."""

    scope_fields: ClassVar[tuple[str, ...]] = ("scope", "second_scope", "third_scope")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._suits: str | None = None
        self.suit()

    def suit(self) -> None:
        """The scopes of the category typed, else of the one the form begins with."""
        category = str(self.data.get(self.add_prefix("category")) or self.initial.get("category") or "")
        if category == self._suits:
            return
        self._suits = category
        choices = scope_choices(category)
        for name in self._scopes():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def _scopes(self) -> list[str]:
        return [name for name in self.scope_fields if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """No scope is named twice."""
        cleaned = super().clean() or self.cleaned_data
        chosen = [cleaned[name] for name in self._scopes() if cleaned.get(name)]
        if len(chosen) != len(set(chosen)):
            self.add_error("second_scope", "同一个执业范围选了两次，请去掉一个")
        return cleaned


def scope_choices(category: str) -> list[tuple[str, str]]:
    """The scopes of a category in force today; all of them while the category is unknown."""
    categories = table("practice_category")
    root = categories.root(category).code if category in categories else ""
    rows: list[Code] = [row for row in table("practice_scope").items(timezone.localdate()) if root in ("", row.parent)]
    return [("", "请选择"), *((row.code, row.name) for row in rows)]


_AS_QUALIFIED = "与医师资格一致，不能改"


def individual_practice() -> forms.BooleanField:
    """Whether she practises on her own account there (医师法 第二十条)."""
    return forms.BooleanField(label="在该机构个体行医", required=False, help_text="须已在医疗卫生机构执业满五年")


class PracticeStep(EmploymentStep, ScopesStep):
    """The registration asked for. The place follows from the institution."""

    fixed = {"level": _AS_QUALIFIED, "category": _AS_QUALIFIED}
    rows = (
        ("level", "category"), ("second_scope", "third_scope"), ("department", "employment"), ("employed_from", "employed_until"),
    )  # fmt: skip
    field_order = ("institution", "level", "category", "scope", "second_scope", "third_scope")

    level = coded("practice_level", "执业级别", required=False)
    category = coded("practice_category", "执业类别", required=False)
    scope = coded("practice_scope", "执业范围", hint="执业地点按机构确定")
    second_scope = coded("practice_scope", "第二执业范围", required=False, hint="仅社区卫生服务机构和乡镇卫生院")
    third_scope = coded("practice_scope", "第三执业范围", required=False)
    individual = individual_practice()


def barred_from_practice(applicant: Any, on: date) -> bool:
    """Whether a ground after which an assessment is passed has ceased."""
    return bar_ended_on(applicant, on, FOLLOWED_BY_ASSESSMENT) is not None


class AssessmentStep(training.AssessedStep):
    """An assessment, asked of who was barred."""

    title = "执业前考核"
    applies = staticmethod(barred_from_practice)

    @classmethod
    def reason(cls, applicant: Any, on: date) -> Reason | None:
        """That she was barred."""
        return Reason("您曾有不予注册的情形，考核过的请填写这一部分。", physicians_law(19))


class TrainingStep(training.TrainingStep):
    """The continuous training and its examination, by whom the authority named for it."""

    institution = forms.CharField(label="培训机构", max_length=200, help_text="须为省级以上卫生健康主管部门指定的机构")

    applies = staticmethod(needs_training)

    @classmethod
    def reason(cls, applicant: Any, on: date) -> Reason | None:
        """Since when the qualification lies idle, or that she was barred."""
        if not idle_for_two_years(applicant, on):
            return Reason("您曾有不予注册的情形，所以需要填写这一部分。", registration_rules(12))
        since = long_date(applicant.qualification.qualified_on)
        sentence = f"您于{since}取得医师资格，到今天已满二年未注册，所以需要填写这一部分。"
        return Reason(sentence, registration_rules(12))


class FitnessStep(Step):
    """Health, sentences and bans."""

    code, title = "fitness", "健康和处罚声明"
    rows = (("criminal_record", "sentence_served_on"), ("ban", "banned_until"))

    health = either("健康状况", ("fit", "健康，适宜执业"), ("unfit", "不适宜执业"))
    criminal_record = either("受过刑事处罚", *HAS, no_first=True)
    sentence_served_on = day("刑罚执行完毕日期", required=False, hint="正在服刑或者缓刑考验期内的，填预计届满之日")
    ban = either("被禁止从事医师职业或者医疗卫生服务", *HAS, no_first=True)
    banned_until = day("禁止期限届满日期", required=False, hint="被禁止从业的填写")

    def clean(self) -> dict[str, Any]:
        """A punishment or a ban needs its day."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("criminal_record") and not cleaned.get("sentence_served_on"):
            self.add_error("sentence_served_on", "受过刑事处罚的，请填写刑罚执行完毕日期")
        if cleaned.get("ban") and not cleaned.get("banned_until"):
            self.add_error("banned_until", "被禁止从业的，请填写禁止期限届满日期")
        return cleaned


class DeclarationStep(FitnessStep, declaration.DeclarationStep):
    """The same with the promise of truth, which every applicant gives."""

    code, title = "declaration", "声明"
    field_order = ("health", "criminal_record", "sentence_served_on", "ban", "banned_until", "truth")
