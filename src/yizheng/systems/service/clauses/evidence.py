"""The questions behind the obligations: what proves one today, and when it is due next."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from yizheng.kernel.calendar import Calendar
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.people.models import AuditEntry
from yizheng.systems.service import deductions
from yizheng.systems.service import obligations as duties
from yizheng.systems.service.clauses.changes import account_of_changes
from yizheng.systems.service.clauses.found import IDLE, LACKING, LATE, PROVEN, WAITING, Found
from yizheng.systems.service.clauses.from_ledgers import of_matters, of_months
from yizheng.systems.service.clauses.obligations import Obligation, obligations
from yizheng.systems.service.clauses.surroundings import Surroundings
from yizheng.systems.service.ledger import Kept
from yizheng.systems.service.models import Report
from yizheng.systems.service.models.contract import EventKind
from yizheng.work.models import RecoveryKind
from yizheng.work.recovery import latest, overdue


@dataclass(frozen=True, slots=True)
class Stands:
    """An obligation with what was found."""

    obligation: Obligation
    found: Found


def all_of(surroundings: Surroundings) -> list[Stands]:
    """Every obligation of a contract as it stands."""
    return [Stands(each, _asked(each.evidence, surroundings)) for each in obligations()]


def _asked(evidence: str, surroundings: Surroundings) -> Found:
    kind, _, what = evidence.partition(":")
    if kind == "event":
        return _of_event(what, surroundings)
    return of_matters(what, surroundings) if kind == "matter" else _QUESTIONS[kind](surroundings)


def _of_event(kind: str, around: Surroundings) -> Found:
    known = around.events.get(kind)
    title = EventKind(kind).label
    url = reverse("service:contract")
    if known:
        return Found(PROVEN, f"{known[-1].on:%Y-%m-%d} {title}，{known[-1].reference}", url)
    if kind in (EventKind.ACCEPTANCE, EventKind.HANDOVER) and around.today <= around.contract.ends:
        return Found(IDLE, "服务期未满", url, around.contract.ends)
    if kind in (EventKind.SUPPLEMENT, EventKind.INSPECTION, EventKind.ASSESSMENT):
        return Found(IDLE, "没有发生", url)
    return Found(LACKING, f"没有登记“{title}”", url)


def _payment_1(around: Surroundings) -> Found:
    effect, paid = around.day_of(EventKind.EFFECT), around.day_of(EventKind.PAID_1)
    due = duties.first_payment_due(effect, _calendar()) if effect else None
    return _payment(duties.payment_state(due, paid, frozenset(), around.today), due, paid, ())


def _payment_2(around: Surroundings) -> Found:
    accepted, paid = around.day_of(EventKind.ACCEPTANCE), around.day_of(EventKind.PAID_2)
    needed = duties.SecondPayment(
        accepted=accepted is not None,
        breach=EventKind.BREACH in around.events,
        funds=EventKind.FUNDS in around.events,
        invoice=EventKind.INVOICE_2 in around.events,
        term_over=around.today > around.contract.ends,
    )
    due = duties.second_payment_due(accepted, _calendar()) if accepted else None
    state = duties.payment_state(due, paid, needed.missing, around.today)
    found = _payment(state, due, paid, needed.missing)
    if accepted and paid and state is duties.PaymentState.PAID_LATE:
        late = deductions.payment(accepted, paid, _calendar())
        return Found(LATE, f"{found.sentence}，迟 {late.days} 日，按 9.2 计 {late.percent}%", found.url)
    return found


_MISSING = {
    "acceptance": "验收",
    "breach": "无违约认定",
    "funds": "财政资金到位",
    "invoice": "发票",
    "term": "服务期满",
}


def _payment(state: duties.PaymentState | None, due: date | None, paid: date | None, missing: Iterable[str]) -> Found:
    url = reverse("service:contract")
    if state is duties.PaymentState.PAID:
        return Found(PROVEN, f"{paid:%Y-%m-%d} 已支付", url)
    if state is duties.PaymentState.PAID_LATE:
        return Found(LATE, f"{paid:%Y-%m-%d} 支付，晚于 {due:%Y-%m-%d}", url)
    if state is duties.PaymentState.BLOCKED:
        return Found(IDLE, "还差" + "、".join(_MISSING[each] for each in _MISSING if each in missing), url)
    if state is duties.PaymentState.OVERDUE:
        return Found(LATE, f"{due:%Y-%m-%d} 到期，没有支付记录", url, due)
    if state is duties.PaymentState.PAYABLE:
        return Found(WAITING, "待支付", url, due)
    return Found(LACKING, "没有登记合同生效", url)


def _invoices(around: Surroundings) -> Found:
    url = reverse("service:contract")
    owed = [
        EventKind(paid).label
        for paid, invoice in ((EventKind.PAID_1, EventKind.INVOICE_1), (EventKind.PAID_2, EventKind.INVOICE_2))
        if paid in around.events and invoice not in around.events
    ]
    if owed:
        return Found(LACKING, "没有发票：" + "、".join(owed), url)
    had = sum(kind in around.events for kind in (EventKind.INVOICE_1, EventKind.INVOICE_2))
    return Found(PROVEN, f"已登记发票 {had} 张", url) if had else Found(IDLE, "没有付款", url)


def _bank(around: Surroundings) -> Found:
    changed, told = around.day_of(EventKind.BANK_CHANGE), around.day_of(EventKind.BANK_NOTICE)
    return _answered_by(changed, told, "account_change", "没有变更账户", "书面告知", around)


def _force_majeure(around: Surroundings) -> Found:
    began, proven = around.day_of(EventKind.FORCE_MAJEURE), around.day_of(EventKind.FORCE_MAJEURE_PROOF)
    return _answered_by(began, proven, "force_majeure_proof", "没有发生不可抗力", "书面证明", around)


def _dispute(around: Surroundings) -> Found:
    return _answered_by(around.day_of(EventKind.DISPUTE), None, "dispute", "没有争议", "协商结果", around)


def _answered_by(began: date | None, done: date | None, kind: str, idle: str, owed: str, around: Surroundings) -> Found:
    url = reverse("service:contract")
    if began is None:
        return Found(IDLE, idle, url)
    due = duties.rolled(began, duties.AFTER_EVENT_DAYS[kind], _calendar())
    if done is not None and done >= began:
        return Found(PROVEN if done <= due else LATE, f"{done:%Y-%m-%d} {owed}，期限 {due:%Y-%m-%d}", url)
    late = around.today > due
    return Found(LATE if late else WAITING, f"{began:%Y-%m-%d} 起，待{owed}", url, due)


def _expiry(around: Surroundings) -> Found:
    return _before_end(around, EventKind.EXPIRY_NOTICE, "expiry_notice", must=True)


def _renewal(around: Surroundings) -> Found:
    return _before_end(around, EventKind.RENEWAL_NOTICE, "renewal_talks", must=False)


def _before_end(around: Surroundings, kind: str, period: str, *, must: bool) -> Found:
    due = around.contract.ends - timedelta(days=duties.BEFORE_END_DAYS[period])
    done, url = around.day_of(kind), reverse("service:contract")
    if done is not None:
        return Found(PROVEN if done <= due else LATE, f"{done:%Y-%m-%d} 发出，期限 {due:%Y-%m-%d}", url)
    if around.today <= due:
        return Found(IDLE, f"{due:%Y-%m-%d} 前办理", url, due)
    return Found(LATE, f"期限 {due:%Y-%m-%d} 已过，没有记录", url) if must else Found(IDLE, "没有提出", url)


def _reports(around: Surroundings) -> Found:
    url, missing, due = reverse("service:reports"), [], None
    handed = {each.quarter for each in around.reports}
    for quarter in quarters(around):
        end = duties.quarter_end(around.contract.starts, quarter)
        if quarter in handed:
            continue
        if end < around.today:
            missing.append(f"第 {quarter} 季度")
        due = due or end
    if missing:
        return Found(LATE, "没有提交：" + "、".join(missing), url, due)
    late = [
        f"第 {each.quarter} 季度迟 {days} 日"
        for each in around.reports
        if (days := (timezone.localdate(each.sent) - duties.quarter_end(around.contract.starts, each.quarter)).days) > 0
    ]
    said = f"已提交 {len(handed)} 份" + (f"，{'、'.join(late)}" if late else "")
    return Found(PROVEN if handed else IDLE, said, url, due)


def quarters(around: Surroundings) -> range:
    """The quarters of the term; the last one ends with it."""
    count = 1
    while duties.quarter_end(around.contract.starts, count) < around.contract.ends:
        count += 1
    return range(1, count + 1)


def review_due(report: Report) -> date | None:
    """The last day on which a report may be questioned; nothing before it was received."""
    if report.received is None:
        return None
    return duties.rolled(timezone.localdate(report.received), duties.REVIEW_DAYS, _calendar())


def review_of(report: Report, day: date) -> str:
    """How the review of a report stands on a day: a state word."""
    if report.passed is not None:
        return "通过"
    due = review_due(report)
    if due is None:
        return "待送达"
    questioned = timezone.localdate(report.questioned) if report.questioned else None
    state = duties.review_state(due, questioned, day)
    return {
        duties.ReviewState.QUESTIONED: "待改正",
        duties.ReviewState.WAITING: "待审核",
        duties.ReviewState.DEEMED_PASSED: "视为通过",
    }[state]


def _reviews(around: Surroundings) -> Found:
    url = reverse("service:reports")
    waiting = [each for each in around.reports if review_of(each, around.today) == "待审核"]
    if waiting:
        return Found(WAITING, f"{waiting[0]}待审核，逾期视为通过", url, review_due(waiting[0]))
    done = [each for each in around.reports if review_of(each, around.today) in ("通过", "视为通过")]
    return Found(PROVEN, f"{len(done)} 份已通过或者视为通过", url) if done else Found(IDLE, "没有收到报告", url)


def _answered(around: Surroundings) -> Found:
    return _kept(around, [(each.ledger.response_kept, each.ledger.response_due) for each in around.failures], "答复")


def _restored(around: Surroundings) -> Found:
    kept = [(each.ledger.restore_kept_gross, each.ledger.restore_due) for each in around.failures]
    return _kept(around, kept, "恢复（毛计）")


def _kept(around: Surroundings, kept: list[tuple[Kept | None, datetime | None]], done: str) -> Found:
    url = reverse("service:orders") + "?kind=failure"
    if not kept:
        return Found(IDLE, "没有故障", url)
    late = sum(each is Kept.NO for each, _ in kept)
    pending = [due for each, due in kept if each is Kept.PENDING and due is not None]
    sentence = f"{done}及时 {len(kept) - late - len(pending)} / {len(kept) - len(pending)}"
    if not pending:
        return Found(LATE if late else PROVEN, sentence, url)
    return Found(LATE if late else WAITING, f"{sentence}，{len(pending)} 件正在计时", url, min(pending).date())


def _orders(around: Surroundings) -> Found:
    url, number = reverse("service:orders"), len(around.standings)
    return Found(PROVEN, f"工单 {number} 件", url) if number else Found(IDLE, "没有工单", url)


def _orders_in_time(around: Surroundings) -> Found:
    url = reverse("service:orders")
    late = [each for each in around.standings if not each.is_failure and each.late]
    if late:
        return Found(LATE, f"{len(late)} 件晚于约定时限", url)
    return Found(PROVEN, "没有晚于约定时限的工单", url)


def _hotline(around: Surroundings) -> Found:
    url = reverse("service:orders") + "?channel=phone"
    calls = [each for each in around.standings if each.order.channel == "phone"]
    return Found(PROVEN, f"电话登记 {len(calls)} 件", url) if calls else Found(IDLE, "没有来电", url)


def _demands(around: Surroundings) -> Found:
    url = reverse("service:orders") + "?kind=demands"
    open_ones = [each for each in around.demands if not each.ended]
    if not around.demands:
        return Found(IDLE, "没有诉求", url)
    unanswered = [each for each in open_ones if not each.answered]
    state = WAITING if unanswered else PROVEN
    return Found(state, f"诉求 {len(around.demands)} 件，未办结 {len(open_ones)} 件", url)


def _changes(around: Surroundings) -> Found:
    booked = account_of_changes(around)
    state = PROVEN if booked.total <= duties.FREE_DAYS else WAITING
    return Found(state, f"已用 {booked.total:g} / {duties.FREE_DAYS:g} 人日", reverse("service:changes"))


def _inspections(around: Surroundings) -> Found:
    url = reverse("service:inspections")
    if not around.inspections:
        return Found(LACKING, "没有巡检记录", url)
    last = timezone.localtime(around.inspections[0].at)
    stale = around.now - around.inspections[0].at > timedelta(days=2)
    return Found(
        LACKING if stale else PROVEN,
        f"最近一次 {last:%Y-%m-%d %H:%M}，{around.inspections[0].get_verdict_display()}",
        url,
    )


def _backups(around: Surroundings) -> Found:
    url, drill = reverse("work:recovery"), latest(RecoveryKind.DRILL)
    if drill is None:
        return Found(LACKING, "没有恢复演练记录", url)
    late = overdue(RecoveryKind.DRILL) or overdue(RecoveryKind.BACKUP)
    return Found(LACKING if late else PROVEN, f"最近一次演练 {timezone.localtime(drill.ended):%Y-%m-%d}", url)


def _deductions(around: Surroundings) -> Found:
    known = around.events.get(EventKind.DEDUCTION, [])
    url = reverse("service:contract")
    return Found(PROVEN, f"已确认扣减 {len(known)} 笔", url) if known else Found(IDLE, "没有扣减", url)


def _breach(around: Surroundings) -> Found:
    known = around.events.get(EventKind.BREACH, [])
    url = reverse("service:contract")
    return Found(LATE, f"{known[-1].on:%Y-%m-%d} {known[-1].said}", url) if known else Found(IDLE, "没有违约认定", url)


def _audit(around: Surroundings) -> Found:
    """Who looked and who took something away; a day without any entry says that nobody kept it."""
    number = AuditEntry.objects.filter(at__gt=around.now - timedelta(days=1), at__lte=around.now).count()
    return Found(PROVEN if number else LACKING, f"最近一日审计记录 {number} 条")


def _defects(around: Surroundings) -> Found:
    """Failures by the contractor's own cause, which are mended without charge."""
    own = [each for each in around.failures if each.ledger.binding]
    url = reverse("service:orders") + "?kind=failure"
    return (
        Found(PROVEN, f"乙方原因的故障 {len(own)} 件，已免费处理", url)
        if own
        else Found(IDLE, "没有乙方原因的故障", url)
    )


def _untriggered(around: Surroundings) -> Found:
    return Found(IDLE, "没有发生")


def _calendar() -> Calendar:
    return working_calendar()


_QUESTIONS: Mapping[str, Callable[[Surroundings], Found]] = {
    "payment_1": _payment_1,
    "payment_2": _payment_2,
    "invoices": _invoices,
    "bank": _bank,
    "force_majeure": _force_majeure,
    "dispute": _dispute,
    "expiry": _expiry,
    "renewal": _renewal,
    "reports": _reports,
    "reviews": _reviews,
    "answered": _answered,
    "restored": _restored,
    "orders": _orders,
    "orders_in_time": _orders_in_time,
    "hotline": _hotline,
    "demands": _demands,
    "changes": _changes,
    "inspections": _inspections,
    "backups": _backups,
    "deductions": _deductions,
    "breach": _breach,
    "months": of_months,
    "audit": _audit,
    "defects": _defects,
    "untriggered": _untriggered,
}
