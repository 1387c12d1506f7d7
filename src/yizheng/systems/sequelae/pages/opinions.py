"""会诊意见: both hips beside an earlier year, and the lungs; then one conclusion of the experts who read."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yizheng.people.kinds import Role
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.sequelae.consultation import hip_opinions
from yizheng.systems.sequelae.consultation.lung_years import lung_years
from yizheng.systems.sequelae.consultation.opining import Refused, Said, conclude, open_to_reading, opinions_of, record
from yizheng.systems.sequelae.consultation.years import years_of
from yizheng.systems.sequelae.models import Round
from yizheng.systems.sequelae.models.opinions import Field
from yizheng.systems.sequelae.pages.access import person_for
from yizheng.systems.sequelae.pages.consultation import agreement
from yizheng.systems.sequelae.pages.opinion_forms import HipsForm, LungsForm
from yizheng.systems.sequelae.persons.identities import who_is
from yizheng.systems.sequelae.rounds.current import current_round

BESIDE = 2008
"""The year an opinion is written beside where the reader chooses none: the first reading of all hips by one system."""


@never_cache
@for_roles(frozenset({Role.ORTHOPAEDIST}))
@require_http_methods(["GET", "HEAD", "POST"])
def hips(request: HttpRequest, code: str) -> HttpResponseBase:
    """Both hips of this round; ``joint`` asks for the conclusion."""
    account, person = signed_in(request), person_for(signed_in(request), code, "hips")
    now = _round(request)
    said = open_to_reading(account, opinions_of(account, person), now)
    of_hips = [each for each in said if each.row.field == Field.HIPS]
    joint = request.GET.get("joint") == "1"
    form = HipsForm(request.POST or None, initial=_initial(of_hips, account.pk, now.pk, joint=joint))
    if request.method == "POST" and form.is_valid():
        try:
            (conclude if joint else record)(account, person, now, Field.HIPS, form.content())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已保存结论" if joint else "已保存意见")
            return redirect(person)
    earlier = [each for each in of_hips if each.row.round.year < now.year]
    beside = _beside(earlier, request.GET.get("beside", ""))
    context = {
        "person": person, "who": who_is(account, person), "round": now, "form": form, "joint": joint, "beside": beside,
        "years": sorted({each.row.round.year for each in earlier}), "rows": _rows(form, beside), "wrong": _wrong(form),
        "agreement": agreement(said, now.pk) if joint else None,
    }  # fmt: skip
    return render(request, "sequelae/hips.html", context, status=422 if form.errors else 200)


def _round(request: HttpRequest) -> Round:
    now = current_round(signed_in(request))
    if now is None:
        raise Http404("还没有开始的年度轮次")
    return now


def _beside(earlier: list[Said], wanted: str) -> Said | None:
    """The opinion of the wanted year, of 2008, or the first there is; a conclusion before an opinion."""
    year = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) == 4 else BESIDE
    of_year = [each for each in earlier if each.row.round.year == year]
    return of_year[-1] if of_year else earlier[0] if earlier else None


def _initial(said: list[Said], account: int, round_key: int, *, joint: bool) -> dict[str, Any]:
    """What the expert wrote before in this round; for a conclusion, where both experts agree what they agree upon."""
    here = [each for each in said if each.row.round_id == round_key and not each.row.joint]
    mine = [each for each in here if each.row.expert_id == account]
    if not mine:
        return {}
    content = mine[0].content
    others = [each for each in here if each.row.expert_id != account]
    initial = {name: content.get(name) for name in ("said", "advice", "next")}
    for side in hip_opinions.SIDES:
        for name, value in mine[0].hip(side).items():
            agreed = not joint or all(hip_opinions.agree(name, mine[0].hip(side), each.hip(side)) for each in others)
            initial[f"{side}_{name}"] = _typed(value) if agreed else None
    return initial


def _typed(value: Any) -> Any:
    """A number or a yes as an option or a box writes it."""
    if isinstance(value, bool):
        return hip_opinions.YES if value else hip_opinions.NO
    return f"{value:g}" if isinstance(value, float) else value


def _rows(form: HipsForm, beside: Said | None) -> list[dict[str, Any]]:
    known = {item.name: item for item in hip_opinions.ITEMS}
    return [
        {
            "title": title,
            "cells": [
                (field, side_title, known[name].words(beside.hip(side)) if beside and name in known else "")
                for field, (side, side_title) in zip(both, hip_opinions.SIDES.items(), strict=True)
            ],
        }
        for name, title, both in form.rows()
    ]


def _wrong(form: HipsForm) -> list[str]:
    """The faults of single fields, each named."""
    if not form.is_bound:
        return []
    sides = {f"{side}_": title for side, title in hip_opinions.SIDES.items()}
    return [
        f"{next((title for begin, title in sides.items() if name.startswith(begin)), '')}{form[name].label}：{faults[0]}"
        for name, faults in form.errors.items()
        if name != "__all__"
    ]


@never_cache
@for_roles(frozenset({Role.RESPIRATORY}))
@require_http_methods(["GET", "HEAD", "POST"])
def lungs(request: HttpRequest, code: str) -> HttpResponse | HttpResponseBase:
    """The lungs of this round."""
    account, person = signed_in(request), person_for(signed_in(request), code, "lungs")
    now, who = _round(request), who_is(signed_in(request), person)
    said = [
        each for each in open_to_reading(account, opinions_of(account, person), now) if each.row.field == Field.LUNGS
    ]
    mine = [each for each in said if each.row.round_id == now.pk and each.row.expert_id == account.pk]
    form = LungsForm(request.POST or None, initial=dict(mine[0].content) if mine else {})
    if request.method == "POST" and form.is_valid():
        try:
            record(account, person, now, Field.LUNGS, form.content())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已保存意见")
            return redirect(person)
    context = {
        "person": person, "who": who, "round": now, "form": form, "said": [each for each in said if each not in mine],
        "lungs": lung_years(years_of(account, person), person.sex, who.born),
        "lung_heads": ("FVC", "FEV1", "FEV1/FVC %", "TLC", "DLCO"),
    }  # fmt: skip
    return render(request, "sequelae/lungs.html", context, status=422 if form.errors else 200)
