"""What the practice certificate prints (医师执业证书、执业助理医师执业证书, 医师法 第十三条)."""

from __future__ import annotations

from typing import Any

from yizheng.kernel.codes import name_of
from yizheng.systems.doctors.checks.applicant import ASSISTANT
from yizheng.systems.doctors.models import Registration
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.identity import sex_word
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
    *,
    institution: str,
    identity_number: str,
    qualification_number: str,
    issuer: str,
) -> dict[str, Any]:
    """The printed fields of a registration as it stands."""
    fields: dict[str, Any] = {
        "number": registration.practice_number,
        "issuer": issuer,
        "name": identity.name,
        "sex": sex_word(identity.sex),
        "identity_number": identity_number,
        "level": name_of("practice_level", registration.level),
        "qualification_number": qualification_number,
        "category": name_of("practice_category", registration.category),
        "scope": scope_words(registration),
        "place": place_name(registration.place),
        "institution": institution,
    }
    return {**fields, "photo": identity.photo} if identity.photo else fields
