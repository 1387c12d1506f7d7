"""预警和暴发的办理: an alarm is verified or dismissed with a reason; an event is confirmed, reported within its hours, received, closed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.people.permissions import allowed
from yizheng.people.scopes import city
from yizheng.systems.infection.models import Alarm, AlarmState, Outbreak, OutbreakFinding, OutbreakReport
from yizheng.systems.infection.outbreaks import hours
from yizheng.systems.infection.outbreaks.deadlines import FEW_CASES
from yizheng.systems.infection.reporting.acting import NotNow
from yizheng.systems.infection.reporting.lifecycle import APPROVER, NURSE, OFFICER
from yizheng.work import inbox

State, Kind = Outbreak.State, OutbreakReport.Kind
CONFIRMING = (State.SUSPECTED, State.CONFIRMED)
OPEN = (State.WATCHED, *CONFIRMING)


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
    """What the hospital's investigation found; a number that was not typed is nothing."""

    state: str
    cases: int | None
    exposed: int | None
    deaths: int | None
    harmed: int | None
    special: bool
    summary: str
    major: bool = False


@transaction.atomic
def investigate(outbreak: Outbreak, account: Account, found: Found) -> None:
    """Record what was found, beside all that was found before; the hours follow from these moments. Raises NotNow."""
    if not of_hospital(account, outbreak.institution_scope):
        raise NotNow("暴发事件由本医院感染管理人员办理")
    cases, deaths, harmed = found.cases, found.deaths or 0, found.harmed or 0
    if found.state not in (*CONFIRMING, State.WATCHED, State.RULED_OUT):
        raise NotNow("请选择调查结论")
    if cases is None or cases == 0:
        raise NotNow("请填写累计病例")
    if found.state in CONFIRMING and cases < FEW_CASES and not (found.special or found.major):
        raise NotNow(f"疑似暴发和暴发都须 {FEW_CASES} 例以上；不足的记为“聚集，院内调查”")
    if max(deaths, harmed) > cases or (found.exposed is not None and found.exposed < cases):
        raise NotNow("死亡、损害不多于病例，暴露不少于病例，请核对")
    if not found.summary.strip():
        raise NotNow("请写明调查和处置")
    if found.state == State.WATCHED and outbreak.reports.exists():
        raise NotNow("已经报告的事件不能改回院内调查；写订正报告，或者结论选“已排除”后结案")
    said = {
        "state": found.state, "cases": cases, "exposed": found.exposed, "deaths": deaths, "harmed": harmed,
        "special": found.special, "major": found.major, "summary": found.summary.strip()[:500],
    }  # fmt: skip
    made = OutbreakFinding.objects.create(outbreak=outbreak, account=account, **said)
    confirmed = outbreak.confirmed or hours.begun([made])
    mine = Outbreak.objects.filter(pk=outbreak.pk, state=outbreak.state, state__in=OPEN)
    if mine.update(**said, confirmed=confirmed) != 1:
        raise NotNow("这起事件已有人办理，请刷新后再看")
    audit.record(account, "infection.outbreak", f"infection_outbreak:{outbreak.pk}", {"state": found.state})


def may_be_reported(outbreak: Outbreak) -> bool:
    """Whether the hospital ever concluded that it may be an outbreak, and the event is not over."""
    open_or_ruled_out = outbreak.state in (*CONFIRMING, State.RULED_OUT)
    return open_or_ruled_out and outbreak.findings.filter(state__in=CONFIRMING).exists()


@transaction.atomic
def report(outbreak: Outbreak, account: Account, kind: str, text: str) -> None:
    """Report the event up the ladder; first comes the first report, after the closing one comes none. Raises NotNow."""
    if not allowed(account, APPROVER, outbreak.institution_scope):
        raise NotNow("暴发报告由感控审核人报出")
    before = [each.kind for each in outbreak.reports.all()]
    if kind not in Kind or (kind != Kind.CLOSING and Kind.CLOSING in before) or not may_be_reported(outbreak):
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


@transaction.atomic
def tell_nation(sent: OutbreakReport, account: Account) -> None:
    """The city says that it reported to the nation; the moment is kept. Raises NotNow."""
    if not allowed(account, OFFICER, city().pk):
        raise NotNow("向国家报告由市级记录")
    mine = OutbreakReport.objects.filter(pk=sent.pk, received_by_city__isnull=False, sent_to_nation__isnull=True)
    if mine.update(sent_to_nation=timezone.now()) != 1:
        raise NotNow("市级接收以后才向国家报告，并且只记一次")
    audit.record(account, "infection.outbreak", f"infection_outbreak:{sent.outbreak_id}", {"nation": sent.kind})
