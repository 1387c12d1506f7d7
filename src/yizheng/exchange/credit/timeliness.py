"""双公示月报: of the decisions of a month, how many were told in seven working days, late, not at all, or came back wrong.

A decision counts as told on the day of the first message that left; being told counts only once it was accepted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from yizheng.exchange.channels.figures import to_mend
from yizheng.exchange.credit.channel import CREDIT
from yizheng.exchange.credit.records import Decision, decided_between
from yizheng.exchange.credit.rules import DAYS_TO_REPORT
from yizheng.exchange.models import Message, MessageState
from yizheng.kernel.calendar.office_calendar import state_council_calendar
from yizheng.people.scope import acting_as_system


@dataclass(slots=True)
class Month:
    """The figures of one register in one month."""

    month: date
    register: str
    due: int = 0
    on_time: int = 0
    late: int = 0
    missing: int = 0
    """Not accepted although the seven days are over, wrong ones aside."""
    wrong: int = 0
    pending: int = 0
    """Not accepted yet, within the seven days."""

    @property
    def name(self) -> str:
        """The month as a heading says it."""
        return f"{self.month:%Y-%m}"

    @property
    def rate(self) -> str:
        """The share told in time of those whose days are over."""
        over = self.on_time + self.late + self.missing + self.wrong
        return f"{100 * self.on_time / over:.2f}%" if over else "—"


def months(since: date, until: date, scopes: Iterable[int] | None = None) -> list[Month]:
    """The figures by month and register, the newest month first; of these authorities, or of all."""
    with acting_as_system("双公示月报"):
        found = decided_between(since, until)
    chosen = None if scopes is None else set(scopes)
    decided = [each for each in found if chosen is None or each.certificate.authority_scope in chosen]
    told, wrong = _told([each.number for each in decided])
    rows: dict[tuple[date, str], Month] = {}
    for each in decided:
        month = each.certificate.issued_on.replace(day=1)
        row = rows.setdefault((month, each.source.register), Month(month, each.source.register))
        _count(row, each, told, wrong)
    return sorted(rows.values(), key=lambda row: (-row.month.toordinal(), row.register))


def _told(numbers: list[str]) -> tuple[dict[str, date], set[str]]:
    """The day each was first sent and that it was accepted; those that came back and wait to be mended."""
    accepted = Message.objects.filter(channel=CREDIT.code, key__in=numbers, state=MessageState.ACKED)
    sent = accepted.filter(sent__isnull=False).order_by("-sent").values_list("key", "sent")
    first = {key: timezone.localtime(moment).date() for key, moment in sent if moment is not None}
    return first, set(to_mend(CREDIT.code).filter(key__in=numbers).values_list("key", flat=True))


def _count(row: Month, each: Decision, told: dict[str, date], wrong: set[str]) -> None:
    row.due += 1
    on = each.certificate.issued_on
    day = told.get(each.number)
    if day is not None and each.number not in wrong:
        late = state_council_calendar().working_days_between(on, day) > DAYS_TO_REPORT
        row.late += late
        row.on_time += not late
    elif each.number in wrong:
        row.wrong += 1
    elif state_council_calendar().working_days_between(on, timezone.localdate()) > DAYS_TO_REPORT:
        row.missing += 1
    else:
        row.pending += 1
