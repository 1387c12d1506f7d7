"""规则参数: every declared rule with its value today and its history; the system administrator proposes another."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing import rules
from yizheng.licensing.models import RuleValue
from yizheng.licensing.rule_settings import Refused, set_rule
from yizheng.people.models import Account
from yizheng.people.tables import Actions, Asked, Column, Number, Shown, Table
from yizheng.shell.access import ADMINS, for_roles, proposes
from yizheng.shell.desk.access import signed_in
from yizheng.shell.rule_settings.forms import RuleForm
from yizheng.work.approval import ApprovalRefused
from yizheng.work.models import Approval

SHOWN = 10


def _rules(asked: Asked) -> list[dict[str, Any]]:
    """Every rule with its value today, whether it differs from the platform's own, what comes and what waits."""
    in_force = rules.values(asked.today)
    later = RuleValue.objects.filter(valid_from__gt=asked.today).order_by("-valid_from")
    coming = {row.code: f"{row.valid_from:%Y-%m-%d} 起 {row.value}" for row in later}
    waiting = set(Approval.objects.waiting().filter(kind=set_rule.KIND).values_list("object_ref", flat=True))
    statutes = list(dict.fromkeys(rule.article.statute for rule in rules.declarations()))
    return [
        {
            "rule": rule,
            "url": reverse("rule_settings:rule", args=[rule.code]),
            "statute": (statutes.index(rule.article.statute), str(rule.article.statute)),
            "value": in_force[rule.code],
            "changed": in_force[rule.code] != rule.default,
            "coming": coming.get(rule.code),
            "waiting": set_rule.reference(rule.code) in waiting,
        }
        for rule in rules.declarations()
    ]


RULES = Table(
    "rules",
    "规则参数",
    _rules,
    (
        Column("参数", "rule.title", 40, css="name", link="url"),
        Number("今天的值", "value", 10),
        Column("单位", "rule.unit", 8, css="together"),
        Number("默认值", "rule.default", 10, shown=Shown.ON_PAPER),
        Column("条款", "rule.article.place", css="dense together", shown=Shown.ON_PAGE),
        Column("依据", lambda row: str(row["rule"].article), 40, shown=Shown.ON_PAPER),
        Column("将来", "coming", 24, css="together", nothing="没有已批准的新值"),
        Actions("说明", "rule_settings/parts/standing.html"),
    ),
    guard=for_roles(ADMINS),
    group=lambda row: row["statute"],
    says=lambda asked: f"检查和时限所用的数值，{long_date(asked.today)}；改动须系统管理员提请、安全管理员批准",
    tally="项，按所依据的法律",
    empty="没有系统声明规则参数。",
)
"""Every rule under the statute it rests on, what holds today and what is coming."""


@never_cache
@for_roles(ADMINS)
@require_http_methods(["GET", "HEAD", "POST"])
def rule_page(request: HttpRequest, code: str) -> HttpResponseBase:
    """One rule with its history; a POST proposes a value."""
    account = signed_in(request)
    try:
        rule = rules.declaration(code)
    except rules.UnknownRuleError as unknown:
        raise Http404(str(unknown)) from unknown
    if request.method != "POST":
        return _page(request, account, rule, RuleForm())
    form = RuleForm(request.POST)
    if form.is_valid():
        try:
            set_rule.propose(account, code, **form.cleaned_data)
        except (Refused, ApprovalRefused) as refusal:
            form.refuse(refusal if isinstance(refusal, Refused) else Refused(str(refusal)))
        else:
            messages.success(request, "已提请，等安全管理员批准")
            return redirect("rule_settings:rule", code)
    return _page(request, account, rule, form, status=422 if proposes(account) else 403)


def _page(
    request: HttpRequest, account: Account, rule: rules.RuleDeclaration, form: RuleForm, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    asked = Approval.objects.filter(kind=set_rule.KIND, object_ref=set_rule.reference(rule.code))
    waiting = asked.waiting().select_related("proposer").first()
    context: dict[str, Any] = {
        "rule": rule,
        "value": rules.value(rule.code, today),
        "today": today,
        "history": _history(rule, today),
        "waiting": waiting,
        "decided": asked.exclude(state="proposed").select_related("proposer", "decider")[:SHOWN],
        "form": form if proposes(account) and waiting is None else None,
        "may_propose": proposes(account),
    }
    return render(request, "rule_settings/rule.html", context, status=status)


def _history(rule: rules.RuleDeclaration, today: date) -> list[dict[str, Any]]:
    """The values newest first, each with the word for whether it holds today; the platform's own value last."""
    rows = list(RuleValue.objects.filter(code=rule.code).select_related("added_by").order_by("-valid_from"))
    holding = next((row.pk for row in rows if row.valid_from <= today), None)
    return [{"row": row, "holds": row.pk == holding, "coming": row.valid_from > today} for row in rows] + [
        {"row": None, "holds": holding is None, "coming": False}
    ]
