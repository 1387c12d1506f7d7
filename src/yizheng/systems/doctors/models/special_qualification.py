"""The special qualifications of doctors: 人体器官捐献和移植条例 第二十七条, 母婴保健法 第三十三条 and the other bases of the types."""

from __future__ import annotations

from yizheng.kernel.codes import name_of
from yizheng.registry.fields import CodeField, DayField, FlagField
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.models.special_qualification import SpecialQualificationFact

DETAILS = {
    "organ_transplant": "organ_type",
    "cosmetic_lead": "cosmetic_specialty",
    "antibiotic_rx": "antibiotic_class",
    "restricted_tech": "restricted_technology",
    "radiation_worker": "radiation_work",
    "western_tcm": "combined_medicine",
}
"""By type the code table of what it is about."""


def _detail_table(version: SpecialQualification) -> str:
    return DETAILS.get(version.type, "")


class SpecialQualification(SpecialQualificationFact):
    """A doctor's special qualification; of some types with an organ, a specialty, a technique or a class."""

    register = DOCTORS

    detail = CodeField("专业、器官或项目", 20, table=_detail_table, among=tuple(DETAILS.values()), blank=True)
    last_work_on = DayField("最近一次开展日期", null=True)
    retraining_due = DayField("应复训日期", null=True)
    noted = FlagField("执业证书加注", default=False)

    class Meta(SpecialQualificationFact.Meta):
        verbose_name = "专项资格"
        db_table = "doctors_special_qualification"

    @property
    def about(self) -> str:
        """The organ, the specialty, the technique or the class."""
        return name_of(DETAILS[self.type], self.detail) if self.type in DETAILS and self.detail else ""
