"""预警和暴发的办理: an alarm is verified or dismissed with a reason; an event is confirmed, reported within its hours, received, closed."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.people.permissions import allowed
from yizheng.people.scopes import city
from yizheng.systems.infection.models import Alarm, AlarmState, Outbreak, OutbreakFinding, OutbreakReport
from yizheng.systems.infection.outbreaks.deadlines import FEW_CASES
from yizheng.systems.infection.reporting.acting import NotNow
from yizheng.systems.infection.reporting.lifecycle import APPROVER, NURSE, OFFICER
from yizheng.work import inbox

State, Kind = Outbreak.State, OutbreakReport.Kind
CONFIRMING = (State.SUSPECTED, State.CONFIRMED)
OPEN = (State.WATCHED, *CONFIRMING)
MOMENTS = BY_DISTRICT, BY_CITY, TO_NATION = "received_by_district", "received_by_city", "sent_to_nation"


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
    impact: bool
    summary: str

    def problem(self) -> str:
        """What makes no sense of it, in Chinese; an outbreak has three cases, where no special pathogen or grave impact is at stake."""
        if self.state not in (*CONFIRMING, State.WATCHED, State.RULED_OUT):
            return "请选择调查结论"
        least = 1 if self.special or self.impact else FEW_CASES
        if self.state in CONFIRMING and self.cases < least:
            return (
                f"疑似暴发和暴发不少于 {FEW_CASES} 例；不足的选“聚集，院内调查”，特殊病原体或者可能有重大影响的请勾选"
            )
        if self.deaths > self.cases or self.harmed > self.cases:
            return "死亡、人身损害不多于病例，请核对"
        if self.exposed is not None and self.exposed < self.cases:
            return "暴露不少于病例，请核对"
        return "" if self.summary.strip() else "请写明调查和处置"


@transaction.atomic
def investigate(outbreak: Outbreak, account: Account, found: Found) -> None:
    """Record the investigation as a finding of this moment, from which the hours of what it asks for run. Raises NotNow."""
    if not of_hospital(account, outbreak.institution_scope):
        raise NotNow("暴发事件由本医院感染管理人员办理")
    if problem := found.problem():
        raise NotNow(problem)
    held = Outbreak.objects.select_for_update().get(pk=outbreak.pk)
    if held.state != outbreak.state or held.state not in OPEN:
        raise NotNow("这起事件已有人办理，请刷新后再看")
    if found.state == State.WATCHED and held.reports.exists():
        raise NotNow("已经对外报告的事件不能退回院内调查：情况有变请订正，不是暴发请排除")
    said = {**asdict(found), "summary": found.summary.strip()[:500]}
    for name, value in said.items():
        setattr(held, name, value)
    made = OutbreakFinding.objects.create(outbreak=held, account=account, **said)
    if held.confirmed is None and found.state in CONFIRMING:
        held.confirmed = made.at
    held.save(update_fields=[*said, "confirmed"])
    audit.record(account, "infection.outbreak", f"infection_outbreak:{outbreak.pk}", {"state": found.state})


@transaction.atomic
def report(outbreak: Outbreak, account: Account, kind: str, text: str) -> None:
    """Report the event up the ladder; first comes the first report, after the closing one comes none. Raises NotNow."""
    if not allowed(account, APPROVER, outbreak.institution_scope):
        raise NotNow("暴发报告由感控审核人报出")
    held = Outbreak.objects.select_for_update().get(pk=outbreak.pk)
    reports = list(held.reports.all())
    before = [each.kind for each in reports]
    if kind not in Kind or held.state == State.WATCHED or held.confirmed is None:
        raise NotNow("先记录调查结论，再报告")
    if (kind == Kind.FIRST) != (not before) or Kind.CLOSING in before:
        raise NotNow("第一次是初次报告，结案以后不再报告")
    if not text.strip():
        raise NotNow("请写明报告内容")
    if reports and (reports[-1].kind, reports[-1].text) == (kind, text.strip()[:500]):
        raise NotNow("同样的报告已经报出")
    OutbreakReport.objects.create(
        outbreak=outbreak, kind=kind, text=text.strip()[:500], cases=held.cases, account=account
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


def waits_for(sent: OutbreakReport, account: Account) -> str:
    """The moment of a report this account may enter now: the district receives, then the city; either tells the nation. Or nothing."""
    district = allowed(account, OFFICER, sent.outbreak.authority_scope)
    at_city = allowed(account, OFFICER, city().pk)
    if sent.received_by_district is None:
        return BY_DISTRICT if district else ""
    if sent.received_by_city is None and at_city:
        return BY_CITY
    return TO_NATION if sent.sent_to_nation is None and (district or at_city) else ""


@transaction.atomic
def receive(sent: OutbreakReport, account: Account, moment: str) -> None:
    """The district, and after it the city, says it has the report, or that the nation was told; the moment is kept. Raises NotNow."""
    outbreak = sent.outbreak
    mine = OutbreakReport.objects.filter(pk=sent.pk, **{f"{moment}__isnull": True}) if moment in MOMENTS else None
    if mine is None or waits_for(sent, account) != moment or mine.update(**{moment: timezone.now()}) != 1:
        raise NotNow("这份报告现在不由您接收，或者已经接收")
    audit.record(
        account, "infection.outbreak", f"infection_outbreak:{outbreak.pk}", {"received": sent.kind, "moment": moment}
    )
