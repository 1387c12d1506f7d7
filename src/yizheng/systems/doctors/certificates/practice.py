"""What the practice certificate prints (医师执业证书、执业助理医师执业证书, 医师法 第十三条)."""

from datetime import date
from typing import Any

from yizheng.documents.declarations import certificate_kind as declared_kind
from yizheng.kernel.codes import name_of
from yizheng.people.models import Scope
from yizheng.systems.doctors.checks.applicant import ASSISTANT
from yizheng.systems.doctors.models import Registration
from yizheng.systems.practitioners.amending import in_force
from yizheng.systems.practitioners.certificates import printed, printed_anew, unsealed
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.places import place_name


def certificate_kind(level: str) -> str:
    """The kind of certificate a level is given."""
    return "assistant_practice" if level == ASSISTANT else "doctor_practice"


def scope_words(registration: Registration) -> str:
    """The scopes in their order."""
    return "；".join(name_of("practice_scope", code) for code in registration.scopes)


def certificate_fields(
    registration: Registration,
    identity: PersonIdentity,
    office: Scope,
    *,
    institution: str,
    identity_number: str,
    qualification_number: str,
) -> dict[str, Any]:
    """The printed fields of a registration as it stands."""
    return printed(
        declared_kind(certificate_kind(registration.level)), registration, identity, office,
        number=registration.practice_number, identity_number=identity_number, qualification_number=qualification_number,
        scope=scope_words(registration), place=place_name(registration.place), institution=institution,
    )  # fmt: skip


class NoCertificateError(LookupError):
    """The registration has no certificate in force to renew."""


def renewed_fields(
    registration: Registration,
    identity: PersonIdentity | None,
    on: date,
    *,
    changed: str,
    office: Scope,
    institution: str,
    **altered: Any,
) -> dict[str, Any]:
    """The printed fields of the version in force, brought up to date, with the change entered.

    Raises NoCertificateError where no certificate is in force.
    """
    former = next(iter(in_force([registration])), None)
    if former is None:
        raise NoCertificateError(registration.practice_number)
    now = {"scope": scope_words(registration), "place": place_name(registration.place), "institution": institution}
    if identity is not None:
        now |= {"name": identity.name} | ({"photo": identity.photo} if identity.photo else {})
    return printed_anew(unsealed(former), on, changed, office, **{**now, **altered})
