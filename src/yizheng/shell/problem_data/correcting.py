"""更正 of one version, and 合并 of a duplicate: what would be written beside what stands, then the proposal."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yizheng.licensing.models import Problem, ProblemReason
from yizheng.licensing.problem_data import merging, orders
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.people.signing_in.recent import requires_recent_sign_in
from yizheng.registry.models import Fact
from yizheng.shell.access import DESKS, for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.shell.navigation import set_about
from yizheng.shell.problem_data.page import problem_of
from yizheng.shell.problem_data.version_form import VersionForm
from yizheng.shell.record.head import name_on
from yizheng.shell.record.names import words_for
from yizheng.shell.record.pages import page_of, record_for
from yizheng.work.approval import ApprovalRefused

MOST_SHOWN = 40


class WhyForm(forms.Form):
    """Why the register was wrong, and on what that rests."""

    reason = forms.ChoiceField(label="出错的原因", choices=[("", "请选择"), *ProblemReason.choices])
    explanation = forms.CharField(
        label="核实情况", max_length=500, widget=forms.Textarea({"rows": "3"}),
        help_text="依据哪份材料核实；批准人据此判断，留在登记变更的理由里",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(DESKS)
def correct(request: HttpRequest, pk: int, table: str, version: int) -> HttpResponseBase:
    """The form of one version; a POST asks a second person."""
    account = signed_in(request)
    problem = problem_of(account, pk)
    page = page_of(problem.register)
    known = record_for(account, page, problem.subject_id).known()
    held = next((each for each in known if each.fact_table() == table and each.pk == version), None)
    if held is None:
        raise Http404("登记已有变更，没有这一个版本；请回到问题数据页重新选择")
    return _propose(request, problem, held) if request.method == "POST" else _page(request, account, problem, held)


@requires_recent_sign_in
def _propose(request: HttpRequest, problem: Problem, held: Fact) -> HttpResponseBase:
    account = signed_in(request)
    form, why = VersionForm(held, request.POST), WhyForm(request.POST)
    if not (form.is_valid() and why.is_valid()):
        return _page(request, account, problem, held, form=form, why=why, status=422)
    asked = why.cleaned_data
    try:
        orders.propose_correction(account, problem, held, form.values(), asked["reason"], asked["explanation"])
    except (orders.NotPossible, ApprovalRefused) as refused:
        return _page(request, account, problem, held, form=form, why=why, refusal=str(refused), status=422)
    messages.success(request, "已提请更正，等另一人批准")
    return redirect("problems:problem", pk=problem.pk)


def _page(
    request: HttpRequest, account: Account, problem: Problem, held: Fact, *,
    form: VersionForm | None = None, why: WhyForm | None = None, refusal: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    set_about(request, [page_of(problem.register).namespace])
    words = words_for(account, [held])
    context: dict[str, Any] = {
        "problem": problem,
        "title": words.line(held),
        "since": held.valid_from,
        "until": held.last_day,
        "form": form or VersionForm(held),
        "why": why or WhyForm(),
        "printed": any(getattr(each, "printed", False) for each in held.typed_fields()),
        "refusal": refusal,
    }
    return render(request, "problems/correct.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(DESKS)
def merge(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Find the subject that stays, see what would become of every line, ask a second person."""
    account = signed_in(request)
    problem = problem_of(account, pk)
    page = page_of(problem.register)
    set_about(request, [page.namespace])
    if page.finder is None:
        raise Http404("这个登记簿没有重复主体")
    text, number = request.GET.get("q", "").strip()[:100], request.GET.get("into", "")
    context: dict[str, Any] = {"problem": problem, "page": page, "text": text}
    if not (number.isdecimal() and len(number) < 19):
        found = [each for each in page.finder(account, text) if each[0] != problem.subject_id] if text else []
        return render(request, "problems/merge.html", {**context, "found": found})
    into = int(number)
    name = name_on(page, record_for(account, page, into), timezone.localdate())
    if request.method == "POST":
        return _propose_merge(request, problem, into, name)
    return _merge_page(request, problem, into, name)


@requires_recent_sign_in
def _propose_merge(request: HttpRequest, problem: Problem, into: int, name: str) -> HttpResponseBase:
    try:
        orders.propose_merge(signed_in(request), problem, into, name, request.POST.get("words", ""))
    except (orders.NotPossible, ApprovalRefused) as refused:
        return _merge_page(request, problem, into, name, refusal=str(refused), status=422)
    messages.success(request, "已提请合并，等另一人批准")
    return redirect("problems:problem", pk=problem.pk)


def _merge_page(
    request: HttpRequest, problem: Problem, into: int, name: str, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    page = page_of(problem.register)
    about = {"problem": problem, "page": page, "into_name": name, "into_url": page.address(into), "refusal": refusal}
    found = merging_in_words(signed_in(request), problem.subject_id, into)
    return render(request, "problems/merge.html", {**about, **found}, status=status)


def merging_in_words(account: Account, duplicate: int, into: int) -> dict[str, Any]:
    """What merging would do, in words."""
    with acting_as_system(f"合并预览 subject:{duplicate}"):
        made = merging.plan(duplicate, into)
        words = words_for(account, made.own)
        listed = [
            (words.line(each), words.says(each), each in made.moved)
            for each in sorted(made.own, key=lambda version: (version.weight, version.line, version.valid_from))
        ]
    return {
        "listed": listed[:MOST_SHOWN],
        "more": max(0, len(listed) - MOST_SHOWN),
        "referring": len(made.referring),
        "certificates": made.certificates,
        "hindrance": made.hindrance,
    }
