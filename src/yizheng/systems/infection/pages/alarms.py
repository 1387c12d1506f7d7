"""预警和暴发事件: lists, an alarm that explains itself, an event with its clock, its reports and its epidemic curve."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yizheng.kernel.statistics.intervals import wilson
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import allowed
from yizheng.people.scopes import city
from yizheng.people.tables import Asked, Choice, Column, Number, State, Table
from yizheng.shell.desk.access import signed_in
from yizheng.systems.infection.detection import weekly
from yizheng.systems.infection.lists import names
from yizheng.systems.infection.models import Alarm, AlarmState, Outbreak, OutbreakReport, Sheet
from yizheng.systems.infection.outbreaks import acting
from yizheng.systems.infection.outbreaks.ladder import ladder
from yizheng.systems.infection.outbreaks.mapping import ward_map
from yizheng.systems.infection.outbreaks.operators import DAYS, INFECTIONS
from yizheng.systems.infection.outbreaks.watching import SITE, SURGEON
from yizheng.systems.infection.outbreaks.weighing import RULE_DAYS, RULE_PATIENTS
from yizheng.systems.infection.pages.access import hospital_of, infection_only, names_of_hospitals
from yizheng.systems.infection.pages.drawing import Days, draw_days
from yizheng.systems.infection.records.declaring import Row, day_of, month_before
from yizheng.systems.infection.reporting.acting import NotNow
from yizheng.systems.infection.reporting.content import unit_names
from yizheng.systems.infection.reporting.lifecycle import APPROVER

WORDS = {
    "A": f"规则 A：{RULE_DAYS} 日内同科室同病原 ≥{RULE_PATIENTS} 名患者",
    "B": "规则 B：该病原一例即须核实",
    "C": f"规则 C：同一手术者 {DAYS} 日内的手术 ≥{INFECTIONS} 名患者手术部位感染",
    "C1": "EARS C1",
    "C2": "EARS C2 超过阈值",
    "C3": "EARS C3",
    "scan": "时间扫描：聚集不像偶然",
    **{code: name for code, (name, _) in weekly.METHODS.items() if code != "scan"},
}
DAY_METHODS = {
    "C1": ("EARS C1", "前 7 日，α 0.001"),
    "C2": ("EARS C2", "间隔 2 日的 7 日，α 0.001"),
    "C3": ("EARS C3", "C2 连续三日合计，门限 1.96"),
    "scan": ("时间扫描", "上月 1 日至当日，窗口至多一半，999 次模拟，p ≤ 0.001"),
}
CURVE_DAYS = 21
TYPED = ("state", "cases", "exposed", "deaths", "harmed", "special", "impact", "summary")


def organism(code: str) -> str:
    """What gathers, in words: an organism, a site, or infections after one surgeon."""
    if code.startswith(SITE):
        return f"{names('site').get(code[2:], code[2:])}（各病原体）"
    if code.startswith(SURGEON):
        return f"手术者 {code[2:]} 的手术部位感染"
    return names("pathogen").get(code, code)


def _named(rows: list[Any], asked: Asked) -> Iterable[Any]:
    hospitals = names_of_hospitals({each.subject_id for each in rows})
    for each in rows:
        each.hospital = hospitals.get(each.subject_id, "")
        each.said = organism(each.organism)
    return rows


def _alarms(asked: Asked) -> QuerySet[Alarm]:
    found = Alarm.objects.visible_to(asked.account).select_related("unit")
    return found.filter(state=AlarmState.OPEN) if asked["state"] == "open" else found


ALARMS = Table(
    "infection_alarms",
    "聚集预警",
    _alarms,
    (
        Column("日期", "day", 12),
        Column("医院", "hospital", 24),
        Column("科室", "place", 16, css="name", link=lambda each: reverse("infection:alarm", args=[each.pk])),
        Column("对象", "said", 20),
        Number("患者", lambda each: each.explained["patients"], 8),
        Column("规则", lambda each: "、".join(each.rules), 10),
        State("状态", lambda each: each.get_state_display(), 12),
        Column("理由", "reason", 24, nothing="还没有核实"),
    ),
    guard=infection_only,
    filters=(Choice("状态", "state", options=[("open", "待核实"), ("all", "全部")], default=lambda: "open", always=True),),
    order=("-day", "pk"),
    described=_named,
    says="每天 05:20 按科室和病原体检测，正在填写的病例也算；由医院核实",
    tally="条，新的在前",
    empty="没有待核实的预警。",
)  # fmt: skip
"""Alarms, the newest first."""

OUTBREAKS = Table(
    "infection_outbreaks",
    "暴发事件",
    lambda asked: Outbreak.objects.visible_to(asked.account).select_related("unit"),
    (
        Column("发现", "detected", 18),
        Column("医院", "hospital", 24),
        Column("科室", "place", 16, css="name", link=lambda each: reverse("infection:outbreak", args=[each.pk])),
        Column("对象", "said", 20),
        Number("病例", "cases", 8),
        State("状态", lambda each: each.get_state_display(), 16),
    ),
    guard=infection_only,
    order=("-detected", "pk"),
    described=_named,
    says="核实的预警成为事件；报告时限自证实时起计",
    tally="起，新的在前",
    empty="没有暴发事件。",
)
"""Events, the newest first."""


def _alarm(request: HttpRequest, pk: int) -> Alarm:
    found = (
        Alarm.objects.visible_to(signed_in(request)).select_related("unit", "account", "outbreak").filter(pk=pk).first()
    )
    if found is None:
        raise Http404("没有这条预警，或者不在您的辖区")
    return found


@never_cache
@infection_only
@require_safe
def alarm(request: HttpRequest, pk: int) -> HttpResponse:
    """One alarm."""
    return _alarm_page(request, _alarm(request, pk))


def _alarm_page(request: HttpRequest, found: Alarm, problem: str = "", status: int = 200) -> HttpResponse:
    account, said = signed_in(request), found.explained
    own = acting.of_hospital(account, found.institution_scope)
    scale = said.get("scale", "day")
    context: dict[str, Any] = {
        "alarm": found,
        "scale": scale,
        "said": said,
        "organism": organism(found.organism),
        "hospital": names_of_hospitals({found.subject_id}).get(found.subject_id, ""),
        "drawing": _drawn(said, scale),
        "baseline_ends": said["days"][said["baseline"] - 1] if scale == "day" else "",
        "today": said["counts"][-1] if scale != "surgeon" else said["patients"],
        "methods": _methods_in_words(said, DAY_METHODS if scale == "day" else weekly.METHODS),
        "fired": [WORDS[each] for each in found.rules],
        "rows": _rows(found, account) if own else [],
        "own": own and found.state == AlarmState.OPEN,
        "problem": problem,
    }
    return render(request, "infection/alarm.html", context, status=status)


def _drawn(said: dict[str, Any], scale: str) -> Days | None:
    if scale == "surgeon":
        return None
    labels = [f"{day[5:]}" if place % 5 == 0 else "" for place, day in enumerate(reversed(said["days"]))][::-1]
    return draw_days(
        said["days"], said["counts"], said["threshold"], said.get("baseline", 0), labels if scale == "week" else None
    )


def _methods_in_words(said: dict[str, Any], declared: Mapping[str, tuple[str, str]]) -> list[dict[str, Any]]:
    """Each method with its name, parameters, statistic and bound; one without history says so."""
    return [
        {**each, "name": declared[each["code"]][0], "parameters": declared[each["code"]][1]}
        for each in said.get("methods", ())
    ]


def _rows(found: Alarm, account: Account) -> list[dict[str, Any]]:
    """The patients behind an alarm; for the hospital alone."""
    first, last = month_before(found.day.replace(day=1)), found.day
    seen = Sheet.objects.visible_to(account).filter(subject_id=found.subject_id, record="case")
    sheets = seen.filter(period__gte=first, period__lte=last)
    rows = [row for sheet in sheets for row in sheet.rows if row.get("inpatient_number") in found.explained["who"]]
    return [
        {**row, "site_words": names("site").get(str(row.get("site")), "—")}
        for row in rows
        if found.organism in (row.get("pathogen"), f"{SITE}{row.get('site')}")
    ]


@infection_only
@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Verify or dismiss an alarm."""
    found, account, reason = _alarm(request, pk), signed_in(request), request.POST.get("reason", "")
    try:
        if request.POST.get("verdict") == "verify":
            event = acting.verify(found, account, reason)
            messages.success(request, "已核实，成为事件")
            return redirect("infection:outbreak", event.pk)
        acting.dismiss(found, account, reason)
    except NotNow as refused:
        return _alarm_page(request, _alarm(request, pk), str(refused), 422)
    messages.success(request, "已排除")
    return redirect("infection:alarms")


def _outbreak(request: HttpRequest, pk: int) -> Outbreak:
    found = Outbreak.objects.visible_to(signed_in(request)).select_related("unit").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这起事件，或者不在您的辖区")
    return found


@never_cache
@infection_only
@require_safe
def outbreak(request: HttpRequest, pk: int) -> HttpResponse:
    """One event."""
    return _outbreak_page(request, _outbreak(request, pk))


def _outbreak_page(request: HttpRequest, found: Outbreak, problem: str = "", status: int = 200) -> HttpResponse:
    account, typed = signed_in(request), request.POST
    reports = list(found.reports.select_related("account"))
    findings = list(found.findings.select_related("account"))
    first, rows = _cases(found, account)
    days, counts = _curve(rows, first, found.unit.code if found.unit else "")
    in_district = allowed(account, Role.INFECTION_OFFICER, found.authority_scope)
    in_city = allowed(account, Role.INFECTION_OFFICER, city().pk)
    context: dict[str, Any] = {
        "outbreak": found,
        "organism": organism(found.organism),
        "hospital": names_of_hospitals({found.subject_id}).get(found.subject_id, ""),
        "steps": ladder(findings, reports),
        "findings": findings,
        "typed": {name: typed.get(name, getattr(found, name)) for name in TYPED},
        "text": typed.get("text", ""),
        "attack": _attack(found),
        "curve": draw_days(days, counts, None, 0),
        "curve_days": [day[8:].lstrip("0") for day in days],
        "wards": ward_map(rows, unit_names(found.subject_id), first, CURVE_DAYS),
        "reports": [(each, _may_receive(each, district=in_district, city=in_city)) for each in reports],
        "to_nation": acting.TO_NATION,
        "may_investigate": found.state in acting.OPEN and acting.of_hospital(account, found.institution_scope),
        "may_report": _may_report(found) and allowed(account, APPROVER, found.institution_scope),
        "kinds": [each for each in OutbreakReport.Kind if (each == OutbreakReport.Kind.FIRST) == (not reports)],
        "states": [each for each in Outbreak.State if each != Outbreak.State.OVER],
        "of_hospital": hospital_of(account) is not None,
        "problem": problem,
    }  # fmt: skip
    return render(request, "infection/outbreak.html", context, status=status)


def _may_receive(sent: OutbreakReport, *, district: bool, city: bool) -> str:
    """The moment this reader may enter: the district receives first, then the city, which tells the nation."""
    waits = acting.next_of(sent)
    return waits if (district if waits == acting.BY_DISTRICT else city) else ""


def _may_report(found: Outbreak) -> bool:
    return found.confirmed is not None and found.state in (*acting.CONFIRMING, Outbreak.State.RULED_OUT)


def _cases(found: Outbreak, account: Account) -> tuple[date, list[Row]]:
    """The first day of the curve, three weeks up to the last alarm, and the hospital's cases of what the event is about."""
    alarms = found.alarms.all()
    first = max((each.day for each in alarms), default=found.detected.date()) - timedelta(days=CURVE_DAYS - 1)
    who = {patient for each in alarms for patient in each.explained["who"]}
    seen = Sheet.objects.visible_to(account).filter(subject_id=found.subject_id, record="case")
    rows = [row for sheet in seen.filter(period__gte=month_before(first.replace(day=1))) for row in sheet.rows]
    return first, [
        row
        for row in rows
        if found.organism in (row.get("pathogen"), f"{SITE}{row.get('site')}")
        or (found.organism.startswith(SURGEON) and row.get("inpatient_number") in who)
    ]


def _curve(rows: list[Row], first: date, ward: str) -> tuple[list[str], list[int]]:
    """The epidemic curve: new cases a day, of the event's ward or of the whole hospital."""
    began = Counter(day_of(row.get("onset")) for row in rows if not ward or row.get("ward") == ward)
    days = [first + timedelta(days=number) for number in range(CURVE_DAYS)]
    return [each.isoformat() for each in days], [began[each] for each in days]


def _attack(found: Outbreak) -> dict[str, float] | None:
    """Cases over exposed with its interval; nothing where nobody said how many were exposed."""
    if not found.exposed:
        return None
    low, high = wilson(found.cases, found.exposed, 0.95)
    return {"rate": found.cases / found.exposed * 100, "low": low * 100, "high": high * 100}


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _count(typed: str, title: str) -> int:
    """How many somebody typed, in any width of digits. Raises NotNow."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise NotNow(f"“{title}”请填写 0 至 99999 的整数，没有填 0")
    return int(text)


def _found(typed: QueryDict) -> acting.Found:
    exposed = typed.get("exposed", "").strip()
    return acting.Found(
        typed.get("state", ""), _count(typed.get("cases", ""), "累计病例"),
        _count(exposed, "暴露人数") if exposed else None, _count(typed.get("deaths", ""), "直接死亡"),
        _count(typed.get("harmed", ""), "人身损害"), special=typed.get("special") == "1",
        impact=typed.get("impact") == "1", summary=typed.get("summary", ""),
    )  # fmt: skip


@infection_only
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponseBase:
    """Record the investigation, report, receive."""
    found, account, typed = _outbreak(request, pk), signed_in(request), request.POST
    try:
        if verb == "investigate":
            acting.investigate(found, account, _found(typed))
        elif verb == "report":
            acting.report(found, account, typed.get("kind", ""), typed.get("text", ""))
        elif verb == "receive":
            sent = found.reports.filter(pk=_number(typed.get("report", ""))).first()
            if sent is None:
                raise Http404("没有这份报告")
            acting.receive(sent, account)
        else:
            raise Http404("没有这个操作")
    except NotNow as refused:
        return _outbreak_page(request, _outbreak(request, pk), str(refused), 422)
    messages.success(request, "已记录")
    return redirect("infection:outbreak", pk)
