"""Who is asking, and in which shell the answer is shown: the office's or the applicant's."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yizheng.people.models import Account


def account_of(request: HttpRequest) -> Account:
    """The account that is signed in; pages stand behind ``login_required``, so another user is a refusal."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The template inside the shell of the account that asks."""
    frame = "work/inside.html" if account_of(request).is_office else "work/outside.html"
    return render(request, template, {"frame": frame, **context}, status=status)
