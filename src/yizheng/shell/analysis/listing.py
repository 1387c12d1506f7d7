"""The ready questions of each system, one's own and the shared ones, the kept answers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yizheng.analysis.catalogue import ReadyQuestion, ready, systems
from yizheng.analysis.models import KeptAnswer, SavedQuestion
from yizheng.analysis.questions import VIEWS
from yizheng.people.tables import Asked, Choice, Column, Table
from yizheng.shell.access import for_roles
from yizheng.shell.analysis import form
from yizheng.shell.analysis.asking import ASKERS
from yizheng.shell.desk.access import signed_in

MOST = 50


def _address(each: ReadyQuestion) -> str:
    return f"{reverse('analysis:question')}?{urlencode({'ready': each.code})}"


def _narrowed(asked: Asked) -> list[ReadyQuestion]:
    return ready(asked["system"])


def _beside(asked: Asked) -> dict[str, Any]:
    saved = list(SavedQuestion.objects.visible_to(asked.account).select_related("account")[:MOST])
    return {
        "saved": [
            {"saved": each, "own": each.account_id == asked.account.pk,
             "url": f"{reverse('analysis:question')}?{form.address(each.asked)}"}
            for each in saved
        ],
        "answers": list(KeptAnswer.objects.visible_to(asked.account)[:MOST]),
    }  # fmt: skip


QUESTIONS = Table(
    "questions",
    "数据分析",
    _narrowed,
    (
        Column("常用提问", "title", 30, css="name", link=_address),
        Column("登记簿", lambda each: systems()[each.system], 12),
        Column("数据集", lambda each: each.question.of.title, 20),
        Column("指标", lambda each: each.question.counted.label, 14),
        Column("比较", lambda each: "与一年前" if each.question.compare else "", 10),
        Column("形式", lambda each: VIEWS[each.question.view], 10),
    ),
    guard=for_roles(ASKERS),
    filters=(Choice("登记簿", "system", options=lambda: list(systems().items())),),
    says="从切片回答，每个数可以打开背后的行；同样的切片以后复算得到同样的数",
    tally="个提问",
    empty="还没有常用提问。",
    template="analysis/questions.html",
    more=_beside,
)
"""Ready questions of the registers."""


@for_roles(ASKERS)
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Share a question of one's own or take it back, have it each month or not, or delete it."""
    mine = SavedQuestion.objects.visible_to(signed_in(request)).filter(pk=pk, account=signed_in(request)).first()
    if mine is None:
        raise Http404("没有这个提问，或者不是您保存的")
    act = request.POST.get("act")
    if act == "delete":
        mine.delete()
        messages.success(request, "已删除提问")
    elif act in ("shared", "monthly"):
        setattr(mine, act, not getattr(mine, act))
        mine.save(update_fields=[act])
        messages.success(request, "已更改")
    return redirect("analysis:list")
