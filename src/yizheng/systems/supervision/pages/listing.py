"""The worklist of clues, what is due first, and every rule with how it fares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yizheng.people.models import Scope
from yizheng.people.tables import Asked, Choice, Column, Number, State, Table
from yizheng.people.tables.table import Link
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.shell.record.pages import person_address
from yizheng.systems.supervision.finding import every_rule, figures
from yizheng.systems.supervision.models import OPEN, Clue, ClueState
from yizheng.systems.supervision.pages.entries import INSPECTORS
from yizheng.systems.supervision.severities import WORDS
from yizheng.work import jobs

STATES = {
    ClueState.ASSIGNED: "待核查", ClueState.VERIFYING: "审核中", ClueState.PROPOSED: "待确认", ClueState.ORDERED: "待改正",
    ClueState.CLOSED: "已办结",
}  # fmt: skip
_REGISTERS = {"I": "institution", "D": "doctor", "N": "nurse"}


def rule_title(clue: Clue) -> str:
    """The number and the title of the rule."""
    return f"{clue.rule}　{every_rule()[clue.rule].title}"


def subject_address(clue: Clue) -> str:
    """The record of whom the clue is about; empty for somebody no register knows."""
    register = _REGISTERS.get(clue.rule[0], "")
    return person_address(register, int(clue.subject)) if register and clue.subject.isdecimal() else ""


def _clues(asked: Asked) -> QuerySet[Clue]:
    found = Clue.objects.visible_to(asked.account).select_related("officer")
    return found.filter(state__in=OPEN) if asked["state"] == "open" else found


def _described(clues: list[Any], asked: Asked) -> Iterable[Any]:
    names = dict(Scope.objects.filter(pk__in={each.authority_scope for each in clues}).values_list("pk", "name"))
    for each in clues:
        each.district = names.get(each.authority_scope, "")
        each.overdue = each.state != ClueState.CLOSED and each.due_on < asked.today
    return clues


def _links(asked: Asked) -> Iterable[Link]:
    return [Link("监管规则", reverse("supervision:rules"), "list-details")]


CLUES = Table(
    "clues",
    "监管线索",
    _clues,
    (
        Column("核查期限", "due_on", 12, beside=(lambda clue: "已超期" if clue.overdue else "",)),
        Column("线索", rule_title, 30, css="name", link=lambda clue: reverse("supervision:clue", args=[clue.pk])),
        Column("对象", "subject", 14, link=subject_address, nothing="登记簿中没有"),
        Column("程度", lambda clue: WORDS[clue.severity], 6),
        Number("次数", "hits", 8),
        Column("最近发生", "last_hit", 12),
        Column("辖区", "district", 14),
        State("状态", lambda clue: STATES[ClueState(clue.state)], 12),
        Column(
            "核查人", lambda clue: clue.officer.display_name if clue.officer else "", 12, nothing="还没有人开始核查"
        ),
    ),
    guard=for_roles(INSPECTORS),
    filters=(
        Choice("状态", "state", options=[("open", "未办结"), ("all", "全部")], default=lambda: "open", always=True),
        Choice(
            "规则",
            "rule",
            options=lambda: [(code, f"{code} {each.title}") for code, each in every_rule().items()],
            by="rule",
        ),
        Choice("程度", "severity", options=list(WORDS.items()), by="severity"),
    ),
    order=("due_on", "pk"),
    described=_described,
    links=_links,
    says="规则只提示，是否属实由两名监督员核查；同一规则对同一对象的重复命中合为一条",
    tally="条，期限近的在前",
    empty="没有未办结的线索。每月切片之后按规则判定，也可以在下面立即判定。",
    template="supervision/clues.html",
)
"""Open clues, what is due first."""


RULE_LIST = Table(
    "supervision_rules",
    "监管规则",
    lambda asked: list(figures(asked.account)),
    (
        Column("规则", lambda each: each.rule.code, 6),
        Column(
            "内容",
            lambda each: each.rule.title,
            28,
            css="name",
            link=lambda each: f"{reverse('supervision:clues')}?state=all&rule={each.rule.code}",
        ),
        Column("程度", lambda each: WORDS[each.severity], 6),
        Column(
            "依据", lambda each: "、".join(map(str, each.rule.articles)), 40, css="dense", nothing="数据规则，没有条文"
        ),
        Number("未办结", "open", 8),
        Number("已办结", "closed", 8),
        Number("属实", "confirmed", 8),
        Column("属实率（95% 区间）", "rate", 20, nothing="还没有经人核查的线索"),
    ),
    guard=for_roles(INSPECTORS),
    says="属实率按经两名监督员核查的线索计算，区间用 Wilson 法",
    tally="条规则",
)
"""Every rule with its figures."""


@for_roles(INSPECTORS)
@require_POST
def judge(request: HttpRequest) -> HttpResponseBase:
    """Ask the rules of the newest slices now, as a job."""
    account = signed_in(request)
    job = jobs.defer("supervision.judge", account=account, by=account.pk)
    messages.success(request, "正在按规则判定")
    return redirect(jobs.progress_page(job))
