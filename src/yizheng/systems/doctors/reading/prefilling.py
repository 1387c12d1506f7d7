"""What a form begins with: the person's own facts and numbers, so that nobody types what is known."""

from typing import Any

from django.utils import timezone

from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.reading.held import held_on
from yizheng.systems.practitioners.prefilling import EDUCATION, own_number, prefilled_person, prefilled_training, said

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
