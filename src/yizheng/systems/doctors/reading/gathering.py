"""From what was typed and what the register holds to what the rules are asked about; and what a form begins with."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from yizheng.kernel.identifiers import check_qualification_number
from yizheng.licensing.answers import Answers
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.registry import FOREVER
from yizheng.systems.doctors.checks.applicant import Bar, HeldQualification, StandingRegistration
from yizheng.systems.doctors.checks.periods import periods
from yizheng.systems.doctors.models import Qualification, Registration
from yizheng.systems.doctors.reading.held import Held, days_without_practice, held_on, read_held
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.checks import Training
from yizheng.systems.practitioners.employer import employer_of
from yizheng.systems.practitioners.identities import namesakes, read_bearers
from yizheng.systems.practitioners.models import RegistrationBar
from yizheng.systems.practitioners.numbers_of_person import is_theirs, read_theirs
from yizheng.systems.practitioners.places import place_name
from yizheng.systems.practitioners.prefilling import EDUCATION, own_number, prefilled_person, prefilled_training, said
from yizheng.systems.practitioners.registered import read_elsewhere, registered_elsewhere

SCOPES = ("scope", "second_scope", "third_scope")
"""The fields in which scopes are chosen, in their order."""
AFTER_BAR = "back"
"""The step that says which assessment was passed before practising."""


def known_of(answers: Answers, subject_id: int, on: date, held: Held | None = None) -> dict[str, Any]:
    """What an `Applicant` holds beside what the form answers, as of ``on``; ``held`` where it was read already."""
    person, practice = answers.get("person", {}), answers.get("practice", {})
    declared = answers.get("declaration", {})
    with acting_as_system("核对医师注册申请"):
        held = held or held_on(subject_id, on)
        qualification = _qualification(answers, held, subject_id)
        chosen = licences.named(str(practice.get("institution", "")), on)
        names = licences.licences_on([each.institution_id for each in held.standing if each.institution_id], on)
        return {
            "identity_agrees": is_theirs(IdentifierKind.RESIDENT_ID, person.get("id_number"), subject_id),
            "qualification": qualification,
            "register_status": held.status,
            "ever_registered": held.ever_registered,
            "registrations": tuple(_standing(each, names.get(each.institution_id or 0)) for each in held.standing),
            "bars": (*map(bar_of, held.bars), *_declared_bars(declared)),
            "suspended_until": held.suspended_until,
            "assessed_on": _assessed_on(answers, held),
            "training": _training(answers, held),
            "apprenticed": held.apprenticeship is not None,
            "scopes": scopes_in(practice),
            "employer": None if chosen is None else employer_of(chosen),
            "employment_proof_name": str(practice.get("employer_as_sealed", "")).strip(),
            "first_practised_on": min((each.first_practised_on for each in held.registrations), default=None),
            "days_away": days_without_practice(subject_id, on) if practice.get("individual") else 0,
            "namesakes": namesakes(str(person.get("name", "")), subject_id, on),
            "elsewhere": registered_elsewhere(DOCTORS, subject_id, on),
            "periods": periods(on),
        }


def scopes_in(practice: Mapping[str, Any]) -> tuple[str, ...]:
    """The scopes chosen, in their order."""
    return tuple(str(code) for name in SCOPES if (code := practice.get(name)))


def _qualification(answers: Answers, held: Held, subject_id: int) -> HeldQualification | None:
    number = str(answers.get("qualification", {}).get("qualification_number", "")).strip()
    parts = check_qualification_number(number).parts if number else {}
    named = parts.get("level", ""), parts.get("category", "")
    meant = held.qualification_for(*named) or held.qualification_for()
    if meant is None:
        return None
    owned = is_theirs(IdentifierKind.QUALIFICATION_NUMBER, number, subject_id)
    return as_held(meant, owned and named == (meant.level, meant.category) if owned is not None else None)


def as_held(fact: Qualification, number_agrees: bool | None = None) -> HeldQualification:
    """The qualification as the rules see it."""
    return HeldQualification(
        level=fact.level,
        category=fact.category,
        qualified_on=fact.qualified_on,
        holder_name=fact.holder_name,
        number_agrees=number_agrees,
    )


_NUMBERS = (
    (IdentifierKind.RESIDENT_ID, "person", "id_number"),
    (IdentifierKind.QUALIFICATION_NUMBER, "qualification", "qualification_number"),
)


def read_ahead(asked: Sequence[tuple[Answers, int]], on: date) -> None:
    """Read at once what gathering asks of each of many applications: the register, the namesakes, the numbers."""
    with acting_as_system("核对医师注册申请"):
        read_held([subject_id for _, subject_id in asked], on)
        read_elsewhere(DOCTORS, [subject_id for _, subject_id in asked], on)
        read_bearers({str(answers.get("person", {}).get("name", "")) for answers, _ in asked}, on)
        for kind, step, field in _NUMBERS:
            typed = [(str(answers.get(step, {}).get(field) or "").strip(), subject) for answers, subject in asked]
            read_theirs(kind, [(number, subject) for number, subject in typed if number])


def _standing(registration: Registration, licence: InstitutionLicence | None) -> StandingRegistration:
    return StandingRegistration(
        level=registration.level,
        category=registration.category,
        scopes=tuple(registration.scopes),
        place=registration.place,
        place_name=place_name(registration.place),
        institution="" if licence is None else licence.name,
        since=registration.issued_on,
    )


def bar_of(record: RegistrationBar) -> Bar:
    """A recorded ground as the rules weigh it."""
    evidence = "，".join(part for part in (record.authority_name, record.document_number) if part)
    return Bar(
        ground=record.ground,
        since=record.valid_from,
        until=record.until,
        licence=record.licence,
        ceased_on=None if record.valid_to == FOREVER else record.valid_to - timedelta(days=1),
        evidence=evidence,
    )


def _declared_bars(declared: Mapping[str, Any]) -> Iterator[Bar]:
    for ground, told, day in (("R02", "criminal_record", "sentence_served_on"), ("R03", "ban", "banned_until")):
        until = declared.get(day)
        if declared.get(told) and until is not None:
            field = f"declaration.{day}"
            yield Bar(ground=ground, since=date.min, until=until, evidence="申请人声明", field=field)


def _assessed_on(answers: Answers, held: Held) -> date | None:
    """The day of the assessment passed as typed; where none was, of the last one on record."""
    typed = answers.get(AFTER_BAR, {})
    if typed.get("assessment") is None:
        return held.assessed_on
    assessed_on: date | None = typed.get("assessed_on")
    return assessed_on if typed["assessment"] else None


def _training(answers: Answers, held: Held) -> Training:
    """What was typed; where nothing was, the training on record."""
    typed, proof = answers.get("training", {}), held.training
    if any(typed.get(name) is not None for name in ("started_on", "ended_on", "result")) or proof is None:
        return answers.stated("training", Training, passed=answers.flag("training", "result"))
    return Training(
        institution=proof.institution_name, started_on=proof.started_on, ended_on=proof.happened_on, passed=proof.passed
    )


QUALIFICATION = ("level", "category", "qualified_on", "issuer", "way")


def prefilled(subject_id: int) -> dict[str, dict[str, Any]]:
    """The beginning of a registration form by step and field."""
    today = timezone.localdate()
    account = Account.objects.filter(subject_id=subject_id).first()
    with acting_as_system("填写本人申请表"):
        held = held_on(subject_id, today)
    qualification = held.qualification_for()
    begun: dict[str, dict[str, Any]] = {"person": prefilled_person(subject_id, account, held.identity)}
    if held.educations:
        begun["education"] = said(held.educations[0], *EDUCATION)
    if qualification is not None:
        certificate = own_number(subject_id, IdentifierKind.QUALIFICATION_NUMBER, account)
        begun["qualification"] = {"qualification_number": certificate, **said(qualification, *QUALIFICATION)}
        begun["practice"] = said(qualification, "level", "category")
    if held.training is not None:
        begun["training"] = prefilled_training(held.training)
    return begun
