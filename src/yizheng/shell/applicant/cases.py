"""我的办件: what a person has under way, what she can apply for, and one case as its applicant sees it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yizheng.documents.certificates import certificate_under
from yizheng.documents.models import Certificate, Instrument
from yizheng.documents.pages.downloads import certificate_file
from yizheng.licensing.case_clock import timekeeping
from yizheng.licensing.cases import examining
from yizheng.licensing.cases.corrections import correction_of, corrections_of
from yizheng.licensing.cases.rollbacks import taken_back
from yizheng.licensing.catalogue import UnknownItemError
from yizheng.licensing.lifecycle import Actor, Move, NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.models.case import CaseQuerySet
from yizheng.licensing.states import EDITABLE, CaseState
from yizheng.licensing.verbs import LostRaceError, perform, permits
from yizheng.licensing.verbs.drafting import open_draft
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account
from yizheng.people.permissions import scopes_of
from yizheng.people.scope import acting_as_system
from yizheng.shell.applicant import choosing
from yizheng.shell.applicant.offering import grouped, holds_only_a_passport, likely, offers
from yizheng.shell.desk import display, story
from yizheng.shell.desk.access import applicants_only, own_case, signed_in
from yizheng.shell.mine.port import own_links
from yizheng.shell.navigation import set_about
from yizheng.shell.record.pages import known_in
from yizheng.shell.two_languages import beside

FORM_VERBS = frozenset({"submit", "resubmit"})
"""Verbs that belong to the form's own page."""


@require_safe
@applicants_only
def cases(request: HttpRequest) -> HttpResponse:
    """What is under way and what can be applied for."""
    account = signed_in(request)
    own = account.kind == AccountKind.INDIVIDUAL
    groups = grouped(offers(account), known_in(account, account.subject_id) if account.subject_id and own else None)
    newest = list(mine(account).order_by("-id")[:50])
    asked = corrections_of([case for case in newest if case.state == CaseState.CORRECTING])
    context = {
        "rows": [(case, case.state in EDITABLE, asked.get(case.pk)) for case in newest],
        "groups": groups,
        "elsewhere": sum(len(group.possible) for group in groups if group.elsewhere),
        "likely": None if account.kind == AccountKind.INSTITUTION else likely(groups),
        "impossible": sum(len(group.impossible) for group in groups),
        "for_others": account.kind == AccountKind.INSTITUTION,
        "two": bool(account.subject_id) and holds_only_a_passport(account.subject_id or 0),
    }
    return render(request, "my/cases.html", context)


def mine(account: Account) -> CaseQuerySet:
    """What an account applied for; a person also sees what her institution handed in for her."""
    seen = Case.objects.visible_to(account)
    if account.kind == AccountKind.INSTITUTION:
        return seen.filter(applicant_scope__in=[scope.pk for scope in scopes_of(account, Role.INSTITUTION_OPERATOR)])
    return seen.exclude(applicant_scope__isnull=False, submitted_at=None)


@require_POST
@applicants_only
def apply(request: HttpRequest, item_code: str) -> HttpResponseBase:
    """Open a draft, or take up the one there is; an institution names the person it is for."""
    account = signed_in(request)
    try:
        if account.kind == AccountKind.INSTITUTION:
            case = choosing.open_for_chosen(account, item_code, request.POST.get("person", ""))
        else:
            case = open_draft(account, item_code)
    except (NotPossibleError, UnknownItemError) as problem:
        messages.error(request, str(problem))
        return redirect("my:cases")
    return redirect("my:form", number=case.number)


@require_safe
@applicants_only
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One case: where it stands, what comes next, its documents."""
    return _page(request, own_case(signed_in(request), number))


def _page(request: HttpRequest, found: Case, problem: str = "", status: int = 200) -> HttpResponse:
    account = signed_in(request)
    set_about(request, [found.item.system])
    examination = examining.examine(found, timezone.localdate())
    for view in examination.steps:
        view.form.for_applicant()
    context = {
        "case": found,
        "taken_back": taken_back(found),
        "correction": correction_of(found) if found.state == CaseState.CORRECTING else None,
        "editable": found.state in EDITABLE,
        "title": beside(found.item.title, found.item.english),
        "content_title": display.CONTENT[found.item.shape],
        "two": bool(found.item.english),
        "sections": display.sections(found, examination, may_reveal=False, two=bool(found.item.english)),
        "materials": examination.materials,
        "clock": timekeeping.read(found, found.item),
        "for_others": account.kind == AccountKind.INSTITUTION,
        "events": story.events(account, found),
        "instruments": Instrument.objects.visible_to(account).filter(case_ref=f"case:{found.pk}").order_by("pk"),
        "certificate": _certificate(found),
        "own_links": own_links(account.subject_id or 0, timezone.localdate())
        if account.kind != AccountKind.INSTITUTION
        else [],
        "moves": _moves(account, found),
        "problem": problem,
    }
    return render(request, "my/case.html", context, status=status)


@require_safe
@applicants_only
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """The certificate a case led to, whoever it is about: who founds an institution opens what that was given."""
    found = own_case(signed_in(request), number)
    with acting_as_system(f"申请人打开证照 case:{found.pk}"):
        row = _certificate(found)
        if row is None:
            raise Http404("没有这份证照")
        return certificate_file(request, row)


def _certificate(found: Case) -> Certificate | None:
    with acting_as_system(f"申请人的证照 case:{found.pk}"):
        return certificate_under(found.certificate_id)


def _moves(account: Account, found: Case) -> list[Move]:
    return [
        move for move in permits.moves_of(account, found) if move.who is Actor.APPLICANT and move.verb not in FORM_VERBS
    ]


@require_POST
@applicants_only
def act(request: HttpRequest, number: str) -> HttpResponseBase:
    """A verb of the applicant: withdraw, confirm receipt, answer a notice."""
    account = signed_in(request)
    found = own_case(account, number)
    try:
        perform(found, request.POST.get("verb", ""), account, reason=request.POST.get("reason", ""))
    except (NotPossibleError, permits.NotPermittedError, LostRaceError) as problem:
        return _page(request, own_case(account, number), str(problem), status=422)
    return redirect("my:case", number=number)
