"""Opening accounts and giving out one-time passwords, for the system administrator."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizheng.people.accounts import administering as accounts
from yizheng.people.accounts.forms import OpenAccountForm
from yizheng.people.accounts.opening import OPENED, fitting_roles, open_account
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account
from yizheng.people.pages.administration import account_page
from yizheng.people.pages.frame import account_of, requires
from yizheng.people.rights.grants import Refused
from yizheng.people.rights.roles import Power
from yizheng.people.signing_in import onetime
from yizheng.people.signing_in.recent import requires_recent_sign_in


@requires(Power.OPEN_ACCOUNT)
@require_GET
def choose_kind(request: HttpRequest) -> HttpResponseBase:
    """What the new account is for."""
    kinds = [(kind, "、".join(role.label for role in fitting_roles(kind))) for kind in OPENED]
    return render(request, "people/open_account.html", {"kinds": kinds})


@requires(Power.OPEN_ACCOUNT)
@require_http_methods(["GET", "POST"])
@requires_recent_sign_in
def account_open(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The form, and the one-time password of the account made from it."""
    if kind not in OPENED:
        raise Http404
    chosen = AccountKind(kind)
    form = OpenAccountForm(chosen, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account, password = open_account(account_of(request), kind=chosen, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("username", str(refusal))
        else:
            return issued(request, account, password)
    page = {"form": form, "kind": chosen}
    return render(request, "people/open_account.html", page, status=422 if form.errors else 200)


@requires(Power.ISSUE_PASSWORD)
@require_POST
@requires_recent_sign_in
def password_issue(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """A one-time password in place of a forgotten one."""
    account = get_object_or_404(Account, pk=account_id)
    try:
        password = accounts.reset_password(account, account_of(request), request.POST.get("reason", ""))
    except Refused as refusal:
        return account_page(request, account, password_error=str(refusal))
    return issued(request, account, password)


def issued(request: HttpRequest, account: Account, password: str, back: str = "") -> HttpResponseBase:
    """The one-time password, shown this once."""
    page = {"account": account, "password": password, "held": onetime.waiting(account), "back": back}
    return render(request, "people/issued.html", page)
