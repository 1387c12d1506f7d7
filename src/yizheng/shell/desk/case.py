"""The case page: who, what is asked, what the checks found, the papers beside the form, the clock, and the verbs of this person."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from yizheng.documents import attachments
from yizheng.documents.attachments import kind_of, size_of
from yizheng.documents.models import Instrument
from yizheng.kernel import paper_text
from yizheng.kernel.remembering import together
from yizheng.licensing.case_clock import timekeeping
from yizheng.licensing.cases import examining
from yizheng.licensing.cases.corrections import correction_of
from yizheng.licensing.cases.events import EVENTS
from yizheng.licensing.cases.examining import MaterialView
from yizheng.licensing.cases.rollbacks import taken_back
from yizheng.licensing.item import Shape
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.states import ENDED, CaseState
from yizheng.licensing.verbs import LostRaceError, perform, permits
from yizheng.licensing.verbs.acting import told_who_won
from yizheng.licensing.verbs.permits import PARTS
from yizheng.licensing.verbs.reviewing import dispose as dispose_of
from yizheng.licensing.verbs.transferring import may_transfer
from yizheng.people import audit
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account
from yizheng.people.scopes import scope_name
from yizheng.people.signing_in import recent
from yizheng.shell.desk import comparing, display, recording, story
from yizheng.shell.desk.access import case_for, office_only, signed_in
from yizheng.shell.desk.correcting import returned
from yizheng.shell.desk.links import links_of
from yizheng.shell.navigation import set_about

MOST_OTHERS = 10


@require_safe
@office_only
def case_page(request: HttpRequest, number: str) -> HttpResponse:
    """One case, whole."""
    with together(EVENTS, PARTS):
        return _page(request, case_for(signed_in(request), number))


def _page(request: HttpRequest, case: Case, *, problem: str = "", lost: str = "", status: int = 200) -> HttpResponse:
    account = signed_in(request)
    set_about(request, [case.item.system])
    examination = examining.examine(case, timezone.localdate())
    before, after = _neighbours(account, case)
    clock = timekeeping.read(case, case.item)
    others = Case.objects.visible_to(account).with_authority().filter(subject=case.subject_id).exclude(pk=case.pk)
    viewer = _viewed(examination.materials, request.GET.get("material", ""))
    context: dict[str, Any] = {
        "case": case,
        "links": links_of(case),
        "facts": _facts(case),
        "clock": None if case.state in ENDED and clock.due_on is None else clock,
        "before": before,
        "after": after,
        "findings": display.findings(
            case, examination, may_dispose=_may_dispose(account, case), inside=account.is_office
        ),
        "content_title": display.CONTENT[case.item.shape],
        "sections": [
            *(recording.sections(case) if account.is_office else []),
            *display.sections(case, examination, may_reveal=account.kind == AccountKind.CLERK),
        ],
        "materials": examination.materials,
        "viewer": viewer,
        "comparison": _compared(account, case, examination, viewer) if request.GET.get("compare") else None,
        "may_compare": account.kind == AccountKind.CLERK,
        "events": story.events(account, case),
        "history": story.history(case),
        "instruments": Instrument.objects.visible_to(account).filter(case_ref=f"case:{case.pk}").order_by("pk"),
        "opinion_label": OPINION_LABELS.get(CaseState(case.state), "意见"),
        "opinion": request.POST.get("opinion", ""),
        "verbs": [] if lost else display.verbs(account, case, examination),
        "may_transfer": not lost and may_transfer(account, case),
        "lost": lost,
        "problem": problem,
        "taken_back": taken_back(case),
        "returned": _returned(case),
        "others": others.order_by("-id")[:MOST_OTHERS],
    }
    return render(request, "desk/case.html", context, status=status)


BEFORE_DECISION = frozenset({CaseState.CORRECTED, CaseState.REVIEWING, CaseState.DECIDING})


def _returned(case: Case) -> dict[str, Any] | None:
    """What came back changed, while the desk weighs whether to accept it."""
    asked = correction_of(case) if case.state in BEFORE_DECISION else None
    return returned(case, asked) if asked else None


OPINION_LABELS = {
    CaseState.REVIEWING: "审核意见",
    CaseState.DECIDING: "决定意见",
    CaseState.RECEIVED: "受理意见",
    CaseState.CORRECTED: "受理意见",
    CaseState.CONFIRMING: "机构意见",
}


def _facts(case: Case) -> list[str]:
    facts = [f"办件 {case.number}"]
    act = case.item.shape is Shape.AUTHORITY_ACT
    if case.submitted_at:
        facts.append(f"{'立案' if act else '网上申请'} {timezone.localtime(case.submitted_at):%m-%d}")
    if case.authority_scope:
        facts.append(f"{'办理' if act else '受理'}机关 {scope_name(case.authority_scope)}卫生健康委员会")
    if case.institution_name:
        facts.append(f"{'申办' if case.begun_by_institution else ''}机构 {case.institution_name}")
    return facts


def _viewed(materials: Sequence[MaterialView], wanted: str) -> dict[str, Any]:
    """The material the address names, or the first that was handed in, and how its paper is shown."""
    handed_in = (view for view in materials if view.paper is not None)
    current = next((view for view in materials if view.material.code == wanted), next(handed_in, None))
    if current is None or current.paper is None:
        return {"view": current}
    attachment = current.paper.attachment
    return {"view": current, "kind": kind_of(attachment.media_type), "size": size_of(attachment.size)}


def _compared(
    account: Account, case: Case, examination: examining.Examination, viewer: dict[str, Any]
) -> dict[str, Any] | None:
    """What stands in the material shown, in the form and in the register; reading it is opening it."""
    view = viewer["view"]
    if view is None or view.paper is None or account.kind != AccountKind.CLERK:
        return None
    attachment = view.paper.attachment
    audit.record(account, "documents.open_attachment", f"attachment:{attachment.pk}")
    return comparing.compared(case, examination, paper_text.read(attachments.read(attachment), attachment.media_type))


def _neighbours(account: Account, case: Case) -> tuple[str, str]:
    """Numbers of the cases before and after this one by due day on this person's desk; empty where there is none."""
    if case.due_on is None:
        return "", ""
    around = Case.objects.visible_to(account).open().with_authority().exclude(due_on=None).exclude(pk=case.pk)
    earlier = around.filter(due_on__lte=case.due_on).exclude(due_on=case.due_on, pk__gt=case.pk)
    later = around.filter(due_on__gte=case.due_on).exclude(due_on=case.due_on, pk__lt=case.pk)
    previous = earlier.order_by("-due_on", "-id").values_list("number", flat=True).first()
    following = later.order_by("due_on", "id").values_list("number", flat=True).first()
    return previous or "", following or ""


def _may_dispose(account: Account, case: Case) -> bool:
    return case.is_open and bool(permits.parts(account, case) & set(permits.STAFF_ROLES))


@require_POST
@office_only
def act(request: HttpRequest, number: str) -> HttpResponseBase:
    """Do a verb. What cannot be done is said on the same page, with what was typed kept."""
    account = signed_in(request)
    case = case_for(account, number)
    if str(case.revision) != request.POST.get("revision", ""):
        return _page(request, case, lost=told_who_won(case), status=409)
    verb = request.POST.get("verb", "")
    if _asks_identity(account, case, verb) and not recent.recently_authenticated(request):
        recent.keep_posted(request)
        return redirect(f"{reverse('people:confirm')}?next={request.path}")
    try:
        perform(case, verb, account, reason=request.POST.get("opinion", ""))
    except LostRaceError as lost:
        return _page(request, case_for(account, number), lost=str(lost), status=409)
    except (NotPossibleError, permits.NotPermittedError) as problem:
        return _page(request, case_for(account, number), problem=str(problem), status=422)
    messages.success(request, f"办件 {case.number} 现在是“{CaseState(case.state).label}”")
    return redirect("desk:case", number=number)


def _asks_identity(account: Account, case: Case, verb: str) -> bool:
    return any(move.verb == verb and move.confirm_identity for move in permits.moves_of(account, case))


@require_POST
@office_only
def dispose(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Answer an advice: followed or not, with the reason."""
    account = signed_in(request)
    case = case_for(account, number)
    accepted = request.POST.get("choice") == "accept"
    try:
        told, message = request.POST.get("reason", ""), request.POST.get("message", "")
        dispose_of(case, account, code, accepted=accepted, reason=told, message=message)
    except (NotPossibleError, permits.NotPermittedError) as problem:
        return _page(request, case, problem=str(problem), status=422)
    next_page = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(next_page, allowed_hosts=None)
    return redirect(next_page if own else reverse("desk:case", args=[number]) + "#findings-head")
