"""预警和暴发的办理: an alarm is verified or dismissed with a reason; an event is confirmed, reported within its hours, received, closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.people.permissions import allowed
from yizheng.people.scopes import city
from yizheng.systems.infection.models import Alarm, AlarmState, Outbreak, OutbreakReport
from yizheng.systems.infection.outbreaks.deadlines import Situation, duty
from yizheng.systems.infection.reporting.acting import NotNow
from yizheng.systems.infection.reporting.lifecycle import APPROVER, NURSE, OFFICER
from yizheng.work import inbox

State, Kind = Outbreak.State, OutbreakReport.Kind
CONFIRMING = (State.SUSPECTED, State.CONFIRMED)
OPEN = (State.WATCHED, *CONFIRMING)
LEVELS = ("医院至区", "区至市", "市至国家")


def of_hospital(account: Account, scope: int) -> bool:
    """Whether the account works for the hospital's infection control."""
    return any(allowed(account, role, scope) for role in (NURSE, APPROVER))


@transaction.atomic
def verify(alarm: Alarm, account: Account, reason: str) -> Outbreak:
    """The cluster is real: it becomes an event that is watched. Raises NotNow."""
    outbreak = Outbreak.objects.create(
        subject_id=alarm.subject_id, institution_scope=alarm.institution_scope, authority_scope=alarm.authority_scope,
        unit_id=alarm.unit_id, organism=alarm.organism, cases=alarm.explained["patients"], detected=alarm.raised,
    )  # fmt: skip
    _judge(alarm, account, AlarmState.VERIFIED, reason, outbreak)
    return outbreak


@transaction.atomic
def dismiss(alarm: Alarm, account: Account, reason: str) -> None:
    """The alarm is no cluster, and why. Raises NotNow."""
    _judge(alarm, account, AlarmState.DISMISSED, reason, None)


def _judge(alarm: Alarm, account: Account, state: AlarmState, reason: str, outbreak: Outbreak | None) -> None:
    if not of_hospital(account, alarm.institution_scope):
        raise NotNow("预警由本医院感染管理人员核实")
    if not reason.strip():
        raise NotNow("请写明核实的情况")
    said = {
        "state": state,
        "account": account,
        "reason": reason.strip()[:300],
        "judged": timezone.now(),
        "outbreak": outbreak,
    }
    if Alarm.objects.filter(pk=alarm.pk, state=AlarmState.OPEN).update(**said) != 1:
        raise NotNow("这条预警已有人核实，请刷新后再看")
    audit.record(account, "infection.alarm", f"infection_alarm:{alarm.pk}", {"state": state.value})


@dataclass(frozen=True, slots=True)
class Found:
    """What the hospital's investigation found."""

    state: str
    cases: int
    exposed: int | None
    deaths: int
    harmed: int
    special: bool
    summary: str


@transaction.atomic
def investigate(outbreak: Outbreak, account: Account, found: Found) -> None:
    """Record the investigation; the clock of the report starts when a situation with a duty is first confirmed. Raises NotNow."""
    if not of_hospital(account, outbreak.institution_scope):
        raise NotNow("暴发事件由本医院感染管理人员办理")
    if found.state not in (*CONFIRMING, State.WATCHED, State.RULED_OUT):
        raise NotNow("请选择调查结论")
    if found.deaths > found.cases or (found.exposed is not None and found.exposed < found.cases):
        raise NotNow("死亡不多于病例，暴露不少于病例，请核对")
    if not found.summary.strip():
        raise NotNow("请写明调查和处置")
    confirmed = outbreak.confirmed or (timezone.now() if found.state in CONFIRMING else None)
    changed = Outbreak.objects.filter(pk=outbreak.pk, state=outbreak.state, state__in=OPEN).update(
        state=found.state, cases=found.cases, exposed=found.exposed, deaths=found.deaths, harmed=found.harmed,
        special=found.special, summary=found.summary.strip()[:500], confirmed=confirmed,
    )  # fmt: skip
    if changed != 1:
        raise NotNow("这起事件已有人办理，请刷新后再看")
    audit.record(account, "infection.outbreak", f"infection_outbreak:{outbreak.pk}", {"state": found.state})


def hours_of(outbreak: Outbreak) -> tuple[int | None, ...]:
    """The hours of each level of the ladder; nothing where there is no duty outside the hospital."""
    status = "confirmed" if outbreak.state == State.CONFIRMED else "suspected"
    flags = {"special_pathogen": outbreak.special, "major_impact": False}
    return duty(Situation(status, outbreak.cases, outbreak.deaths, outbreak.harmed, flags))


@dataclass(frozen=True, slots=True)
class Step:
    """One level of the ladder with its clock."""

    level: str
    hours: int
    due: datetime | None
    done: datetime | None

    @property
    def words(self) -> str:
        """How the clock stands."""
        if self.due is None:
            return "上一级接收后起计"
        if self.done is not None:
            return "及时" if self.done <= self.due else "迟报"
        return "已超期" if timezone.now() > self.due else "计时中"


def clock(outbreak: Outbreak, reports: Sequence[OutbreakReport]) -> list[Step]:
    """The ladder of an event: each level's hours run from the act of the level before."""
    first = next((each for each in reports if each.kind == Kind.FIRST), None)
    sent, district, at_city = (
        (first.at, first.received_by_district, first.received_by_city) if first else (None, None, None)
    )
    begins = (outbreak.confirmed, district, at_city)
    done = (sent, at_city, None)
    return [
        Step(level, hours, begin + timedelta(hours=hours) if begin else None, end)
        for level, hours, begin, end in zip(LEVELS, hours_of(outbreak), begins, done, strict=True)
        if hours is not None
    ]


@transaction.atomic
def report(outbreak: Outbreak, account: Account, kind: str, text: str) -> None:
    """Report the event up the ladder; first comes the first report, after the closing one comes none. Raises NotNow."""
    if not allowed(account, APPROVER, outbreak.institution_scope):
        raise NotNow("暴发报告由感控审核人报出")
    before = [each.kind for each in outbreak.reports.all()]
    if kind not in Kind or outbreak.state == State.WATCHED or outbreak.confirmed is None:
        raise NotNow("先记录调查结论，再报告")
    if (kind == Kind.FIRST) != (not before) or Kind.CLOSING in before:
        raise NotNow("第一次是初次报告，结案以后不再报告")
    if not text.strip():
        raise NotNow("请写明报告内容")
    OutbreakReport.objects.create(
        outbreak=outbreak, kind=kind, text=text.strip()[:500], cases=outbreak.cases, account=account
    )
    if kind == Kind.CLOSING:
        Outbreak.objects.filter(pk=outbreak.pk).exclude(state=State.RULED_OUT).update(state=State.OVER)
    audit.record(account, "infection.outbreak", f"infection_outbreak:{outbreak.pk}", {"report": kind})
    title = f"{outbreak.place}医院感染暴发{Kind(kind).label}"
    inbox.send(
        title=title,
        kind="infection",
        role=OFFICER,
        scope=outbreak.authority_scope,
        link=f"/infection/outbreaks/{outbreak.pk}/",
    )


@transaction.atomic
def receive(sent: OutbreakReport, account: Account) -> None:
    """The district, and after it the city, says it has the report; the moment is kept. Raises NotNow."""
    outbreak, now = sent.outbreak, timezone.now()
    mine = OutbreakReport.objects.filter(pk=sent.pk)
    received = 0
    if allowed(account, OFFICER, outbreak.authority_scope):
        received = mine.filter(received_by_district__isnull=True).update(received_by_district=now)
    elif allowed(account, OFFICER, city().pk):
        received = mine.filter(received_by_district__isnull=False, received_by_city__isnull=True).update(
            received_by_city=now
        )
    if received != 1:
        raise NotNow("这份报告现在不由您接收，或者已经接收")
    audit.record(account, "infection.outbreak", f"infection_outbreak:{outbreak.pk}", {"received": sent.kind})
