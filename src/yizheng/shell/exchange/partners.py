"""交换对象: whom this platform exchanges with, their keys and its own; entered by one administrator, approved by another."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yizheng.exchange import partners as verbs
from yizheng.exchange.keys import own_keys
from yizheng.exchange.models import Partner
from yizheng.exchange.sending import NotPossible
from yizheng.people.kinds import ScopeKind
from yizheng.people.models import Scope
from yizheng.shell.access import ADMINS, for_roles, proposes
from yizheng.shell.desk.access import signed_in
from yizheng.work.approval import ApprovalRefused


@never_cache
@for_roles(ADMINS)
@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: HttpRequest) -> HttpResponseBase:
    """The partners; a POST proposes one."""
    if request.method != "POST":
        return _page(request)
    typed = {
        name: request.POST.get(name, "").strip() for name in ("code", "name", "address", "signing", "opening", "reason")
    }
    authority = _authorities().filter(code=request.POST.get("authority", "")).first()
    if authority is None:
        return _page(request, "请选择由哪个机关与其交换", typed)
    try:
        verbs.propose(signed_in(request), **typed, authority=authority, active=request.POST.get("active") != "no")
    except (NotPossible, ApprovalRefused) as refused:
        return _page(request, str(refused), typed)
    messages.success(request, "已提请，待安全管理员核对公钥指纹后批准")
    return redirect("exchange:partners")


def _authorities() -> QuerySet[Scope]:
    return Scope.objects.filter(kind__in=[ScopeKind.CITY, ScopeKind.DISTRICT]).order_by("code")


def _page(request: HttpRequest, problem: str = "", typed: dict[str, str] | None = None) -> HttpResponse:
    own = own_keys()
    (signing, opening), national = own.public, own.national.public.pem()
    names = dict(_authorities().values_list("pk", "name"))
    rows = [
        {
            "partner": each,
            "authority": names.get(each.authority_scope, ""),
            "signing": verbs.fingerprint(each.signing_key),
            "opening": verbs.fingerprint(each.opening_key),
        }
        for each in Partner.objects.all()
    ]
    context = {
        "problem": problem,
        "typed": typed or {},
        "rows": rows,
        "authorities": list(_authorities()),
        "may_propose": proposes(signed_in(request)),
        "own": {
            "signing": signing,
            "opening": opening,
            "national": national,
            "national_print": verbs.fingerprint(national),
            "signing_print": verbs.fingerprint(signing),
            "opening_print": verbs.fingerprint(opening),
        },
    }
    return render(request, "exchange/partners.html", context, status=422 if problem else 200)
