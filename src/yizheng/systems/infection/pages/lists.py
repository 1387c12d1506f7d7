"""缺报、问题数据、数据规则: the lists beside the sheets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from yizheng.people import audit
from yizheng.people.tables import Actions, Asked, Choice, Column, Number, State, Table
from yizheng.shell.desk.access import signed_in
from yizheng.systems.infection.models import Problem, ProblemState
from yizheng.systems.infection.models.problems import UNSETTLED
from yizheng.systems.infection.pages.access import hospital_only, infection_only, month_asked, names_of_hospitals
from yizheng.systems.infection.records.kinds import RECORDS
from yizheng.systems.infection.reporting.plans import Missing, missing
from yizheng.systems.infection.rules.declaring import severity, titles

SEVERITY = {"error": "错误", "warning": "提示"}


def _missing(asked: Asked) -> list[Any]:
    found = missing(asked.account, month_asked(asked.request, asked.today), asked.today)
    names = names_of_hospitals({each.plan.subject_id for each in found})
    return [(each, names.get(each.plan.subject_id, "")) for each in found]


def _what(row: tuple[Missing, str]) -> str:
    plan = row[0].plan
    return f"{plan.unit.name}　{RECORDS[plan.record].title}" if plan.unit else RECORDS[plan.record].title


def _month_words(asked: Asked) -> str:
    return f"{month_asked(asked.request, asked.today):%Y年%-m月}；零报告是数据，未报不是 0"


MISSING = Table(
    "infection_missing",
    "缺报",
    _missing,
    (
        Column("医院", lambda row: row[1], 26, css="name"),
        Column("报表", _what, 26),
        Column("截止", lambda row: row[0].due, 12),
        Number("逾期（日）", lambda row: row[0].days, 10),
        State("状态", lambda row: row[0].sheet.get_state_display() if row[0].sheet else "未开始", 14),
    ),
    guard=infection_only,
    says=_month_words,
    tally="张",
    empty="没有缺报。截止日的次日起才算缺报。",
)
"""What was due and was not handed up."""


def _problems(asked: Asked) -> QuerySet[Problem]:
    found = Problem.objects.visible_to(asked.account).select_related("sheet__unit", "answered_by")
    return found.filter(state__in=UNSETTLED) if asked["state"] == "open" else found


def _described(problems: list[Any], asked: Asked) -> Iterable[Any]:
    names = names_of_hospitals({each.subject_id for each in problems})
    for each in problems:
        each.hospital = names.get(each.subject_id, "")
        each.age = (asked.today - timezone.localdate(each.found)).days
        each.level = SEVERITY[severity(each.rule)] if each.rule in titles() else "提示"
    return problems


PROBLEMS = Table(
    "infection_problems",
    "问题数据",
    _problems,
    (
        Column("医院", "hospital", 24, css="name"),
        Column("报表", "sheet", 24, link=lambda each: each.sheet.get_absolute_url()),
        Column("情形", "words", 40, beside=("rule",)),
        Column("说明", "answer", 30, nothing="医院还没有说明"),
        Number("天数", "age", 6),
        State("状态", lambda each: each.get_state_display(), 16),
        Actions("答复", "infection/parts/answer.html", 20),
    ),
    guard=infection_only,
    filters=(
        Choice("状态", "state", options=[("open", "未了结"), ("all", "全部")], default=lambda: "open", always=True),
        Choice(
            "规则", "rule", options=lambda: [(code, f"{code} {title}") for code, title in titles().items()], by="rule"
        ),
    ),
    order=("found", "pk"),
    described=_described,
    says="错误未了结的报表不进入统计；提示由医院说明，由区级审核时一并认可",
    tally="条，旧的在前",
    empty="没有未了结的问题数据。",
)
"""What rules found, with its age."""


RULES = Table(
    "infection_rules",
    "数据规则",
    lambda asked: [(code, title, SEVERITY[severity(code)]) for code, title in titles().items()],
    (
        Column("规则", lambda row: row[0], 8),
        Column("内容", lambda row: row[1], 40, css="name"),
        Column("程度", lambda row: row[2], 8),
    ),
    guard=infection_only,
    says="填写时和提交时用同一套规则；错误须改好，提示须说明",
    tally="条规则",
)
"""Every rule."""


@hospital_only
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The hospital explains a problem."""
    account, said = signed_in(request), request.POST.get("answer", "").strip()
    problem = Problem.objects.visible_to(account).filter(pk=pk).first()
    if problem is None:
        raise Http404("没有这条问题数据")
    if not said:
        return PROBLEMS.answer(request, 422, problem="请写明情况")
    waiting = Problem.objects.visible_to(account).filter(pk=pk, state=ProblemState.OPEN)
    if waiting.update(state=ProblemState.ANSWERED, answer=said[:300], answered_by=account) != 1:
        return PROBLEMS.answer(request, 422, problem="这条问题数据已经答复")
    audit.record(account, "infection.answer", f"infection_problem:{pk}")
    messages.success(request, "已答复")
    return redirect("infection:problems")
