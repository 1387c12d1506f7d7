"""The business items of special qualifications of doctors: what is theirs alone, and a table with one entry an item.

Each entry names its own basis: 母婴保健法 第三十三条, 母婴保健法实施办法 第三十五条, 人体器官捐献和移植条例 第二十七条, 医师法 第十四条,
麻醉药品和精神药品管理条例 第三十八条 and the ministry's rules on technique, cosmetic medicine, antibiotics and radiation.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.documents.authorities import authority
from yizheng.kernel.calendar import add_years
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
from yizheng.licensing.answers import Answers
from yizheng.licensing.catalogue import declare
from yizheng.licensing.findings import Check
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import permitted
from yizheng.systems.doctors.certificates import NoCertificateError, certificate_kind, renewed_fields
from yizheng.systems.doctors.item import DoctorItem
from yizheng.systems.doctors.models import SpecialQualification
from yizheng.systems.doctors.special import rules
from yizheng.systems.doctors.special.rules import SpecialApplicant, SpecialLimits
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners import permits
from yizheng.systems.practitioners.item import office
from yizheng.systems.practitioners.levels import Level, level_rule
from yizheng.systems.practitioners.models import ProfessionalTitle
from yizheng.systems.practitioners.special import granting
from yizheng.systems.practitioners.special.granting import MCH_STAFF, STEP, TRAINING_PROOF, trained_and_passed

TITLE_PROOF = Material("title_proof", "专业技术职务证书", "与所填职务一致")
LETTER = Material("letter", "机构证明", "由执业机构出具，写明从事的工作")
PREMARITAL = level_rule("levels.premarital_examination", "婚前医学检查人员", Level.DISTRICT, maternal_measures(35))
"""Three texts give three answers; 母婴保健法实施办法 第三十五条 names the county."""


class SpecialItem(granting.SpecialItem, DoctorItem):
    """An item that grants a doctor one of a few types of special qualifications."""

    kind, weighs, register = SpecialQualification, SpecialApplicant, "专项医师"
    materials: ClassVar[tuple[Material, ...]] = (TITLE_PROOF, TRAINING_PROOF)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The main institution, and the title on record."""
        with acting_as_system(f"核对{self.title}"):
            titles = ProfessionalTitle.objects.as_of(timezone.localdate()).filter(subject_id=subject_id)
            title = titles.values_list("title", flat=True).first()
        known = super().prefill(subject_id)
        return {STEP: {**known.get(STEP, {}), "title_held": title}} if title else known

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """What is registered, who she is, and until when she held what is asked for."""
        found, held = super().known(answers, subject_id, on), self.held(subject_id, on)
        main, mine = held.main, self.former(answers, subject_id, on)
        registered = (
            {} if main is None else {"level": main.level, "category": main.category, "scopes": tuple(main.scopes)}
        )
        return {
            **found,
            **registered,
            "birth_date": None if held.identity is None else held.identity.birth_date,
            "type": self.type_of(answers),
            "lapsed_on": mine[-1].valid_from if mine and not permits.standing(mine, on) else None,
            "limits": SpecialLimits.on(on),
        }

    def says(self, type_: str, typed: Mapping[str, Any], on: date) -> dict[str, Any]:
        """What it is about, when she last did it, and for radiation by when the training is repeated."""
        trained = typed.get("trained_to") if type_ == "radiation_worker" else None
        return {
            **super().says(type_, typed, on),
            "detail": typed.get("detail", ""),
            "last_work_on": typed.get("last_work_on"),
            "retraining_due": add_years(trained, SpecialLimits.on(on).retraining_years) if trained else None,
        }

    def printed(self, fact: SpecialQualification) -> dict[str, date | None]:
        """By when the training is repeated."""
        return {"retraining_due": fact.retraining_due}


class SpecialLicence(granting.SpecialLicence, SpecialItem):
    """A special qualification of a doctor that is granted on application."""


class SpecialFiling(granting.SpecialFiling, SpecialItem):
    """A special qualification of a doctor that is filed."""


class GrantedByInstitution(granting.GrantedByInstitution, SpecialItem):
    """A right that the institution gave, whose list the authority keeps."""


class NotedLicence(SpecialLicence):
    """A special qualification that is entered on the practice certificate."""

    def says(self, type_: str, typed: Mapping[str, Any], on: date) -> dict[str, Any]:
        """That it is entered there, too."""
        return {**super().says(type_, typed, on), "noted": True}

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """A new version of the practice certificate with the note; without one in force the register alone says it."""
        with acting_as_system("专项资格登记"):
            granted = self.grant(case, change, on)
            main = granted.main
            try:
                fields = renewed_fields(
                    main,
                    granted.identity,
                    on,
                    changed=f"加注{granted.fact.title}",
                    office=granted.office,
                    institution=licences.name_of(main.institution_id, on),
                    issuer=authority(office(main.authority_scope).code).name,
                )
            except NoCertificateError:
                return Effect(granted.summary)
            return Effect(f"{granted.summary}，已在执业证书上注明", certificate_kind(main.level), fields)


def _special(
    base: type[SpecialItem], code: str, titles: tuple[str, str], types: tuple[str, ...],
    step: type[Step], checks: tuple[Check, ...], **more: Any,
) -> None:  # fmt: skip
    """Declare an item; ``checks`` are asked after those every special qualification asks."""
    common = (permitted.status_permits(code), rules.practises_there, rules.institution_in_force, rules.not_held_yet)
    said = {
        "code": code,
        "title": titles[0],
        "short_title": titles[1],
        "types": types,
        "steps": (step,),
        "checks": (*common, *checks),
    }
    declare(type(code, (base,), {**said, **more, "__doc__": f"{titles[0]}."}))


_special(
    GrantedByInstitution, "sq_antibiotic_rx", ("抗菌药物处方权报送", "抗菌药物处方权"), ("antibiotic_rx",), rules.AntibioticStep,
    (trained_and_passed("D-X06", antibiotic_rules(24)), rules.class_suits_title),
    articles=(antibiotic_rules(24),),
)  # fmt: skip
_special(
    GrantedByInstitution, "sq_narcotic_rx", ("麻醉药品和第一类精神药品处方资格报送", "麻精处方资格"), ("narcotic_rx",), rules.TrainedStep,
    (
        rules.of_a_physician("D-X04", narcotics_regulation(38)),
        trained_and_passed("D-X06", prescription_rules(11)),
        rules.not_for_oneself,
    ),
    articles=(narcotics_regulation(38), prescription_rules(11)), level=Level.CITY,
)  # fmt: skip
_special(
    SpecialFiling, "sq_western_tcm", ("中西医技术互用培训登记", "中西医互用"), ("western_tcm",), rules.CombinedStep,
    (rules.of_a_physician("D-X04", physicians_law(14)), trained_and_passed("D-X06", beijing_tcm_regulation(24)), rules.crosses_over),
    articles=(physicians_law(14), beijing_tcm_regulation(24)), collective=True,
    materials=(TRAINING_PROOF,),
)  # fmt: skip
_special(
    SpecialFiling, "sq_checkup_chief", ("健康体检主检医师备案", "体检主检备案"), ("checkup_chief",), rules.SpecialStep,
    (
        rules.of_a_physician("D-X04", checkup_provisions(4)),
        rules.titled_at_least("副高", checkup_provisions(4)),
        rules.of_internal_medicine_or_surgery,
    ),
    articles=(checkup_provisions(4),), collective=True, materials=(TITLE_PROOF, LETTER),
)  # fmt: skip
_special(
    SpecialFiling, "sq_cosmetic_lead", ("医疗美容主诊医师专业备案", "美容主诊备案"), ("cosmetic_lead",), rules.CosmeticStep,
    (
        rules.of_a_physician("D-X04", cosmetic_rules(11)),
        rules.titled_at_least("中级", cosmetic_rules(11)),
        rules.enough_clinical_years,
        rules.a_year_of_cosmetic_medicine,
        rules.scope_suits_specialty,
    ),
    articles=(cosmetic_rules(11),),
    materials=(TITLE_PROOF, LETTER, TRAINING_PROOF.when(lambda applicant, on: applicant.passed is not None)),
)  # fmt: skip
_special(
    NotedLicence, "sq_organ_transplant", ("人体器官移植医师执业资格认定", "移植医师认定"), ("organ_transplant",), rules.OrganStep,
    (
        rules.of_a_physician("D-X04", organ_regulation(27)),
        rules.titled_at_least("中级", organ_regulation(27)),
        rules.institution_transplants,
        rules.trained_to_transplant,
        rules.works_still,
    ),
    articles=(organ_regulation(27),), level=Level.CITY,
    materials=(TITLE_PROOF, LETTER, TRAINING_PROOF),
)  # fmt: skip
_special(
    SpecialLicence, "sq_radiation", ("放射工作人员证核发", "放射工作人员证"), ("radiation_worker",), rules.RadiationStep,
    (
        rules.of_age_for_radiation,
        trained_and_passed("D-X06", radiation_worker_rules(6)),
        rules.trained_within_two_years,
        rules.examined_within_two_years,
    ),
    articles=(radiation_worker_rules(5), radiation_worker_rules(8)), level=Level.DISTRICT,
    certificate="radiation_worker", collective=True,
    materials=(TRAINING_PROOF, Material("health", "职业健康检查报告", "由有资质的机构出具")),
)  # fmt: skip
_special(
    SpecialFiling, "sq_restricted_tech", ("限制类医疗技术医师培训登记", "限制类技术"), ("restricted_tech",), rules.TechniqueStep,
    (rules.of_a_physician("D-X04", technology_rules(11)), trained_and_passed("D-X06", technology_rules(11))),
    articles=(technology_rules(11),), collective=True,
)  # fmt: skip
_special(
    SpecialLicence, "sq_mch_delivery_sterilization_termination", ("助产、结扎手术、终止妊娠手术人员考核", "助产等人员考核"),
    ("mch_midwifery", "mch_sterilization", "mch_termination"), rules.DeliveryStep,
    (trained_and_passed("D-X06", maternal_law(33, 2)),),
    articles=(maternal_law(33, 2), maternal_measures(35)), level=Level.DISTRICT, certificate=MCH_STAFF.code,
)  # fmt: skip
_special(
    SpecialLicence, "sq_mch_genetic_prenatal", ("遗传病诊断、产前诊断人员考核", "遗传、产前诊断考核"),
    ("mch_genetic", "mch_prenatal"), rules.GeneticStep,
    (rules.of_a_physician("D-X04", maternal_law(33, 1)), trained_and_passed("D-X06", maternal_law(33, 1))),
    articles=(maternal_law(33, 1), maternal_measures(35)), level=Level.CITY, certificate=MCH_STAFF.code,
)  # fmt: skip
_special(
    SpecialLicence, "sq_mch_premarital", ("婚前医学检查人员考核", "婚前医学检查考核"), ("mch_premarital",), rules.TrainedStep,
    (trained_and_passed("D-X06", maternal_law(33, 2)),),
    articles=(maternal_law(33, 2), maternal_measures(35)), level_rule=PREMARITAL, certificate=MCH_STAFF.code,
)  # fmt: skip
_special(
    SpecialLicence, "sq_prenatal", ("产前诊断医师资格认定", "产前诊断医师"), ("mch_prenatal",), rules.TrainedStep,
    (
        rules.of_a_physician("D-X04", maternal_law(33, 1)),
        rules.titled_at_least("中级", maternal_law(33, 1)),
        trained_and_passed("D-X06", maternal_law(33, 1)),
    ),
    articles=(maternal_law(33, 1), maternal_measures(35)), level=Level.CITY, certificate=MCH_STAFF.code,
)  # fmt: skip
