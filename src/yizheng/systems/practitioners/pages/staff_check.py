"""名单核对: an institution hands in its staff list and gets back who may practise there, in one step."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yizheng.documents.pages.downloads import workbook
from yizheng.documents.spreadsheets import Sheet
from yizheng.intake.files import UnreadableFile, read_upload
from yizheng.kernel.chinese_dates import parse_date, weekday
from yizheng.shell.desk.access import office_only
from yizheng.systems.practitioners.pages.institution import StaffPage, staff_page
from yizheng.systems.practitioners.registered import PeopleRegister, people_register
from yizheng.systems.practitioners.roster import checking
from yizheng.systems.practitioners.roster.checking import MOST, NAME, Checked, Verdict, heads

MOST_SHOWN = 300
MOST_BYTES = 5 * 1024 * 1024
_WIDTHS = (12, 20, 22, 16, 40)
_TEXT = frozenset({1, 2})


@require_http_methods(["GET", "HEAD", "POST"])
@office_only
def staff_check(request: HttpRequest, register: str) -> HttpResponseBase:
    """The form, and after a file was sent its verdicts: on the page, or in a file with one more column."""
    site = staff_page(request, register)
    if site is None:
        raise Http404("没有指明机构")
    sent = request.FILES.get("list")
    if request.method != "POST":
        return _page(request, site)
    if sent is None or isinstance(sent, list):
        return _page(request, site, problem="没有收到文件，请选择名单文件")
    try:
        rows = _read(site.people, sent)
    except UnreadableFile as refused:
        return _page(request, site, problem=str(refused))
    on = parse_date(request.POST.get("on", "")) or timezone.localdate()
    checked = checking.check(site.people, site.account, site.subject, rows, on)
    if request.POST.get("then") == "file":
        return _file(site, checked, on)
    return _page(request, site, checked=checked, on=on)


@require_safe
@office_only
def template(request: HttpRequest, register: str) -> FileResponse:
    """An empty list to fill in."""
    people = people_register(register)
    notes = (f"姓名必填；{people.number_title}和身份证号至少填一项",)
    return workbook("人员名单模板", Sheet("人员名单", heads(people), (), _WIDTHS[:3], notes=notes, text_columns=_TEXT))


def _read(people: PeopleRegister, sent: UploadedFile[Any]) -> list[checking.Row]:
    """The rows of the file. Raises UnreadableFile with what to do about it."""
    if (sent.size or 0) > MOST_BYTES:
        raise UnreadableFile("too_large", "文件超过 5 MB，请分成几个文件")
    read = read_upload(sent, most=MOST, heads=heads(people))
    if NAME not in read.heading or not set(heads(people)[1:]) & set(read.heading):
        raise UnreadableFile("heading", f"表头须有“姓名”，以及“{people.number_title}”或者“身份证号”；可先下载模板")
    return checking.rows_of(people, read.records())


def _page(
    request: HttpRequest,
    site: StaffPage,
    *,
    checked: list[Checked] | None = None,
    on: date | None = None,
    problem: str = "",
) -> HttpResponse:
    judged = on or timezone.localdate()
    rows = sorted(checked or [], key=lambda each: list(Verdict).index(each.verdict))
    counts = Counter(each.verdict for each in rows)
    context = {
        "site": site,
        "problem": problem,
        "checked": checked is not None,
        "total": len(rows),
        "counts": [(verdict.value, counts[verdict], verdict.good) for verdict in Verdict if counts[verdict]],
        "rows": [_shown(site.people, each, judged) for each in rows[:MOST_SHOWN]],
        "on": judged,
        "weekday": weekday(judged),
        "now": timezone.localtime(),
        "more": max(0, len(rows) - MOST_SHOWN),
    }
    return render(request, "practitioners/staff_check.html", context, status=422 if problem else 200)


def _shown(people: PeopleRegister, each: Checked, on: date) -> dict[str, Any]:
    return {
        "line": each.row.line,
        "name": each.row.name or "—",
        "verdict": each.verdict.value,
        "good": each.verdict.good,
        "says": _says(people, each, on),
        "last_day": people.last_day(each.registration),
    }


def _says(people: PeopleRegister, each: Checked, on: date) -> str:
    """What the register says, in the words of the public register."""
    if each.verdict is Verdict.UNREADABLE:
        return f"须填姓名，以及{people.number_title}或者身份证号"
    if each.verdict is Verdict.OTHER_NAME:
        return "号码在登记簿中，姓名不是此人，请核对原件"
    if each.verdict is Verdict.UNKNOWN:
        return "不能在本机构执业；号码填写有误的，请核对原件"
    return people.standing(each.registration, on).verdict if each.registration else "没有执业注册，不得执业"


def _file(site: StaffPage, checked: list[Checked], on: date) -> FileResponse:
    people = site.people
    until = ("有效期至",) if people.term else ()
    rows = [
        (
            each.row.name,
            each.row.number,
            each.row.identity,
            each.verdict.value,
            _says(people, each, on),
            *((people.last_day(each.registration) or "") for _ in until),
        )
        for each in checked
    ]
    notes = (
        f"{site.name}　按 {on.isoformat()}（{weekday(on)}）的登记核对　{timezone.localtime():%Y-%m-%d %H:%M} 生成",
    )
    titles, widths = (*heads(people), "核对结果", "说明", *until), (*_WIDTHS, *(14 for _ in until))
    sheet = Sheet("核对结果", titles, rows, widths, notes=notes, text_columns=_TEXT)
    return workbook("人员名单核对结果", sheet)
