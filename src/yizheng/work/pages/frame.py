"""In which shell an answer is shown: the office's or the applicant's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yizheng.people.models import Account
from yizheng.people.pages.frame import account_of
from yizheng.people.tables import Asked


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The template inside the shell of the account that asks."""
    return render(request, template, {"frame": _frame(account_of(request)), **context}, status=status)


def framed(asked: Asked) -> dict[str, Any]:
    """The shell of the account, for a table both sides of the platform have."""
    return {"frame": _frame(asked.account)}


def _frame(account: Account) -> str:
    return "work/inside.html" if account.is_office else "work/outside.html"
