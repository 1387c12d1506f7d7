"""The public home: the search first, then the check of a certificate, then how large the registers are."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yizheng.disclosure.answer_page import search_context
from yizheng.disclosure.models import PublicTally
from yizheng.disclosure.sources import by_slug, sources


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The search in a register (`?of=`), by name or by number (`?by=number`), and the figures of the registers."""
    counted = {tally.register: tally for tally in PublicTally.objects.all()}
    registers = [(each, counted.get(each.register.code)) for each in sources()]
    by = "number" if request.GET.get("by") == "number" else "name"
    source = by_slug(request.GET.get("of", "")) or by_slug("")
    search = dict(search_context(source)) if source else {}
    return render(request, "disclosure/home.html", {"registers": registers, "by": by, **search})
