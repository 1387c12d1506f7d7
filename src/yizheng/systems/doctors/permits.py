"""What permits share when they are granted and ended: short-term practice, village doctors, special qualifications."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet

from yizheng.documents import certificates
from yizheng.documents.models import Certificate, Ending, Status
from yizheng.licensing.item import Candidate
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.models import ShortTermPractice, SpecialQualification, VillageRegistration
from yizheng.systems.doctors.models.permit import ENDED
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.identity import sex_word

LIVE = ("VALID", "SUSPENDED")
"""The states of a permit that has not ended."""

Permit = TypeVar("Permit", ShortTermPractice, SpecialQualification, VillageRegistration)
Practice = type[ShortTermPractice] | type[VillageRegistration]


def staff(kind: Practice, institution_scope: int, on: date, title: str) -> list[Candidate]:
    """Who may practise under such a permit at the institution, by name."""
    institution = Scope.objects.filter(pk=institution_scope).values_list("subject_id", flat=True).first()
    with acting_as_system(f"选择人员办理{title}"):
        rows = kind.objects.as_of(on).filter(institution_id=institution or 0)
        here = {each.subject_id: each for each in rows if each.allows_practice(on)}
        people = PersonIdentity.objects.as_of(on).filter(subject_id__in=here).order_by("name")
        return [Candidate(each.subject_id, each.name, here[each.subject_id].certificate_number) for each in people]


def restate(permit: Permit, change: ChangeInProgress, on: date, **altered: Any) -> Permit:
    """The permit says this as well from ``on``."""
    return change.state(
        type(permit), permit.subject_id, permit.line, {**permit.values(), **altered},
        valid_from=on, authority_scope=permit.authority_scope,
    )  # fmt: skip


def end(
    permits: Iterable[Permit], change: ChangeInProgress, on: date, *, reason: str,
    status: str = ENDED, ending: Ending = Ending.CANCELLED,
) -> list[Permit]:  # fmt: skip
    """The permits stand no longer from ``on``, each for this reason; their certificates end with them."""
    ended = [restate(each, change, on, status=status, reason=reason) for each in permits]
    for certificate in certificates_of(ended):
        certificates.revoke(certificate, ending=ending, on=on, change_id=change.id)
    return ended


def certificates_of(permits: Iterable[Permit]) -> QuerySet[Certificate]:
    """The certificates in force of these permits, held against others."""
    rows = list(permits)
    return Certificate.objects.select_for_update(no_key=True).filter(
        subject_id__in={each.subject_id for each in rows}, status=Status.VALID,
        number__in={each.certificate_number for each in rows} - {""},
    )  # fmt: skip


def printed(identity: PersonIdentity, **fields: Any) -> dict[str, Any]:
    """What a certificate prints of its holder, and these fields."""
    photo = {"photo": identity.photo} if identity.photo else {}
    return {"name": identity.name, "sex": sex_word(identity.sex), **fields, **photo}
