"""The form of an item: saves itself while it is typed, shows the findings as they are now, and submits."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from yizheng.documents.attachments import RefusedFile
from yizheng.licensing import answers as form_answers
from yizheng.licensing.cases import examining
from yizheng.licensing.collective.faults import remember_faults_of
from yizheng.licensing.item import Material
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.states import EDITABLE, CaseState
from yizheng.licensing.verbs import LostRaceError, perform, permits
from yizheng.licensing.verbs.drafting import hand_in, keep
from yizheng.shell.applicant import drafting_page
from yizheng.shell.desk.access import applicants_only, own_case, signed_in
from yizheng.shell.navigation import set_about


@applicants_only
def form(request: HttpRequest, number: str) -> HttpResponseBase:
    """The whole form on one page; sent without script it saves, and goes where the button says."""
    account = signed_in(request)
    found = own_case(account, number, to_edit=True)
    if found.state not in EDITABLE:
        return redirect("my:case", number=number)
    if request.method != "POST":
        return _page(request, found)
    try:
        found = keep(found, account, form_answers.sent(found.item, request.POST))
        _files(request, found)
    except (NotPossibleError, RefusedFile) as problem:
        return _page(request, own_case(account, number, to_edit=True), problem=str(problem), status=422)
    if request.POST.get("then") == "leave":
        return redirect("my:cases")
    return _submit(request, found) if request.POST.get("then") == "submit" else redirect("my:form", number=number)


def _files(request: HttpRequest, found: Case) -> None:
    """Files that came with the form itself, from a browser without script."""
    for material in found.item.materials:
        sent = request.FILES.get(material.code)
        if sent is not None and not isinstance(sent, list):
            hand_in(found, signed_in(request), material, _stream(sent), sent.name or "")


def _submit(request: HttpRequest, found: Case) -> HttpResponseBase:
    account = signed_in(request)
    verb = "resubmit" if found.state == CaseState.CORRECTING else "submit"
    try:
        perform(found, verb, account)
    except (NotPossibleError, permits.NotPermittedError, LostRaceError) as problem:
        return _page(request, own_case(account, found.number, to_edit=True), problem=str(problem), status=422)
    return redirect("my:case", number=found.number)


def _page(request: HttpRequest, found: Case, *, problem: str = "", status: int = 200) -> HttpResponse:
    set_about(request, [found.item.system])
    examination = examining.examine(found, timezone.localdate())
    remember_faults_of(found, examination)
    context = drafting_page.context(found, examination, tried=bool(problem))
    return render(request, "my/form.html", {**context, "problem": problem}, status=status)


@require_POST
@applicants_only
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Keep the draft as typed and answer with the findings as they are now."""
    account = signed_in(request)
    found = own_case(account, number, to_edit=True)
    try:
        found = keep(found, account, form_answers.sent(found.item, request.POST))
    except NotPossibleError as problem:
        return HttpResponse(str(problem), status=409, content_type="text/plain; charset=utf-8")
    examination = examining.examine(found, timezone.localdate())
    remember_faults_of(found, examination)
    context: dict[str, Any] = drafting_page.context(found, examination, tried=False)
    return render(request, "my/checked.html", {**context, "swap": True})


@require_POST
@applicants_only
def upload(request: HttpRequest, number: str, material: str) -> HttpResponse:
    """Hand in a file for one material; a refused file says which requirement failed."""
    account = signed_in(request)
    found = own_case(account, number, to_edit=True)
    wanted = _material(found, material)
    sent = request.FILES.get(material)
    if sent is None or isinstance(sent, list):
        return _refused("没有收到文件，请重新选择")
    try:
        paper = hand_in(found, account, wanted, _stream(sent), sent.name or "")
    except (RefusedFile, NotPossibleError) as refused:
        return _refused(str(refused))
    if found.dossier_id is not None:
        remember_faults_of(found, examining.examine(found, timezone.localdate()))
    row = drafting_page.material_row(found, examining.MaterialView(wanted, paper))
    return render(request, "shell/parts/material.html", {"material": row, "two": bool(found.item.english)})


def _stream(sent: UploadedFile[Any]) -> BinaryIO:
    return cast("BinaryIO", sent)


def _refused(sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=422, content_type="text/plain; charset=utf-8")


def _material(found: Case, code: str) -> Material:
    for material in found.item.materials:
        if material.code == code:
            return material
    raise Http404("没有这种材料")
