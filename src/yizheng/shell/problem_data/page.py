"""One problem: what was found, by whom and with which evidence, what was proposed and became of it, and what may be done now."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yizheng.licensing.models import Problem, ProblemAct, ProblemState
from yizheng.licensing.problem_data import orders
from yizheng.people import audit, vault
from yizheng.people.models import Account
from yizheng.people.permissions import held_by
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import SameAs
from yizheng.shell import revealing
from yizheng.shell.access import DESKS, for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.shell.navigation import set_about
from yizheng.shell.problem_data.worklist import PROPOSED
from yizheng.shell.record.names import words_for
from yizheng.shell.record.pages import RecordPage, page_of, record_for
from yizheng.work.approval import ApprovalRefused, may_decide


def problem_of(account: Account, pk: int) -> Problem:
    """The problem if the account may see it."""
    found = Problem.objects.visible_to(account).select_related("owner", "opened_by").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这件问题数据，或者不在您的辖区")
    return found


@require_safe
@for_roles(DESKS)
def problem(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole of it."""
    return answer(request, signed_in(request), problem_of(signed_in(request), pk))


def answer(
    request: HttpRequest, account: Account, found: Problem, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    """The page, with what was wrong with an act on it."""
    page = page_of(found.register)
    set_about(request, [page.namespace])
    waiting = orders.waiting_for(found)
    with acting_as_system(f"问题数据 problem:{found.pk}"):
        merges = orders.merges_of(found.subject_id)
    context: dict[str, Any] = {
        "problem": found,
        "page": page,
        "subject_url": page.address(found.subject_id),
        "state": PROPOSED if waiting else found.get_state_display(),
        "waiting": waiting,
        "approves": waiting is not None and may_decide(held_by(account), waiting),
        "rows": (waiting.payload if waiting else found.effect).get("rows", []),
        "events": found.events.select_related("account", "evidence"),
        "handles": orders.may_handle(account, found) and found.state == ProblemState.OPEN and waiting is None,
        "versions": _versions(account, page, found) if found.state == ProblemState.OPEN and waiting is None else [],
        "merges_here": page.finder is not None,
        "merges": [(merge, _names(merge, page)) for merge in merges],
        "contact_url": reverse("problems:contact", args=[found.pk]),
        "undo_url": page.within("rollback", found.subject_id, found.change_id) if _undoable(found) else "",
        "refusal": refusal,
        "words": request.POST.get("words", ""),
    }
    return render(request, "problems/problem.html", context, status=status)


def _undoable(found: Problem) -> bool:
    return found.state == ProblemState.DONE and found.change_id is not None and found.act == ProblemAct.CORRECT


def _names(merge: SameAs, page: RecordPage) -> dict[str, Any]:
    """Where the two subjects of a merge have their pages."""
    return {"duplicate": page.address(merge.subject_id), "into": page.address(merge.principal_id)}


def _versions(account: Account, page: RecordPage, found: Problem) -> list[dict[str, Any]]:
    """What the register says of the subject now, each version with the way to its correction."""
    known = record_for(account, page, found.subject_id).known()
    words = words_for(account, known)
    shown = sorted(known, key=lambda each: (each.weight, each.fact_table(), each.line, each.valid_from))
    return [
        {
            "title": words.line(each),
            "says": words.says(each),
            "from": each.valid_from,
            "until": each.last_day,
            "url": reverse("problems:correct", args=[found.pk, each.fact_table(), each.pk]),
        }
        for each in shown
    ]


@require_POST
@for_roles(DESKS)
def act(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take it up, refuse it with a reason, or ask for a merge to be taken back."""
    account = signed_in(request)
    found, words = problem_of(account, pk), request.POST.get("words", "")
    try:
        match request.POST.get("verb", ""):
            case "take":
                orders.take(account, found)
                messages.success(request, "已接办")
            case "dismiss":
                orders.dismiss(account, found, words)
                messages.success(request, "已记为不予处理，发现人会看到理由")
            case "split":
                orders.propose_split(account, found, _merge(request, found), words)
                messages.success(request, "已提请拆分，等另一人批准")
            case _:
                raise Http404("没有这种办理")
    except (orders.NotPossible, ApprovalRefused) as refused:
        return answer(request, account, found, refusal=f"{refused}", status=422)
    return redirect("problems:problem", pk=pk)


def _merge(request: HttpRequest, found: Problem) -> SameAs:
    with acting_as_system(f"问题数据 problem:{found.pk}"):
        merges = {str(each.pk): each for each in orders.merges_of(found.subject_id)}
    try:
        return merges[request.POST.get("merge", "")]
    except KeyError:
        raise orders.NotPossible("没有这一次合并，或者已经拆分") from None


@for_roles(DESKS)
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """How whoever objected can be reached: asked for with a reason, recorded."""
    account = signed_in(request)
    found = problem_of(account, pk)
    if not found.sealed_contact:
        raise Http404("没有留联系方式")

    def opened(reason: str) -> str:
        audit.record(
            account, "problem.contact", f"problem:{found.pk}", {"reason": reason, "day": str(timezone.localdate())}
        )
        with acting_as_system(f"查看联系方式 problem:{found.pk}"):
            return vault.open_texts([(found.subject_id, found.sealed_contact)])[0]

    return revealing.answer(request, what="联系方式", whose=f"{found.number}　{found.found_by}", value=opened)
