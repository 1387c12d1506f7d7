"""What a grant of a first registration writes: identity, education, training and the registration itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from yizheng.documents import numbers
from yizheng.documents.authorities import authority
from yizheng.kernel.codes import table
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.certificates.practice import certificate_fields, certificate_kind
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.models.registration import line as registration_line
from yizheng.systems.doctors.reading.gathering import scopes_in
from yizheng.systems.doctors.registration.entering import enter_proofs
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.entering import enter_practitioner
from yizheng.systems.practitioners.item import InstitutionGoneError, office
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.places import number_area, place_of


def read_ahead(entries: Sequence[tuple[Case, ChangeInProgress]], on: date) -> None:
    """Draw for many registrations the numbers that `register_first` takes."""
    wanted = []
    for case, change in entries:
        typed = load(case)
        licence = licences.named(str(typed["practice"]["institution"]), on)
        if licence is not None:
            prefix = numbers.practice_prefix(*_number_parts(typed["practice"], licence, office(case.decided_by)))
            wanted.append(numbers.Wanted(prefix, f"subject:{case.subject_id}", change.id))
    numbers.draw_ahead(numbers.PRACTICE_SERIES, wanted)


def register_first(case: Case, answers: Answers, change: ChangeInProgress, on: date) -> Effect:
    """Write what the register learns from the grant and say what to certify."""
    practice = answers["practice"]
    licence = licences.named(str(practice["institution"]), on)
    if licence is None:
        raise InstitutionGoneError("拟执业机构在决定日没有执业许可")
    granting = office(case.decided_by)
    identity = enter_practitioner(case, answers, change, licence, on)
    enter_proofs(change, case.subject_id, answers, granting.pk)
    registration = _registration(practice, change, case.subject_id, licence, granting, on)
    return _effect(answers, identity, registration, licence, granting)


def _effect(
    answers: Answers, identity: PersonIdentity, registration: Registration, licence: InstitutionLicence, office: Scope
) -> Effect:
    """What the grant did, in a sentence, and what its certificate prints."""
    return Effect(
        summary=f"准予注册，执业证书编码 {registration.practice_number}",
        certificate_kind=certificate_kind(registration.level),
        certificate_fields=certificate_fields(
            registration,
            identity,
            institution=licence.name,
            identity_number=str(answers["person"]["id_number"]),
            qualification_number=str(answers["qualification"]["qualification_number"]),
            issuer=authority(office.code).name,
        ),
    )


def _registration(
    practice: Any, change: ChangeInProgress, subject_id: int, licence: InstitutionLicence, office: Scope, on: date
) -> Registration:
    number = numbers.practice_number(
        *_number_parts(practice, licence, office), given_to=f"subject:{subject_id}", change_id=change.id
    )
    values = _values(practice, licence, number, on)
    line = registration_line(values["level"], values["place"])
    return change.state(Registration, subject_id, line, values, valid_from=on, authority_scope=office.pk)


def _number_parts(practice: Mapping[str, Any], licence: InstitutionLicence, office: Scope) -> tuple[str, str, str]:
    """What the first digits of the practice number say: level, category, area of first issue."""
    segment = table("practice_category").root(str(practice["category"])).many("certificate_segments")[0]
    return str(practice["level"]), segment, number_area(office.code, licence.district)


def _values(practice: Mapping[str, Any], licence: InstitutionLicence, number: str, on: date) -> dict[str, Any]:
    """The registration as the grant opens it."""
    level = str(practice["level"])
    return {
        "practice_number": number,
        "level": level,
        "category": table("practice_category").root(str(practice["category"])).code,
        "scopes": list(scopes_in(practice)),
        "place": place_of(level, licence.district),
        "institution": licence.subject_id,
        "department": practice.get("department", ""),
        "employment": practice.get("employment", ""),
        "status": "REG",
        "issued_on": on,
        "first_practised_on": on,
    }
