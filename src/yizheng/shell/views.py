"""The shell's own few pages: the office's front door, the bundles, the switch for single-letter keys."""

from django.contrib.auth.decorators import login_not_required, login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from yizheng.people.kinds import AccountKind
from yizheng.people.pages.entrance import safe_next
from yizheng.shell import navigation
from yizheng.shell.bundles import PARTS, bundle
from yizheng.shell.context import SINGLE_KEYS_COOKIE, standing
from yizheng.shell.errors import hotline
from yizheng.shell.states import TABLE

YEAR = 365 * 24 * 3600


@login_not_required
@transaction.non_atomic_requests
@require_safe
def send_bundle(request: HttpRequest, address: str) -> HttpResponseBase:
    """A style or script bundle, compressed as the browser takes it and kept for a year.

    An address with another digest (a page from before an update) gets the present content, kept by nobody.
    """
    stem, _, rest = address.partition(".")
    name = f"{stem}.{rest.rpartition('.')[2]}"
    if name not in PARTS:
        raise Http404(address)
    found = bundle(name)
    if request.headers.get("If-None-Match") == f'"{found.digest}"':
        return HttpResponseNotModified()
    accepted = request.headers.get("Accept-Encoding", "")
    coding, content = next(
        ((coding, data) for coding, data in (("br", found.brotli), ("gzip", found.gzip)) if coding in accepted),
        ("", found.plain),
    )
    response = HttpResponse(content, content_type=found.media_type)
    if coding:
        response["Content-Encoding"] = coding
    response["ETag"] = f'"{found.digest}"'
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if address == found.address else "no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The first page of somebody who signed in: her own work, else the first entry at the side; for a person her own cases."""
    roles = standing(request).roles
    if AccountKind.INDIVIDUAL in roles:
        return redirect("my:home")
    if first := navigation.first_page(roles):
        return redirect(first)
    side = navigation.groups(request, navigation.current(request, roles), roles)
    return redirect(side[0].items[0].url if side else "/")


@login_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Help of the office: keys, state words, whom to call."""
    kinds = [(kind, [word for words in icons.values() for word in words]) for kind, icons in TABLE.items()]
    return render(request, "shell/help.html", {"kinds": kinds, "hotline": hotline()})


@login_not_required
@transaction.non_atomic_requests
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What the public pages do for readers with disabilities (无障碍环境建设法 第三十二条), and how to report a barrier."""
    return render(request, "shell/accessibility.html", {"hotline": hotline()})


@login_required
@require_POST
def single_keys(request: HttpRequest) -> HttpResponseBase:
    """Switch single-letter keys on or off for this person (WCAG 2.2, 2.1.4)."""
    response = redirect(safe_next(request) or "shell:home")
    wanted = "on" if request.POST.get("keys") == "on" else "off"
    response.set_cookie(
        SINGLE_KEYS_COOKIE, wanted, max_age=YEAR, httponly=False, samesite="Lax", secure=request.is_secure()
    )
    return response
