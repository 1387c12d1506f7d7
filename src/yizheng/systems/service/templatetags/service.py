"""`{{ taken|clock }}`, `{{ standing|why }}`, `{{ share|percent }}`."""

from datetime import timedelta
from decimal import Decimal

from django import template

from yizheng.systems.service.orders.standing import Standing
from yizheng.systems.service.reports.figures import clock as hours_and_minutes

register = template.Library()


@register.filter
def clock(taken: timedelta | None) -> str:
    """1:26, or nothing."""
    return "" if taken is None else hours_and_minutes(taken)


@register.filter
def why(standing: Standing) -> str:
    """Why the deadline of a failure is what it is, with the clause."""
    due = standing.ledger.restore_due
    if due is None:
        return ""
    said = f"恢复时限 {due:%m-%d %H:%M}：自报告起按时钟时间 4 小时，合同 8.2，不扣除等待；净计另列备查。"
    binding = standing.ledger.binding
    if binding is None:
        return f"{said}归因待甲方确认，确认前按毛计列示。"
    return f"{said}{'乙方原因，时限适用。' if binding else '不是乙方原因，8.2 的时限不适用。'}"


@register.filter
def money(amount: Decimal | None) -> str:
    """904,500.00, or nothing."""
    return "" if amount is None else f"{amount:,.2f}"


@register.filter
def percent(share: float) -> int:
    """0.5 is 50."""
    return round(share * 100)


@register.filter
def share(part: float) -> str:
    """0.9987 is 99.87%; what is not whole is never rounded up to it."""
    return f"{part // 0.0001 / 100:.2f}%" if part < 1 else "100%"
