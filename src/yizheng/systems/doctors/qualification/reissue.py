"""医师资格证书补发、换发: the certificate is lost, damaged or of an old layout; its number stays (医师法 第十二条)."""

from __future__ import annotations

from datetime import date

from yizheng.documents import certificates
from yizheng.documents.authorities import authority
from yizheng.documents.models import MadeFor
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
from yizheng.systems.doctors.qualification.form import REASONS, CurrentStep, QualificationReissueStep
from yizheng.systems.doctors.qualification.held_item import HeldQualificationItem, meant
from yizheng.systems.doctors.qualification.rules import Holder, in_the_data, loss_has_a_day
from yizheng.systems.practitioners.identities import photo_of
from yizheng.systems.practitioners.numbers_of_person import agrees
from yizheng.systems.practitioners.papers import PHOTO

STEP = QualificationReissueStep.code
NOW = CurrentStep.code


@declare
class QualificationReissue(HeldQualificationItem):
    """医师资格证书补发换发."""

    code = "qualification_reissue"
    title = "医师资格证书补发换发"
    short_title = "资格证书补发"
    group = "医师资格"
    articles = (physicians_law(12), licensing_law(39))
    route = (Stage.ACCEPT, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))
    steps = (CurrentStep, QualificationReissueStep)
    materials = (PHOTO,)
    checks = (status_permits("qualification_reissue"), in_the_data, loss_has_a_day)

    def gather(self, answers: Answers, subject_id: int, on: date) -> Holder:
        """Which qualification, whether the number is hers, why it is printed again."""
        held = self.held(subject_id, on)
        number = answers.text(NOW, "qualification_number")
        return Holder(
            register_status=held.status,
            holds=meant(held, answers, NOW) is not None,
            number_agrees=agrees(subject_id, IdentifierKind.QUALIFICATION_NUMBER, number),
            reason=answers.text(STEP, "ground"),
            lost_on=answers.day(STEP, "lost_on"),
        )

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The certificate again with the same number; the first one of the platform where it never printed one."""
        answers = load(case)
        typed, reason = answers, MadeFor(answers.text(STEP, "ground"))
        with acting_as_system("医师资格证书补发换发"):
            held = self.held(case.subject_id, on)
            qualification = meant(held, typed, NOW)
            assert qualification is not None
            found = qualifying.certificate_of(qualification)
            summary = f"{dict(REASONS)[reason]}，重新制发医师资格证书，编码不变"
            if found is not None:
                again = certificates.reissue(
                    found[0], reason=reason, on=on, change_id=change.id, photo=photo_of(case) or None
                )
                case.certificate_id = again.pk
                return Effect(summary=summary)
            office = Scope.objects.get(pk=case.decided_by)
            fields = qualifying.printed(
                qualification,
                identity_number=typed.text(NOW, "identity_number"),
                number=typed.text(NOW, "qualification_number"),
                education=held.educations[0] if held.educations else None,
                serial=qualifying.new_serial(on, case.subject_id, change.id),
                issuer=authority(office.code).name,
                photo=photo_of(case),
                identity=held.identity,
            )
        return Effect(summary=summary, certificate_kind=qualifying.KIND, certificate_fields=fields)
