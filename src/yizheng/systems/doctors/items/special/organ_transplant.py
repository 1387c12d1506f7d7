"""人体器官移植医师认定: per organ, by the province's authority, noted on the practice certificate (人体器官捐献和移植条例 第二十七条)."""

from __future__ import annotations

from yizheng.kernel.statutes import organ_regulation
from yizheng.licensing.catalogue import declare
from yizheng.systems.doctors.bases.levels import Level
from yizheng.systems.doctors.checks.special import kinds
from yizheng.systems.doctors.checks.special.general import of_a_physician, titled_at_least
from yizheng.systems.doctors.forms.special import OrganStep
from yizheng.systems.doctors.special.item import (
    LETTER,
    TITLE_PROOF,
    TRAINING_PROOF,
    SpecialLicence,
    checks_for,
)


@declare
class OrganTransplant(SpecialLicence):
    """人体器官移植医师执业资格认定."""

    code = "sq_organ_transplant"
    title = "人体器官移植医师执业资格认定"
    short_title = "移植医师认定"
    articles = (organ_regulation(27),)
    types = ("organ_transplant",)
    details = "organ_type"
    level = Level.CITY
    noted = True
    steps = (OrganStep,)
    materials = (TITLE_PROOF, LETTER, TRAINING_PROOF.when(lambda applicant, on: applicant.passed is not None))
    checks = checks_for(
        code,
        of_a_physician(organ_regulation(27)),
        titled_at_least("中级", organ_regulation(27)),
        kinds.institution_transplants,
        kinds.trained_to_transplant,
        kinds.works_still,
    )
