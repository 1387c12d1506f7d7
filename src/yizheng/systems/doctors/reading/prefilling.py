"""What a form begins with: the person's own facts and numbers, so that nobody types what is known."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.reading.held import held_on
from yizheng.systems.practitioners.models import Education, TrainingProof
from yizheng.systems.practitioners.prefilling import own_number, prefilled_person


def prefilled(subject_id: int) -> dict[str, dict[str, Any]]:
    """The beginning of a registration form by step and field."""
    today = timezone.localdate()
    account = Account.objects.filter(subject_id=subject_id).first()
    with acting_as_system("填写本人申请表"):
        held = held_on(subject_id, today)
    qualification = held.qualification_for()
    begun: dict[str, dict[str, Any]] = {"person": prefilled_person(subject_id, account, held.identity)}
    if held.educations:
        begun["education"] = _education(held.educations[0])
    if qualification is not None:
        certificate = own_number(subject_id, IdentifierKind.QUALIFICATION_NUMBER, account)
        begun["qualification"] = {"qualification_number": certificate, **_qualification(qualification)}
        begun["practice"] = {"level": qualification.level, "category": qualification.category}
    if held.training is not None:
        begun["training"] = _training(held.training)
    return begun


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
