"""Applications to be verified: by which items, which are under way, and since when."""

from collections.abc import Collection
from datetime import date

from django.db.models import F, Min, QuerySet
from django.utils import timezone

from yizheng.licensing.models import Case

FIRST, AGAIN = "inst_check", "inst_check_again"
"""The items by which a verification and the one after a deferral are applied for."""


def open_applications(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Of these cases the applications to be verified that the authority has and did not conclude."""
    return cases.filter(item_code__in=(FIRST, AGAIN)).open().with_authority()  # type: ignore[attr-defined,no-any-return]


def applied_on(institutions: Collection[int]) -> dict[int, date]:
    """Since when an application of each institution is open, in one query; call it as the system."""
    found = open_applications(Case.objects.all()).filter(subject_id__in=institutions)
    first = found.values_list("subject_id").annotate(at=Min(F("submitted_at")))
    return {subject: timezone.localdate(at) for subject, at in first.order_by() if at is not None}
