"""The public home with its search, the answer to a question, and one entry on a day. A hit and a miss are the same page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from yizheng.disclosure import keys, lookup
from yizheng.disclosure.allowances import LOOKUPS, NUMBERS, take
from yizheng.disclosure.answer_page import answer_page, entry_tag, search_context
from yizheng.disclosure.content.models import PublicArticle
from yizheng.disclosure.home_links import home_links
from yizheng.disclosure.models import PublicInstitution, PublicPractitioner, PublicTally
from yizheng.disclosure.pages.open import limited
from yizheng.disclosure.records import PracticePlace
from yizheng.disclosure.sources import PeopleSource, by_slug, of_people, people_of, sources
from yizheng.disclosure.verdicts import verdict_on
from yizheng.kernel.chinese_dates import parse_date

NOTICES = 5
"""How many notices the home shows."""


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The search in a register (`?of=`), by name or by number (`?by=number`), and the figures of the registers."""
    counted = {tally.register: tally for tally in PublicTally.objects.all()}
    registers = [(each, counted.get(each.register.code)) for each in sources()]
    by = "number" if request.GET.get("by") == "number" else "name"
    source = by_slug(request.GET.get("of", "")) or by_slug("")
    search = dict(search_context(source)) if source else {}
    announced = [each.register.title for each in of_people() if each.lookup.announced]
    notices = PublicArticle.objects.shown(timezone.localdate())[:NOTICES]
    shown = {"registers": registers, "announced": announced, "by": by, "home_links": home_links(), "notices": notices}
    return render(request, "disclosure/home.html", {**shown, **search})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@limited(LOOKUPS)
def people(request: HttpRequest, register: str) -> HttpResponse:
    """By name and institution (GET), or by a certificate number (POST, so that no number stands in an address).

    Open to any form: it changes nothing and knows no visitor. Most of these questions are answered at the door.
    """
    source = people_of(register)
    asked = request.POST if request.method == "POST" else request.GET
    shown = {"by": "number" if request.method == "POST" else "name"}
    shown |= {field: keys.cleaned(asked.get(field, ""))[:100] for field in ("name", "institution")}
    try:
        found = (
            _by_number(request, source)
            if request.method == "POST"
            else lookup.by_name(register, shown["name"], shown["institution"])
        )
    except keys.Unusable as fault:
        return render(
            request, "disclosure/results.html", {**dict(search_context(source)), **shown, "fault": fault}, status=400
        )
    page = answer_page(source, shown["by"], shown["name"], shown["institution"], found, timezone.localdate())
    return HttpResponse(page)


def _by_number(request: HttpRequest, source: PeopleSource) -> lookup.Found:
    number = keys.squeezed(request.POST.get("number", ""))
    if not source.hidden or not keys.is_qualification_number(number):
        return lookup.by_practice_number(source, number)
    take(request, NUMBERS)
    return lookup.by_qualification_number(source.register.code, number)


@require_safe
@limited(LOOKUPS)
def practitioner(request: HttpRequest, register: str, token: str) -> HttpResponse:
    """One entry as of today, and beside it as of the day in ``?on=``."""
    entry = get_object_or_404(PublicPractitioner, register=register, token=token)
    today = timezone.localdate()
    wanted = request.GET.get("on", "")
    day = parse_date(wanted)
    others = [place for place in entry.others if today < place.until]
    addresses = _addresses([*others, *([entry.main] if entry.main else [])])
    context = {
        "entry": entry,
        "source": people_of(register),
        "verdict": verdict_on(entry, today),
        "number": keys.public_number(entry.practice_number),
        "milestones": [each for each in entry.milestones if each.on <= today],
        "main": (entry.main, addresses.get(entry.main.institution)) if entry.main else None,
        "others": [(place, addresses.get(place.institution)) for place in others],
        "past": verdict_on(entry, day) if day is not None and day <= today else None,
        "day": day,
        "bad_day": bool(wanted) and (day is None or day > today),
        "today": today,
        "asked": [keys.cleaned(request.GET.get(field, ""))[:40] for field in ("name", "institution")],
    }
    response = render(request, "disclosure/practitioner.html", context)
    response["ETag"] = entry_tag(token, entry.refreshed, today, request.META.get("QUERY_STRING", ""))
    response["Cache-Control"] = "private, no-cache"
    return response


def _addresses(places: list[PracticePlace]) -> dict[int, str]:
    """The fixed addresses of the institutions that have an entry of their own."""
    ids = [place.institution for place in places]
    return dict(PublicInstitution.objects.filter(subject__in=ids).values_list("subject", "token"))
