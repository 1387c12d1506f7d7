"""工作日历: the years known, the days of a year, and loading a year's notice with a preview of what it moves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yizheng.kernel.calendar import YearNotice, state_council_calendar
from yizheng.kernel.calendar.notice import runs
from yizheng.kernel.chinese_dates import day_range, weekday
from yizheng.licensing.case_clock.calendars import loaded_years, working_calendar
from yizheng.licensing.models import CalendarYear
from yizheng.licensing.rule_settings import Refused, load_year
from yizheng.licensing.rule_settings.load_year import Difference
from yizheng.people.models import Account
from yizheng.shell.access import ADMINS, for_roles, proposes
from yizheng.shell.desk.access import signed_in
from yizheng.shell.rule_settings.forms import YearForm
from yizheng.work.approval import ApprovalRefused
from yizheng.work.models import Approval


@never_cache
@for_roles(ADMINS)
@require_safe
def year_list(request: HttpRequest) -> HttpResponse:
    """Every year from the first announced to the last that may be loaded, newest first."""
    calendar = working_calendar()
    loaded = {row.year: row for row in loaded_years()}
    waiting = set(Approval.objects.waiting().filter(kind=load_year.KIND).values_list("object_ref", flat=True))
    rows = [
        {
            "year": year,
            "notice": calendar.notice(year),
            "loaded": loaded.get(year),
            "waiting": load_year.reference(year) in waiting,
        }
        for year in reversed(_shown_years())
    ]
    unknown = [year for year in load_year.years() if not calendar.announced(year)]
    return render(request, "rule_settings/calendar.html", {"rows": rows, "unknown": unknown})


def _shown_years() -> range:
    return range(min(working_calendar().announced_years), load_year.years()[-1] + 1)


@never_cache
@for_roles(ADMINS)
@require_http_methods(["GET", "HEAD", "POST"])
def year_page(request: HttpRequest, year: int) -> HttpResponseBase:
    """The days of a year; a POST previews a notice (``step=preview``) or proposes it (``step=propose``)."""
    account = signed_in(request)
    if year not in _shown_years():
        raise Http404(f"工作日历没有{year}年")
    if request.method != "POST":
        return _page(request, account, year, YearForm())
    if not proposes(account):
        return _page(request, account, year, YearForm(), status=403)
    form = YearForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, account, year, form, status=422)
    try:
        notice = load_year.read(form.source, year)
        if request.POST.get("step") == "propose":
            return _propose(request, account, form, notice)
        return _preview(request, form, notice)
    except (Refused, ApprovalRefused) as refusal:
        form.refuse(refusal if isinstance(refusal, Refused) else Refused(str(refusal)))
    return _page(request, account, year, form, status=422)


def _propose(request: HttpRequest, account: Account, form: YearForm, notice: YearNotice) -> HttpResponseBase:
    load_year.propose(account, notice, form.cleaned_data["notice"], form.cleaned_data["reason"])
    messages.success(request, "已提请，等安全管理员批准")
    return redirect("rule_settings:year", notice.year)


def _preview(request: HttpRequest, form: YearForm, notice: YearNotice) -> HttpResponse:
    difference = load_year.compare(notice)
    context = {
        "year": notice.year,
        "notice": form.cleaned_data["notice"],
        "reason": form.cleaned_data["reason"],
        "text": _written(notice),
        "difference": difference,
        "changes": changes(difference),
        "new": days_of(notice),
        "announced": working_calendar().announced(notice.year),
    }
    return render(request, "rule_settings/preview.html", context)


def _page(request: HttpRequest, account: Account, year: int, form: YearForm, status: int = 200) -> HttpResponse:
    notice = _named(year)
    asked = Approval.objects.filter(kind=load_year.KIND, object_ref=load_year.reference(year))
    waiting = asked.waiting().select_related("proposer").first()
    open_year = year in load_year.years()
    context: dict[str, Any] = {
        "year": year,
        "days": days_of(notice) if notice else None,
        "loaded": CalendarYear.objects.filter(year=year).select_related("loaded_by").order_by("-id"),
        "shipped": state_council_calendar().announced(year),
        "waiting": waiting,
        "decided": asked.exclude(state="proposed").select_related("proposer", "decider")[:10],
        "form": form if proposes(account) and waiting is None and open_year else None,
        "open_year": open_year,
        "past": year < timezone.localdate().year,
    }
    return render(request, "rule_settings/year.html", context, status=status)


def _named(year: int) -> YearNotice | None:
    """The notice in force, with the festivals' names where the shipped notice has them for the same day."""
    notice, shipped = working_calendar().notice(year), state_council_calendar().notice(year)
    if notice is None or shipped is None:
        return notice
    return YearNotice(year, _names(notice.holidays, shipped.holidays), _names(notice.workdays, shipped.workdays))


def _names(wanted: Any, known: Any) -> dict[date, str]:
    return {day: name or known.get(day, "") for day, name in wanted.items()}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring days off: their festival, from and to, how many."""

    name: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class DaysOfYear:
    """A year as a page shows it."""

    off: tuple[Stretch, ...]
    off_count: int
    worked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change and the days it concerns."""

    title: str
    words: str
    count: int


def days_of(notice: YearNotice) -> DaysOfYear:
    """The days of a notice: stretches off, and weekend days that are worked."""
    off = tuple(_stretch(notice.holidays, first, last) for first, last in runs(notice.holidays))
    worked = tuple(_range(day, day) for day in sorted(notice.workdays))
    return DaysOfYear(off, len(notice.holidays), worked)


def _stretch(names: Mapping[date, str], first: date, last: date) -> Stretch:
    days = [day for day in sorted(names) if first <= day <= last]
    said = dict.fromkeys(name for day in days if (name := names[day]))
    return Stretch("、".join(said), _range(first, last), len(days))


def _range(first: date, last: date) -> str:
    return f"{day_range(first, last)} {weekday(first)}{f'至{weekday(last)}' if last > first else ''}"


def changes(difference: Difference) -> list[Change]:
    """What becomes free and what becomes worked, in words; kinds without a day are left out."""
    kinds = (
        ("新增放假", difference.off_added),
        ("取消放假", difference.off_removed),
        ("新增调休上班", difference.worked_added),
        ("取消调休上班", difference.worked_removed),
    )
    return [Change(title, _joined(days), len(days)) for title, days in kinds if days]


def _joined(days: Iterable[date]) -> str:
    return "、".join(day_range(first, last) for first, last in runs(days))


def _written(notice: YearNotice) -> str:
    """The notice as the text it could be pasted as."""
    rows = [(day, "放假", name) for day, name in notice.holidays.items()]
    rows += [(day, "上班", name) for day, name in notice.workdays.items()]
    return "\n".join(f"{day.isoformat()},{kind},{name.replace(',', '、')}" for day, kind, name in sorted(rows))
