"""心理测试: questionnaires of a person with their scores, taking one down, alerts and their end; for the psychologist alone."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yizheng.kernel.chinese_dates import parse_date
from yizheng.people.models import Account
from yizheng.people.tables import Asked, Choice, Column, State, Table
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.sequelae import rights, sealing
from yizheng.systems.sequelae.consultation import charts
from yizheng.systems.sequelae.consultation.charts import Line
from yizheng.systems.sequelae.models import Alert, Person, ScaleTest
from yizheng.systems.sequelae.pages.access import person_for
from yizheng.systems.sequelae.persons.identities import Who, who_are, who_is
from yizheng.systems.sequelae.questionnaires import taking
from yizheng.systems.sequelae.questionnaires.scoring import HINTS, SCALES, SELF_HARM, VERSIONS, allowed, items
from yizheng.systems.sequelae.rounds.current import current_round

psychologist_only = for_roles(rights.SEE_ANSWERS)
NOBODY = Who()
NO_VERSION = ("通用",)


def alert_state(alert: Alert) -> str:
    """Where an alert stands, in a state word."""
    if alert.closed:
        return "已处置"
    return "已超期" if alert.due <= timezone.now() else "待核查"


def _described(alerts: list[Any], asked: Asked) -> Iterable[dict[str, Any]]:
    names = who_are(asked.account, [each.person for each in alerts])
    for each in alerts:
        yield {
            "url": each.get_absolute_url(), "code": each.person.code, "name": names.get(each.person_id, NOBODY).name,
            "scale": each.test.scale, "raised": each.raised, "due": each.due, "named": each.named.display_name,
            "closed": each.closer.display_name if each.closer else "", "state": alert_state(each),
        }  # fmt: skip


ALERTS = Table(
    "sequelae_alerts",
    "自伤提醒",
    lambda asked: Alert.objects.visible_to(asked.account).select_related("person", "test", "named", "closer"),
    (
        Column("人员", "code", 10, css="together", link="url"),
        Column("姓名", "name", 12, css="name"),
        Column("量表", "scale", 10),
        Column("提醒", "raised", 18),
        Column("处置时限", "due", 18),
        Column("负责人", "named", 16),
        Column("处置人", "closed", 16, nothing="还没有处置"),
        State("状态", "state", 10),
    ),
    guard=psychologist_only,
    stays=True,
    filters=(
        Choice(
            "状态",
            "state",
            (("open", "未处置"), ("closed", "已处置")),
            by=lambda rows, state: rows.filter(closed__isnull=state == "open"),
        ),
    ),
    order=("-pk",),
    described=_described,
    says="作答涉及自伤的，当日联系本人；超过时限通知全部心理评估人员",
    tally="条，新的在前",
    empty="没有自伤提醒。",
)
"""Alerts, the open ones first to be ended."""


@never_cache
@psychologist_only
@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One alert with the answers and how to reach the person; a POST ends it."""
    account = signed_in(request)
    one = (
        Alert.objects.visible_to(account)
        .select_related("person", "test__person", "named", "closer")
        .filter(pk=pk)
        .first()
    )
    if one is None:
        raise Http404("没有这条提醒")
    person, problem = person_for(account, one.person.code, "alert"), ""
    if request.method == "POST":
        try:
            taking.close(account, pk, request.POST.get("said", ""))
        except taking.Refused as refused:
            problem = str(refused)
        else:
            messages.success(request, "已记录处置")
            return redirect("sequelae:alerts")
    Alert.objects.visible_to(account).filter(pk=pk, seen=None, named=account).update(seen=timezone.now())
    answers = taking.answers_of(account, one.test)
    harm = {str(number) for number in SELF_HARM.get(one.test.scale, ())}
    context = {
        "alert": one, "person": person, "who": who_is(account, person), "problem": problem, "state": alert_state(one),
        "answers": [(item, "—" if each is None else each, item in harm) for item, each in zip(items(one.test.scale), answers, strict=True)],
        "said": sealing.opened([(person.subject_id, one.sealed)])[0] if one.sealed else "",
    }  # fmt: skip
    return render(request, "sequelae/alert.html", context, status=422 if problem else 200)


@never_cache
@psychologist_only
@require_http_methods(["GET", "HEAD", "POST"])
def tests(request: HttpRequest, code: str) -> HttpResponseBase:
    """The questionnaires of a person; a POST takes one down."""
    account = signed_in(request)
    person = person_for(account, code, "tests")
    scale = request.GET.get("scale", "")
    scale = scale if scale in SCALES else "PHQ-9"
    problem = _taken(request, account, person, scale) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return redirect("sequelae:tests", person.code)
    version = (request.POST.get("version") or _versions(scale)[0]) if request.method == "POST" else _versions(scale)[0]
    shown = [
        (item, *allowed(scale, version if version in _versions(scale) else _versions(scale)[0], item))
        for item in items(scale)
    ]
    context = {
        "person": person, "who": who_is(account, person), "problem": problem, "scales": SCALES.items(), "scale": scale,
        "versions": _versions(scale), "items": [(item, low, high, request.POST.get(f"a{item}", "")) for item, low, high in shown],
        "history": _history(account, person), "today": timezone.localdate(), "round": current_round(account),
        "trend": _trend(account, person, scale), "hint": HINTS.get(scale, ""),
    }  # fmt: skip
    return render(request, "sequelae/tests.html", context, status=422 if problem else 200)


def _versions(scale: str) -> tuple[str, ...]:
    return VERSIONS.get(scale, NO_VERSION)


def _taken(request: HttpRequest, account: Account, person: Person, scale: str) -> str:
    """Why the questionnaire cannot be taken down; empty when it was."""
    typed, version, now = request.POST, request.POST.get("version", ""), current_round(account)
    on = parse_date(typed.get("on", ""))
    if now is None or on is None or version not in _versions(scale):
        return "请选择版本，填写测试日期"
    answers: list[int | None] = []
    for item in items(scale):
        text, (low, high) = typed.get(f"a{item}", "").strip(), allowed(scale, version, item)
        if text and not (text.isascii() and text.isdigit() and len(text) < 5 and low <= int(text) <= high):
            return f"第 {item} 题应为 {low}～{high}，漏答请留空"
        answers.append(int(text) if text else None)
    try:
        _, found = taking.take(account, person, now, scale, version, answers, on)
    except taking.Refused as refused:
        return str(refused)
    messages.success(
        request, f"已录入 {scale}：{found.words}" + ("；已发出自伤提醒，请今日处置" if found.alert else "")
    )
    return ""


def _rows(account: Account, person: Person) -> list[tuple[ScaleTest, dict[str, Any]]]:
    seen = (
        ScaleTest.objects.visible_to(account).filter(person=person, replaced=False).select_related("round", "account")
    )
    found = list(seen)
    contents = sealing.opened([(person.subject_id, each.sealed) for each in found])
    return list(zip(found, contents, strict=True))


def _history(account: Account, person: Person) -> list[dict[str, Any]]:
    return [
        {
            "row": row, "words": content["words"],
            "figures": "，".join(f"{name} {value:g}" for name, value in content["figures"].items()),
        }
        for row, content in _rows(account, person)
    ]  # fmt: skip


def _trend(account: Account, person: Person, scale: str) -> Any:
    points = sorted(
        (row.round.year, float(content["figures"]["总分"]))
        for row, content in _rows(account, person)
        if row.scale == scale and "总分" in content["figures"]
    )
    return charts.trend(f"{scale} 总分", [Line("总分", points)])


@never_cache
@psychologist_only
@require_safe
def answers(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The answers of one questionnaire, item by item."""
    account = signed_in(request)
    person = person_for(account, code, "answers")
    seen = ScaleTest.objects.visible_to(account).select_related("person", "round")
    test = seen.filter(pk=pk, person=person).first()
    if test is None:
        raise Http404("没有这份测试")
    given = taking.answers_of(account, test)
    harm = {str(number) for number in SELF_HARM.get(test.scale, ())}
    rows = [
        (item, "—" if each is None else each, item in harm) for item, each in zip(items(test.scale), given, strict=True)
    ]
    return render(
        request,
        "sequelae/answers.html",
        {"person": person, "who": who_is(account, person), "test": test, "answers": rows},
    )
