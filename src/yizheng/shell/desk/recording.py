"""审核记录: the page on which the reviewing officer records a visit, a publicity or her conclusion, each by itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yizheng.licensing import answers
from yizheng.licensing.forms import Step
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.verbs import LostRaceError, perform, permits, recording
from yizheng.licensing.verbs.acting import told_who_won
from yizheng.shell.desk import display
from yizheng.shell.desk.access import case_for, office_only, signed_in
from yizheng.shell.navigation import set_about


@never_cache
@office_only
@require_http_methods(["GET", "HEAD", "POST"])
def record_page(request: HttpRequest, number: str) -> HttpResponseBase:
    """Every part that can be recorded; a POST records one."""
    account = signed_in(request)
    case = case_for(account, number)
    if not any(each.verb == recording.VERB for each in permits.moves_of(account, case)):
        return redirect("desk:case", number=number)
    set_about(request, [case.item.system])
    if request.method != "POST":
        return _page(request, case)
    if str(case.revision) != request.POST.get("revision", ""):
        return _page(request, case, lost=told_who_won(case), status=409)
    step = recording.step_of(case, request.POST.get("step", ""))
    said = answers.sent_of(step, request.POST)
    form = answers.bound(step, said)
    if form.errors:
        return _page(request, case, faulty=form, problem="还有没有填好的内容", status=422)
    try:
        perform(case, recording.VERB, account, step=step.code, said=said)
    except LostRaceError as lost:
        return _page(request, case_for(account, number), lost=str(lost), status=409)
    except (NotPossibleError, permits.NotPermittedError) as refused:
        return _page(request, case_for(account, number), faulty=form, problem=str(refused), status=422)
    messages.success(request, f"已记录{step.title}")
    return redirect("desk:case", number=number)


def _page(
    request: HttpRequest, case: Case, *, faulty: Step | None = None, status: int = 200, **words: str
) -> HttpResponse:
    done = {form.code: event for form, event in recording.recorded(case)}
    parts = [
        {"form": faulty if faulty is not None and faulty.code == step.code else _form(case, step), "event": done.get(step.code)}
        for step in case.item.desk_steps
    ]  # fmt: skip
    return render(request, "desk/record.html", {"case": case, "parts": parts, **words}, status=status)


def _form(case: Case, step: type[Step]) -> Step:
    said = case.answers.get(step.code)
    return answers.bound(step, said) if said else step(prefix=step.code)


def sections(case: Case) -> list[dict[str, Any]]:
    """What was recorded, for the case page: a section each, with who recorded it and when."""
    return [
        {
            "title": f"{form.title}（{event.actor_name} {event.on:%m-%d} 记录）",
            "rows": [_pair(form, name) for name in form.fields],
        }
        for form, event in recording.recorded(case)
    ]


def _pair(form: Step, name: str) -> tuple[str, str, bool, bool]:
    label, text = str(form.fields[name].label), display.readable(form[name], form.data.get(form.add_prefix(name)))
    return label, text, len(text) > display.WIDE, len(label) > display.LONG
