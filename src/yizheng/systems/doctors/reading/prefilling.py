"""What a form begins with: the person's own facts and numbers, so that nobody types what is known."""

from typing import Any

from django.utils import timezone

from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.systems.doctors.reading.held import held_on
from yizheng.systems.practitioners.models import TrainingProof
from yizheng.systems.practitioners.prefilling import own_number, prefilled_person

EDUCATION = ("level", "degree", "school", "major", "learning_form", "graduated_on")
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
        begun["education"] = _said(held.educations[0], *EDUCATION)
    if qualification is not None:
        certificate = own_number(subject_id, IdentifierKind.QUALIFICATION_NUMBER, account)
        begun["qualification"] = {"qualification_number": certificate, **_said(qualification, *QUALIFICATION)}
        begun["practice"] = _said(qualification, "level", "category")
    if held.training is not None:
        begun["training"] = _training(held.training)
    return begun


def _said(fact: Fact, *names: str) -> dict[str, Any]:
    """What a fact says in fields that the form calls by the same names."""
    return {name: getattr(fact, name) for name in names}


def _training(fact: TrainingProof) -> dict[str, Any]:
    return {
        "institution": fact.institution_name,
        "started_on": fact.started_on,
        "ended_on": fact.happened_on,
        "result": "pass" if fact.passed else "fail",
    }
