"""互联网诊疗报送: which institutions that serve over the internet report, and on how many days each said nothing of adverse events."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, IntegerField, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from yizheng.kernel.codes import name_of
from yizheng.people.tables import Asked, Choice, Column, Number, Table
from yizheng.shell.access import for_roles
from yizheng.systems.institutions.models import InstitutionLicence, InternetService
from yizheng.systems.institutions.models.internet import FORMS
from yizheng.systems.supervision.models import OnlineRecord
from yizheng.systems.supervision.online.taking import ADVERSE_DAY, VISIT
from yizheng.systems.supervision.pages.entries import INSPECTORS

DAYS = 30


def reporting(asked: Asked) -> QuerySet[InternetService]:
    """Services that stand today, each with what was reported of the last thirty full days."""
    today = timezone.localdate()
    first = today - timedelta(days=DAYS)
    names = InstitutionLicence.objects.as_of(today).visible_to(asked.account).filter(subject_id=OuterRef("subject_id"))
    services: QuerySet[InternetService] = InternetService.objects.as_of(today).visible_to(asked.account)
    said = OnlineRecord.objects.visible_to(asked.account).filter(
        institution=OuterRef("subject_id"), served_on__gte=first, served_on__lt=today
    )
    return services.annotate(
        name=Subquery(names.values("name")[:1]),
        district=Subquery(names.values("district")[:1]),
        visits=_counted(said.filter(kind=VISIT)),
        told_days=_counted(said.filter(kind=ADVERSE_DAY)),
        missing=Value(DAYS) - F("told_days"),
        last=Subquery(said.values("institution").annotate(last=Max("served_on")).values("last")),
    )


def _counted(rows: QuerySet[OnlineRecord]) -> Coalesce:
    counted = rows.values("institution").annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _missing(rows: QuerySet[Any], choice: str) -> QuerySet[Any]:
    return rows.filter(missing__gt=0) if choice == "missing" else rows


def _silent(row: Any) -> str:
    last: date | None = row.last
    return last.isoformat() if last else ""


ONLINE = Table(
    "online",
    "互联网诊疗报送",
    reporting,
    (
        Column("机构", "name", 30, css="name"),
        Column("辖区", lambda row: name_of("district", row.district), 12),
        Column("形式", lambda row: FORMS[row.form], 24),
        Number("诊疗（30 日）", "visits", 12),
        Number("未报不良事件的天数", "missing", 18),
        Column("最近一次数据", _silent, 14, nothing="30 日内没有数据"),
    ),
    guard=for_roles(INSPECTORS),
    filters=(
        Choice(
            "报送",
            "state",
            options=[("missing", "有未报的天数"), ("all", "全部")],
            default=lambda: "all",
            always=True,
            by=_missing,
        ),
    ),
    order=("subject_id", "pk"),
    says=f"截至昨日的 {DAYS} 日；不良事件每日签报，没有也要报。超范围的诊疗按规则 I17 成为线索",
    tally="家机构",
    empty="没有登记了互联网诊疗的机构。",
)
"""Every institution with a service over the internet."""
