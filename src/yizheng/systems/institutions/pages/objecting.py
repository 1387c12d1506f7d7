"""异议: anybody says what is wrong in the public entry of an institution; it lies on the desk of the authority as a problem."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from yizheng.disclosure.allowances import NUMBERS
from yizheng.disclosure.models import PublicInstitution
from yizheng.disclosure.pages.open import limited
from yizheng.licensing.models import ProblemSource
from yizheng.licensing.problem_data.orders import report
from yizheng.people.scope import acting_as_system
from yizheng.systems.institutions.licences import licence_on
from yizheng.systems.institutions.register import INSTITUTIONS

MOST_WORDS, MOST_CONTACT = 500, 60


@csrf_exempt
@require_POST
@limited(NUMBERS)
def objection(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the objection; empty words lead back to the form. Open to any form: who objects has no session."""
    entry = get_object_or_404(PublicInstitution, token=token)
    words = request.POST.get("words", "").strip()[:MOST_WORDS]
    address = reverse("disclosure:institution", args=[token])
    licence = licence_on(entry.subject, timezone.localdate())
    if not words or licence is None:
        return redirect(f"{address}#objection")
    with acting_as_system("公众异议"):
        report(
            INSTITUTIONS, entry.subject, entry.name, licence.authority_scope, words, source=ProblemSource.PUBLIC,
            found_by="公众", contact=request.POST.get("contact", "").strip()[:MOST_CONTACT],
        )  # fmt: skip
    return redirect(f"{address}?sent=1#objection")
