"""外国医师短期行医许可注销: the permit ends before its last day (行政许可法 第七十条)."""

from __future__ import annotations

from yizheng.kernel.statutes import foreign_doctor_rules, licensing_law
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Material
from yizheng.systems.doctors.bases import levels
from yizheng.systems.doctors.forms.foreign import ForeignEndingStep, ForeignStandingStep
from yizheng.systems.doctors.models.short_term import FOREIGN
from yizheng.systems.doctors.short_term.ending_item import EndingItem


@declare
class ForeignShortTermCancel(EndingItem):
    """外国医师短期行医许可注销."""

    code = "foreign_short_term_cancel"
    title = "外国医师短期行医许可注销"
    short_title = "外国医师许可注销"
    english = "Ending a foreign doctor's permit"
    level_rule = levels.FOREIGN_SHORT_TERM.code
    articles = (licensing_law(70), foreign_doctor_rules(12))
    steps = (ForeignStandingStep, ForeignEndingStep)
    materials = (
        Material(
            "proof",
            "证明材料",
            "协议终止的证明或者其他注销情形的证明",
            english=("Proof", "of the end of the agreement, or of another ground"),
        ),
    )
    origins = frozenset({FOREIGN})
    nothing = "没有有效的外国医师短期行医许可"
