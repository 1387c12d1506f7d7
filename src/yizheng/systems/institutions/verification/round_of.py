"""The round of verification as the register and the case desk know it, for the same rules as the calculator."""

from collections.abc import Collection
from datetime import date

from django.db.models import F, Min, QuerySet
from django.utils import timezone

from yizheng.kernel.calendar import add_months
from yizheng.licensing.models import Case
from yizheng.systems.institutions.models import InstitutionLicence, VerificationPeriod
from yizheng.systems.institutions.verification.clock import Regime, Round

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


def round_of(licence: InstitutionLicence, period: VerificationPeriod, applied: date | None) -> Round:
    """The round of an institution."""
    deferred = period.deferred_to is not None
    return Round(
        Regime(licence.kind),
        period.months,
        add_months(period.due_on, -period.months),
        beds=licence.beds,
        applied=None if deferred else applied,
        recheck_applied=applied if deferred else None,
        licence_to=licence.term_to,
        due_on=period.due_on,
        order_by=period.order_by,
        deferred_to=period.deferred_to,
        again_by=period.again_by,
    )
