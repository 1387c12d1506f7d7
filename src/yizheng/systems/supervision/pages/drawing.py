"""双随机: a draw from a public seed, its lists and its result, so that anybody can repeat it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Grant
from yizheng.people.permissions import scopes_of
from yizheng.people.tables import Asked, Column, Number, Table
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.supervision.drawing import CannotDraw, draw
from yizheng.systems.supervision.models import Draw
from yizheng.systems.supervision.pages.entries import INSPECTORS

_PRACTISING = ("active", "filed", "check_due")


def _form(asked: Asked) -> dict[str, Any]:
    typed = asked.request.POST
    return {
        "scopes": scopes_of(asked.account, Role.INSPECTOR),
        "seed": typed.get("seed", ""),
        "source": typed.get("source", ""),
    }


DRAWS = Table(
    "draws",
    "双随机抽查",
    lambda asked: Draw.objects.visible_to(asked.account).select_related("account"),
    (
        Column("抽取时间", "drawn_at", 18, link=lambda each: reverse("supervision:drawn", args=[each.pk])),
        Column("公开种子", "seed", 24, css="name"),
        Column("来源", "source", 30),
        Number("机构", "number", 8),
        Number("名录机构", lambda each: len(each.institutions), 10),
        Number("名录监督员", lambda each: len(each.officers), 10),
        Column("经办", lambda each: each.account.display_name, 12),
    ),
    guard=for_roles(INSPECTORS),
    says="机构和监督员都按公开种子抽取，任何人可以用同样的种子和名录复算",
    tally="次，新的在前",
    empty="还没有抽取。先公布种子的来源（例如某期公开开奖号码），再在下面抽取。",
    template="supervision/draws.html",
    more=_form,
)
"""Every draw."""


@for_roles(INSPECTORS)
@require_POST
def draw_now(request: HttpRequest) -> HttpResponseBase:
    """Draw institutions of a jurisdiction, each with two of its inspectors."""
    account, typed = signed_in(request), request.POST
    scope = next((each for each in scopes_of(account, Role.INSPECTOR) if str(each.pk) == typed.get("scope")), None)
    number, source = typed.get("number", ""), typed.get("source", "").strip()
    if scope is None or not number.isdecimal() or not source:
        return DRAWS.answer(request, 422, problem="请选择辖区，填写抽取数和种子的来源")
    licences = InstitutionLicence.objects.visible_to(account).as_of(timezone.localdate())
    listed = sorted(
        set(licences.filter(authority_scope=scope.pk, status__in=_PRACTISING).values_list("subject_id", flat=True))
    )
    held = Grant.objects.filter(role=Role.INSPECTOR, revoked_at=None, scope=scope, account__is_active=True)
    officers = sorted(set(held.values_list("account_id", flat=True)))
    try:
        visits = draw(typed.get("seed", ""), listed, officers, int(number))
    except CannotDraw as refused:
        return DRAWS.answer(request, 422, problem=str(refused))
    made = Draw.objects.create(
        seed=typed["seed"].strip()[:100], source=source[:200], number=int(number), institutions=listed, officers=officers,
        result=[[each.institution, *each.officers] for each in visits], account=account, authority_scope=scope.pk,
    )  # fmt: skip
    audit.record(account, "draw.make", f"draw:{made.pk}", {"count": made.number})
    messages.success(request, f"已抽取 {made.number} 家")
    return redirect("supervision:drawn", made.pk)


@never_cache
@for_roles(INSPECTORS)
@require_safe
def draw_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One draw with who goes where."""
    account = signed_in(request)
    made = Draw.objects.visible_to(account).filter(pk=pk).first()
    if made is None:
        raise Http404("没有这次抽取，或者不在您的辖区")
    houses = {house for house, *_ in made.result}
    licences = InstitutionLicence.objects.visible_to(account).as_of(timezone.localdate()).filter(subject_id__in=houses)
    names = dict(licences.values_list("subject_id", "name"))
    people = dict(Account.objects.filter(pk__in=made.officers).values_list("pk", "display_name"))
    visits = [(number, names.get(house, house), [people.get(each, "") for each in officers])
              for number, (house, *officers) in enumerate(made.result, 1)]  # fmt: skip
    same = [
        [each.institution, *each.officers] for each in draw(made.seed, made.institutions, made.officers, made.number)
    ]
    return render(request, "supervision/draw.html", {"made": made, "visits": visits, "same": same == made.result})
