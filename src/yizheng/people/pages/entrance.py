"""Signing in and out: name and password, then for the office a one-time code; the first time, enrolment.

Who comes with a one-time password chooses her own before anything else, after the code if she has an authenticator.
"""

from typing import Any

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yizheng.people import audit
from yizheng.people.accounts.forms import ChosenPasswordForm, CodeForm, EnrolForm, SignInForm
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account
from yizheng.people.signing_in import lockout, onetime, passkeys, recent, totp
from yizheng.people.signing_in.backends import holders, opened_by
from yizheng.people.signing_in.lockout import LOCKED

BACKEND = "yizheng.people.signing_in.backends.AccountBackend"
WRONG = "用户名或密码不正确，或者账号已停用；连续 5 次不正确，15 分钟内不能再试"
EXPIRED = "一次性密码已用过、已过期或者已重新开具，请重新登录；仍不行的，请开具人再开一次"
WRONG_CODE = "动态口令不正确或已使用过；请等身份验证器显示下一个口令再填"
WRONG_PASSKEY = "通行密钥没有通过校验或者已撤销；请再试一次，或者填动态口令"
_PENDING_SECONDS = 600


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The first step."""
    following = safe_next(request)
    if isinstance(request.user, Account):
        return redirect(following or home_of(request.user))
    ended = bool(request.session.pop("ended_by_time", False)) if request.session.session_key else False
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account, one_time = _checked(request, form)
        if account is not None:
            _remember(request, account, following, one_time)
            return _next_step(request, account)
    status = 422 if form.errors else 200
    return render(request, "people/sign_in.html", {"form": form, "next": following, "ended": ended}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponseBase:
    """The one-time code, or a recovery code."""
    account = _pending(request)
    if account is None or not totp.enrolled(account):
        return redirect("people:sign_in")
    answer = request.POST.get("passkey", "")
    form, problem = CodeForm(None if answer else request.POST or None), ""
    if request.method == "POST" and (answer or form.is_valid()):
        code = "" if answer else form.cleaned_data["code"]
        if not lockout.try_allowed(lockout.code_door(account), address_of(request)):
            problem = LOCKED
        elif _proved(request, account, code, answer):
            request.session["pending"] = request.session["pending"] | {"code_given": True}
            return _next_step(request, account)
        else:
            audit.record(account, "sign_in.code_failed", f"account:{account.pk}")
            problem = WRONG_PASSKEY if answer else WRONG_CODE
        if problem and not answer:
            form.add_error("code", problem)
    page = {
        "form": form,
        "passkey_options": passkeys.proof_options(request, account),
        "passkey_problem": problem if answer else "",
    }
    return render(request, "people/second_step.html", page, status=422 if form.errors or problem else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponseBase:
    """The first sign-in of the office: an authenticator is set up before anything else can be seen."""
    account = _pending(request)
    if account is None or _one_time(request) or totp.enrolled(account):
        return redirect("people:sign_in")
    secret = offered_secret(request, account)
    form = EnrolForm(request.POST or None)
    if codes := new_authenticator(request, account, secret, form):
        following = request.session.get("pending", {}).get("next") or home_of(account)
        _enter(request, account)
        return render(request, "people/recovery_codes.html", {"codes": codes, "next": following})
    return render(request, "people/enrol.html", enrolment(account, secret, form), status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def choose_password(request: HttpRequest) -> HttpResponseBase:
    """In place of a one-time password, one's own."""
    account, one_time = _pending(request), _one_time(request)
    if account is None or not one_time or (totp.enrolled(account) and not _code_given(request)):
        return redirect("people:sign_in")
    form = ChosenPasswordForm(account, one_time, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if onetime.use(account, one_time, form.cleaned_data["password"]):
            request.session["pending"] = request.session["pending"] | {"one_time": ""}
            return _next_step(request, account)
        form.add_error(None, EXPIRED)
    status = 422 if form.errors else 200
    return render(request, "people/choose_password.html", {"form": form, "account": account}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session ends; what the browser kept of it is worth nothing."""
    if isinstance(request.user, Account):
        audit.record(request.user, "sign_out", f"account:{request.user.pk}")
    logout(request)
    return redirect("people:sign_in")


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """The person is still there: the idle time begins again."""
    if not isinstance(request.user, Account):
        return HttpResponse(status=401)
    request.session["last_seen"] = timezone.now().timestamp()
    return HttpResponse(status=204)


def offered_secret(request: HttpRequest, account: Account) -> str:
    """The secret this session offers for enrolment, the same until it is used; enciphered in the session."""
    if "enrol_secret" not in request.session:
        request.session["enrol_secret"] = totp.sealed(account, totp.new_secret())
    return totp.opened(account, request.session["enrol_secret"])


def new_authenticator(request: HttpRequest, account: Account, secret: str, form: EnrolForm) -> list[str]:
    """Set up the authenticator whose first code was posted; its recovery codes, none when the code is not of now."""
    if request.method != "POST" or not form.is_valid():
        return []
    code = form.cleaned_data["code"].strip()
    if totp.matching_step(secret, code) is None:
        form.add_error("code", "口令不正确；请核对手机时间是否准确，等下一个口令再填")
        return []
    codes = totp.enrol(account, secret)
    totp.verify(account, code)
    return codes


def enrolment(account: Account, secret: str, form: EnrolForm) -> dict[str, Any]:
    """What a page shows to set up an authenticator: the picture, and the secret in groups for typing."""
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    picture = mark_safe(totp.picture(account, secret))  # noqa: S308 - made by ourselves from a base32 secret
    return {"form": form, "picture": picture, "secret": groups}


def safe_next(request: HttpRequest) -> str:
    """The page the person came for, if it is one of ours."""
    wanted = str(request.POST.get("next") or request.GET.get("next") or "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own and wanted.startswith("/") else ""


def home_of(account: Account) -> str:
    """Where an account begins."""
    return "/my/" if account.kind == AccountKind.INDIVIDUAL else "/office/"


def _checked(request: HttpRequest, form: SignInForm) -> tuple[Account | None, str]:
    """Who gave the right password, and the mark of it if it was a one-time password."""
    name, password = form.cleaned_data["username"].strip(), form.cleaned_data["password"]
    known = holders(name)
    door = lockout.password_door(name, known)
    if not lockout.try_allowed(door, address_of(request)):
        audit.record(None, "sign_in.locked")
        form.add_error(None, LOCKED)
        return None, ""
    account, one_time = opened_by(known, password), ""
    if account is None:
        account, one_time = onetime.opened_by(known, password)
    if account is not None and account.is_active:
        lockout.forget(door, address_of(request))
        return account, one_time
    audit.record(None, "sign_in.failed", f"account:{known[0].pk}" if known else "")
    form.add_error(None, WRONG)
    return None, ""


def _proved(request: HttpRequest, account: Account, code: str, answer: str) -> bool:
    """A passkey if the browser handed one in, else a one-time code or a recovery code."""
    if answer:
        return passkeys.proves(request, account, answer)
    return totp.verify(account, code) or totp.use_recovery_code(account, code)


def _remember(request: HttpRequest, account: Account, following: str, one_time: str) -> None:
    request.session.cycle_key()
    request.session["pending"] = {
        "account": account.pk,
        "at": timezone.now().timestamp(),
        "next": following,
        "one_time": one_time,
        "code_given": False,
    }


def _next_step(request: HttpRequest, account: Account) -> HttpResponse:
    """The code of an authenticator that is set up, one's own password, an authenticator for the office; then in."""
    enrolled = totp.enrolled(account)
    if enrolled and not _code_given(request):
        return redirect("people:second_step")
    if _one_time(request):
        return redirect("people:choose_password")
    if account.is_office and not enrolled:
        return redirect("people:enrol")
    return _enter(request, account)


def _one_time(request: HttpRequest) -> str:
    return str(request.session.get("pending", {}).get("one_time", ""))


def _code_given(request: HttpRequest) -> bool:
    return bool(request.session.get("pending", {}).get("code_given"))


def _pending(request: HttpRequest) -> Account | None:
    """Who gave the right password within ten minutes and has not given a code yet."""
    pending = request.session.get("pending")
    if not pending or not -1 < timezone.now().timestamp() - pending["at"] <= _PENDING_SECONDS:
        return None
    return Account.objects.filter(pk=pending["account"], is_active=True).first()


def _enter(request: HttpRequest, account: Account) -> HttpResponse:
    following = request.session.get("pending", {}).get("next") or home_of(account)
    request.session.flush()
    login(request, account, backend=BACKEND)
    now = timezone.now().timestamp()
    request.session["signed_in_at"] = request.session["last_seen"] = now
    recent.remember(request)
    lockout.forget(lockout.code_door(account), address_of(request))
    audit.record(account, "sign_in", f"account:{account.pk}")
    return redirect(following)


def address_of(request: HttpRequest) -> str:
    """Where the visitor comes from, as the counts know it."""
    return str(request.META.get("REMOTE_ADDR", ""))
