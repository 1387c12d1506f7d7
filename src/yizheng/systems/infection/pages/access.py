"""Who opens the pages of infection control, and the rows they may see."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest

from yizheng.kernel.calculators import BadInput, day
from yizheng.people.kinds import ScopeKind
from yizheng.people.models import Account, Scope
from yizheng.people.permissions import roles_of, scopes_of
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.infection.models import Sheet, SheetVersion
from yizheng.systems.infection.records.declaring import month_before
from yizheng.systems.infection.reporting.lifecycle import APPROVER, NURSE, OFFICER, VERBS, SheetState
from yizheng.systems.infection.reporting.plans import EARLIEST

OF_HOSPITAL = frozenset({NURSE, APPROVER})
EVERYBODY = OF_HOSPITAL | {OFFICER}
"""Who has to do with infection control."""
ROLE_NAMES: frozenset[str] = frozenset(EVERYBODY)

infection_only = for_roles(EVERYBODY)
hospital_only = for_roles(OF_HOSPITAL)


def hospital_of(account: Account) -> Scope | None:
    """The hospital the account works for; none for an officer."""
    return next((scope for role in (NURSE, APPROVER) for scope in scopes_of(account, role)), None)


def is_officer(account: Account) -> bool:
    """Whether she reviews what hospitals report."""
    return OFFICER in roles_of(account)


def of_city(account: Account) -> bool:
    """Whether she reviews for the whole city."""
    return any(scope.kind == ScopeKind.CITY for scope in scopes_of(account, OFFICER))


def sheet_for(request: HttpRequest, pk: int) -> Sheet:
    """A sheet the account may see; an officer sees what a hospital has handed up, not what it is still typing."""
    account = signed_in(request)
    found = Sheet.objects.visible_to(account).select_related("unit", "version", "accepted").filter(pk=pk).first()
    if found is None or (is_officer(account) and not handed_up(found)):
        raise Http404("没有这张报表，或者不在您的辖区")
    return found


def handed_up(sheet: Sheet) -> bool:
    """Whether something of it left the hospital."""
    return seen_outside(sheet) is not None


def seen_outside(sheet: Sheet) -> SheetVersion | None:
    """The version an officer sees: the newest that the hospital's reviewer passed, never one that is still inside."""
    inside = sheet.state in (SheetState.DRAFT, SheetState.SUBMITTED, SheetState.CORRECTING)
    if sheet.state == SheetState.RETURNED:
        sent = VERBS["send_back"].words
        last = sheet.events.filter(act__in=[sent, *(VERBS[each].words for each in ("return", "reject"))]).first()
        inside = last is not None and last.act == sent
    return sheet.accepted if inside else sheet.version


def month_asked(request: HttpRequest, today: date) -> date:
    """The month an address asks for; the one before this where it asks for none, or for one to come."""
    typed = request.GET.get("month", "") or request.POST.get("month", "")
    usual = month_before(today.replace(day=1))
    try:
        asked = day("month", f"{typed}-01", 0) if typed else usual
    except BadInput:
        return usual
    return asked if EARLIEST <= asked <= today else usual


def names_of_hospitals(subjects: set[int]) -> dict[int, str]:
    """The names of hospitals by their subjects, in one query."""
    return dict(Scope.objects.filter(subject_id__in=subjects).values_list("subject_id", "name"))
