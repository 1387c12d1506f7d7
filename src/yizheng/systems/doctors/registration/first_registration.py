"""首次注册: a qualified person enters the register and may practise (医师法 第十三条、第十六条).

The application is confirmed by the institution that employs, and decided by the authority that licensed it. The
grant opens the registration, takes a practice number, issues the certificate and is published (第二十一条).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from yizheng.documents import numbers
from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.answers import load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.findings import Check, Finding, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Initiator, Material
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import permitted
from yizheng.systems.doctors.checks.applicant import ASSISTANT, Applicant
from yizheng.systems.doctors.checks.employer import (
    employment_proof_names_institution,
    licence_in_force,
    practised_long_enough,
)
from yizheng.systems.doctors.checks.grounds import ON_THE_PERSON, promises_truth
from yizheng.systems.doctors.checks.qualification import as_qualified, holds_qualification
from yizheng.systems.doctors.checks.scope import scope_fits_subjects, scope_within_category
from yizheng.systems.doctors.checks.training import needs_training, trained_after_two_idle_years
from yizheng.systems.doctors.forms import AssessmentStep, DeclarationStep, PracticeStep, QualificationStep, TrainingStep
from yizheng.systems.doctors.registration.entering import (
    Entry,
    RegisteringItem,
    issued,
    number_parts,
    open_registration,
)
from yizheng.systems.practitioners.forms.education import EducationStep
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.item import office
from yizheng.systems.practitioners.papers import EMPLOYMENT_PROOF, PHOTO, TRAINING_PROOF
from yizheng.systems.practitioners.places import place_of


@check("D-N01", physicians_law(13), title="同一级别没有其他注册")
def not_registered_elsewhere(applicant: Applicant, on: date) -> Iterator[Finding]:
    """Nobody is registered for the first time twice at one level."""
    for standing in applicant.registrations:
        if applicant.level and standing.level == applicant.level:
            where = "，".join(part for part in (standing.place_name, standing.institution) if part)
            yield refuse("practice.institution", f"已有同一级别的注册（{where}），应办理变更注册")


@check(
    "D-N02", registration_rules(7), registration_rules(17), title="执业助理医师只有一个执业地点", needs=("practice",)
)
def assistant_has_one_place(applicant: Applicant, on: date) -> Iterator[Finding]:
    """An assistant practises in one district only, so no other registration of any level may stand."""
    if applicant.level != ASSISTANT or applicant.employer is None:
        return
    for standing in applicant.registrations:
        if standing.place != applicant.employer.place:
            yield refuse("practice.institution", f"执业助理医师只能有一个执业地点，已在{standing.place_name}注册")


@check("D-FR01", physicians_law(13), title="登记簿中没有同名的人")
def namesake(applicant: Applicant, on: date) -> Iterator[Finding]:
    """Others of the same name in the register: somebody must look whether they are other people."""
    if applicant.namesakes:
        yield advise("person.name", f"登记簿中另有 {applicant.namesakes} 名{applicant.name}，须核对不是同一人")


class StudiesStep(EducationStep):
    """The studies, of everybody but those who learnt from a master (医师法 第十一条)."""

    @classmethod
    def applies(cls, applicant: Applicant, on: date) -> bool:
        """Whether a diploma is asked for."""
        return not applicant.apprenticed


@declare
class FirstRegistration(RegisteringItem):
    """医师执业首次注册."""

    code, title, short_title, group = "doctor_first_registration", "医师执业首次注册", "首次注册", "注册"
    articles = (physicians_law(13), physicians_law(16), registration_rules(12))
    initiators: ClassVar[tuple[Initiator, ...]] = (Initiator.PERSON, Initiator.INSTITUTION)
    collective = newcomers = True
    steps: ClassVar[tuple[type[Step], ...]] = (
        PersonStep, StudiesStep, QualificationStep, AssessmentStep, TrainingStep, PracticeStep, DeclarationStep,
    )  # fmt: skip
    materials: ClassVar[tuple[Material, ...]] = (PHOTO, EMPLOYMENT_PROOF, TRAINING_PROOF.when(needs_training))
    checks: ClassVar[tuple[Check, ...]] = (
        permitted.status_permits(code), holds_qualification, *ON_THE_PERSON, trained_after_two_idle_years,
        as_qualified, scope_within_category, licence_in_force, scope_fits_subjects, not_registered_elsewhere,
        assistant_has_one_place, employment_proof_names_institution, namesake, practised_long_enough, promises_truth,
    )  # fmt: skip

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """A qualification is needed, and a status that lets somebody be registered for the first time."""
        held = self.held(subject_id, on)
        if not held.qualifications:
            return "资格数据中没有您的医师资格；取得医师资格后才能申请首次注册"
        return permitted.may_apply(self.code, held.status)

    def ahead(self, entries: Sequence[tuple[Case, ChangeInProgress]], on: date) -> None:
        """Numbers, photos and identities for all."""
        super().ahead(entries, on)
        wanted = []
        with acting_as_system("首次注册登记"):
            for case, change in entries:
                answers = load(case)
                licence, practice = self.chosen(answers, on), answers["practice"]
                if licence is not None:
                    parts = number_parts(practice["level"], practice["category"], office(case.decided_by), licence)
                    prefix = numbers.practice_prefix(*parts)
                    wanted.append(numbers.Wanted(prefix, f"subject:{case.subject_id}", change.id))
            numbers.draw_ahead(numbers.PRACTICE_SERIES, wanted)

    def enter(self, entry: Entry) -> Effect:
        """Open the registration, take its number, say what the certificate prints."""
        identity = entry.admit()
        level, category = entry.typed.text("practice", "level"), entry.typed.text("practice", "category")
        registration = open_registration(entry, level, category, place_of(level, entry.licence.district))
        return issued(entry, registration, identity, f"准予注册，执业证书编码 {registration.practice_number}")
