"""A person is found under the name she bears: the search follows every change of the name, and every undoing of one."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from yizheng.licensing.cases.touching import Touched, follows
from yizheng.people.models import SearchName
from yizheng.people.searching.search import index_name
from yizheng.systems.practitioners.models import PersonIdentity


def reindex(subject_id: int, name: str) -> None:
    """Whoever finds the person by name finds her by this one. Call it as the system."""
    scopes = list(SearchName.objects.filter(subject_id=subject_id).values_list("scope_id", flat=True))
    if scopes:
        index_name(subject_id, name, scopes)


def reindex_as_of(subject_ids: Iterable[int], on: date) -> None:
    """The names these people bear on ``on``. Call it as the system."""
    found = PersonIdentity.objects.as_of(on).filter(subject_id__in=list(subject_ids))
    for identity in found:
        reindex(identity.subject_id, identity.name)


@follows
def reindex_rolled_back(touched: Touched) -> None:
    """After a rollback or a correction people are found by the name that stands again."""
    reindex_as_of(touched.subjects(PersonIdentity), timezone.localdate())
