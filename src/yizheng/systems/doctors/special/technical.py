"""限制类医疗技术医师培训登记: who works with a restricted technique was trained and passed (医疗技术临床应用管理办法).

健康体检主检医师备案: an internist or a surgeon with a senior title (健康体检管理暂行规定 第四条).

医疗美容主诊医师专业备案: four specialties, filed since 2017 and no licence any more (医疗美容服务管理办法 第十一条).

人体器官移植医师认定: per organ, by the province's authority, noted on the practice certificate (人体器官捐献和移植条例 第二十七条).

放射工作人员证: of age, examined and trained; trained again at most every two years (放射工作人员职业健康管理办法).
"""

from __future__ import annotations

from yizheng.kernel.statutes import (
    checkup_provisions,
    cosmetic_rules,
    organ_regulation,
    radiation_worker_rules,
    technology_rules,
)
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Material
from yizheng.systems.doctors.levels import Level
from yizheng.systems.doctors.special import kinds
from yizheng.systems.doctors.special.form import (
    CosmeticStep,
    OrganStep,
    RadiationStep,
    SpecialStep,
    TechniqueStep,
)
from yizheng.systems.doctors.special.general import of_a_physician, titled_at_least, trained_and_passed
from yizheng.systems.doctors.special.item import (
    LETTER,
    TITLE_PROOF,
    TRAINING_PROOF,
    SpecialFiling,
    SpecialLicence,
    checks_for,
)


@declare
class CheckupChief(SpecialFiling):
    """健康体检主检医师备案."""

    code = "sq_checkup_chief"
    title = "健康体检主检医师备案"
    short_title = "体检主检备案"
    collective = True
    articles = (checkup_provisions(4),)
    types = ("checkup_chief",)
    steps = (SpecialStep,)
    materials = (TITLE_PROOF, LETTER)
    checks = checks_for(
        code,
        of_a_physician(checkup_provisions(4)),
        titled_at_least("副高", checkup_provisions(4)),
        kinds.of_internal_medicine_or_surgery,
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
    materials = (TITLE_PROOF, LETTER, TRAINING_PROOF)
    checks = checks_for(
        code,
        of_a_physician(organ_regulation(27)),
        titled_at_least("中级", organ_regulation(27)),
        kinds.institution_transplants,
        kinds.trained_to_transplant,
        kinds.works_still,
    )


@declare
class RadiationWorker(SpecialLicence):
    """放射工作人员证."""

    code = "sq_radiation"
    title = "放射工作人员证核发"
    short_title = "放射工作人员证"
    collective = True
    articles = (radiation_worker_rules(5), radiation_worker_rules(8))
    types = ("radiation_worker",)
    details = "radiation_work"
    level = Level.DISTRICT
    certificate = "radiation_worker"
    steps = (RadiationStep,)
    materials = (TRAINING_PROOF, Material("health", "职业健康检查报告", "由有资质的机构出具"))
    checks = checks_for(
        code,
        kinds.of_age_for_radiation,
        trained_and_passed(radiation_worker_rules(6)),
        kinds.trained_within_two_years,
        kinds.examined_within_two_years,
    )


@declare
class RestrictedTechnique(SpecialFiling):
    """限制类医疗技术医师培训登记."""

    code = "sq_restricted_tech"
    title = "限制类医疗技术医师培训登记"
    short_title = "限制类技术"
    collective = True
    articles = (technology_rules(11),)
    types = ("restricted_tech",)
    details = "restricted_technology"
    steps = (TechniqueStep,)
    checks = checks_for(code, of_a_physician(technology_rules(11)), trained_and_passed(technology_rules(11)))
