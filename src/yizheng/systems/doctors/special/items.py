"""The business items of special qualifications: what they have in common, and a table with one entry an item.

Each entry names its own basis: 母婴保健法 第三十三条, 母婴保健法实施办法 第三十五条, 人体器官捐献和移植条例 第二十七条, 医师法 第十四条,
麻醉药品和精神药品管理条例 第三十八条 and the ministry's rules on technique, cosmetic medicine, antibiotics and radiation. A qualification
granted hangs on the registration: nobody whose registration does not permit practice begins, and it ends with the registration.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.documents.authorities import authority
from yizheng.kernel.calendar import add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import table
from yizheng.kernel.statutes import (
    Article,
    antibiotic_rules,
    beijing_tcm_regulation,
    checkup_provisions,
    cosmetic_rules,
    licensing_law,
    maternal_law,
    maternal_measures,
    narcotics_regulation,
    organ_regulation,
    physicians_law,
    prescription_rules,
    radiation_worker_rules,
    technology_rules,
)
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.findings import Check
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Initiator, Material, Shape, Stage, WorkingDays
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import open_to
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import levels, permits, permitted
from yizheng.systems.doctors.certificates import NoCertificateError, certificate_kind, renewed_fields
from yizheng.systems.doctors.levels import Level
from yizheng.systems.doctors.models import SpecialQualification
from yizheng.systems.doctors.models.special_qualification import line
from yizheng.systems.doctors.permit_item import LevelItem
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.short_term.limits import longest
from yizheng.systems.doctors.special import rules
from yizheng.systems.doctors.special.rules import SpecialApplicant, SpecialLimits
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners.item import office
from yizheng.systems.practitioners.models import ProfessionalTitle

TITLE_PROOF = Material("title_proof", "专业技术职务证书", "与所填职务一致")
TRAINING_PROOF = Material("training_proof", "培训考核合格证明", "由培训机构出具")
LETTER = Material("letter", "机构证明", "由执业机构出具，写明从事的工作")


class SpecialItem(LevelItem):
    """An item that grants one of a few types of special qualifications."""

    institution_step = "special"
    register = "专项医师"
    group = "专项资格"
    weighs = SpecialApplicant
    types: ClassVar[tuple[str, ...]]
    """What it grants; with several the form asks which."""
    certificate: ClassVar[str] = ""
    """The kind of certificate of its own."""
    noted: ClassVar[bool] = False
    """Whether it is entered on the practice certificate."""
    by_institution: ClassVar[bool] = False
    """Whether the institution grants and the authority keeps the list."""
    articles: ClassVar[tuple[Article, ...]] = ()
    initiators: ClassVar[tuple[Initiator, ...]] = (Initiator.PERSON, Initiator.INSTITUTION)
    materials: ClassVar[tuple[Material, ...]] = (TITLE_PROOF, TRAINING_PROOF)
    route: ClassVar[tuple[Stage, ...]] = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """The status of the registration decides (see ``permitted``)."""
        return permitted.may_apply(self.code, self.held(subject_id, on).status)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The main institution, and the title on record."""
        today = timezone.localdate()
        main = self.held(subject_id, today).main
        with acting_as_system(f"核对{self.title}"):
            titles = ProfessionalTitle.objects.as_of(today).filter(subject_id=subject_id)
            title = titles.values_list("title", flat=True).first()
        known = {
            "institution": "" if main is None else licences.name_of(main.institution_id, today),
            "title_held": title or "",
        }
        known = {name: value for name, value in known.items() if value}
        return {"special": known} if known else {}

    def type_of(self, answers: Answers) -> str:
        """Which type is asked for; empty while it is not chosen."""
        chosen = answers.text("special", "type")
        if len(self.types) == 1:
            return self.types[0]
        return chosen if chosen in self.types else ""

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The registration, where she practises, and what was held before of what is asked for."""
        held, licence, type_ = self.held(subject_id, on), self.chosen(answers, on), self.type_of(answers)
        main, detail = held.main, answers.text("special", "detail")
        wanted = _line(type_, detail, licence.subject_id) if licence is not None and type_ else ""
        versions = permits.held_of(SpecialQualification, subject_id, f"核对{self.title}")
        mine = [each for each in versions if each.line == wanted]
        standing = bool(permits.standing(mine, on))
        registered = (
            {} if main is None else {"level": main.level, "category": main.category, "scopes": tuple(main.scopes)}
        )
        return {
            **registered,
            "register_status": held.status,
            "birth_date": None if held.identity is None else held.identity.birth_date,
            "employer": self.weighed_employer(answers, on),
            "practises_there": licence is not None
            and any(each.institution_id == licence.subject_id for each in [*held.standing, *held.filings]),
            "type": type_,
            "held_already": standing,
            "lapsed_on": mine[-1].valid_from if mine and not standing else None,
            "limits": SpecialLimits.on(on),
        }

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The registration it hangs on, the filings, and the institution's licence."""
        held, licence = self.held(case.subject_id, on), self.chosen(load(case), on)
        return [*held.standing, *held.filings, *([licence] if licence else [])]

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Enter the qualification; the certificate says so. Raises NotPossibleError when the registration is gone."""
        answers = load(case)
        licence, held, deciding = self.chosen(answers, on), self.held(case.subject_id, on), office(case.decided_by)
        if licence is None or held.main is None or held.identity is None:
            raise NotPossibleError("执业机构的许可或者医师的注册已不存在")
        said = {
            **_said(self.type_of(answers), answers["special"], on),
            "granted_by": licence.name if self.by_institution else authority(deciding.code).name,
            "noted": self.noted,
        }
        bound = _bound(said["type"])
        with acting_as_system("专项资格登记"):
            if self.certificate:
                said["certificate_number"] = self.new_number(self.certificate, case, change, on)
            fact = change.state(
                SpecialQualification, case.subject_id, _line(said["type"], said["detail"], licence.subject_id),
                {**said, "institution": licence.subject_id if bound else None},
                valid_from=on, authority_scope=deciding.pk,
            )  # fmt: skip
            open_to(case.subject_id, deciding.pk, f"case:{case.pk}")
            until = "" if fact.valid_until is None else f"，有效期至{long_date(fact.valid_until)}"
            summary = f"已登记{fact.title}{until}"
            if self.noted:
                return _noted(held, fact, deciding, on, summary)
        if not self.certificate:
            return Effect(summary)
        return permits.certified(
            f"{summary}，证书编号 {fact.certificate_number}",
            self.certificate,
            held.identity,
            number=fact.certificate_number,
            issuer=fact.granted_by,
            practice_number=held.main.practice_number,
            work=fact.title,
            institution=licence.name,
            valid_from=on,
            valid_until=fact.valid_until,
            retraining_due=fact.retraining_due,
        )


def _bound(type_: str) -> bool:
    """Whether a type holds at one institution alone."""
    return table("special_qualification_type")[type_].flag("ends_with_institution")


def _line(type_: str, detail: str, institution: int) -> str:
    """The line of a qualification as it would be granted at this institution."""
    return line(type_, detail, institution if _bound(type_) else None)


def _said(type_: str, typed: Mapping[str, Any], on: date) -> dict[str, Any]:
    """What a qualification granted today says, as far as it follows from its type and the form."""
    trained, years = (
        typed.get("trained_to"),
        int(table("special_qualification_type")[type_].attributes["validity_years"] or 0),
    )
    again = trained if type_ == "radiation_worker" else None
    return {
        "type": type_,
        "detail": typed.get("detail", ""),
        "granted_on": on,
        "valid_until": longest(on, years) if years else None,
        "last_work_on": typed.get("last_work_on"),
        "retraining_due": add_years(again, SpecialLimits.on(on).retraining_years) if again else None,
    }


def _noted(held: Held, fact: SpecialQualification, deciding: Scope, on: date, summary: str) -> Effect:
    """A new version of the practice certificate with the note; without a certificate in force the register alone says it."""
    main = held.main
    assert main is not None
    try:
        fields = renewed_fields(
            main,
            held.identity,
            on,
            changed=f"加注{fact.title}",
            office=deciding,
            institution=licences.name_of(main.institution_id, on),
            issuer=authority(office(main.authority_scope).code).name,
        )
    except NoCertificateError:
        return Effect(summary)
    return Effect(f"{summary}，已在执业证书上注明", certificate_kind(main.level), fields)


class SpecialLicence(SpecialItem):
    """A special qualification that is granted on application."""

    statutory = WorkingDays(20, licensing_law(42))


class SpecialFiling(SpecialItem):
    """A special qualification that is filed: it takes effect once the institution confirms, and is checked afterwards."""

    shape = Shape.FILING
    route = (Stage.CONFIRM, Stage.ACCEPT)


class GrantedByInstitution(SpecialFiling):
    """The institution trained, examined and granted; the authority is told the list and keeps it."""

    by_institution = True
    collective = True
    initiators = (Initiator.INSTITUTION,)
    materials = (Material("record", "培训考核记录和签名留样", "由机构盖章"),)


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
    (rules.trained_and_passed("D-X06", antibiotic_rules(24)), rules.class_suits_title),
    articles=(antibiotic_rules(24),),
)  # fmt: skip
_special(
    GrantedByInstitution, "sq_narcotic_rx", ("麻醉药品和第一类精神药品处方资格报送", "麻精处方资格"), ("narcotic_rx",), rules.TrainedStep,
    (
        rules.of_a_physician("D-X04", narcotics_regulation(38)),
        rules.trained_and_passed("D-X06", prescription_rules(11)),
        rules.not_for_oneself,
    ),
    articles=(narcotics_regulation(38), prescription_rules(11)), level=Level.CITY,
)  # fmt: skip
_special(
    SpecialFiling, "sq_western_tcm", ("中西医技术互用培训登记", "中西医互用"), ("western_tcm",), rules.CombinedStep,
    (rules.of_a_physician("D-X04", physicians_law(14)), rules.trained_and_passed("D-X06", beijing_tcm_regulation(24)), rules.crosses_over),
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
    SpecialLicence, "sq_organ_transplant", ("人体器官移植医师执业资格认定", "移植医师认定"), ("organ_transplant",), rules.OrganStep,
    (
        rules.of_a_physician("D-X04", organ_regulation(27)),
        rules.titled_at_least("中级", organ_regulation(27)),
        rules.institution_transplants,
        rules.trained_to_transplant,
        rules.works_still,
    ),
    articles=(organ_regulation(27),), level=Level.CITY, noted=True,
    materials=(TITLE_PROOF, LETTER, TRAINING_PROOF),
)  # fmt: skip
_special(
    SpecialLicence, "sq_radiation", ("放射工作人员证核发", "放射工作人员证"), ("radiation_worker",), rules.RadiationStep,
    (
        rules.of_age_for_radiation,
        rules.trained_and_passed("D-X06", radiation_worker_rules(6)),
        rules.trained_within_two_years,
        rules.examined_within_two_years,
    ),
    articles=(radiation_worker_rules(5), radiation_worker_rules(8)), level=Level.DISTRICT,
    certificate="radiation_worker", collective=True,
    materials=(TRAINING_PROOF, Material("health", "职业健康检查报告", "由有资质的机构出具")),
)  # fmt: skip
_special(
    SpecialFiling, "sq_restricted_tech", ("限制类医疗技术医师培训登记", "限制类技术"), ("restricted_tech",), rules.TechniqueStep,
    (rules.of_a_physician("D-X04", technology_rules(11)), rules.trained_and_passed("D-X06", technology_rules(11))),
    articles=(technology_rules(11),), collective=True,
)  # fmt: skip
_special(
    SpecialLicence, "sq_mch_delivery_sterilization_termination", ("助产、结扎手术、终止妊娠手术人员考核", "助产等人员考核"),
    ("mch_midwifery", "mch_sterilization", "mch_termination"), rules.DeliveryStep,
    (rules.trained_and_passed("D-X06", maternal_law(33, 2)),),
    articles=(maternal_law(33, 2), maternal_measures(35)), level=Level.DISTRICT, certificate="mch_staff",
)  # fmt: skip
_special(
    SpecialLicence, "sq_mch_genetic_prenatal", ("遗传病诊断、产前诊断人员考核", "遗传、产前诊断考核"),
    ("mch_genetic", "mch_prenatal"), rules.GeneticStep,
    (rules.of_a_physician("D-X04", maternal_law(33, 1)), rules.trained_and_passed("D-X06", maternal_law(33, 1))),
    articles=(maternal_law(33, 1), maternal_measures(35)), level=Level.CITY, certificate="mch_staff",
)  # fmt: skip
_special(
    SpecialLicence, "sq_mch_premarital", ("婚前医学检查人员考核", "婚前医学检查考核"), ("mch_premarital",), rules.TrainedStep,
    (rules.trained_and_passed("D-X06", maternal_law(33, 2)),),
    articles=(maternal_law(33, 2), maternal_measures(35)), level_rule=levels.PREMARITAL.code, certificate="mch_staff",
)  # fmt: skip
_special(
    SpecialLicence, "sq_prenatal", ("产前诊断医师资格认定", "产前诊断医师"), ("mch_prenatal",), rules.TrainedStep,
    (
        rules.of_a_physician("D-X04", maternal_law(33, 1)),
        rules.titled_at_least("中级", maternal_law(33, 1)),
        rules.trained_and_passed("D-X06", maternal_law(33, 1)),
    ),
    articles=(maternal_law(33, 1), maternal_measures(35)), level=Level.CITY, certificate="mch_staff",
)  # fmt: skip
