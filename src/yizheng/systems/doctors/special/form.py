"""专项资格 的表: which institution, which title, and for each kind what it is about and what proves it."""

from typing import ClassVar

from django import forms

from yizheng.kernel.codes import Code
from yizheng.licensing.fields import coded, day, passed
from yizheng.systems.practitioners.models.special_qualification import TYPES
from yizheng.systems.practitioners.special import granting


def _doctors(code: Code) -> bool:
    """Titles of doctors, and none at all."""
    return code.attributes["series"] in ("医师", "")


class SpecialStep(granting.SpecialStep):
    """Where, and with which title."""

    rows: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("trained_from", "trained_to", "result"),
        ("detail", "title_held"),
        ("type", "title_held"),
        ("years", "cosmetic_months"),
    )

    title_held = coded("professional_title", "专业技术职务", only=_doctors)


class TrainedStep(granting.TrainedStep, SpecialStep):
    """A training with its examination as well."""


class OrganStep(TrainedStep):
    """Which organ; trained at a base, and experienced."""

    rows = (("detail", "title_held"), ("trained_from", "trained_to", "result"), ("years", "last_work_on"))

    detail = coded("organ_type", "移植器官")
    years = forms.IntegerField(label="移植临床工作年限", min_value=0, max_value=60)
    last_work_on = day("最近一次移植工作日期", required=False, hint="首次申请的不填")


class CosmeticStep(SpecialStep):
    """Which of the four specialties; the years in its field, and a year of cosmetic medicine."""

    detail = coded("cosmetic_specialty", "主诊专业")
    years = forms.IntegerField(label="相关临床工作年限", min_value=0, max_value=60, help_text="满年数")
    cosmetic_months = forms.IntegerField(
        label="医疗美容临床工作月数", min_value=0, max_value=720, required=False, help_text="实际连续工作"
    )
    training_base = forms.CharField(label="医疗美容培训机构", max_length=100, required=False)
    trained_from = day("培训开始", required=False)
    trained_to = day("培训结束", required=False)
    result = passed(required=False)


def _mch(*codes: str) -> forms.ChoiceField:
    return coded(TYPES, "服务项目", only=lambda code: code.code in codes)


class GeneticStep(TrainedStep):
    """Diagnosis of hereditary diseases or prenatal diagnosis."""

    type = _mch("mch_genetic", "mch_prenatal")


class DeliveryStep(TrainedStep):
    """Midwifery, sterilisation or termination."""

    type = _mch("mch_midwifery", "mch_sterilization", "mch_termination")


class AntibioticStep(TrainedStep):
    """Which class of antibiotics."""

    detail = coded("antibiotic_class", "处方权级别")


class TechniqueStep(TrainedStep):
    """Which restricted technique."""

    detail = coded("restricted_technology", "限制类技术")


class RadiationStep(TrainedStep):
    """Which work with radiation; trained and examined lately."""

    detail = coded("radiation_work", "放射工作类别")
    health_checked_on = day("职业健康检查日期")


class CombinedStep(TrainedStep):
    """Western doctors with Chinese medicine, or the other way round."""

    detail = coded("combined_medicine", "培训方向")
