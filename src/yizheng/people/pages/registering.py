"""An individual registers herself. Whatever is known of the number, the answer is the same page."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from yizheng.people.accounts.forms import RegisterForm
from yizheng.people.accounts.signup import register as make_account
from yizheng.people.models import Account
from yizheng.people.signing_in import lockout

_AN_HOUR_S_WORTH = 20


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponseBase:
    """The form, and the account made from it."""
    if isinstance(request.user, Account):
        return redirect("people:me")
    languages = request.headers.get("Accept-Language", "").lower()
    form = RegisterForm(request.POST or None, reads_english=languages.startswith("en"))
    if request.method == "POST" and form.is_valid():
        address = str(request.META.get("REMOTE_ADDR", ""))
        if lockout.act_allowed("register", address, _AN_HOUR_S_WORTH):
            account = make_account(**form.cleaned_data)
            request.session["registered"] = account.username
            return redirect("people:registered")
        form.add_error(None, "从这个网络地址注册的人数过多，请 15 分钟后再试")
    return render(request, "people/register.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_GET
def registered(request: HttpRequest) -> HttpResponseBase:
    """The user name, shown once."""
    username = request.session.pop("registered", None)
    if username is None:
        return redirect("people:sign_in")
    return render(request, "people/registered.html", {"username": username})
