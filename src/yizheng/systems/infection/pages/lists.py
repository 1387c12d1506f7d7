"""缺报、问题数据、数据规则: the lists beside the sheets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from yizheng.people import audit
from yizheng.people.permissions import allowed
from yizheng.people.scopes import city
from yizheng.people.tables import Actions, Asked, Choice, Column, Link, Month, Number, State, Table
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.infection.models import Problem, ProblemState
from yizheng.systems.infection.models.problems import UNSETTLED
from yizheng.systems.infection.pages.access import hospital_only, infection_only, month_asked, names_of_hospitals
from yizheng.systems.infection.records.declaring import month_before
from yizheng.systems.infection.records.kinds import RECORDS
from yizheng.systems.infection.reporting.lifecycle import OFFICER
from yizheng.systems.infection.reporting.plans import Missing, due_day, missing
from yizheng.systems.infection.rules.declaring import severity, titles

officers_only = for_roles(frozenset({OFFICER}))
SEVERITY = {"error": "错误", "warning": "提示"}


def _missing(asked: Asked) -> list[Any]:
    found = missing(asked.account, month_asked(asked.request, asked.today), asked.today)
    names = names_of_hospitals({each.plan.subject_id for each in found})
    return [(each, names.get(each.plan.subject_id, "")) for each in found]


def _what(row: tuple[Missing, str]) -> str:
    plan = row[0].plan
    return f"{plan.unit.name}　{RECORDS[plan.record].title}" if plan.unit else RECORDS[plan.record].title


def _month_words(asked: Asked) -> str:
    month = month_asked(asked.request, asked.today)
    due = due_day(month)
    stands = "次日起算缺报" if asked.today <= due else "已过"
    return f"{month:%Y年%-m月}的报表 {due:%-m月%-d日}截止，{stands}；零报告是数据，未报不是 0"


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
    filters=(Month("月份", "month", default=lambda: month_before(timezone.localdate().replace(day=1))),),
    says=_month_words,
    tally="张",
    empty="这个月没有缺报，或者还没有到期。",
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
        Actions("办理", "infection/parts/answer.html", 20),
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
    links=lambda asked: [Link("按医院看账龄", reverse("infection:problem_ages"), "hourglass")],
    tally="条，旧的在前",
    empty="没有未了结的问题数据。",
)
"""What rules found, with its age."""


AGES = ((0, 7, "7 日以内"), (8, 30, "8 至 30 日"), (31, 36500, "31 日以上"))
"""How long a problem has been open, in bands of days."""


def _ages(asked: Asked) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    unsettled = Problem.objects.visible_to(asked.account).filter(state__in=UNSETTLED)
    for subject, error, since in unsettled.values_list("subject_id", "error", "found"):
        days = (asked.today - timezone.localdate(since)).days
        row = found.setdefault(
            subject, {"subject": subject, "all": 0, "errors": 0, "oldest": 0, **{words: 0 for *_, words in AGES}}
        )
        row["all"] += 1
        row["errors"] += error
        row["oldest"] = max(row["oldest"], days)
        row[next(words for low, high, words in AGES if low <= max(days, 0) <= high)] += 1
    names = names_of_hospitals(set(found))
    rows = [{**row, "hospital": names.get(subject, "")} for subject, row in found.items()]
    return sorted(rows, key=lambda row: (-row["oldest"], -row["all"], row["subject"]))


PROBLEM_AGES = Table(
    "infection_problem_ages",
    "问题数据账龄",
    _ages,
    (
        Column("医院", "hospital", 26, css="name"),
        Number("未了结", "all", 8),
        Number("其中错误", "errors", 8),
        *(Number(words, words, 10) for *_, words in AGES),
        Number("最久（日）", "oldest", 10),
    ),
    guard=infection_only,
    says="各医院未了结的问题数据，按发现以来的天数；错误没有了结的报表不进入统计",
    tally="家，最久的在前",
    empty="没有未了结的问题数据。",
)
"""How old the problems of each hospital are."""


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
    says="填写、提交和夜间复查用同一套规则；错误须改好，提示须说明",
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
    waiting = Problem.objects.visible_to(account).filter(pk=pk, state=ProblemState.OPEN, error=False)
    if waiting.update(state=ProblemState.ANSWERED, answer=said[:300], answered_by=account) != 1:
        return PROBLEMS.answer(request, 422, problem="这条问题数据已经答复，或者是错误：错误由填报人申请订正，改好再报")
    audit.record(account, "infection.answer", f"infection_problem:{pk}")
    messages.success(request, "已答复")
    return redirect("infection:problems")


@officers_only
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The officer accepts what the hospital wrote about a warning; an error is settled by a correction alone."""
    account = signed_in(request)
    answered = Problem.objects.visible_to(account).filter(pk=pk, state=ProblemState.ANSWERED, error=False)
    problem = answered.first()
    if problem is None or not any(allowed(account, OFFICER, each) for each in (problem.authority_scope, city().pk)):
        return PROBLEMS.answer(request, 422, problem="只能认可医院已经说明的提示；错误由医院订正")
    if answered.update(state=ProblemState.CLOSED, closed_by=account) != 1:
        return PROBLEMS.answer(request, 422, problem="这条问题数据已由他人办理")
    audit.record(account, "infection.settle", f"infection_problem:{pk}")
    messages.success(request, "已认可")
    return redirect("infection:problems")
