"""登记有误: an office writes down what it found wrong about a subject, an institution what is wrong about itself."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yizheng.documents.attachments import RefusedFile
from yizheng.licensing.models import ProblemSource
from yizheng.licensing.problem_data import orders
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account
from yizheng.shell.desk.access import AUTHORITY, office_only, signed_in
from yizheng.shell.navigation import set_about
from yizheng.shell.record.entries import heads
from yizheng.shell.record.head import name_on
from yizheng.shell.record.pages import PageLink, RecordPage, page_of, record_for

HOLDERS = (ProblemSource.HOLDER.value, ProblemSource.PUBLIC.value)


class ReportForm(forms.Form):
    """Who found what, and where that can be seen."""

    source = forms.ChoiceField(label="怎么发现的", choices=ProblemSource.choices)
    found_by = forms.CharField(label="发现人", max_length=100)
    words = forms.CharField(
        label="问题", max_length=1000, widget=forms.Textarea({"rows": "4"}),
        help_text="写明哪一项、现在登记为什么、应当是什么",
    )  # fmt: skip
    evidence = forms.FileField(label="证据", required=False, help_text="PDF、JPEG 或者 PNG，不超过 10 MB")


def report_link(account: Account, page: RecordPage, subject_id: int) -> list[PageLink]:
    """The button on the page of a subject, for an authority and for the institution itself."""
    own = account.kind == AccountKind.INSTITUTION and account.subject_id == subject_id
    if account.kind not in AUTHORITY and not own:
        return []
    return [PageLink("登记有误", "alert-triangle", reverse("problems:report", args=[page.register.code, subject_id]))]


@require_http_methods(["GET", "HEAD", "POST"])
@office_only
def report(request: HttpRequest, register: str, subject_id: int) -> HttpResponseBase:
    """The form, and a problem of it."""
    account, page = signed_in(request), page_of(register)
    if not report_link(account, page, subject_id):
        raise PermissionDenied("登记有误由登记机关登记；本机构的问题由本机构经办人反映")
    set_about(request, [page.namespace])
    found = record_for(account, page, subject_id)
    name, newest = name_on(page, found, timezone.localdate()), found.known() or found.versions
    office = next(iter(heads(newest, page.register)), newest[-1]).authority_scope
    own = account.kind == AccountKind.INSTITUTION
    begun = {"found_by": account.display_name, "source": HOLDERS[0] if own else ProblemSource.SELF.value}
    form = ReportForm(request.POST or None, request.FILES or None, initial=begun)
    if own:
        form.fields["source"].widget = forms.HiddenInput()
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        file = asked["evidence"]
        try:
            problem = orders.report(
                page.register, subject_id, name, office, asked["words"],
                source=ProblemSource(HOLDERS[0] if own else asked["source"]), found_by=asked["found_by"],
                account=account, evidence=(file.file, file.name) if file else None,
            )  # fmt: skip
        except (orders.NotPossible, RefusedFile) as refused:
            form.add_error("evidence" if isinstance(refused, RefusedFile) else "words", str(refused))
        else:
            messages.success(request, f"已登记 {problem.number}，登记机关核实以后处理")
            return redirect(page.address(subject_id) if own else reverse("problems:problem", args=[problem.pk]))
    context: dict[str, Any] = {"form": form, "name": name, "page": page, "back": page.address(subject_id)}
    return render(request, "problems/report.html", context, status=422 if form.errors else 200)
