"""The public home: the search first, then the check of a certificate, then how large the registers are."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yizheng.disclosure.models import PublicTally

TITLES = {"doctor": ("医师", "在册"), "institution": ("医疗机构", "有效")}


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The search by name or by number (`?by=number`) and the figures of the registers."""
    counted = {tally.register: tally for tally in PublicTally.objects.all()}
    registers = [(title, word, counted.get(register)) for register, (title, word) in TITLES.items()]
    by = "number" if request.GET.get("by") == "number" else "name"
    return render(request, "disclosure/home.html", {"registers": registers, "by": by})
