"""One proposal of a dated value: what it changes and moves; the security administrator approves or rejects it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yizheng.licensing import rules
from yizheng.licensing.rule_settings import Refused, load_year, set_rule
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import held_by
from yizheng.people.signing_in.recent import requires_recent_sign_in
from yizheng.shell.access import ADMINS, for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.shell.rule_settings.calendar import changes, days_of
from yizheng.work import approval
from yizheng.work.approval import ApprovalRefused
from yizheng.work.models import Approval

KINDS = (set_rule.KIND, load_year.KIND)
MOST_OPINION = 500


@never_cache
@for_roles(ADMINS)
@require_safe
def proposal_page(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """What is asked, and what it would change now."""
    return _page(request, signed_in(request), _proposal(proposal_id))


@never_cache
@for_roles(frozenset({Role.SECURITY_ADMIN}))
@require_POST
@requires_recent_sign_in
def decide(request: HttpRequest, proposal_id: int) -> HttpResponseBase:
    """Approve, or reject with a reason."""
    account, made = signed_in(request), _proposal(proposal_id)
    opinion = request.POST.get("opinion", "").strip()[:MOST_OPINION]
    approves = request.POST.get("verdict") == "approve"
    try:
        (approval.approve if approves else approval.reject)(made.pk, account, opinion)
    except ApprovalRefused as refusal:
        return _page(request, account, _proposal(proposal_id), problem=str(refusal), status=409)
    messages.success(request, "已批准，按新的值办理" if approves else "已驳回")
    return redirect(_about(made))


def _proposal(proposal_id: int) -> Approval:
    asked = Approval.objects.filter(kind__in=KINDS).select_related("proposer", "decider")
    made = asked.filter(pk=proposal_id).first()
    if made is None:
        raise Http404("没有这项提请")
    return made


def _about(made: Approval) -> str:
    if made.kind == set_rule.KIND:
        return reverse("rule_settings:rule", args=[made.payload["code"]])
    return reverse("rule_settings:year", args=[made.payload["year"]])


def _page(
    request: HttpRequest, account: Account, made: Approval, *, problem: str = "", status: int = 200
) -> HttpResponse:
    waits = Approval.objects.waiting().filter(pk=made.pk).exists()
    context: dict[str, Any] = {
        "proposal": made,
        "title": approval.kind_of(made).describe(made),
        "waits": waits,
        "may_decide": waits and approval.may_decide(held_by(account), made),
        "opinion": request.POST.get("opinion", ""),
        "problem": problem,
        "about": _about(made),
        **(_rule(made) if made.kind == set_rule.KIND else _year(made, waits=waits)),
    }
    return render(request, "rule_settings/proposal.html", context, status=status)


def _rule(made: Approval) -> dict[str, Any]:
    asked = made.payload
    rule, start = rules.declaration(asked["code"]), date.fromisoformat(asked["valid_from"])
    before = rules.value(rule.code, start)
    rows = [(rule.title, f"{before} {rule.unit}", f"{asked['value']} {rule.unit}")]
    return {"rule": rule, "rows": rows, "start": start, "article": asked["article"]}


def _year(made: Approval, *, waits: bool) -> dict[str, Any]:
    notice = load_year.proposed(made)
    found: dict[str, Any] = {"year": notice.year, "notice": made.payload["notice"], "new": days_of(notice)}
    if waits:
        try:
            difference = load_year.compare(notice)
        except Refused as refusal:
            return {**found, "impossible": str(refusal)}
        found |= {"difference": difference, "changes": changes(difference)}
    return found
