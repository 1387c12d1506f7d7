"""service.clock, service.deduction and service.obligation: the contract's clocks, money and duties, by the rules the pages ask."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from yizheng.kernel.calculators import BadInput, Row, calculator, moment
from yizheng.kernel.calendar.calculators import calendar
from yizheng.kernel.calendar.hours import ROUND_THE_CLOCK, Hours
from yizheng.systems.service import deductions, obligations
from yizheng.systems.service.ledger import Event, Kind, Ledger, Limits


@calculator(
    "service.clock",
    "服务时限台账",
    source="合同8.2",
    input="mode:text response_limit restore_limit now:time events:text",
    output=(
        "response_seconds response_due response_ok restore_gross restore_net restore_due restore_due_net"
        " restore_ok_gross restore_ok_net binding"
    ),
    choices={"mode": ("clock", "work")},
    as_typed=True,
)
def clock(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """What the clocks of each failure say."""
    for row in rows:
        ledger = Ledger(
            events=[_event(row["line"], part) for part in row["events"].split(";") if part],
            limits=Limits(timedelta(minutes=row["response_limit"]), timedelta(minutes=row["restore_limit"])),
            hours=Hours(calendar()) if row["mode"] == "work" else ROUND_THE_CLOCK,
            now=row["now"],
        )
        yield {
            "response_seconds": _seconds(ledger.response),
            "response_due": ledger.response_due,
            "response_ok": ledger.response_kept,
            "restore_gross": _seconds(ledger.restore_gross),
            "restore_net": _seconds(ledger.restore_net),
            "restore_due": ledger.restore_due,
            "restore_due_net": ledger.restore_due_net,
            "restore_ok_gross": ledger.restore_kept_gross,
            "restore_ok_net": ledger.restore_kept_net,
            "binding": None if ledger.binding is None else "yes" if ledger.binding else "no",
        }


def _event(line: int, part: str) -> Event:
    what, at, when = part.partition("@")
    kind, _, who = what.partition(":")
    if not at or kind not in set(Kind):
        known = "、".join(Kind)
        raise BadInput.at(line, "events", part, f"不是“事件@时间”的样子，事件可为{known}。")
    return Event(Kind(kind), moment("events", when, line), who)


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds())


@calculator(
    "service.deduction",
    "扣款与违约金",
    source="合同9.1、9.2、10.4",
    input=(
        "clause:text base planned:date* actual:date* extension_days:int* other_cause_days:int* accepted:date*"
        " paid:date* percent* major_effect:flag*"
    ),
    output="due late_days periods percent_applied amount problem",
    choices={"clause": ("9.1", "9.2", "10.4")},
    as_typed=True,
)
def deduction(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """What each lateness or fault costs."""
    for row in rows:
        base = Decimal(str(row["base"]))
        if row["clause"] == "10.4":
            percent = Decimal(str(row["percent"] or 0)) if row["major_effect"] else Decimal(0)
            allowed = deductions.MAJOR_PERCENT[0] <= percent <= deductions.MAJOR_PERCENT[-1]
            wrong = bool(row["major_effect"]) and not allowed
            yield {
                "percent_applied": _plain(float(percent)),
                "amount": None if wrong else deductions.amount(base, percent),
                "problem": "percent" if wrong else None,
            }
            continue
        late = _lateness(row)
        yield {
            "due": late.due,
            "late_days": late.days,
            "periods": late.periods,
            "percent_applied": late.percent,
            "amount": deductions.amount(base, Decimal(late.percent)),
        }


def _lateness(row: Row) -> deductions.Lateness:
    if row["clause"] == "9.2":
        return deductions.payment(_needed(row, "accepted"), _needed(row, "paid"), calendar())
    extension, other = row["extension_days"] or 0, row["other_cause_days"] or 0
    return deductions.delivery(_needed(row, "planned"), _needed(row, "actual"), extension, other)


def _needed(row: Row, name: str) -> Any:
    if row[name] is None:
        raise BadInput(f"第{row['line']}行“{name}”没有填写，请补上。")
    return row[name]


def _plain(number: float) -> float:
    """A whole number without a point."""
    return int(number) if number == int(number) else number


@calculator(
    "service.obligation",
    "合同义务",
    source="合同1.3、4.2、8.3、9.2、10.3、13.2、14.1、16.1、16.2",
    input=(
        "kind:text start:date* end:date* index:int* effect_on:date* accepted:date* funds_on:date* breach:flag*"
        " invoice_on:date* paid_on:date* received_on:date* question_on:date* event_on:date* requested_days*"
        " approved:flag* account:text* on:date*"
    ),
    output="due state missing free_days charged_days total_days",
    choices={
        "kind": (
            "payment1", "payment2", "quarter", "review", "account_change", "force_majeure_proof", "dispute",
            "renewal_talks", "expiry_notice", "change",
        )
    },
    as_typed=True,
)  # fmt: skip
def obligation(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """When each duty is due and how it stands; changes use up the free days of their account in the order of the rows."""
    accounts: dict[str, obligations.ChangeAccount] = {}
    for row in rows:
        if row["kind"] == "change":
            yield _change(row, accounts)
        else:
            yield _DUTIES[row["kind"]](row)


def _change(row: Row, accounts: dict[str, obligations.ChangeAccount]) -> dict[str, Any]:
    start, end = _needed(row, "start"), _needed(row, "end")
    account = accounts.setdefault(row["account"], obligations.ChangeAccount(start, end))
    account.start, account.end = start, end
    days = _needed(row, "requested_days")
    booked = account.book(days, _needed(row, "event_on"), approved=bool(row["approved"]))
    return {
        "free_days": _plain(booked.free),
        "charged_days": _plain(booked.charged),
        "total_days": _plain(booked.total),
    }


def _known(row: Row, name: str) -> date | None:
    """A day of the row, unless it is later than the day asked about."""
    day, on = row[name], row["on"]
    return None if day is None or (on is not None and day > on) else day


def _first_payment(row: Row) -> dict[str, Any]:
    effect = _known(row, "effect_on")
    due = effect and obligations.first_payment_due(effect, calendar())
    missing = frozenset() if _known(row, "invoice_on") else frozenset({"invoice"})
    return _payment(row, due, missing)


def _second_payment(row: Row) -> dict[str, Any]:
    accepted, on, end = _known(row, "accepted"), row["on"], row["end"]
    due = accepted and obligations.second_payment_due(accepted, calendar())
    conditions = obligations.SecondPayment(
        accepted=accepted is not None,
        breach=bool(row["breach"]),
        funds=_known(row, "funds_on") is not None,
        invoice=_known(row, "invoice_on") is not None,
        term_over=end is None or on is None or on > end,
    )
    return _payment(row, due, conditions.missing)


def _payment(row: Row, due: date | None, missing: frozenset[str]) -> dict[str, Any]:
    state = obligations.payment_state(due, _known(row, "paid_on"), missing, row["on"] or date.min)
    blocked = state is obligations.PaymentState.BLOCKED
    return {"due": due, "state": state, "missing": missing if blocked else None}


def _review(row: Row) -> dict[str, Any]:
    due = obligations.rolled(_needed(row, "received_on"), obligations.REVIEW_DAYS, calendar())
    state = obligations.review_state(due, _known(row, "question_on"), _needed(row, "on"))
    return {"due": due, "state": state}


def _quarter(row: Row) -> dict[str, Any]:
    return {"due": obligations.quarter_end(_needed(row, "start"), _needed(row, "index"))}


def _after_event(row: Row) -> dict[str, Any]:
    days = obligations.AFTER_EVENT_DAYS[row["kind"]]
    return {"due": obligations.rolled(_needed(row, "event_on"), days, calendar())}


def _before_end(row: Row) -> dict[str, Any]:
    return {"due": _needed(row, "end") - timedelta(days=obligations.BEFORE_END_DAYS[row["kind"]])}


_DUTIES: Mapping[str, Callable[[Row], dict[str, Any]]] = {
    "payment1": _first_payment,
    "payment2": _second_payment,
    "quarter": _quarter,
    "review": _review,
    **dict.fromkeys(obligations.AFTER_EVENT_DAYS, _after_event),
    **dict.fromkeys(obligations.BEFORE_END_DAYS, _before_end),
}
