"""What a form begins with: the person's own facts and numbers, so that nobody types what is known."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.reading.gathering import known_identity
from yizheng.systems.doctors.reading.held import held_on
from yizheng.systems.practitioners.models import Education, TrainingProof

_REASON = "填写本人申请表"


def prefilled(subject_id: int) -> dict[str, dict[str, Any]]:
    """The beginning of a registration form by step and field."""
    today = timezone.localdate()
    account = Account.objects.filter(subject_id=subject_id).first()
    with acting_as_system(_REASON):
        held = held_on(subject_id, today)
    qualification = held.qualification_for()
    number = own_number(subject_id, IdentifierKind.RESIDENT_ID, account)
    person = {
        "name": "" if account is None else account.display_name,
        "id_type": "01",
        "id_number": number,
        "mobile": own_number(subject_id, IdentifierKind.MOBILE, account),
        **known_identity(held.identity, number),
    }
    begun: dict[str, dict[str, Any]] = {"person": person}
    if held.educations:
        begun["education"] = _education(held.educations[0])
    if qualification is not None:
        certificate = own_number(subject_id, IdentifierKind.QUALIFICATION_NUMBER, account)
        begun["qualification"] = {"qualification_number": certificate, **_qualification(qualification)}
        begun["practice"] = {"level": qualification.level, "category": qualification.category}
    if held.training is not None:
        begun["training"] = _training(held.training)
    return begun


def own_number(subject_id: int, kind: IdentifierKind, account: Account | None) -> str:
    """A number of the account's own subject, recorded as looked at by that account; empty where there is none."""
    if account is None:
        return ""
    try:
        return vault.reveal(subject_id, kind, account, _REASON)
    except vault.NotHeld:
        return ""


def _education(fact: Education) -> dict[str, Any]:
    return {
        "level": fact.level,
        "degree": fact.degree,
        "school": fact.school,
        "major": fact.major,
        "learning_form": fact.learning_form,
        "graduated_on": fact.graduated_on,
    }


def _qualification(fact: Qualification) -> dict[str, Any]:
    return {
        "level": fact.level,
        "category": fact.category,
        "qualified_on": fact.qualified_on,
        "issuer": fact.issuer,
        "way": fact.way,
    }


def _training(fact: TrainingProof) -> dict[str, Any]:
    return {
        "institution": fact.institution_name,
        "started_on": fact.started_on,
        "ended_on": fact.happened_on,
        "result": "pass" if fact.passed else "fail",
    }
