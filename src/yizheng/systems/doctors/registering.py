"""What a grant of a first registration writes: identity, education, training and the registration itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from yizheng.documents import numbers
from yizheng.documents.authorities import authority
from yizheng.kernel.codes import table
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.certificates import certificate_fields, certificate_kind
from yizheng.systems.doctors.gathering import Answers, scopes_in
from yizheng.systems.doctors.identities import enter_identity, photo_of, show_to
from yizheng.systems.doctors.models import Education, Registration, TrainingProof
from yizheng.systems.doctors.models.education import line as education_line
from yizheng.systems.doctors.models.registration import line as registration_line
from yizheng.systems.doctors.models.training import TRAINING
from yizheng.systems.doctors.models.training import line as proof_line
from yizheng.systems.doctors.places import number_area, place_of
from yizheng.systems.doctors.reading import held_on
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence


class InstitutionGoneError(LookupError):
    """The institution named in the application has no licence on the day of the decision."""


def register_first(case: Case, answers: Answers, change: ChangeInProgress, on: date) -> Effect:
    """Write what the register learns from the grant and say what to certify."""
    practice = answers["practice"]
    licence = licences.named(str(practice["institution"]), on)
    if licence is None:
        raise InstitutionGoneError("拟执业机构在决定日没有执业许可")
    office = Scope.objects.get(pk=licence.authority_scope)
    identity = enter_identity(
        change,
        case.subject_id,
        answers["person"],
        office=office.pk,
        photo=photo_of(case),
        on=on,
        known=held_on(case.subject_id, on).identity,
    )
    _education(answers, change, case.subject_id, office.pk)
    _training(answers, change, case.subject_id, office.pk)
    registration = _registration(practice, change, case.subject_id, licence, office, on)
    show_to(identity, licence.subject_id, office.pk, f"case:{case.pk}")
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
    typed = answers["education"]
    names = ("level", "degree", "school", "major", "learning_form", "graduated_on")
    graduated = date.fromisoformat(str(typed["graduated_on"]))
    values = {name: typed.get(name, "") for name in names}
    change.state(
        Education, subject_id, education_line(1), values, valid_from=graduated, authority_scope=office
    )


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
    values = {
        "kind": TRAINING,
        "institution_name": typed.get("institution", ""),
        "started_on": typed["started_on"],
        "passed": typed.get("result") == "pass",
    }
    change.event(TrainingProof, subject_id, line, values, happened_on=ended_on, authority_scope=office)


def _registration(
    practice: Any,
    change: ChangeInProgress,
    subject_id: int,
    licence: InstitutionLicence,
    office: Scope,
    on: date,
) -> Registration:
    level, category = str(practice["level"]), str(practice["category"])
    root = table("practice_category").root(category)
    number = numbers.practice_number(
        level,
        root.many("certificate_segments")[0],
        number_area(office.code, licence.district),
        given_to=f"subject:{subject_id}",
        change_id=change.id,
    )
    place = place_of(level, licence.district)
    values = {
        "practice_number": number,
        "level": level,
        "category": root.code,
        "scopes": list(scopes_in(practice)),
        "place": place,
        "institution": licence.subject_id,
        "department": practice.get("department", ""),
        "employment": practice.get("employment", ""),
        "status": "REG",
        "issued_on": on,
        "first_practised_on": on,
    }
    line = registration_line(level, place)
    return change.state(Registration, subject_id, line, values, valid_from=on, authority_scope=office.pk)
