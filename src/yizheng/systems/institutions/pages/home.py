"""本机构: where the operator of an institution begins; and the licence itself, for its institution, its founder and the desks.

The menu is that of the national client: 变更, 校验, 停业, 注销 and the rest come from the items that are declared, the others
(我的办件, 信息修改, 历史沿革, 人员) from what every institution has.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.licensing.deadlines.computing import due_for
from yizheng.licensing.states import ENDED
from yizheng.people.kinds import AccountKind
from yizheng.people.scope import acting_as_system
from yizheng.shell.applicant.cases import mine
from yizheng.shell.applicant.offering import offers
from yizheng.shell.deadlines import described
from yizheng.shell.desk.access import applicants_only, office_only, signed_in
from yizheng.shell.mine.port import OwnLink, declare_own_links
from yizheng.shell.record.pages import staff_pages
from yizheng.systems.institutions.licences import licence_on
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.record.belonging import belonging, newest_contact
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.licence_rows import LicenceRows, licence_rows
from yizheng.systems.institutions.register import INSTITUTIONS

MOST_CASES = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu that is no item."""

    title: str
    says: str
    url: str


def _entries(subject_id: int) -> list[Entry]:
    """What every institution has beside its items."""
    record = reverse("institutions:institution", args=[subject_id])
    return [
        Entry("申请信息", "在办和已办的全部办件，没有受理的可以撤回", reverse("my:cases")),
        Entry("信息修改", "咨询电话、开诊时间等不用登记的信息", reverse("institutions:contact")),
        Entry("历史沿革", "每一次变更，任何一天的登记", record),
        *(Entry(f"本机构{title}", "名册、到期、核对名单", url) for title, url in staff_pages(subject_id)),
        Entry(
            "登记有误",
            "登记与批准的不一致的，请登记机关更正",
            reverse("problems:report", args=["institution", subject_id]),
        ),
    ]


@require_safe
@applicants_only
def home(request: HttpRequest) -> HttpResponseBase:
    """The institution of an operator; a person is led to the licence of what she founded."""
    account, today = signed_in(request), timezone.localdate()
    if account.kind != AccountKind.INSTITUTION:
        found = own_institutions(account.subject_id or 0, today)
        return redirect(found[0].url) if found else redirect("my:cases")
    subject_id = account.subject_id or 0
    licence = licence_on(subject_id, today)
    if licence is None:
        return redirect("my:cases")
    own = [each for each in offers(account) if each.item.about_itself]
    under_way = list(mine(account).filter(subject_id=subject_id).exclude(state__in=ENDED).order_by("-id")[:MOST_CASES])
    context: dict[str, Any] = {
        "licence": licence,
        "state": licence.standing,
        "due": _due(licence, today),
        "possible": [each for each in own if not each.why and each.item.register == INSTITUTIONS.title],
        "others": [each for each in own if not each.why and each.item.register != INSTITUTIONS.title],
        "impossible": [each for each in own if each.why],
        "entries": _entries(subject_id),
        "cases": under_way,
        "contact": newest_contact(subject_id),
        "rows": licence_rows(subject_id, today),
    }
    return render(request, "institutions/home.html", context)


def _due(licence: InstitutionLicence, today: date) -> list[tuple[str, date, int]]:
    """What runs out next: verification, deferral, term; the nearest first, each with the days that are left."""
    held = Held(licence.subject_id, today)
    period, suspension = held.period, held.suspension
    named = [
        ("停业至", suspension.to_on if suspension else None),
        ("下次校验", period.due_on if period and not period.deferred_to else None),
        ("暂缓校验至", period.deferred_to if period else None),
        ("许可证有效期至", licence.term_to),
    ]
    return sorted(((title, day, (day - today).days) for title, day in named if day), key=lambda row: row[1])


def own_institutions(subject_id: int, on: date) -> list[OwnLink]:
    """The institutions a person applied for, founded, represents or is responsible for, each with its licence."""
    return [
        OwnLink(each.name, each.role, reverse("institutions:own_licence", args=[each.subject_id]))
        for each in belonging(subject_id, on)
    ]


@require_safe
@applicants_only
def own_licence(request: HttpRequest, subject_id: int) -> HttpResponse:
    """Original and duplicate on the screen, for the institution itself and for a party of it."""
    account, today = signed_in(request), timezone.localdate()
    address = reverse("institutions:own_licence", args=[subject_id])
    concerned = account.subject_id == subject_id or address in [
        each.url for each in own_institutions(account.subject_id or 0, today)
    ]
    return _licence(request, subject_id if concerned else 0, reverse("institutions:home"), own=True)


@require_safe
@office_only
def licence(request: HttpRequest, subject_id: int) -> HttpResponse:
    """The same for the desks."""
    seen = InstitutionLicence.objects.visible_to(signed_in(request)).current().filter(subject_id=subject_id)
    return _licence(request, subject_id if seen.exists() else 0, reverse("institutions:institution", args=[subject_id]))


def _licence(request: HttpRequest, subject_id: int, back: str, *, own: bool = False) -> HttpResponse:
    """Whose own it is reads what falls due too; a desk has the calendar of deadlines for that."""
    today = timezone.localdate()
    rows: LicenceRows | None = licence_rows(subject_id, today) if subject_id else None
    held = licence_on(subject_id, today) if rows else None
    if rows is None or held is None:
        raise Http404("没有这家机构的许可证，或者不是您的机构")
    with acting_as_system("本机构：接下来到期"):
        coming = described(due_for(subject_id, today), today) if own else None
    approval = Held(subject_id, today).approval if held.status == "preparing" else None
    context = {
        "rows": rows, "licence": held, "state": held.standing, "back": back, "coming": coming, "approval": approval,
    }  # fmt: skip
    return render(request, "institutions/licence.html", context)


declare_own_links(own_institutions)
