"""外国医师短期行医许可证补发: a lost or damaged permit is made again with the same contents and a new code."""

from __future__ import annotations

from yizheng.kernel.statutes import foreign_doctor_rules, licensing_law
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Material
from yizheng.systems.doctors.bases import levels
from yizheng.systems.doctors.forms.foreign import ForeignReissueStep, ForeignStandingStep
from yizheng.systems.doctors.models.short_term import FOREIGN
from yizheng.systems.doctors.short_term.reissue_item import ReissueItem


@declare
class ForeignShortTermReissue(ReissueItem):
    """外国医师短期行医许可证补发."""

    code = "foreign_short_term_reissue"
    title = "外国医师短期行医许可证补发"
    short_title = "外国医师补证"
    english = "New copy of a foreign doctor's permit"
    level_rule = levels.FOREIGN_SHORT_TERM.code
    articles = (foreign_doctor_rules(12), licensing_law(42))
    steps = (ForeignStandingStep, ForeignReissueStep)
    materials = (
        Material(
            "statement",
            "遗失声明或者损坏的许可证",
            "遗失的写明经过，损坏的附原证照片",
            english=("Statement of loss, or the damaged permit", "say what happened"),
        ),
    )
    origins = frozenset({FOREIGN})
    nothing = "没有有效的外国医师短期行医许可"
