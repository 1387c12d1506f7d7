"""The parts of the form of a clinic that files: the record of an institution without beds, grades and further places."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from yizheng.kernel.codes import Code
from yizheng.licensing.fields import coded, either
from yizheng.licensing.forms import Step
from yizheng.systems.institutions.record import steps

CLINICS, CHINESE_MEDICINE_CLINIC = "D2", "D212"


def _clinic(code: Code) -> bool:
    return code.code.startswith(CLINICS) and code.parent is not None


class ClinicStep(steps.InstitutionStep):
    """What kind of clinic it is."""

    title = "诊所"
    rows = (("category", "ownership"), ("economic_type", "business_nature"))

    category = coded("institution_category", "机构类别", only=_clinic)
    level: Any = None
    affiliation: Any = None
    capital = steps.amount("注册资金（资本）（万元）", required=False)


class ClinicSiteStep(steps.SiteStep):
    """Where it practises; a clinic has no beds and one place."""

    title = "地址"
    rows: ClassVar[tuple[tuple[str, ...], ...]] = (("district", "postcode"), ("dental_chairs", "floor_area"))

    beds: Any = None
    observation_beds: Any = None
    business_area: Any = None
    further: Any = None
    floor_area = steps.amount("建筑面积（平方米）")


class TechniquesStep(Step):
    """What a clinic of Chinese medicine does, and that it does nothing else."""

    code, title = "techniques", "中医诊疗技术"

    techniques = forms.CharField(
        label="诊疗技术",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="如：针刺、艾灸、拔罐、推拿、中药饮片调配",
    )
    only = either("是否只提供中药和针灸、拔罐、推拿等非药物疗法", ("yes", "是"), ("no", "否，另有其他诊疗技术"))


class ComprehensiveStep(TechniquesStep):
    """The same of a clinic of Chinese medicine that does more, and so files as any clinic."""

    @classmethod
    def applies(cls, applicant: Any, on: date) -> bool:
        """Whether it is a clinic of Chinese medicine."""
        return bool(applicant.category == CHINESE_MEDICINE_CLINIC)
