"""What a form of somebody without a resident number begins with, and the one value the rules are asked about."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.kernel.identifiers import check_hmt_permit
from yizheng.licensing.answers import Answers
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.systems.doctors.checks.applicant import Applicant
from yizheng.systems.doctors.reading.gathering import applicant_from
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.short_term.hmt_rules import ShortTermApplicant
from yizheng.systems.doctors.short_term.limits import ShortTermLimits
from yizheng.systems.doctors.short_term.reading import held_of
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners.prefilling import own_number


def short_term_applicant(answers: Answers, subject_id: int, on: date) -> ShortTermApplicant:
    """Everything the rules weigh about this person on ``on``."""
    person, practice = answers.get("person", {}), answers.get("practice", {})
    proofs, at_home = answers.get("proofs", {}), answers.get("licence", {})
    host = licences.named(str(practice.get("institution", "")), on)
    held = held_of(subject_id, "核对短期行医注册")
    standing = held.standing(on)
    elsewhere = [each.institution_id for each in standing if host and each.institution_id != host.subject_id]
    names = licences.licences_on(elsewhere, on)
    permit = str(person.get("id_number", ""))
    return ShortTermApplicant(
        **{**known(applicant_from(answers, subject_id, on)), "licence": "hmt"},
        origin=str(person.get("origin", "")),
        document_origin=check_hmt_permit(permit).parts.get("origin", "") if permit else "",
        contract_from=practice.get("contract_from"),
        contract_to=practice.get("contract_to"),
        home_licence_until=at_home.get("home_licence_until"),
        health_checked_on=proofs.get("health_checked_on"),
        photo_taken_on=proofs.get("photo_taken_on"),
        host_is_legal_person=None if host is None else bool(host.uscc),
        practises_there=any(host is not None and each.institution_id == host.subject_id for each in standing),
        practises_at=tuple(each.name for each in names.values()),
        ended=held.ended,
        limits=ShortTermLimits.on(on),
    )


def known(applicant: Applicant) -> dict[str, Any]:
    """What is known of an applicant, by name, to make a more particular one of."""
    return {each.name: getattr(applicant, each.name) for each in fields(Applicant)}


def known_person(
    account: Account | None, subject_id: int, kind: IdentifierKind, held: Callable[[int, date], Held]
) -> dict[str, Any]:
    """Name, numbers and, where she was registered before, sex and birth date."""
    identity = held(subject_id, timezone.localdate()).identity
    known: dict[str, Any] = {
        "name": "" if account is None else account.display_name,
        "id_number": own_number(subject_id, kind, account),
        "mobile": own_number(subject_id, IdentifierKind.MOBILE, account),
    }
    if identity is not None:
        known |= {"name": identity.name, "sex": identity.sex, "birth_date": identity.birth_date}
    return known
