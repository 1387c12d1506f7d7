"""恢复登记: an institution's registrations, or what one change touched, as they were known at a past moment; and the proposal."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yizheng.kernel.calendar import parse_moment
from yizheng.people.models import Account
from yizheng.people.permissions import held_by
from yizheng.people.signing_in.recent import requires_recent_sign_in
from yizheng.people.visible_facts import VisibleStates
from yizheng.registry import Knowledge, kinds, latest_position, position_at
from yizheng.registry.models import Change
from yizheng.registry.rolling_back.restoring import Wanted
from yizheng.shell.desk.access import AUTHORITY, office_only, signed_in
from yizheng.systems.institutions import restoring_proposals as proposals
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.pages.restoration_lines import MOST_LINES, side_by_side
from yizheng.systems.institutions.restoring import acts, may_restore, preview
from yizheng.work.approval import ApprovalRefused, may_decide

MOST_REASON = 500
MOST_ACTS = 50


class _Unreadable(Exception):
    """The moment asked for is none of the past; the words say so."""


@require_http_methods(["GET", "HEAD", "POST"])
@office_only
def of_institution(request: HttpRequest, subject_id: int) -> HttpResponseBase:
    """Everything of the institution and of those registered there."""
    account = _of_an_authority(request)
    held = InstitutionLicence.objects.visible_to(account).filter(subject_id=subject_id)
    licence = held.order_by("valid_from", "id").last()
    if licence is None:
        raise Http404("没有这家机构，或者不在您的辖区")
    back = reverse("institutions:institution", args=[subject_id])
    return _answer(request, {"whose": licence.name, "back": back, "subject": subject_id, "position": None})


@require_http_methods(["GET", "HEAD", "POST"])
@office_only
def of_change(request: HttpRequest, change_id: int) -> HttpResponseBase:
    """Every line that one change touched; unless told otherwise, as known just before it."""
    account = _of_an_authority(request)
    change = Change.objects.settled().filter(pk=change_id).first()
    if change is None or change.position is None or not _touches_visible(account, change_id):
        raise Http404("没有这次变更，或者不在您的辖区")
    whose = (
        f"{timezone.localtime(change.settled):%Y-%m-%d} {change.get_kind_display()}（序位 {change.position:,}）所涉登记"
    )
    return _answer(request, {"whose": whose, "back": "", "change": change_id, "position": change.position - 1})


def _of_an_authority(request: HttpRequest) -> Account:
    account = signed_in(request)
    if account.kind not in AUTHORITY:
        raise PermissionDenied("恢复由作出登记的机关办理")
    return account


def _touches_visible(account: Account, change_id: int) -> bool:
    """Whether the account sees a version that the change opened or closed."""
    for kind in kinds():
        rows: VisibleStates[Any] = VisibleStates(kind).visible_to(account)
        if rows.filter(opened=change_id).exists() or rows.filter(closed=change_id).exists():
            return True
    return False


def _answer(request: HttpRequest, about: dict[str, Any]) -> HttpResponseBase:
    try:
        position = _position(request, about["position"])
    except _Unreadable as problem:
        return _page(request, about, None, problem=str(problem), status=422)
    if position is None:
        if request.method == "POST":
            return _page(request, about, None, problem="请先选择恢复到哪个时刻。", status=422)
        return _page(request, about, None)
    wanted = Wanted(Knowledge(position), subject=about.get("subject"), change=about.get("change"))
    return _propose(request, about, wanted) if request.method == "POST" else _page(request, about, wanted)


def _position(request: HttpRequest, otherwise: int | None) -> int | None:
    """The position asked for, by its number or by a moment (Beijing time)."""
    asked = request.POST if request.method == "POST" else request.GET
    number, moment = asked.get("position", "").replace(",", "").strip(), asked.get("at", "").strip()
    if moment:
        return position_at(_moment(moment))
    if not number:
        return otherwise
    if not (number.isascii() and number.isdecimal()) or len(number) > 18 or int(number) > latest_position():
        raise _Unreadable("没有这个序位。序位写在每次变更旁边。")
    return int(number)


def _moment(text: str) -> datetime:
    found = parse_moment(text)
    if found is None:
        raise _Unreadable("看不懂这个时间，请写成 2026-03-01T14:30（北京时间）。")
    if found > timezone.now():
        raise _Unreadable("只能恢复到过去的时刻。")
    return found


@requires_recent_sign_in
def _propose(request: HttpRequest, about: dict[str, Any], wanted: Wanted) -> HttpResponseBase:
    account = signed_in(request)
    found = preview(wanted)
    if found.changed and not may_restore(account, found):
        raise PermissionDenied("恢复须由全部相关登记机关的决定人员提请")
    address = f"{request.path}?position={wanted.known.position}"
    title = f"{about['whose']} 恢复到序位 {wanted.known.position:,} 所知，{len(found.changed):,} 项"
    reason = request.POST.get("reason", "").strip()[:MOST_REASON]
    try:
        proposals.propose(account, found, title, reason, address)
    except ApprovalRefused as refused:
        return _page(request, about, wanted, problem=str(refused), status=409)
    return redirect(address)


def _page(
    request: HttpRequest, about: dict[str, Any], wanted: Wanted | None, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        **about,
        "problem": problem,
        "at": request.GET.get("at", ""),
        "reason": request.POST.get("reason", ""),
        "chosen": wanted is not None,
        **(_prospect(signed_in(request), wanted) if wanted else {}),
    }
    return render(request, "institutions/restoration.html", context, status=status)


def _prospect(account: Account, wanted: Wanted) -> dict[str, Any]:
    """What would be written, who may ask for it, and whether somebody already has."""
    found = preview(wanted)
    impossible = proposals.hindrance(wanted) or ("" if found.lines else proposals.NOTHING)
    shown = [] if impossible else side_by_side(account, (*found.changed, *found.kept))
    waiting = proposals.waiting_for(wanted)
    documents = [] if impossible else acts(found)
    return {
        "position": wanted.known.position,
        "known_at": _settled(wanted.known.position),
        "impossible": impossible,
        "changed": len(found.changed),
        "kept": len(found.kept),
        "lines": shown,
        "others": len(found.lines) - len(shown),
        "most": MOST_LINES,
        "acts": documents[:MOST_ACTS],
        "more_acts": max(0, len(documents) - MOST_ACTS),
        "waiting": waiting,
        "approves": waiting is not None and may_decide(held_by(account), waiting),
        "hindrance": "" if may_restore(account, found) else _why_not(bool(found.changed)),
    }


def _settled(position: int) -> datetime | None:
    newest = Change.objects.filter(position__lte=position).order_by("-position")
    return newest.values_list("settled", flat=True).first()


def _why_not(changes: bool) -> str:
    if not changes:
        return "各登记项都须保留不动，没有可以提请的内容"
    return "须由全部相关登记机关的决定人员提请"
