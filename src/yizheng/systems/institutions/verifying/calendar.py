"""The verification season set-based: where each institution stands in its round, by one expression over the periods.

The same states as the calculator's (`verification.clock.Outlook`), which a test holds against this expression.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case as Either
from django.db.models import CharField, DateField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, TruncDate

from yizheng.kernel.calendar import add_months
from yizheng.licensing.models import Case
from yizheng.people.models import Account
from yizheng.systems.institutions.models import VerificationPeriod
from yizheng.systems.institutions.verification.applications import open_applications
from yizheng.systems.institutions.verification.clock import MONTHS_TO_APPLY, State

WORDS: dict[str, tuple[str, str]] = {
    State.TO_DEREGISTER: ("已超期", "（可以依法注销）"),
    State.OVERDUE: ("已超期", "（没有申请）"),
    State.ORDERED: ("已告知", "（责令补办）"),
    State.LATE_TO_APPLY: ("即将到期", "（应当申请）"),
    State.APPLIED: ("已提交", "（校验在办）"),
    State.DEFERRED: ("暂停", "（暂缓校验）"),
    State.RECHECK_DUE: ("即将到期", "（五日内再次申请）"),
    State.RECHECKING: ("已提交", "（再次校验在办）"),
    State.OK: ("正常", "（未到申请期）"),
}
"""Word and detail of each state, those that ask most of the desk first."""
TITLES: dict[str, str] = {
    State.TO_DEREGISTER: "可以注销", State.OVERDUE: "逾期未申请", State.ORDERED: "责令补办", State.LATE_TO_APPLY: "应当申请",
    State.APPLIED: "校验在办", State.DEFERRED: "暂缓校验", State.RECHECK_DUE: "应当再次申请", State.RECHECKING: "再次校验在办",
    State.OK: "未到申请期",
}  # fmt: skip


def first_due_beyond(on: date) -> date:
    """The first end of a period whose day to apply has not passed: three months before it lies on the day or later."""
    due = add_months(on, MONTHS_TO_APPLY)
    while add_months(due, -MONTHS_TO_APPLY) < on:
        due += timedelta(days=1)
    while add_months(due - timedelta(days=1), -MONTHS_TO_APPLY) >= on:
        due -= timedelta(days=1)
    return due


def rounds(account: Account, on: date) -> QuerySet[Any]:
    """The periods in sight with ``applied``, the day of an open application, and ``state``, in one query."""
    cases = open_applications(Case.objects.visible_to(account)).filter(subject_id=OuterRef("subject_id"))
    first = cases.order_by("submitted_at").annotate(day=TruncDate("submitted_at")).values("day")[:1]
    seen: QuerySet[Any] = VerificationPeriod.objects.visible_to(account).as_of(on)
    return stated(seen.annotate(applied=Subquery(first, output_field=DateField())), on)


def stated(periods: QuerySet[Any], on: date) -> QuerySet[Any]:
    """The periods, which have ``applied``, with their state."""
    deferred = Q(deferred_to__isnull=False)
    cases: list[tuple[Q, State]] = [
        (Q(deferred_to__gte=on), State.DEFERRED),
        (deferred & Q(applied__lte=F("again_by")), State.RECHECKING),
        (deferred & Q(again_by__gte=on), State.RECHECK_DUE),
        (deferred, State.TO_DEREGISTER),
        (Q(applied__lte=Greatest("due_on", Coalesce("order_by", "due_on"))), State.APPLIED),
        (Q(due_on__gte=first_due_beyond(on)), State.OK),
        (Q(due_on__gte=on), State.LATE_TO_APPLY),
        (Q(order_by__isnull=True), State.OVERDUE),
        (Q(order_by__gte=on), State.ORDERED),
    ]
    whens: list[Any] = [When(condition, then=Value(str(state))) for condition, state in cases]
    found: QuerySet[Any] = periods.annotate(
        state=Either(*whens, default=Value(str(State.TO_DEREGISTER)), output_field=CharField())
    )
    return found
