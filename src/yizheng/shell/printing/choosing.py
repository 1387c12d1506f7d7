"""Which certificates the printing desk shows: by what is to be done, day, item, institution and case number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from yizheng.documents.models import Certificate, LedgerAct, LedgerEntry, Status
from yizheng.documents.paper import printing
from yizheng.kernel.chinese_dates import parse_date
from yizheng.licensing.models import Case
from yizheng.people.models import Account

LOOKS_BACK = timedelta(days=30)
TO_PRINT, TO_DELIVER, ALL = "print", "deliver", "all"
STAGES = {TO_PRINT: "待打印", TO_DELIVER: "已打印未送达", ALL: "全部有效"}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for."""

    stage: str
    since: date
    until: date
    item: str
    institution: str
    numbers: tuple[str, ...]

    @property
    def by_case(self) -> bool:
        """Whether a case must fit as well."""
        return bool(self.item or self.institution or self.numbers)


def read(query: Mapping[str, str]) -> Choice:
    """The choice of an address; a day that is none counts as not given. Case numbers (a dossier) stand apart by spaces."""
    today = timezone.localdate()
    stage = query.get("stage", TO_PRINT)
    return Choice(
        stage=stage if stage in STAGES else TO_PRINT,
        since=parse_date(query.get("since", "")) or today - LOOKS_BACK,
        until=parse_date(query.get("until", "")) or today,
        item=query.get("item", "")[:60],
        institution=query.get("institution", "").strip()[:100],
        numbers=tuple(query.get("cases", "").replace("，", " ").replace(",", " ").split()[:200]),
    )


def chosen(account: Account, choice: Choice) -> QuerySet[Certificate]:
    """The certificates in force that fit, in order of the day of issue; case numbers reach beyond the days."""
    rows = Certificate.objects.visible_to(account).filter(status=Status.VALID)
    if not choice.numbers:
        rows = rows.filter(issued_on__range=(choice.since, choice.until))
    if choice.by_case:
        rows = rows.filter(pk__in=_cases(account, choice).values("certificate_id"))
    return _at_stage(account, rows, choice.stage).order_by("issued_on", "id")


def _at_stage(account: Account, rows: QuerySet[Certificate], stage: str) -> QuerySet[Certificate]:
    if stage == ALL:
        return rows
    lying = printing.by_sheets(rows, lying=stage == TO_DELIVER)
    return lying.filter(~Exists(_delivered(account))) if stage == TO_DELIVER else lying


def _cases(account: Account, choice: Choice) -> QuerySet[Case]:
    cases = Case.objects.visible_to(account).filter(certificate_id__isnull=False)
    wanted = Q()
    if choice.item:
        wanted &= Q(item_code=choice.item)
    if choice.institution:
        wanted &= Q(institution_name__contains=choice.institution)
    if choice.numbers:
        wanted &= Q(number__in=choice.numbers)
    return cases.filter(wanted)


def _delivered(account: Account) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.visible_to(account).filter(certificate=OuterRef("pk"), act=LedgerAct.DELIVERED)
