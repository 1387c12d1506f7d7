"""Proposals at the side of every office page, with their number."""

from django.http import HttpRequest

from yizheng.people.models import Account
from yizheng.shell.navigation import NavEntry, declare
from yizheng.shell.proposals.page import HANDLERS, open_proposals


def _open(request: HttpRequest) -> int | None:
    return open_proposals(request.user).count() if isinstance(request.user, Account) else None


declare("", "", [NavEntry("工作", "拟办", "calendar-due", "proposals:list", HANDLERS, _open, order=20)])
