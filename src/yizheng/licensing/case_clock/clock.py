"""The clock of a case is a ledger: every deadline is recomputed from the case's events alone and says why.

Three periods of 行政许可法: five working days to tell what is missing, otherwise deemed accepted (第三十二条); the
period of the decision, counted from the working day after acceptance (第四十二条、第八十二条) or, where the item's own law says
so, after the receipt of the application (护士条例 第八条), standing still for
hearings, inspection, testing, appraisal and expert review (第四十五条), extendable once where the item allows it;
ten working days to hand the certificate over (第四十四条).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from yizheng.kernel.calendar import Calendar, natural_days, working_days
from yizheng.kernel.chinese_dates import day_of_month
from yizheng.licensing.item import WorkingDays
from yizheng.licensing.states import ENDED, STOPPED
from yizheng.licensing.states import CaseState as S

EXTENSION_DAYS = 10


@dataclass(frozen=True, slots=True)
class Tick:
    """One event as the clock sees it."""

    verb: str
    on: date
    state: S
    """The state the case entered."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods that apply to one case."""

    acceptance: WorkingDays
    decision: WorkingDays | None
    delivery: WorkingDays
    promised: int | None = None
    latest: date | None = None
    """The last day of the decision, where a law names one beside the period."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: the day, what happened, working days used up to then."""

    on: date
    text: str
    used: int


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the clock stands on a day."""

    due_on: date | None
    runs: bool
    total: int
    used: int
    sentence: str
    stopped: str = ""
    entries: tuple[Entry, ...] = field(default=())

    @property
    def left(self) -> int:
        """Working days left; negative when overdue."""
        return self.total - self.used

    @property
    def share(self) -> float:
        """Share of the period that is used, 0 to 1."""
        return min(1.0, max(0.0, self.used / self.total)) if self.total else 0.0


NOT_STARTED = Clock(None, False, 0, 0, "这一环节没有在计的法定时限")


def read(ticks: Iterable[Tick], periods: Periods, calendar: Calendar, today: date) -> Clock:
    """The clock of a case with these events, as it stands ``today``."""
    history = [tick for tick in ticks if tick.verb not in _TIMELESS]
    if not history:
        return NOT_STARTED
    state = history[-1].state
    if state in (S.RECEIVED, S.CORRECTED):
        return _acceptance(history, periods, calendar, today)
    if state is S.CORRECTING:
        return Clock(None, False, 0, 0, "已一次告知补正，等待申请人交回；补正期间时限不起算", "等待补正")
    if state is S.GRANTED:
        return _delivery(history, periods, calendar, today)
    if state is S.ROLLED_BACK:
        return Clock(None, False, 0, 0, "登记已回退，时限终止")
    if state in ENDED:
        return Clock(None, False, 0, 0, "已办结，时限终止")
    if periods.decision is None or not any(tick.verb in _STARTS for tick in history):
        return NOT_STARTED
    return _no_later(_decision(history, periods.decision, periods.promised, calendar, today), periods.latest)


def _no_later(clock: Clock, latest: date | None) -> Clock:
    """A licence applied for in time is renewed or refused before it runs out (行政许可法 第五十条)."""
    if latest is None or (clock.due_on is not None and clock.due_on <= latest):
        return clock
    words = f"{clock.sentence}；有效期{day_of_month(latest)}届满，届满前作出决定（行政许可法第五十条）"
    return replace(clock, due_on=latest, sentence=words)


_STARTS = frozenset({"accept", "deem_accepted"})
_TIMELESS = frozenset({"transfer"})
"""Who handles a case does not touch its clock."""


def _acceptance(history: list[Tick], periods: Periods, calendar: Calendar, today: date) -> Clock:
    received, period = history[-1].on, periods.acceptance
    word = "补正材料收到" if history[-1].state is S.CORRECTED else "收件"
    sentence = (
        f"{day_of_month(received)}{word}，次日起算 {period.days} 个工作日内告知是否受理；"
        f"逾期不告知的，自收到之日起即为受理（{period.article}）"
    )
    return _running(received, word, sentence, period, calendar, today)


def _delivery(history: list[Tick], periods: Periods, calendar: Calendar, today: date) -> Clock:
    decided, period = history[-1].on, periods.delivery
    sentence = f"{day_of_month(decided)}作出准予决定，{period.days} 个工作日内送达证件（{period.article}）"
    return _running(decided, "准予决定", sentence, period, calendar, today)


def _running(since: date, word: str, sentence: str, period: WorkingDays, calendar: Calendar, today: date) -> Clock:
    due, used = calendar.add_working_days(since, period.days), calendar.working_days_between(since, today)
    return Clock(due, True, period.days, used, sentence, entries=(Entry(since, word, 0),))


def _decision(history: list[Tick], period: WorkingDays, promised: int | None, calendar: Calendar, today: date) -> Clock:
    lawful = _working_days_of(period, history, calendar)
    total = lawful if promised is None else min(promised, lawful)
    entries: list[Entry] = []
    used, since, stopped = 0, history[0].on, ""
    start = history[0].on
    for tick in history:
        if tick.verb in _STARTS:
            since = start = _started_on(history, tick, period)
            entries.append(Entry(start, _started_by(tick, period), 0))
        elif not entries:
            continue
        elif tick.state in STOPPED:
            used += calendar.working_days_between(since, tick.on)
            stopped = tick.reason or S(tick.state).label
            entries.append(Entry(tick.on, f"停计：{stopped}", used))
        elif stopped:
            since, stopped = tick.on, ""
            entries.append(Entry(tick.on, "恢复计时", used))
        elif tick.verb == "extend":
            total += EXTENSION_DAYS
            entries.append(Entry(tick.on, f"延长 {EXTENSION_DAYS} 个工作日", used))
    kind = _kind(period, promised, lawful, total)
    if stopped:
        began = "收到申请" if period.from_receipt else "受理"
        sentence = f"{day_of_month(start)}{began}；{stopped}期间不计入时限，已用 {used} 日（共 {kind}）"
        return Clock(None, False, total, used, sentence, stopped, tuple(entries))
    due = calendar.add_working_days(since, total - used)
    passed = used + calendar.working_days_between(since, today)
    counted = natural_days(period.days) if kind == period.words and period.natural else working_days(total)
    explanation = calendar.due(start, counted).explanation
    sentence = f"{explanation}（{kind}，{period.article}）"
    if len(entries) > 1:
        sentence += "；".join(["", *(f"{day_of_month(each.on)}{each.text}" for each in entries[1:])])
    return Clock(due, True, total, passed, sentence, entries=tuple(entries))


def _kind(period: WorkingDays, promised: int | None, lawful: int, total: int) -> str:
    """What was promised beside what the law allows, or the period with its extension."""
    if promised is not None and promised < lawful:
        return f"承诺 {total} 个工作日（法定 {period.words}）"
    return period.words if period.natural and total == lawful else f"{total} 个工作日"


def _working_days_of(period: WorkingDays, history: list[Tick], calendar: Calendar) -> int:
    """How many working days the period is; calendar days are the working days they hold from its start on."""
    if not period.natural:
        return period.days
    start = next(_started_on(history, tick, period) for tick in history if tick.verb in _STARTS)
    last = calendar.next_working_day(start + timedelta(days=period.days), inclusive=True)
    return calendar.working_days_between(start, last)


def _started_by(start: Tick, period: WorkingDays) -> str:
    if start.verb != "accept":
        return "视为受理，自收到之日起"
    return "收到申请，次日起算" if period.from_receipt else "受理，次日起算"


def _started_on(history: list[Tick], start: Tick, period: WorkingDays) -> date:
    """Acceptance; the day the (last) papers were received where it was deemed, or where the law counts from receipt."""
    if start.verb == "accept" and not period.from_receipt:
        return start.on
    received = [tick.on for tick in history[: history.index(start)] if tick.state in (S.RECEIVED, S.CORRECTED)]
    return received[-1]
