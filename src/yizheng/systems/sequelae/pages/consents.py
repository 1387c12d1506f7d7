"""知情同意 of a person, written down by the administrator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yizheng.kernel.chinese_dates import parse_date
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.consents import keeping
from yizheng.systems.sequelae.pages.access import person_for


@for_roles(rights.MANAGE)
@require_POST
def consent(request: HttpRequest, code: str) -> HttpResponseBase:
    """Give or withdraw."""
    account, typed = signed_in(request), request.POST
    person = person_for(account, code, "consent")
    try:
        if typed.get("verb") == "withdraw":
            keeping.withdraw(account, person, typed.get("why", ""))
        else:
            keeping.give(account, person, typed.get("version", ""), parse_date(typed.get("on", "")))
    except keeping.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已登记")
    return redirect(person)
