"""Batches on the worklist: one verb for many cases, each by itself, each answered by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yizheng.licensing import batching
from yizheng.licensing.models import Batch, Case
from yizheng.licensing.states import CaseState
from yizheng.people import recent
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.desk.worklist_cases import chosen_cases
from yizheng.work.jobs import progress_page

MOST = 1000


@dataclass(frozen=True, slots=True)
class BatchVerb:
    """A verb that may be done to many: who has it, from where, its key, and whether identity is confirmed first."""

    verb: str
    title: str
    key: str
    role: Role
    states: tuple[CaseState, ...]
    grave: bool = False
    first: bool = True
    wide: bool = False


VERBS = (
    BatchVerb("confirm", "确认聘用", "a", Role.INSTITUTION_OPERATOR, (CaseState.CONFIRMING,)),
    BatchVerb("accept", "受理", "a", Role.ACCEPTOR, (CaseState.RECEIVED, CaseState.CORRECTED)),
    BatchVerb("pass_review", "通过审核", "a", Role.REVIEWER, (CaseState.REVIEWING,)),
    BatchVerb("grant", "准予许可", "a", Role.DECIDER, (CaseState.DECIDING,), grave=True),
)


def verbs_of(account: Account) -> list[BatchVerb]:
    """The verbs this account may do to many, the first one with its key."""
    held = roles_of(account)
    mine = [verb for verb in VERBS if verb.role in held]
    return mine[:1] + [replace(verb, key="", first=False) for verb in mine[1:]]


@require_POST
@office_only
def batch(request: HttpRequest) -> HttpResponseBase:
    """Do the verb to every selected case, or to all that fit the filter; one that cannot be done says why."""
    account = signed_in(request)
    chosen = {verb.verb: verb for verb in verbs_of(account)}.get(request.POST.get("verb", ""))
    cases = _cases(request, account, chosen) if chosen else []
    if chosen is None or not cases:
        return redirect("desk:worklist")
    if chosen.grave and not recent.recently_authenticated(request):
        recent.keep_posted(request)
        return redirect(f"{reverse('people:confirm')}?next={request.path}")
    made = batching.choose(account, chosen.verb, cases)
    job = batching.start(made, chosen.title)
    return redirect(progress_page(job) if job else reverse("desk:batch_result", args=[made.pk]))


def _cases(request: HttpRequest, account: Account, verb: BatchVerb) -> Sequence[Case]:
    if request.POST.get("whole") == "yes":
        asked = QueryDict(request.POST.get("query", ""))
        all_fitting = chosen_cases(account, asked, timezone.localdate())
        return list(all_fitting.filter(state__in=verb.states)[:MOST])
    numbers = [row for row in request.POST.getlist("rows")[:MOST] if row.isdigit()]
    return list(Case.objects.visible_to(account).filter(pk__in=numbers).order_by("due_on", "id"))


@require_safe
@office_only
def batch_result(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of every case; the page may be opened again at any time."""
    account = signed_in(request)
    made = Batch.objects.visible_to(account).filter(pk=pk).first()
    if made is None:
        raise Http404("没有这次批量办理")
    rows = made.rows.select_related("case")
    answers = [
        {
            "case": row.case,
            "state_word": CaseState(row.case.state).label,
            "problem": "等待办理" if row.done is None else row.problem,
        }
        for row in rows
    ]
    context = {
        "verb": next(verb for verb in VERBS if verb.verb == made.verb),
        "answers": sorted(answers, key=lambda answer: not answer["problem"]),
        "done": sum(not answer["problem"] for answer in answers),
        "made": made,
    }
    return render(request, "desk/batch.html", context)
