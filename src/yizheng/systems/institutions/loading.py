"""After a register of institutions was loaded or taken back: each has its organisation, and the public register says so."""

from yizheng.disclosure.publishing import refresh
from yizheng.people.kinds import ScopeKind
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import organisations_of
from yizheng.registry.models.fact import FactQuerySet
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.register import INSTITUTIONS

PORTION = 500


def follow(change_id: int) -> None:
    """Hang every institution of the change on its authority, where its people are registered, and publish it."""
    with acting_as_system(f"机构名册 change:{change_id}"):
        rows: FactQuerySet[InstitutionLicence] = FactQuerySet(InstitutionLicence)
        touched = sorted(set(rows.filter(opened=change_id).values_list("subject_id", flat=True)))
        gone = set(rows.filter(closed=change_id).values_list("subject_id", flat=True)) - set(touched)
        made = {each.subject_id: each for each in rows.filter(opened=change_id).order_by("valid_from")}
        known = organisations_of(touched)
        Scope.objects.bulk_create(
            Scope(
                code=f"institution:{subject}", kind=ScopeKind.ORGANISATION, name=made[subject].name,
                parent_id=made[subject].authority_scope, subject_id=subject,
            )
            for subject in touched
            if subject not in known
        )  # fmt: skip
    everybody = sorted({*touched, *gone})
    for first in range(0, len(everybody), PORTION):
        refresh(INSTITUTIONS.code, everybody[first : first + PORTION])
