"""What a grant of a first registration writes: identity, education, training and the registration itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from yizheng.documents import numbers
from yizheng.documents.authorities import authority
from yizheng.kernel.codes import table
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.certificates.practice import certificate_fields, certificate_kind
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.models.registration import line as registration_line
from yizheng.systems.doctors.reading.gathering import Answers, scopes_in
from yizheng.systems.doctors.reading.held import held_on
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.identities import enter_applicant, show_to
from yizheng.systems.practitioners.models import Education, PersonIdentity, TrainingProof
from yizheng.systems.practitioners.models.education import line as education_line
from yizheng.systems.practitioners.models.training import TRAINING
from yizheng.systems.practitioners.models.training import line as proof_line
from yizheng.systems.practitioners.places import number_area, place_of


class InstitutionGoneError(LookupError):
    """The institution named in the application has no licence on the day of the decision."""


def register_first(case: Case, answers: Answers, change: ChangeInProgress, on: date) -> Effect:
    """Write what the register learns from the grant and say what to certify."""
    practice = answers["practice"]
    licence = licences.named(str(practice["institution"]), on)
    if licence is None:
        raise InstitutionGoneError("拟执业机构在决定日没有执业许可")
    office = Scope.objects.get(pk=licence.authority_scope)
    identity = enter_applicant(
        change, case, answers["person"], on, office=office.pk, known=held_on(case.subject_id, on).identity
    )
    _education(answers, change, case.subject_id, office.pk)
    _training(answers, change, case.subject_id, office.pk)
    registration = _registration(practice, change, case.subject_id, licence, office, on)
    show_to(identity, licence.subject_id, office.pk, f"case:{case.pk}")
    return effect_of(answers, identity, registration, licence, office)


def effect_of(
    answers: Answers,
    identity: PersonIdentity,
    registration: Registration,
    licence: InstitutionLicence,
    office: Scope,
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
        area=office.code,
    )


def _education(answers: Answers, change: ChangeInProgress, subject_id: int, office: int) -> None:
    values, graduated = education_values(answers["education"])
    change.state(
        Education, subject_id, education_line(1), values, valid_from=graduated, authority_scope=office
    )


def education_values(typed: Mapping[str, Any]) -> tuple[dict[str, Any], date]:
    """The education as the form says it, and the day from which it holds."""
    names = ("level", "degree", "school", "major", "learning_form", "graduated_on")
    return {name: typed.get(name, "") for name in names}, date.fromisoformat(str(typed["graduated_on"]))


def _training(answers: Answers, change: ChangeInProgress, subject_id: int, office: int) -> None:
    typed = answers.get("training", {})
    if not typed.get("ended_on"):
        return
    ended_on = date.fromisoformat(str(typed["ended_on"]))
    line = proof_line(TRAINING)
    if (
        TrainingProof.objects.as_of(ended_on)
        .filter(subject_id=subject_id, line=line, valid_from=ended_on)
        .exists()
    ):
        return
    values = training_values(typed)
    change.event(TrainingProof, subject_id, line, values, happened_on=ended_on, authority_scope=office)


def training_values(typed: Mapping[str, Any]) -> dict[str, Any]:
    """The training as the form says it."""
    return {
        "kind": TRAINING,
        "institution_name": typed.get("institution", ""),
        "started_on": typed["started_on"],
        "passed": typed.get("result") == "pass",
    }


def _registration(
    practice: Any,
    change: ChangeInProgress,
    subject_id: int,
    licence: InstitutionLicence,
    office: Scope,
    on: date,
) -> Registration:
    prefix = prefix_of(practice, licence, office)
    (number,) = numbers.practice_numbers([numbers.Wanted(prefix, f"subject:{subject_id}", change.id)])
    values = registration_values(practice, licence, number, on)
    line = registration_line(values["level"], values["place"])
    return change.state(Registration, subject_id, line, values, valid_from=on, authority_scope=office.pk)


def prefix_of(practice: Mapping[str, Any], licence: InstitutionLicence, office: Scope) -> str:
    """The first nine digits of the practice number: level, category, area of first issue."""
    segment = table("practice_category").root(str(practice["category"])).many("certificate_segments")[0]
    return numbers.practice_prefix(
        str(practice["level"]), segment, number_area(office.code, licence.district)
    )


def registration_values(
    practice: Mapping[str, Any], licence: InstitutionLicence, number: str, on: date
) -> dict[str, Any]:
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
