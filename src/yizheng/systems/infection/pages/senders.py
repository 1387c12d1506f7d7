"""医院系统: the public keys of the hospital's own system, and how it sends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yizheng.exchange.keys import own_keys
from yizheng.exchange.partners import fingerprint
from yizheng.people.permissions import allowed
from yizheng.shell.desk.access import signed_in
from yizheng.systems.infection.models import Sender
from yizheng.systems.infection.models.senders import CODE
from yizheng.systems.infection.pages.access import hospital_of, hospital_only
from yizheng.systems.infection.reporting.lifecycle import APPROVER
from yizheng.systems.infection.uploads import registering
from yizheng.systems.infection.uploads.receiving import last_sequence
from yizheng.work.approval import ApprovalRefused


class SenderForm(forms.Form):
    """The keys of a system."""

    name = forms.CharField(label="系统名称", max_length=50)
    signing = forms.CharField(label="签名公钥", widget=forms.Textarea({"rows": 4}), max_length=2000)
    opening = forms.CharField(label="加密公钥", widget=forms.Textarea({"rows": 4}), max_length=2000)
    reason = forms.CharField(label="用途", max_length=200)


@never_cache
@hospital_only
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponseBase:
    """What is registered; a POST asks for keys, which the security administrator approves."""
    account = signed_in(request)
    hospital = hospital_of(account)
    if hospital is None:
        raise PermissionDenied("这一页由医院感染管理人员使用")
    if request.method != "POST":
        return _page(request, SenderForm())
    form = SenderForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        registering.propose(hospital, account, **form.cleaned_data)
    except (registering.NotRegistered, ApprovalRefused) as refused:
        return _page(request, form, str(refused), 422)
    messages.success(request, "已提请，安全管理员按电话里核对的指纹批准")
    return redirect("infection:sender")


def _page(request: HttpRequest, form: SenderForm, problem: str = "", status: int = 200) -> HttpResponse:
    account = signed_in(request)
    hospital = hospital_of(account)
    subject = hospital.subject_id or 0 if hospital else 0
    sender = Sender.objects.visible_to(account).filter(subject_id=subject).first()
    context: dict[str, Any] = {
        "sender": sender,
        "code": f"{CODE}{subject}",
        "signing": fingerprint(sender.signing_key) if sender else "",
        "opening": fingerprint(sender.opening_key) if sender else "",
        "own": fingerprint(own_keys().public[0]),
        "asked": registering.asked(subject),
        "form": form if hospital and allowed(account, APPROVER, hospital.pk) else None,
        "last": last_sequence(subject),
        "base": settings.PUBLIC_BASE,
        "problem": problem,
    }
    return render(request, "infection/sender.html", context, status=status)
