"""What grants about village doctors write, certify and end (乡村医生从业管理条例 第十三条、第十六条至第十八条)."""

from __future__ import annotations

from datetime import date
from typing import Any

from yizheng.documents import certificates
from yizheng.documents.authorities import authority
from yizheng.documents.models import Certificate, Ending, Status
from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing.item import Effect
from yizheng.people.models import Scope
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.models import VillageRegistration
from yizheng.systems.doctors.models.permit import ENDED
from yizheng.systems.doctors.models.village import LINE
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.identity import sex_word

CERTIFICATE = "rural_doctor"


def enter(
    change: ChangeInProgress, subject_id: int, values: dict[str, Any], on: date, office: int
) -> VillageRegistration:
    """The registration says this from ``on``."""
    return change.state(VillageRegistration, subject_id, LINE, values, valid_from=on, authority_scope=office)


def certified(
    registration: VillageRegistration,
    identity: PersonIdentity,
    licence: InstitutionLicence,
    office: Scope,
    identity_number: str,
    summary: str,
) -> Effect:
    """What the grant says and what its certificate prints."""
    fields: dict[str, Any] = {
        "number": registration.certificate_number,
        "issuer": authority(office.code).name,
        "name": identity.name,
        "sex": sex_word(identity.sex),
        "identity_number": identity_number,
        "institution": licence.name,
        "services": registration.services,
        "valid_from": long_date(registration.issued_on),
        "valid_until": long_date(registration.valid_until),
    }
    if identity.photo:
        fields["photo"] = identity.photo
    words = f"{summary}，证书编号 {registration.certificate_number}，有效期至{long_date(registration.valid_until)}"
    return Effect(words, CERTIFICATE, fields)


def end(registration: VillageRegistration, change: ChangeInProgress, on: date, *, reason: str) -> None:
    """The registration stands no longer from ``on``; its certificate is taken back."""
    enter(
        change,
        registration.subject_id,
        {**registration.values(), "status": ENDED, "reason": reason},
        on,
        registration.authority_scope,
    )
    found = (
        Certificate.objects.all()
        .select_for_update(no_key=True)
        .filter(
            subject_id=registration.subject_id,
            number=registration.certificate_number,
            status=Status.VALID,
        )
    )
    for certificate in found:
        certificates.revoke(certificate, ending=Ending.CANCELLED, on=on, change_id=change.id)
