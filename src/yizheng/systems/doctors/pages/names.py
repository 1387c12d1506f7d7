"""The names a doctor's page needs: institutions by subject, authorities by scope, in one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from yizheng.documents.authorities import UnknownAuthority, authority
from yizheng.people.models import Account, Scope
from yizheng.registry.models import Fact
from yizheng.systems.doctors.certificates.practice import sex_word
from yizheng.systems.practitioners.models import PersonIdentity


@dataclass(frozen=True, slots=True)
class Names:
    """Institutions by the id of their subject, authorities by the id of their scope."""

    institutions: dict[int, str]
    offices: dict[int, str]

    def institution(self, subject_id: int | None) -> str:
        """The name of an institution; a dash where there is none."""
        return self.institutions.get(subject_id, "") if subject_id else ""

    def office(self, scope_id: int) -> str:
        """The full name of the authority of a scope."""
        return self.offices.get(scope_id, "")


def names_for(versions: Iterable[Fact]) -> Names:
    """The names that these versions refer to."""
    kept = list(versions)
    houses = {house for each in kept if (house := getattr(each, "institution_id", None))}
    scopes = {each.authority_scope for each in kept}
    found = Scope.objects.filter(Q(pk__in=scopes) | Q(subject_id__in=houses))
    rows = list(found.values_list("pk", "subject_id", "name", "code"))
    return Names(
        {subject: name for _, subject, name, _ in rows if subject},
        {pk: _authority_name(code, name) for pk, _, name, code in rows if pk in scopes},
    )


def people_named(account: Account, subjects: Iterable[int]) -> dict[int, tuple[str, str]]:
    """People's names as registered, with sex and year of birth that tell namesakes apart."""
    known = PersonIdentity.objects.visible_to(account).as_of(timezone.localdate())
    return {
        each.subject_id: (each.name, f"{sex_word(each.sex)}　{each.birth_date:%Y}年出生")
        for each in known.filter(subject_id__in=list(subjects))
    }


def _authority_name(code: str, name: str) -> str:
    try:
        return authority(code).name
    except UnknownAuthority:
        return name
