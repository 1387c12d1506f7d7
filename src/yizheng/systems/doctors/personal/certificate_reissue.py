"""补证、换证: the certificate is lost, damaged, full or of an old layout, and is made again with the same number.

A service and no licence (医师执业注册管理办法 第三章; 行政许可法 第三十九条): accepted and decided, the register stays as it is,
the former electronic version no longer holds, the sheet is counted in the printing ledger.
"""

from __future__ import annotations

from datetime import date

from yizheng.documents import certificates
from yizheng.documents.models import Certificate, MadeFor, Status
from yizheng.kernel.statutes import licensing_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.concerned import kept_here
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.personal.form import REASONS, ReissueStep
from yizheng.systems.doctors.personal.rules import CertificateHolder, certificate_in_force, loss_is_told
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.registered_item import RegisteredItem
from yizheng.systems.practitioners.identities import photo_of
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.identity import LINE as IDENTITY
from yizheng.systems.practitioners.papers import PHOTO

STEP = ReissueStep.code


@declare
class CertificateReissue(RegisteredItem):
    """医师执业证书补证、换证."""

    code = "doctor_certificate_reissue"
    title = "医师执业证书补证换证"
    short_title = "补证换证"
    group = "证书与信息"
    articles = (licensing_law(39),)
    route = (Stage.ACCEPT, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))
    steps = (ReissueStep,)
    materials = (PHOTO,)
    checks = (status_permits("doctor_certificate_reissue"), kept_here, certificate_in_force, loss_is_told)

    def gather(self, answers: Answers, subject_id: int, on: date) -> CertificateHolder:
        """Whether there is a certificate, and why it is made again."""
        held = self.held(subject_id, on)
        with acting_as_system("核对补证换证"):
            has = bool(in_force(held))
        return CertificateHolder(
            register_status=held.status,
            moved=self.moved(answers, held),
            has_certificate=has,
            reason=answers.text(STEP, "ground"),
            lost_on=answers.day(STEP, "lost_on"),
            statement=answers.text(STEP, "statement"),
        )

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The certificate of the registration that counts again, with the photo handed in."""
        reason = load(case).text(STEP, "ground")
        with acting_as_system("补证换证"):
            held = self.held(case.subject_id, on)
            photo = photo_of(case)
            _keep_photo(held, change, photo, on)
            (certificate,) = in_force(held)[:1]
            again = certificates.reissue(
                certificate, reason=MadeFor(reason), on=on, change_id=change.id, photo=photo or None
            )
        case.certificate_id = again.pk
        word = "补发" if reason == MadeFor.LOST else "换发"
        return Effect(summary=f"{word}医师执业证书（{dict(REASONS)[reason]}），编码不变")


def in_force(held: Held) -> list[Certificate]:
    """The certificate in force of the registration that counts; call it as the system."""
    if held.main is None:
        return []
    mine = Certificate.objects.all().filter(subject_id=held.main.subject_id, status=Status.VALID)
    return list(mine.filter(number=held.main.practice_number))


def _keep_photo(held: Held, change: ChangeInProgress, photo: str, on: date) -> None:
    identity = held.identity
    if identity is None or not photo or identity.photo == photo:
        return
    values = {field.name: getattr(identity, field.name) for field in PersonIdentity.typed_fields()}
    change.state(
        PersonIdentity,
        identity.subject_id,
        IDENTITY,
        {**values, "photo": photo},
        valid_from=on,
        authority_scope=identity.authority_scope,
    )
