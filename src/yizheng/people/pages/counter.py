"""窗口核对证件: a clerk finds the account of the person before her, resets its password, settles its disputed claim.

The address holds a ticket for half an hour, not the account's number: nobody leafs through people by counting.
"""

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizheng.people import vault
from yizheng.people.accounts import counter as verbs
from yizheng.people.accounts.forms import CounterPasswordForm, DocumentForm, FindForm, PlainForm
from yizheng.people.accounts.signup import DOCUMENTS
from yizheng.people.models import Account, IdentityClaim
from yizheng.people.pages.administration import issued
from yizheng.people.pages.frame import account_of, requires
from yizheng.people.rights.grants import Refused
from yizheng.people.rights.roles import Power
from yizheng.people.signing_in import totp
from yizheng.people.signing_in.recent import requires_recent_sign_in

_HALF_AN_HOUR = 1800
_signer = signing.TimestampSigner(salt="yizheng.people.counter")


def ticket_of(account: Account) -> str:
    """What stands in the address for the account that was found."""
    return _signer.sign(str(account.pk))


@requires(Power.CHECK_DOCUMENTS)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def counter(request: HttpRequest) -> HttpResponseBase:
    """Find the account by something complete."""
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = verbs.find(form.cleaned_data["wanted"], account_of(request))
        if found is not None:
            return redirect("people:counter_person", ticket_of(found))
        form.add_error("wanted", "没有这样的个人账号；请核对是否完整，或请本人说出用户名")
    return render(request, "people/counter.html", {"form": form}, status=422 if form.errors else 200)


@requires(Power.CHECK_DOCUMENTS)
@require_GET
def person(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """The account that was found, and what can be done for the person."""
    account = _of(ticket)
    return redirect("people:counter") if account is None else _page(request, account)


@requires(Power.CHECK_DOCUMENTS)
@sensitive_post_parameters()
@require_POST
@requires_recent_sign_in
def password(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """A one-time password for the person."""
    account = _of(ticket)
    if account is None:
        return redirect("people:counter")
    form = CounterPasswordForm(request.POST, prefix="password")
    if form.is_valid():
        typed = form.cleaned_data
        try:
            text = verbs.reset_password(
                account, account_of(request), typed["number"], typed["reason"],
                without_authenticator=typed["without_authenticator"],
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("number", str(refusal))
        else:
            return issued(request, account, text, back=reverse("people:counter"))
    return _page(request, account, password_form=form)


@requires(Power.CHECK_DOCUMENTS)
@sensitive_post_parameters()
@require_POST
@requires_recent_sign_in
def claim(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """Accept or reject what the person claimed at registration."""
    account = _of(ticket)
    if account is None:
        return redirect("people:counter")
    disputed = get_object_or_404(IdentityClaim.objects.select_related("account"), account=account)
    accepts = request.POST.get("verdict") == "accept"
    form = DocumentForm(request.POST, prefix="claim")
    form.fields["number"].required = accepts
    if form.is_valid():
        try:
            _settle(disputed, account_of(request), form, accepts=accepts)
        except Refused as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, "已并入登记主体" if accepts else "已记录为未予认可")
            return redirect("people:counter_person", ticket_of(account))
    return _page(request, account, claim_form=form)


def _settle(disputed: IdentityClaim, actor: Account, form: DocumentForm, *, accepts: bool) -> None:
    if accepts:
        verbs.accept(disputed, actor, form.cleaned_data["number"], form.cleaned_data["reason"])
    else:
        verbs.reject(disputed, actor, form.cleaned_data["reason"])


def _of(ticket: str) -> Account | None:
    try:
        account_id = int(_signer.unsign(ticket, max_age=_HALF_AN_HOUR))
    except signing.SignatureExpired:
        return None
    except signing.BadSignature:
        raise Http404 from None
    return Account.objects.filter(pk=account_id).first()


def _page(
    request: HttpRequest,
    account: Account,
    *,
    password_form: PlainForm | None = None,
    claim_form: PlainForm | None = None,
) -> HttpResponseBase:
    found = IdentityClaim.objects.filter(account=account).select_related("account", "settled_by").first()
    numbers = [(kind.label.removesuffix("号码"), vault.masked(account.subject_id or 0, kind)) for kind in DOCUMENTS]
    page = {
        "person": account,
        "ticket": ticket_of(account),
        "numbers": [(label, number) for label, number in numbers if number],
        "claim": found,
        "disputed": found is not None and found.state == IdentityClaim.State.DISPUTED,
        "registered": None if found is None else verbs.registered(found),
        "authenticator": totp.enrolled(account),
        "claim_form": claim_form or DocumentForm(prefix="claim"),
        "password_form": password_form or CounterPasswordForm(prefix="password"),
    }
    return render(request, "people/counter_person.html", page, status=422 if password_form or claim_form else 200)
