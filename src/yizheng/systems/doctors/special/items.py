"""The business items of special qualifications: a table, one entry an item; whatever an entry does not say is its base's.

Each entry names its own basis: 母婴保健法 第三十三条, 母婴保健法实施办法 第三十五条, 人体器官捐献和移植条例 第二十七条, 医师法 第十四条,
麻醉药品和精神药品管理条例 第三十八条 and the ministry's rules on technique, cosmetic medicine, antibiotics and radiation.
"""

from typing import Any

from yizheng.kernel.statutes import (
    antibiotic_rules,
    beijing_tcm_regulation,
    checkup_provisions,
    cosmetic_rules,
    maternal_law,
    maternal_measures,
    narcotics_regulation,
    organ_regulation,
    physicians_law,
    prescription_rules,
    radiation_worker_rules,
    technology_rules,
)
from yizheng.licensing.catalogue import declare
from yizheng.licensing.findings import Check
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Material
from yizheng.systems.doctors import levels, permitted
from yizheng.systems.doctors.levels import Level
from yizheng.systems.doctors.special import form, kinds
from yizheng.systems.doctors.special.general import (
    institution_in_force,
    not_held_yet,
    of_a_physician,
    practises_there,
    titled_at_least,
    trained_and_passed,
)
from yizheng.systems.doctors.special.item import (
    LETTER,
    TITLE_PROOF,
    TRAINING_PROOF,
    GrantedByInstitution,
    SpecialFiling,
    SpecialItem,
    SpecialLicence,
)


def _special(
    base: type[SpecialItem], code: str, titles: tuple[str, str], types: tuple[str, ...],
    step: type[Step], rules: tuple[Check, ...], **more: Any,
) -> None:  # fmt: skip
    """Declare an item; ``rules`` are asked after those every special qualification asks."""
    common = (permitted.status_permits(code), practises_there, institution_in_force, not_held_yet)
    said = {
        "code": code,
        "title": titles[0],
        "short_title": titles[1],
        "types": types,
        "steps": (step,),
        "checks": (*common, *rules),
    }
    declare(type(code, (base,), {**said, **more, "__doc__": f"{titles[0]}."}))


_special(
    GrantedByInstitution, "sq_antibiotic_rx", ("抗菌药物处方权报送", "抗菌药物处方权"), ("antibiotic_rx",), form.AntibioticStep,
    (trained_and_passed(antibiotic_rules(24)), kinds.class_suits_title),
    articles=(antibiotic_rules(24),), details="antibiotic_class",
)  # fmt: skip
_special(
    GrantedByInstitution, "sq_narcotic_rx", ("麻醉药品和第一类精神药品处方资格报送", "麻精处方资格"), ("narcotic_rx",), form.TrainedStep,
    (of_a_physician(narcotics_regulation(38)), trained_and_passed(prescription_rules(11)), kinds.not_for_oneself),
    articles=(narcotics_regulation(38), prescription_rules(11)), level=Level.CITY,
)  # fmt: skip
_special(
    SpecialFiling, "sq_western_tcm", ("中西医技术互用培训登记", "中西医互用"), ("western_tcm",), form.CombinedStep,
    (of_a_physician(physicians_law(14)), trained_and_passed(beijing_tcm_regulation(24)), kinds.crosses_over),
    articles=(physicians_law(14), beijing_tcm_regulation(24)), details="combined_medicine", collective=True,
    materials=(TRAINING_PROOF,),
)  # fmt: skip
_special(
    SpecialFiling, "sq_checkup_chief", ("健康体检主检医师备案", "体检主检备案"), ("checkup_chief",), form.SpecialStep,
    (
        of_a_physician(checkup_provisions(4)),
        titled_at_least("副高", checkup_provisions(4)),
        kinds.of_internal_medicine_or_surgery,
    ),
    articles=(checkup_provisions(4),), collective=True, materials=(TITLE_PROOF, LETTER),
)  # fmt: skip
_special(
    SpecialFiling, "sq_cosmetic_lead", ("医疗美容主诊医师专业备案", "美容主诊备案"), ("cosmetic_lead",), form.CosmeticStep,
    (
        of_a_physician(cosmetic_rules(11)),
        titled_at_least("中级", cosmetic_rules(11)),
        kinds.enough_clinical_years,
        kinds.a_year_of_cosmetic_medicine,
        kinds.scope_suits_specialty,
    ),
    articles=(cosmetic_rules(11),), details="cosmetic_specialty",
    materials=(TITLE_PROOF, LETTER, TRAINING_PROOF.when(lambda applicant, on: applicant.passed is not None)),
)  # fmt: skip
_special(
    SpecialLicence, "sq_organ_transplant", ("人体器官移植医师执业资格认定", "移植医师认定"), ("organ_transplant",), form.OrganStep,
    (
        of_a_physician(organ_regulation(27)),
        titled_at_least("中级", organ_regulation(27)),
        kinds.institution_transplants,
        kinds.trained_to_transplant,
        kinds.works_still,
    ),
    articles=(organ_regulation(27),), details="organ_type", level=Level.CITY, noted=True,
    materials=(TITLE_PROOF, LETTER, TRAINING_PROOF),
)  # fmt: skip
_special(
    SpecialLicence, "sq_radiation", ("放射工作人员证核发", "放射工作人员证"), ("radiation_worker",), form.RadiationStep,
    (
        kinds.of_age_for_radiation,
        trained_and_passed(radiation_worker_rules(6)),
        kinds.trained_within_two_years,
        kinds.examined_within_two_years,
    ),
    articles=(radiation_worker_rules(5), radiation_worker_rules(8)), details="radiation_work", level=Level.DISTRICT,
    certificate="radiation_worker", collective=True,
    materials=(TRAINING_PROOF, Material("health", "职业健康检查报告", "由有资质的机构出具")),
)  # fmt: skip
_special(
    SpecialFiling, "sq_restricted_tech", ("限制类医疗技术医师培训登记", "限制类技术"), ("restricted_tech",), form.TechniqueStep,
    (of_a_physician(technology_rules(11)), trained_and_passed(technology_rules(11))),
    articles=(technology_rules(11),), details="restricted_technology", collective=True,
)  # fmt: skip
_special(
    SpecialLicence, "sq_mch_delivery_sterilization_termination", ("助产、结扎手术、终止妊娠手术人员考核", "助产等人员考核"),
    ("mch_midwifery", "mch_sterilization", "mch_termination"), form.DeliveryStep,
    (trained_and_passed(maternal_law(33, 2)),),
    articles=(maternal_law(33, 2), maternal_measures(35)), level=Level.DISTRICT, certificate="mch_staff",
)  # fmt: skip
_special(
    SpecialLicence, "sq_mch_genetic_prenatal", ("遗传病诊断、产前诊断人员考核", "遗传、产前诊断考核"),
    ("mch_genetic", "mch_prenatal"), form.GeneticStep,
    (of_a_physician(maternal_law(33, 1)), trained_and_passed(maternal_law(33, 1))),
    articles=(maternal_law(33, 1), maternal_measures(35)), level=Level.CITY, certificate="mch_staff",
)  # fmt: skip
_special(
    SpecialLicence, "sq_mch_premarital", ("婚前医学检查人员考核", "婚前医学检查考核"), ("mch_premarital",), form.TrainedStep,
    (trained_and_passed(maternal_law(33, 2)),),
    articles=(maternal_law(33, 2), maternal_measures(35)), level_rule=levels.PREMARITAL.code, certificate="mch_staff",
)  # fmt: skip
_special(
    SpecialLicence, "sq_prenatal", ("产前诊断医师资格认定", "产前诊断医师"), ("mch_prenatal",), form.TrainedStep,
    (
        of_a_physician(maternal_law(33, 1)),
        titled_at_least("中级", maternal_law(33, 1)),
        trained_and_passed(maternal_law(33, 1)),
    ),
    articles=(maternal_law(33, 1), maternal_measures(35)), level=Level.CITY, certificate="mch_staff",
)  # fmt: skip
