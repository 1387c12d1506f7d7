"""医师资格信息查询: the holder gets an extract of the qualification data that anybody can check by its code (医师法 第十二条)."""

from __future__ import annotations

from datetime import date

from yizheng.documents.authorities import authority
from yizheng.kernel.codes import name_of
from yizheng.kernel.masking import mask_qualification_number, mask_resident_id
from yizheng.kernel.statutes import licensing_law, physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.qualification import qualifying
from yizheng.systems.doctors.qualification.form import CurrentStep, ExtractStep
from yizheng.systems.doctors.qualification.held_item import HeldQualificationItem, meant
from yizheng.systems.doctors.qualification.rules import Holder, in_the_data
from yizheng.systems.practitioners.models.identity import sex_word
from yizheng.systems.practitioners.numbers_of_person import agrees

NOW = CurrentStep.code


@declare
class QualificationLookup(HeldQualificationItem):
    """医师资格信息查询证明."""

    code = "qualification_lookup"
    title = "医师资格信息查询证明"
    short_title = "资格查询"
    group = "医师资格"
    articles = (physicians_law(12),)
    route = (Stage.ACCEPT, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))
    steps = (CurrentStep, ExtractStep)
    checks = (status_permits("qualification_lookup"), in_the_data)

    def gather(self, answers: Answers, subject_id: int, on: date) -> Holder:
        """Which qualification, and whether the number is hers."""
        held = self.held(subject_id, on)
        number = answers.text(NOW, "qualification_number")
        return Holder(
            register_status=held.status,
            holds=meant(held, answers, NOW) is not None,
            number_agrees=agrees(subject_id, IdentifierKind.QUALIFICATION_NUMBER, number),
        )

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The extract, its personal numbers covered."""
        typed = load(case)
        with acting_as_system("医师资格信息查询"):
            qualification = meant(self.held(case.subject_id, on), typed, NOW)
        assert qualification is not None
        office = Scope.objects.get(pk=case.decided_by)
        return Effect(
            summary="出具医师资格信息查询证明",
            certificate_kind=qualifying.EXTRACT,
            certificate_fields={
                "number": qualifying.new_serial(on, case.subject_id, change.id),
                "issuer": authority(office.code).name,
                "name": qualification.holder_name,
                "sex": sex_word(qualification.holder_sex),
                "identity_number": mask_resident_id(typed.text(NOW, "identity_number")),
                "qualification_number": mask_qualification_number(typed.text(NOW, "qualification_number")),
                "level": name_of("practice_level", qualification.level),
                "category": name_of("practice_category", qualification.category),
                "way": name_of("acquisition_way", qualification.way),
                "qualified_on": qualification.qualified_on.isoformat(),
                "purpose": typed.text(ExtractStep.code, "purpose"),
            },
        )
