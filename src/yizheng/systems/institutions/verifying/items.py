"""医疗机构校验, and the one after a deferral: applied for, reviewed, concluded within thirty days (细则 第三十七条)."""

from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.kernel.calendar import add_months
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import institution_regulation, institution_rules, verification_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.desk_steps import VisitStep
from yizheng.licensing.catalogue import declare
from yizheng.licensing.findings import Check
from yizheng.licensing.item import Effect, Material, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.item import InstitutionItem, office
from yizheng.systems.institutions.models.verification import CONCLUSIONS, DEFERRED, FAILED, GROUNDS
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.steps import PromiseStep
from yizheng.systems.institutions.verification.applications import AGAIN, FIRST
from yizheng.systems.institutions.verification.clock import DAYS_TO_CONCLUDE, MONTHS_TO_APPLY
from yizheng.systems.institutions.verifying import rules
from yizheng.systems.institutions.verifying.concluding import SUSPENDED, Concluded, conclude
from yizheng.systems.institutions.verifying.rules import VerificationNumbers, Verified
from yizheng.systems.institutions.verifying.steps import AgainConclusionStep, ConclusionStep, PeriodStep, SummaryStep

UNSEEN = 2
"""After so many verifications without a visit the next one is on the spot."""


class VerificationItem(InstitutionItem):
    """What both have in common."""

    group, conclusion, extendable = "校验", "作出校验结论", False
    articles = (institution_regulation(21), institution_rules(37), verification_rules(6))
    statutory = WorkingDays(DAYS_TO_CONCLUDE, institution_rules(37), natural=True)
    weighs = Verified
    again: ClassVar[bool]

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The period that ends, and the points of the last verification."""
        held = self.held(subject_id, timezone.localdate())
        if held.period is None:
            return {}
        points = [each.points for each in held.verifications if each.points is not None]
        known = {"due_on": held.period.due_on.isoformat(), "months": f"{held.period.months} 个月"}
        return {"period": {**known, "points": f"{points[-1]} 分" if points else "没有记分"}}

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The round, and whether it must be seen on the spot."""
        held, numbers = self.held(subject_id, on), VerificationNumbers.on(on)
        known: dict[str, Any] = {"applied_on": answers.filed_on, "numbers": numbers, "unseen": _unseen(held)}
        if held.licence is not None:
            known["penalised"] = held.licence.status == "suspended_penalty"
        if held.period is not None:
            known |= {name: getattr(held.period, name) for name in ("due_on", "order_by", "deferred_to", "again_by")}
        return known

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The conclusion as it was recorded."""
        answers = load(case)
        told = answers.stated("conclusion", Concluded)
        with acting_as_system(f"{self.title}登记"):
            held = self.held(case.subject_id, on)
            visited = bool(answers.get("visit"))
            period, made = conclude(change, held, office(case), told, again=self.again, visited=visited)
        case.certificate_id = made.pk
        return Effect(_summary(told, period.due_on, period.deferred_to))


def _unseen(held: Held) -> bool:
    last = held.verifications[-UNSEEN:]
    long = len(last) == UNSEEN and not any(each.visited for each in last)
    return long or any(each.conclusion == DEFERRED for each in last)


def _summary(told: Concluded, due_on: date, deferred_to: date | None) -> str:
    words = CONCLUSIONS[told.conclusion]
    if told.conclusion == FAILED:
        return f"{words}（{GROUNDS[told.ground]}），由登记机关依法注销执业许可"
    if told.conclusion == DEFERRED and deferred_to is not None:
        until = f"暂缓期 {told.months} 个月，至{long_date(deferred_to)}，期满后五日内申请再次校验"
        return f"{words}（{GROUNDS[told.ground]}），{until}"
    return f"{words}，下次校验{long_date(due_on)}前"


MATERIALS = (
    Material("application", "医疗机构校验申请书", "法定代表人或者主要负责人签字，盖章"),
    Material("licence", "执业许可证正本、副本", "扫描件，原件交验"),
    Material("summary", "各年度工作总结", "盖章"),
)


def _too_early(held: Held, on: date) -> str | None:
    """The day from which it can be applied for, where that lies ahead."""
    opens = add_months(held.period.due_on, -MONTHS_TO_APPLY) if held.period else on
    return f"校验期满前三个月（{long_date(opens)}）起可以申请" if on < opens else None


@declare
class FirstVerification(VerificationItem):
    """医疗机构校验: applied for three months before the period ends."""

    code, title, short_title = FIRST, "医疗机构校验", "校验"
    again = False
    statuses = ("active", "check_due", "closed_temp", "suspended_penalty")
    steps = (PeriodStep, SummaryStep, PromiseStep)
    desk_steps = (VisitStep, ConclusionStep)
    materials = MATERIALS
    checks: ClassVar[tuple[Check, ...]] = (rules.applied_in_its_window, *rules.CONCLUDED)

    def may_initiate(self, subject_id: int, institution_scope: int, on: date) -> str | None:
        """Not before the three months: the menu says from which day."""
        return super().may_initiate(subject_id, institution_scope, on) or _too_early(self.held(subject_id, on), on)


@declare
class VerificationAgain(VerificationItem):
    """医疗机构再次校验: after a deferral, applied for within five days."""

    code, title, short_title = AGAIN, "医疗机构再次校验", "再次校验"
    again = True
    statuses = (SUSPENDED,)
    steps = (PeriodStep, SummaryStep, PromiseStep)
    desk_steps = (VisitStep, AgainConclusionStep)
    materials = (
        *MATERIALS,
        Material("corrections", "整改报告", "对照整改通知书逐项说明，盖章"),
        Material("self_criticism", "书面检查", "法定代表人、主要负责人签字"),
    )
    checks: ClassVar[tuple[Check, ...]] = (rules.applied_again_in_time, *rules.CONCLUDED)
