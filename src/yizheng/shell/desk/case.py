"""The case page: who, what is asked, what the checks found, the papers beside the form, the clock, and the verbs of this person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from yizheng.documents.models import Instrument
from yizheng.licensing import answers as form_answers
from yizheng.licensing import examining, timekeeping
from yizheng.licensing.calendars import working_calendar
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import LostRaceError, perform, permits
from yizheng.licensing.verbs.performing import told_who_won
from yizheng.licensing.verbs.reviewing import dispose as dispose_of
from yizheng.people import recent, vault
from yizheng.people.models import Account
from yizheng.shell.desk import display
from yizheng.shell.desk.access import case_for, office_only, signed_in


@office_only
def case_page(request: HttpRequest, number: str) -> HttpResponse:
    """One case, whole."""
    return _page(request, case_for(signed_in(request), number))


def _page(request: HttpRequest, case: Case, *, problem: str = "", lost: str = "", status: int = 200) -> HttpResponse:
    account = signed_in(request)
    today = timezone.localdate()
    answers = form_answers.load(case)
    examination = examining.examine(case, today, answers)
    calendar = working_calendar()
    context = {
        "case": case,
        "item": case.item,
        "state_word": CaseState(case.state).label,
        "parts": display.parts(examination, answers),
        "findings": display.finding_rows(examination),
        "passed": display.passed_titles(examination),
        "open_findings": len(examination.findings.blocks) + len(examination.open_advice),
        "examined_on": examination.on,
        "materials": examination.materials,
        "buttons": [] if lost else display.buttons(account, case, examination),
        "may_dispose": case.is_open and bool(permits.parts(account, case) & set(permits.STAFF_ROLES)),
        "clock": timekeeping.read(case, case.item, today, calendar),
        "events": CaseEvent.objects.visible_to(account).filter(case=case).order_by("-id"),
        "history": display.history(case),
        "instruments": Instrument.objects.visible_to(account).filter(case_ref=f"case:{case.pk}"),
        "neighbours": _neighbours(account, case),
        "problem": problem,
        "lost": lost,
        "typed_reason": request.POST.get("reason", ""),
    }
    return render(request, "desk/case.html", context, status=status)


def _neighbours(account: Account, case: Case) -> tuple[str, str]:
    """Numbers of the cases before and after this one, by due day, on this person's desk; empty where there is none."""
    if case.due_on is None:
        return "", ""
    around = Case.objects.visible_to(account).open().with_authority().exclude(due_on=None)
    before = around.filter(due_on__lte=case.due_on).exclude(pk=case.pk).order_by("-due_on", "-id")
    after = around.filter(due_on__gte=case.due_on).exclude(pk=case.pk).order_by("due_on", "id")
    previous = before.exclude(due_on=case.due_on, pk__gt=case.pk).values_list("number", flat=True).first()
    following = after.exclude(due_on=case.due_on, pk__lt=case.pk).values_list("number", flat=True).first()
    return previous or "", following or ""


@require_POST
@office_only
def act(request: HttpRequest, number: str) -> HttpResponse:
    """Do a verb. What cannot be done is said on the same page, with what was typed kept."""
    account = signed_in(request)
    case = case_for(account, number)
    if str(case.revision) != request.POST.get("revision", ""):
        return _page(request, case, lost=told_who_won(case), status=409)
    verb = request.POST.get("verb", "")
    try:
        grave = any(move.verb == verb and move.confirm_identity for move in permits.moves_of(account, case))
        if grave and not recent.confirm(request, request.POST.get("second_factor", "")):
            return _page(request, case, problem="动态口令不对或者已用过，请等下一个口令再试", status=422)
        perform(case, verb, account, reason=request.POST.get("reason", ""))
    except LostRaceError as lost:
        case.refresh_from_db()
        return _page(request, case, lost=str(lost), status=409)
    except (NotPossibleError, permits.NotPermittedError) as problem:
        case = case_for(account, number)
        return _page(request, case, problem=str(problem), status=422)
    messages.success(request, f"办件 {case.number} 现在是“{CaseState(case.state).label}”")
    return redirect("desk:case", number=number)


@require_POST
@office_only
def dispose(request: HttpRequest, number: str) -> HttpResponse:
    """Answer an advice: followed or not, with the reason."""
    account = signed_in(request)
    case = case_for(account, number)
    try:
        dispose_of(
            case,
            account,
            request.POST.get("finding", ""),
            accepted=request.POST.get("accepted") == "yes",
            reason=request.POST.get("reason", ""),
        )
    except (NotPossibleError, permits.NotPermittedError) as problem:
        return _page(request, case, problem=str(problem), status=422)
    return redirect(reverse("desk:case", args=[number]) + "#findings")


@require_POST
@office_only
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """Show one personal value in full for sixty seconds; who, what and why are recorded and the person can see it."""
    account = signed_in(request)
    case = case_for(account, number)
    step, _, name = request.POST.get("field", "").partition(".")
    reason = request.POST.get("reason", "").strip()
    if not reason:
        return render(request, "desk/revealed.html", {"problem": "须写明查看理由"}, status=422)
    hidden = {each.code: each.personal for each in case.item.steps}
    if name not in hidden.get(step, frozenset()):
        return render(request, "desk/revealed.html", {"problem": "没有这一项"}, status=404)
    vault.record_unmasking(case.subject_id, name, account, f"办件 {case.number}：{reason}")
    value = form_answers.load(case).get(step, {}).get(name, "")
    return render(request, "desk/revealed.html", {"value": value})
