"""规则推演: the rules of a day to come, or one rule changed, over a whole register; who would fail, by district, as a list.

Administrators see the numbers and no person (三员分立); a decider sees the registrations of her own authority.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yizheng.kernel.calendar import add_years
from yizheng.kernel.codes import name_of
from yizheng.licensing import rules
from yizheng.licensing.fields import day
from yizheng.licensing.forecasts import JOB, ForecastKind, UnknownForecast, kind_of
from yizheng.licensing.models import Forecast, ForecastFailure
from yizheng.licensing.models.forecast import ForecastFailureQuerySet
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Scope
from yizheng.people.permissions import roles_of
from yizheng.people.tables import Asked, Column, Kept, Table
from yizheng.registry.registers import registers
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.shell.record.names import people_named
from yizheng.shell.record.pages import person_address
from yizheng.work.jobs import defer

ASKERS = frozenset({Role.DECIDER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
SHOWN = 30
YEARS_AHEAD = 10


class RegisterConverter:
    """A register in an address: the plural of its code, such as ``/doctors/``."""

    regex = "[a-z]+"

    def to_python(self, value: str) -> str:
        """The code; an address of no declared register is none of ours."""
        found = next((each.code for each in registers() if f"{each.code}s" == value), None)
        if found is None:
            raise ValueError(value)
        return found

    def to_url(self, value: str) -> str:
        """The part of the address."""
        return f"{value}s"


class ForecastForm(forms.Form):
    """A day from today on, and one rule with the value it would have."""

    on = day("推演到哪一天")
    rule = forms.ChoiceField(
        label="改哪个规则参数", required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    value = forms.IntegerField(label="拟定的值", required=False, error_messages={"invalid": "请填写整数"})

    def __init__(self, kind: ForecastKind[Any], data: QueryDict | None) -> None:
        super().__init__(data, initial={"on": timezone.localdate()})
        field = self.fields["rule"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "不改，只看到那一天"), *((rule.code, rule.title) for rule in kind.parameters())]

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


@for_roles(ASKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def forecasts(request: HttpRequest, register: str) -> HttpResponseBase:
    """What was run so far over a register; a POST runs another."""
    account, kind = signed_in(request), _kind(register)
    form = ForecastForm(kind, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(_begin(account, register, form.cleaned_data))
    kept = Forecast.objects.filter(register=register).select_related("asked_by").order_by("-pk")[:SHOWN]
    context = {"form": form, "kind": kind, "rows": [_summary(each) for each in kept]}
    return render(request, "forecasts/forecasts.html", context, status=422 if form.errors else 200)


def _kind(register: str) -> ForecastKind[Any]:
    try:
        return kind_of(register)
    except UnknownForecast:
        raise Http404("这个登记簿没有规则推演") from None


def _begin(account: Account, register: str, asked: dict[str, Any]) -> str:
    made = Forecast.objects.create(asked_by=account, register=register, **asked)
    detail = {"on": str(made.on), "rule": made.rule, "value": made.value}
    audit.record(account, "forecast.run", f"forecast:{made.pk}", detail)
    row = defer(JOB, reason=f"规则推演 {made.pk}", title=f"规则推演：{question(made)}", forecast=made.pk)
    return f"{reverse('forecasts:forecast', args=[register, made.pk])}?job={row.pk}"


def question(asked: Forecast) -> str:
    """What was asked, in words."""
    if not asked.rule:
        return f"到 {asked.on:%Y-%m-%d} 为止"
    rule = rules.declaration(asked.rule)
    return f"{rule.title}改为 {asked.value}{rule.unit}，{asked.on:%Y-%m-%d}"


def _summary(asked: Forecast) -> dict[str, Any]:
    return {"forecast": asked, "question": question(asked), "failed": sum(asked.by_authority.values())}


@for_roles(ASKERS)
@require_safe
def forecast(request: HttpRequest, register: str, pk: int) -> HttpResponse:
    """One forecast: the numbers by authority and reason, and the list as far as the account may see it.

    While it runs the page asks again every few seconds, and loads anew when the job has finished.
    """
    account, kind = signed_in(request), _kind(register)
    asked = Forecast.objects.select_related("asked_by").filter(pk=pk, register=register).first()
    if asked is None:
        raise Http404("没有这次推演")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"} if asked.finished_at else {})
    context = {
        **_summary(asked),
        "kind": kind,
        "authorities": _authorities(asked),
        "reasons": _reasons(asked, kind),
        "part": FAILURES.part(Asked.of(request, ()), forecast=pk),
        "sees_people": Role.DECIDER in roles_of(account),
    }
    return render(request, "forecasts/forecast.html", context)


def _authorities(asked: Forecast) -> list[tuple[str, int]]:
    """The authorities with how many of their registrations would fail, most first."""
    names = dict(Scope.objects.filter(pk__in=list(asked.by_authority)).values_list("pk", "name"))
    counted = [(names.get(int(key), ""), number) for key, number in asked.by_authority.items()]
    return sorted(counted, key=lambda each: -each[1])


def _reasons(asked: Forecast, kind: ForecastKind[Any]) -> list[tuple[str, int]]:
    counted = [(f"不再符合：{kind.reason(code)}", number) for code, number in asked.by_check.items()]
    return sorted(counted, key=lambda each: -each[1])


def _forecast(asked: Asked) -> Forecast:
    found = Forecast.objects.filter(pk=asked["forecast"] or 0).first()
    if found is None:
        raise Http404("没有指明是哪次推演")
    return found


def _failures(asked: Asked) -> ForecastFailureQuerySet:
    return ForecastFailure.objects.visible_to(asked.account).filter(forecast=asked.once(_forecast))


def _described(rows: list[ForecastFailure], asked: Asked) -> Iterable[dict[str, Any]]:
    """The rows with the names of people and institutions, in two queries more."""
    kind = _kind(asked.once(_forecast).register)
    people = people_named(asked.account, {row.subject_id for row in rows})
    scopes = Scope.objects.filter(subject_id__in={row.institution_id for row in rows if row.institution_id})
    institutions = dict(scopes.values_list("subject_id", "name"))
    for row in rows:
        yield {
            "name": people[row.subject_id][0] if row.subject_id in people else "—",
            "url": person_address(kind.register.code, row.subject_id),
            "level": name_of(kind.levels, row.level) if kind.levels else row.level,
            "institution": institutions.get(row.institution_id or 0, ""),
            "sentence": row.sentence,
            "article": row.article,
        }


def _question_of(pk: int) -> str:
    found = Forecast.objects.filter(pk=pk).first()
    return question(found) if found else str(pk)


FAILURES = Table(
    "forecast",
    "规则推演",
    _failures,
    (
        Column("姓名", "name", 12, css="name together", link="url"),
        Column("级别", "level", 14, css="together"),
        Column("主要执业机构", "institution", 36, css="cut", nothing="没有主要执业机构"),
        Column("原因", "sentence", 50, css="dense"),
        Column("依据", "article", 40, css="dense ink-2"),
    ),
    guard=for_roles(ASKERS),
    filters=(Kept("推演", "forecast", said=_question_of),),
    order=("pk",),
    described=_described,
    tally="项",
    empty="本机关没有不再符合的注册。",
)
"""What would fail, as far as the account may see it."""
