"""Around every request: how long a session may last, and which rows it may see."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.people.rights.reach import JURISDICTIONS
from yizheng.people.scope import acting_as, streamed

GetResponse = Callable[[HttpRequest], HttpResponseBase]

IDLE_OFFICE = timedelta(minutes=30)
IDLE_OUTSIDE = timedelta(minutes=60)
ABSOLUTE = timedelta(hours=12)
_NOTED_EVERY = timedelta(minutes=1)


class SessionTimes:
    """Ends a session that was idle too long or is twelve hours old (GB/T 22239-2019 8.1.4.1).

    Requests that a page makes by itself carry ``X-Background`` and do not count as activity. The page warns two
    minutes before and can be extended (WCAG 2.2.1). Nothing is written more often than once a minute.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or end the session and lead to the sign-in page."""
        account = _account(request)
        if account is None:
            return self.get_response(request)
        now = timezone.now().timestamp()
        if self._over(request, account, now):
            audit.record(account, "sign_out.timeout", f"account:{account.pk}")
            logout(request)
            return _sign_in_again(request)
        if "X-Background" not in request.headers:
            self._note(request, now)
        return self.get_response(request)

    def _over(self, request: HttpRequest, account: Account, now: float) -> bool:
        idle = IDLE_OFFICE if account.is_office else IDLE_OUTSIDE
        seen, since = request.session.get("last_seen", now), request.session.get("signed_in_at", now)
        ahead = max(seen, since) > now + _NOTED_EVERY.total_seconds()  # written by a clock that was wrong
        return bool(ahead or now - seen > idle.total_seconds() or now - since > ABSOLUTE.total_seconds())

    def _note(self, request: HttpRequest, now: float) -> None:
        request.session.setdefault("signed_in_at", now)
        if now - request.session.get("last_seen", 0) > _NOTED_EVERY.total_seconds():
            request.session["last_seen"] = now


class ScopeMiddleware:
    """Puts the account's row scope in force for the request and for what is streamed after it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer under the scope of the account that asks; a visitor sees no row."""
        with JURISDICTIONS.block(), acting_as(_account(request)):
            response = self.get_response(request)
            if response.streaming:
                answer = cast(Any, response)
                answer.streaming_content = streamed(answer.streaming_content)
            return response


def _account(request: HttpRequest) -> Account | None:
    """The signed-in account; a request without a session cookie is not looked at, so its page can be cached."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if isinstance(request.user, Account) else None


def _sign_in_again(request: HttpRequest) -> HttpResponseBase:
    """Back to where the person was; a part of a page asks the browser to load the whole."""
    where = request.get_full_path()
    if "HX-Request" in request.headers:
        current = request.headers.get("HX-Current-URL", "/")
        path = "/" + current.split("/", 3)[3] if current.count("/") > 2 else "/"
        return HttpResponse(status=401, headers={"HX-Redirect": redirect_to_login(path).url})
    request.session["ended_by_time"] = True
    return redirect_to_login(where)
