"""依职权发起: a reviewing person opens an act of the authority about a doctor, with its form, its facts and the rules asked at once.

行政处罚法 第五十四条、行政许可法 第六十九条、第七十条: who acts of its own motion states facts and evidence first. What is
opened goes the item's own way: told and heard, or straight to a second person where something decided is only entered.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yizheng.licensing.catalogue import UnknownItemError, items
from yizheng.licensing.catalogue import item as declared
from yizheng.licensing.findings import Finding
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Item, Shape
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.verbs.enacting import propose
from yizheng.licensing.verbs.permits import NotPermittedError
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.people.scope import acting_as_system
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.systems.doctors.item import DoctorItem
from yizheng.systems.doctors.pages.access import record_for
from yizheng.systems.doctors.pages.doctor import head
from yizheng.systems.doctors.pages.moment import moment_of
from yizheng.systems.doctors.pages.names import names_for
from yizheng.systems.doctors.pages.wording import Wording
from yizheng.systems.doctors.reading import held_on
from yizheng.systems.doctors.registered import OFFICE, keeper

MOST_EVIDENCE = 1000


@require_safe
@office_only
def acts(request: HttpRequest, subject_id: int) -> HttpResponse:
    """What can be begun about this doctor, and why something cannot."""
    account = _reviewer(request)
    offered = [
        {
            "code": each.code,
            "title": each.title,
            "articles": each.articles,
            "why": each.may_apply(subject_id, _today()),
        }
        for each in items(_today(), system="doctors")
        if each.shape is Shape.AUTHORITY_ACT
    ]
    return render(request, "doctors/acts.html", {**_head(request, account, subject_id), "offered": offered})


@require_http_methods(["GET", "HEAD", "POST"])
@office_only
def act(request: HttpRequest, subject_id: int, code: str) -> HttpResponseBase:
    """The form of one act; a POST opens the case when it is filled in and no rule stands against it."""
    account = _reviewer(request)
    item = _item(code)
    context = _head(request, account, subject_id)
    begun = item.prefill(subject_id)
    sent = request.POST if request.method == "POST" else None
    forms = [_form(step, sent, begun) for step in item.steps]
    if sent is None:
        return _page(request, item, context, forms)
    evidence = sent.get("evidence", "").strip()[:MOST_EVIDENCE]
    if not all([form.is_valid() for form in forms]) or not evidence:  # noqa: C419  # every form shows its faults
        return _page(
            request, item, context, forms, problem="还有没有填写的内容" if evidence else "请写明事实和证据"
        )
    answers = {**begun, **{form.code: _typed(form) for form in forms}}
    scope = _office(item, answers, subject_id)
    blocks = item.examine(item.gather(answers, subject_id, _today()), _today()).blocks
    if blocks:
        return _page(request, item, context, forms, blocks=blocks)
    try:
        case = propose(
            account,
            code,
            subject_id=subject_id,
            subject_name=str(context["head"]["name"]),
            authority_scope=scope,
            evidence=evidence,
            answers={**answers, OFFICE: {**answers.get(OFFICE, {}), "scope": scope}},
        )
    except NotPermittedError as refused:
        raise PermissionDenied(str(refused)) from refused
    except NotPossibleError as refused:
        return _page(request, item, context, forms, problem=str(refused))
    messages.success(request, f"已立案 {case.number}")
    return redirect("desk:case", number=case.number)


def _reviewer(request: HttpRequest) -> Account:
    account = signed_in(request)
    if Role.REVIEWER not in roles_of(account):
        raise PermissionDenied("依职权的办件由审核人员发起")
    return account


def _item(code: str) -> DoctorItem:
    try:
        found = declared(code, _today())
    except UnknownItemError as unknown:
        raise Http404("没有这一事项") from unknown
    if found.shape is not Shape.AUTHORITY_ACT or not isinstance(found, DoctorItem):
        raise Http404("这一事项不由机关发起")
    return found


def _head(request: HttpRequest, account: Account, subject_id: int) -> dict[str, Any]:
    record = record_for(account, subject_id)
    words = Wording(names_for(record.versions))
    return {"head": head(account, record, words, moment_of(request))}


def _form(step: type[Step], sent: Any, begun: dict[str, dict[str, Any]]) -> Step:
    return step(sent, prefix=step.code, initial=begun.get(step.code, {}))


def _typed(form: Step) -> dict[str, Any]:
    """What was typed as a draft keeps it: texts as they came from the browser."""
    found = {}
    for name, field in form.fields.items():
        value = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        found[name] = "" if value is None else value
    return found


def _office(item: Item, answers: dict[str, dict[str, Any]], subject_id: int) -> int:
    found = item.authority_of(answers, _today())
    if found is not None:
        return found
    with acting_as_system("确定依职权办理的机关"):
        return keeper(held_on(subject_id, _today()))


def _page(
    request: HttpRequest,
    item: Item,
    context: dict[str, Any],
    forms: list[Step],
    *,
    problem: str = "",
    blocks: list[Finding] | None = None,
) -> HttpResponse:
    shown = {
        **context,
        "item": item,
        "forms": forms,
        "problem": problem,
        "blocks": blocks or [],
        "evidence": request.POST.get("evidence", ""),
        "most_evidence": MOST_EVIDENCE,
    }
    return render(request, "doctors/act.html", shown, status=422 if problem or blocks else 200)


def _today() -> date:
    return timezone.localdate()
