"""规则推演: tomorrow's rule, or a day to come, over the whole register; who would fall out, by district, as a list.

Administrators see the numbers and no person (三员分立); a decider sees the registrations of her own authority.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yizheng.kernel.calendar import add_years
from yizheng.kernel.codes import name_of
from yizheng.licensing import rules
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Scope
from yizheng.people.permissions import roles_of
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.shell.exporting import Column, Filter, ListKind, declare
from yizheng.systems.doctors.foresight.running import ASKED, JOB
from yizheng.systems.doctors.models import Fallen, Forecast
from yizheng.systems.doctors.models.foresight import FallenQuerySet
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.work.jobs import defer

ASKERS = frozenset({Role.DECIDER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
SIZE = 50
SHOWN = 30
YEARS_AHEAD = 10
_PORTION = 2000


class ForecastForm(forms.Form):
    """A day from today on, and one rule with the value it would have."""

    on = forms.DateField(
        label="推演到哪一天",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写日期", "invalid": "日期请按 2027-03-01 的样子填写"},
    )
    rule = forms.ChoiceField(
        label="改哪个规则参数", required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    value = forms.IntegerField(label="拟定的值", required=False, error_messages={"invalid": "请填写整数"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["rule"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "不改，只看到那一天"), *((rule.code, rule.title) for rule in weighable())]

    def clean(self) -> dict[str, Any]:
        """A rule needs a value within its limits; the day is neither past nor beyond sight."""
        cleaned = super().clean() or self.cleaned_data
        on, today = cleaned.get("on"), timezone.localdate()
        if on is not None and not today <= on <= add_years(today, YEARS_AHEAD):
            self.add_error("on", f"日期须在今天到 {YEARS_AHEAD} 年之内")
        elif on == today and not cleaned.get("rule"):
            self.add_error("on", "请选将来的一天，或者选一个规则参数和拟定的值")
        if not cleaned.get("rule"):
            cleaned["value"] = None
        elif cleaned.get("value") is None:
            self.add_error("value", "选了规则参数的，请填写拟定的值")
        else:
            least, greatest = rules.declaration(cleaned["rule"]).limits
            if not least <= cleaned["value"] <= greatest:
                self.add_error("value", f"值应是 {least} 到 {greatest} 的整数")
        return cleaned


def weighable() -> list[rules.RuleDeclaration]:
    """The parameters of the rules about doctors."""
    return [rule for rule in rules.declarations() if rule.code.startswith("doctors.")]


@for_roles(ASKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def forecasts(request: HttpRequest) -> HttpResponseBase:
    """What was run so far; a POST runs another."""
    account = signed_in(request)
    form = ForecastForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        return redirect(_begin(account, form.cleaned_data))
    kept = Forecast.objects.select_related("asked_by").order_by("-pk")[:SHOWN]
    context = {"form": form, "rows": [_summary(each) for each in kept]}
    return render(request, "doctors/forecasts.html", context, status=422 if form.errors else 200)


def _begin(account: Account, asked: dict[str, Any]) -> str:
    made = Forecast.objects.create(on=asked["on"], rule=asked["rule"], value=asked["value"], asked_by=account)
    audit.record(
        account,
        "forecast.run",
        f"forecast:{made.pk}",
        {"on": str(made.on), "rule": made.rule, "value": made.value},
    )
    row = defer(JOB, reason=f"规则推演 {made.pk}", title=f"规则推演：{question(made)}", forecast=made.pk)
    return f"{reverse('doctors:forecast', args=[made.pk])}?job={row.pk}"


def question(asked: Forecast) -> str:
    """What was asked, in words."""
    if not asked.rule:
        return f"到 {asked.on:%Y-%m-%d} 为止"
    rule = rules.declaration(asked.rule)
    return f"{rule.title}改为 {asked.value}{rule.unit}，{asked.on:%Y-%m-%d}"


def _summary(asked: Forecast) -> dict[str, Any]:
    return {"forecast": asked, "question": question(asked), "fallen": sum(asked.by_authority.values())}


@for_roles(ASKERS)
@require_safe
def forecast(request: HttpRequest, pk: int) -> HttpResponse:
    """One forecast: the numbers by authority and reason, and the list as far as the account may see it.

    While it runs the page asks again every few seconds, and loads anew when the job has finished.
    """
    account = signed_in(request)
    asked = Forecast.objects.select_related("asked_by").filter(pk=pk).first()
    if asked is None:
        raise Http404("没有这次推演")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"} if asked.finished_at else {})
    rows = _visible(account, asked).filter(pk__gt=_after(request)).order_by("pk")
    page = list(rows[: SIZE + 1])
    context = {
        **_summary(asked),
        "authorities": _authorities(asked),
        "reasons": _reasons(asked),
        "rows": described(account, page[:SIZE]),
        "after": page[SIZE - 1].pk if len(page) > SIZE else "",
        "beyond_first": bool(request.GET.get("after")),
        "sees_people": Role.DECIDER in roles_of(account),
    }
    return render(request, "doctors/forecast.html", context)


def _after(request: HttpRequest) -> int:
    after = request.GET.get("after", "")
    return int(after) if after.isdecimal() else 0


def _visible(account: Account, asked: Forecast) -> FallenQuerySet:
    return Fallen.objects.visible_to(account).filter(forecast=asked)


def _authorities(asked: Forecast) -> list[tuple[str, int]]:
    """The authorities with how many of their registrations fall out, most first."""
    names = dict(Scope.objects.filter(pk__in=list(asked.by_authority)).values_list("pk", "name"))
    counted = [(names.get(int(key), ""), number) for key, number in asked.by_authority.items()]
    return sorted(counted, key=lambda each: -each[1])


def _reasons(asked: Forecast) -> list[tuple[str, int]]:
    titles = {check.code: check.title for check in ASKED}
    grounds = ((_ground(code) or titles.get(code, code), number) for code, number in asked.by_reason.items())
    return sorted(((f"不再符合：{title}", number) for title, number in grounds), key=lambda each: -each[1])


def _ground(code: str) -> str:
    return (
        name_of("doctor_refusal_reason", code) if code.startswith("R") and code not in {"R15", "R01"} else ""
    )


def described(account: Account, rows: list[Fallen]) -> list[dict[str, Any]]:
    """The rows with the names of people and institutions, in two queries more."""
    today = timezone.localdate()
    people = PersonIdentity.objects.visible_to(account).as_of(today)
    names = dict(
        people.filter(subject_id__in={row.subject_id for row in rows}).values_list("subject_id", "name")
    )
    houses = licences.licences_on({row.institution_id for row in rows if row.institution_id}, today)
    return [
        {
            "name": names.get(row.subject_id, "—"),
            "url": reverse("doctors:doctor", args=[row.subject_id]),
            "level": name_of("practice_level", row.level),
            "house": houses[row.institution_id].name if row.institution_id in houses else "",
            "sentence": row.sentence,
            "article": row.article,
        }
        for row in rows
    ]


def _listed(request: HttpRequest) -> Iterator[dict[str, Any]]:
    account = signed_in(request)
    chosen = request.GET.get("forecast", "")
    asked = Forecast.objects.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    if asked is None:
        raise Http404("没有指明是哪次推演")
    waiting = _visible(account, asked).order_by("pk").iterator(_PORTION)
    while portion := list(islice(waiting, _PORTION)):
        yield from described(account, portion)


def _asked_words(pk: str) -> str:
    asked = Forecast.objects.filter(pk=int(pk)).first() if pk.isdecimal() else None
    return question(asked) if asked else pk


declare(
    ListKind(
        "doctor_forecast",
        "规则推演",
        for_roles(ASKERS),
        (
            Column("姓名", "name", 12),
            Column("级别", "level", 14),
            Column("主要执业机构", "house", 36),
            Column("原因", "sentence", 50),
            Column("依据", "article", 40),
        ),
        _listed,
        {"forecast": Filter("推演", _asked_words)},
    )
)
