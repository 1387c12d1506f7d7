"""Whose an institution is: who applied for it, founded it, represents it; and what it says of itself."""

from dataclasses import dataclass
from datetime import date

from yizheng.licensing.catalogue import items
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.systems.institutions.item import FoundingItem
from yizheng.systems.institutions.models import InstitutionContact, InstitutionLicence, InstitutionParty
from yizheng.systems.institutions.models.parties import ROLES

APPLIED = "申请人"


@dataclass(frozen=True, slots=True)
class Belonging:
    """An institution that is a person's, and as what."""

    subject_id: int
    name: str
    role: str


def belonging(subject_id: int, on: date) -> list[Belonging]:
    """The institutions a person applied for, founded, represents or is responsible for."""
    with acting_as_system("本人设置、负责的机构"):
        parties = list(InstitutionParty.objects.as_of(on).filter(person_id=subject_id).order_by("subject_id", "line"))
        founding = [each.code for each in items(on) if isinstance(each, FoundingItem)]
        cases = Case.objects.filter(subject_id=subject_id, item_code__in=founding, change_id__isnull=False)
        begun = InstitutionLicence.objects.filter(opened__in=list(cases.values_list("change_id", flat=True)))
        wanted = {each.subject_id for each in parties} | set(begun.values_list("subject_id", flat=True))
        named = InstitutionLicence.objects.as_of(on).filter(subject_id__in=wanted).order_by("subject_id")
        names = dict(named.values_list("subject_id", "name"))
    roles: dict[int, list[str]] = {}
    for each in parties:
        roles.setdefault(each.subject_id, []).append(ROLES[each.role])
    return [Belonging(subject, name, "、".join(roles.get(subject, [APPLIED]))) for subject, name in names.items()]


def newest_contact(subject_id: int) -> InstitutionContact | None:
    """What the institution last said of itself."""
    with acting_as_system("显示机构未登记信息"):
        return InstitutionContact.objects.filter(subject_id=subject_id).order_by("-id").first()
