"""医疗美容主诊医师专业备案: four specialties, filed since 2017 and no licence any more (医疗美容服务管理办法 第十一条)."""

from __future__ import annotations

from yizheng.kernel.statutes import cosmetic_rules
from yizheng.licensing.catalogue import declare
from yizheng.systems.doctors.checks.special import kinds
from yizheng.systems.doctors.checks.special.general import of_a_physician, titled_at_least
from yizheng.systems.doctors.forms.special import CosmeticStep
from yizheng.systems.doctors.special.item import (
    LETTER,
    TITLE_PROOF,
    TRAINING_PROOF,
    SpecialFiling,
    checks_for,
)


@declare
class CosmeticLead(SpecialFiling):
    """医疗美容主诊医师专业备案."""

    code = "sq_cosmetic_lead"
    title = "医疗美容主诊医师专业备案"
    short_title = "美容主诊备案"
    articles = (cosmetic_rules(11),)
    types = ("cosmetic_lead",)
    details = "cosmetic_specialty"
    steps = (CosmeticStep,)
    materials = (TITLE_PROOF, LETTER, TRAINING_PROOF.when(lambda applicant, on: applicant.passed is not None))
    checks = checks_for(
        code,
        of_a_physician(cosmetic_rules(11)),
        titled_at_least("中级", cosmetic_rules(11)),
        kinds.enough_clinical_years,
        kinds.a_year_of_cosmetic_medicine,
        kinds.scope_suits_specialty,
    )
