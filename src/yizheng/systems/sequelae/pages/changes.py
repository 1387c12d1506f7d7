"""登记和变更: entering a person, what became of her, and another name, number or telephone; for the administrator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yizheng.kernel.chinese_dates import parse_date
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.models.people import Group, Sex, Standing
from yizheng.systems.sequelae.pages.access import person_for
from yizheng.systems.sequelae.persons import changing
from yizheng.systems.sequelae.persons.identities import Who, who_is

admin_only = for_roles(rights.MANAGE)


def _who(request: HttpRequest) -> Who:
    name, birth, number, mobile = (request.POST.get(each, "").strip() for each in ("name", "birth", "number", "mobile"))
    return Who(name, birth, number, mobile)


@never_cache
@admin_only
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponseBase:
    """Enter a person."""
    typed, problem = request.POST, ""
    if request.method == "POST":
        try:
            made = changing.enter_one(
                signed_in(request), typed.get("code", ""), _who(request), typed.get("sex", ""), typed.get("infected", ""),
                typed.get("district", ""),
            )  # fmt: skip
        except changing.Refused as refused:
            problem = str(refused)
        else:
            messages.success(request, "已登记")
            return redirect(made)
    context = {"problem": problem, "typed": typed, "sexes": Sex.choices, "groups": Group.choices}
    return render(request, "sequelae/enter.html", context, status=422 if problem else 200)


@never_cache
@admin_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    """Write down what became of a person, or another name, number or telephone."""
    account, typed, problem = signed_in(request), request.POST, ""
    person = person_for(account, code, "change")
    if request.method == "POST":
        why = typed.get("why", "")
        try:
            if typed.get("verb") == "standing":
                on = parse_date(typed.get("on", ""))
                changing.set_standing(account, person, typed.get("standing", ""), on, why)
            else:
                changing.change_identity(account, person, _who(request), why)
        except changing.Refused as refused:
            problem = str(refused)
        else:
            messages.success(request, "已登记")
            return redirect(person)
    context = {
        "person": person, "who": who_is(account, person), "problem": problem, "typed": typed,
        "standings": [each for each in Standing.choices if each[0] != person.standing],
    }  # fmt: skip
    return render(request, "sequelae/change.html", context, status=422 if problem else 200)
