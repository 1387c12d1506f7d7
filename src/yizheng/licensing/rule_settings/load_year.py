"""Loading a year of the State Council's notice on days off, by two persons; open cases get their new due day.

Periods of the licensing law count working days without statutory holidays (《中华人民共和国行政许可法》第八十二条); the days
are those of 《全国年节及纪念日放假办法》 as arranged each year by 国务院办公厅. The year in force is replaced whole.
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from yizheng.kernel.calendar import Calendar, NoticeError, YearNotice, parse_notice
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.models import CalendarYear
from yizheng.licensing.rule_settings import recomputing, two_persons
from yizheng.licensing.rule_settings.two_persons import Refused, require_system_admin
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.work.models import Approval

KIND = "licensing.calendar_year"
AHEAD = 2
"""Years ahead that may be loaded; the notice of a year appears in the autumn before it."""
STATUTORY_DAYS = 13
"""Days off of all citizens in a year (《全国年节及纪念日放假办法》第二条, as of 2025)."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a notice changes of the calendar in force, and which open cases it moves."""

    year: int
    off_added: list[date]
    off_removed: list[date]
    worked_added: list[date]
    worked_removed: list[date]
    first_day: date
    """The first day that changes between working and free; due days before it stay."""
    effect: recomputing.Effect


def years(today: date | None = None) -> range:
    """The years that may be loaded: a past year has been worked by and is not changed."""
    this = (today or timezone.localdate()).year
    return range(this, this + AHEAD + 1)


def read(file: str | bytes, year: int) -> YearNotice:
    """The notice of a file or of pasted text; raises ``Refused`` with every line that is wrong."""
    try:
        return parse_notice(file, year)
    except NoticeError as error:
        raise Refused("；".join(error.problems), "text") from error


def compare(notice: YearNotice, calendar: Calendar | None = None) -> Difference:
    """What the notice would change; raises ``Refused`` when it cannot be loaded or changes nothing."""
    calendar = calendar or working_calendar()
    if notice.year not in years():
        raise Refused(f"只能载入{years()[0]}年至{years()[-1]}年；过去的年份已经按原安排计算，不能改", "text")
    if len(notice.holidays) < STATUTORY_DAYS:
        raise Refused(
            f"只写了 {len(notice.holidays)} 天放假，而全年法定节假日就有 {STATUTORY_DAYS} 天"
            "（《全国年节及纪念日放假办法》第二条）；请提交全年的安排，不能只写改动的日子",
            "text",
        )
    before = calendar.notice(notice.year)
    off, worked = set(before.holidays if before else ()), set(before.workdays if before else ())
    changed = [*(off ^ set(notice.holidays)), *(worked ^ set(notice.workdays))]
    if before is not None and not changed:
        raise Refused(f"与现行的{notice.year}年安排完全相同，不用载入", "text")
    new_off, new_worked = set(notice.holidays), set(notice.workdays)
    first_day = min(changed)
    return Difference(
        notice.year, sorted(new_off - off), sorted(off - new_off), sorted(new_worked - worked),
        sorted(worked - new_worked), first_day, recomputing.preview(first_day, calendar.with_notice(notice)),
    )  # fmt: skip


def propose(account: Account, notice: YearNotice, title: str, reason: str) -> Approval:
    """Ask for the year to be replaced by ``notice``, published as ``title``; raises ``Refused`` or ``ApprovalRefused``."""
    require_system_admin(account)
    title, reason = title.strip(), reason.strip()
    if not title:
        raise Refused("请写通知的名称和文号", "notice")
    if not reason:
        raise Refused("请写明为什么载入或更换", "reason")
    compare(notice)
    payload = {
        "year": notice.year,
        "notice": title,
        "days_off": [day.isoformat() for day in sorted(notice.holidays)],
        "working_weekends": [day.isoformat() for day in sorted(notice.workdays)],
    }
    return two_persons.propose(KIND, reference(notice.year), account, payload, reason)


def reference(year: int) -> str:
    """How proposals and the audit trail name a year."""
    return f"calendar:{year}"


def proposed(made: Approval) -> YearNotice:
    """The notice a proposal asks for."""
    asked = made.payload
    return YearNotice(asked["year"], _days(asked["days_off"]), _days(asked["working_weekends"]))


def _days(texts: list[str]) -> dict[date, str]:
    return {date.fromisoformat(text): "" for text in texts}


def _carry_out(made: Approval) -> str:
    notice, title = proposed(made), made.payload["notice"]
    difference = compare(notice)
    CalendarYear.objects.create(
        year=notice.year,
        days_off=sorted(notice.holidays),
        working_weekends=sorted(notice.workdays),
        notice=title,
        loaded_by=made.proposer,
    )
    detail = {"notice": title, "approval": made.pk, "moved": difference.effect.moved}
    audit.record(made.decider, "calendar.load", reference(notice.year), detail)
    recomputing.follow(difference.first_day, difference.effect, made.decider, notice.year)
    return reverse("rule_settings:year", args=[notice.year])


def _title(made: Approval) -> str:
    return f"{made.payload['year']}年工作日历（{made.payload['notice']}）"


two_persons.declare(KIND, "工作日历", describe=_title, carry_out=_carry_out)
