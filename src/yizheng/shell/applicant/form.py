"""The form of an item: saves itself while it is typed, shows the findings as they are now, and submits."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from yizheng.documents.attachments import RefusedFile
from yizheng.licensing import answers as form_answers
from yizheng.licensing import examining
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Material
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.states import EDITABLE
from yizheng.licensing.verbs import LostRaceError, perform, permits
from yizheng.licensing.verbs.drafting import hand_in, keep
from yizheng.shell.desk.access import case_for, individual_only, signed_in


@individual_only
def form(request: HttpRequest, number: str) -> HttpResponse:
    """The whole form on one page; a case that cannot be edited any more is shown read-only instead."""
    found = case_for(signed_in(request), number)
    if found.state not in EDITABLE:
        return redirect("my:case", number=number)
    return render(request, "my/form.html", _context(found))


def _context(found: Case, problem: str = "", shown: bool = False) -> dict[str, object]:
    answers = form_answers.load(found)
    examination = examining.examine(found, timezone.localdate(), answers)
    return {
        "case": found,
        "item": found.item,
        "steps": examination.steps,
        "materials": examination.materials,
        "examination": examination,
        "correcting": found.events.filter(verb="ask_correction").order_by("-id").first(),
        "submit_verb": "resubmit" if found.state == "correcting" else "submit",
        "problem": problem,
        "show_all_errors": shown,
    }


@require_POST
@individual_only
def save(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """Keep one step as typed; answers with the parts of the page that depend on it."""
    account = signed_in(request)
    found = case_for(account, number)
    try:
        found = keep(found, account, step, form_answers.typed(_step(found, step), request.POST))
    except NotPossibleError as problem:
        return render(request, "my/unsaved.html", {"problem": str(problem)}, status=409)
    if not request.headers.get("HX-Request"):
        return redirect("my:form", number=number)
    return render(request, "my/live.html", {**_context(found), "saved_step": step})


@require_POST
@individual_only
def upload(request: HttpRequest, number: str, material: str) -> HttpResponse:
    """Hand in a file for one material; a refused file says which requirement failed."""
    account = signed_in(request)
    found = case_for(account, number)
    wanted = _material(found, material)
    sent = request.FILES.get("file")
    problem = "没有收到文件，请重新选择" if sent is None else ""
    if sent is not None and sent.file is not None:
        try:
            hand_in(found, account, wanted, sent.file, sent.name or "")
        except (RefusedFile, NotPossibleError) as refused:
            problem = str(refused)
    context = _context(found, problem)
    context.update(refused=material if problem else "")
    if request.headers.get("HX-Request"):
        return render(request, "my/materials.html", context, status=422 if problem else 200)
    return render(request, "my/form.html", context, status=422) if problem else redirect("my:form", number=number)


@require_POST
@individual_only
def submit(request: HttpRequest, number: str) -> HttpResponse:
    """Submit, or hand back the correction; every fault is listed and linked when it cannot be done."""
    account = signed_in(request)
    found = case_for(account, number)
    try:
        for step in found.item.steps:
            if any(key.startswith(f"{step.code}-") for key in request.POST):
                keep(found, account, step.code, form_answers.typed(step, request.POST))
        found = case_for(account, number)
        perform(found, request.POST.get("verb", "submit"), account)
    except (NotPossibleError, permits.NotPermittedError, LostRaceError) as problem:
        return render(request, "my/form.html", _context(case_for(account, number), str(problem), True), status=422)
    return redirect("my:case", number=number)


def _step(found: Case, code: str) -> type[Step]:
    for step in found.item.steps:
        if step.code == code:
            return step
    raise Http404("表单没有这一部分")


def _material(found: Case, code: str) -> Material:
    for material in found.item.materials:
        if material.code == code:
            return material
    raise Http404("没有这种材料")
