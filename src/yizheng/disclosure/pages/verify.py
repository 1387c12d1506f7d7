"""Checking a certificate: by the code beside the QR code, or by the QR code itself, which opens this page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.disclosure.allowances import LOOKUPS
from yizheng.disclosure.keys import LONGEST_CODE, LONGEST_PAYLOAD
from yizheng.disclosure.lookup import NOBODY
from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.pages.open import limited
from yizheng.disclosure.sources import people_of
from yizheng.disclosure.standings import WORDS, Standing
from yizheng.disclosure.verdicts import verdict_on
from yizheng.documents.verifying import verdicts
from yizheng.documents.verifying.verdicts import Answer

OVER = WORDS[Standing.EXPIRED]
"""A term that ran out by itself: the certificate is genuine and no longer good."""
STATE_WORDS = {
    Answer.VALID: "有效",
    Answer.SUPERSEDED: "已换发",
    Answer.REVOKED: "无效",
    Answer.FORGED: "无效",
    Answer.UNKNOWN: "无此项",
}


@require_safe
@limited(LOOKUPS)
def verify_form(request: HttpRequest) -> HttpResponse:
    """The box for a code; with ``?code=``, the verdict on it."""
    typed = request.GET.get("code", "").strip()
    if not typed:
        return render(request, "disclosure/verify.html", {"fault": "请填写核验码。" if "code" in request.GET else ""})
    if len(typed) > LONGEST_CODE:
        return _answer(request, verdicts.check(typed[:LONGEST_PAYLOAD]))
    return _answer(request, verdicts.check_code(typed), typed)


@require_safe
@limited(LOOKUPS)
def verify(request: HttpRequest, payload: str) -> HttpResponse:
    """The verdict on a scanned QR code."""
    return _answer(request, verdicts.check(payload[:LONGEST_PAYLOAD]))


def _answer(request: HttpRequest, verdict: verdicts.Verdict, typed: str = "") -> HttpResponse:
    """The same page and the same two statements whatever the verdict."""
    subject = verdict.document.subject_id if verdict.document else NOBODY
    entries = PublicPractitioner.objects.filter(subject=subject).order_by("register")
    holders = [(people_of(each.register), each, verdict_on(each, timezone.localdate())) for each in entries]
    stand = [stands.words for _, _, stands in holders]
    over = bool(stand) and verdict.answer == verdicts.Answer.VALID and all(each == OVER for each in stand)
    context = {
        "verdict": verdict,
        "state": OVER.state if over else STATE_WORDS[verdict.answer],
        "barred": []
        if any(each.may_practise for each in stand)
        else list(dict.fromkeys(each.verdict for each in stand)),
        "document": verdict.document,
        "holders": holders,
        "typed": typed,
        "now": timezone.localtime(),
    }
    return render(request, "disclosure/verify.html", context)
