"""What people do to a request: the nurse asks, the reviewer of the hospital agrees, the city releases. Three persons, each act kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Scope
from yizheng.people.permissions import allowed
from yizheng.people.scopes import city
from yizheng.systems.infection.models import Package, Recovery, RecoveryEvent, RecoveryState, Sender
from yizheng.systems.infection.reporting.lifecycle import APPROVER, NURSE, OFFICER, Level
from yizheng.systems.infection.reporting.plans import district_of
from yizheng.systems.infection.restoring.packing import NotIntact, months_of, sealed
from yizheng.work import inbox


class NotGiven(Exception):
    """What is asked cannot be done; the words say why."""


@dataclass(frozen=True, slots=True)
class Step:
    """What may be done to a request: its words, from which state, by whom, where it leads."""

    code: str
    words: str
    begins: RecoveryState
    leads: RecoveryState
    role: Role
    level: Level
    reason: bool = False


STEPS = {
    each.code: each
    for each in (
        Step("decline", "不同意", RecoveryState.ASKED, RecoveryState.REFUSED, APPROVER, Level.HOSPITAL, True),
        Step("agree", "同意", RecoveryState.ASKED, RecoveryState.AGREED, APPROVER, Level.HOSPITAL),
        Step("refuse", "不予给回", RecoveryState.AGREED, RecoveryState.REFUSED, OFFICER, Level.CITY, True),
        Step("release", "批准给回", RecoveryState.AGREED, RecoveryState.RELEASED, OFFICER, Level.CITY),
    )
}


@transaction.atomic
def ask(
    hospital: Scope, account: Account, first: date, last: date, records: Sequence[str], as_of: datetime, reason: str, contact: str
) -> Recovery:  # fmt: skip
    """Ask for what was accepted of some months. Raises NotGiven where nothing was, or no key is known to seal it for."""
    sender = Sender.objects.filter(subject_id=hospital.subject_id or 0).first()
    if sender is None:
        raise NotGiven("先在“医院系统”登记本院的公钥：给回的数据只用它加密，别处打不开")
    recovery = Recovery(
        subject_id=hospital.subject_id or 0, institution_scope=hospital.pk, authority_scope=district_of(hospital), first=first,
        last=last, records=list(records), as_of=as_of, reason=reason, contact=contact, key=sender.opening_key, account=account,
    )  # fmt: skip
    if not _months(recovery):
        raise NotGiven("到这个时刻，这些月份的这些报表没有市级入库的")
    recovery.save()
    _keep(recovery, "申请", account, reason)
    inbox.send(
        title=f"恢复数据的申请待审核：{recovery.months}", kind="infection", role=APPROVER, scope=hospital, link=recovery.get_absolute_url()
    )  # fmt: skip
    return recovery


def _months(recovery: Recovery) -> list[dict[str, str | int]]:
    try:
        return [each.told() for each in months_of(recovery)]
    except NotIntact as broken:
        raise NotGiven(str(broken)) from broken


def may(recovery: Recovery, step: Step, account: Account) -> bool:
    """Whether the request stands where the step begins and the account holds its role; nobody agrees to her own request."""
    over = recovery.institution_scope if step.level is Level.HOSPITAL else city().pk
    return recovery.state == step.begins and recovery.account_id != account.pk and allowed(account, step.role, over)


def steps_of(recovery: Recovery, account: Account) -> list[Step]:
    """What the account may do now, in the order of its buttons."""
    return [step for step in STEPS.values() if may(recovery, step, account)]


@transaction.atomic
def perform(recovery: Recovery, code: str, account: Account, reason: str = "") -> None:
    """Agree, release or refuse. Raises NotGiven."""
    step = STEPS.get(code)
    if step is None or not may(recovery, step, account):
        raise NotGiven("这项申请现在不能办理这一步，请刷新后再看")
    if step.reason and not reason.strip():
        raise NotGiven("请写明理由")
    if Recovery.objects.filter(pk=recovery.pk, state=step.begins).update(state=step.leads) != 1:
        raise NotGiven("这项申请已由他人办理，请刷新后再看")
    recovery.state = step.leads
    if code == "release":
        recovery.content = _months(recovery)
        Recovery.objects.filter(pk=recovery.pk).update(content=recovery.content)
    _keep(recovery, step.words, account, reason)
    _tell(recovery)


def _keep(recovery: Recovery, act: str, account: Account | None, text: str = "") -> None:
    RecoveryEvent.objects.create(recovery=recovery, act=act, text=text.strip()[:500], account=account)
    audit.record(account, "infection.recovery", f"infection_recovery:{recovery.pk}", {"act": act})


def _tell(recovery: Recovery) -> None:
    """Who must act next, or who asked, learns of it."""
    link = recovery.get_absolute_url()
    if recovery.state == RecoveryState.AGREED:
        title = f"恢复数据的申请待批准：{recovery.months}"
        inbox.send(title=title, kind="infection", role=OFFICER, scope=city(), link=link)
        return
    title = f"恢复数据的申请{recovery.get_state_display()}：{recovery.months}"
    inbox.send(title=title, kind="infection", role=NURSE, scope=recovery.institution_scope, link=link)


@transaction.atomic
def hand_out(recovery: Recovery, account: Account) -> bytes:
    """The sealed package for the hospital; each time it is fetched is kept. Raises NotGiven."""
    of_hospital = any(allowed(account, role, recovery.institution_scope) for role in (NURSE, APPROVER))
    if recovery.state != RecoveryState.RELEASED or not of_hospital:
        raise NotGiven("给回的数据由本院的感控人员在批准以后取走")
    try:
        data = sealed(recovery)
    except NotIntact as broken:
        raise NotGiven(str(broken)) from broken
    _keep(recovery, "取走", account, f"{timezone.localtime():%Y-%m-%d %H:%M}　{len(data)} 字节")
    return data


def came_back(package: Package, equal: int, of: int) -> None:
    """A package that had been given back was uploaded again: how many of its sheets are as the platform has them."""
    if package.recovery is not None:
        words = f"{package.period:%Y-%m}：{of} 张报表中 {equal} 张与平台一致"
        _keep(package.recovery, "重传核对", package.account, words)
