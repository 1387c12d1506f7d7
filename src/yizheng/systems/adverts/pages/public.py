"""公示: approved adverts anybody may look up by number or institution, and one with its samples (广告法 第四十七条)."""

from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.disclosure import keys
from yizheng.disclosure.allowances import LOOKUPS, Limit
from yizheng.disclosure.pages.institutions import CITY
from yizheng.disclosure.pages.open import limited
from yizheng.documents.attachments import store
from yizheng.documents.pages.serving import served
from yizheng.kernel.codes import table
from yizheng.kernel.file_store import MissingFile
from yizheng.kernel.qr_codes import drawn
from yizheng.people.tables.keyset import page_of
from yizheng.systems.adverts.models import PublicAdvert
from yizheng.systems.adverts.models.approval import EXPIRED, STATUSES, VALID
from yizheng.systems.adverts.numbers import find_number, problems, read_number
from yizheng.systems.adverts.publishing import PAUSED

SAMPLES = Limit("sample", burst=120, per_minute=60)
"""Opening files of samples: a player asks for a film in several parts."""
MOST = 20
ORDER = ("-term_from", "-subject")
_PROBLEMS = {"province": "不是北京市的文号", "date_unreal": "文号中的日期不存在"}
SHOWN: Final = {**STATUSES, PAUSED: "暂停", EXPIRED: "有效期满"}
"""Every state of the public list with its word."""


@require_safe
@limited(LOOKUPS)
def adverts(request: HttpRequest) -> HttpResponse:
    """The newest approvals, or those a number, part of an institution's name and the filters find."""
    asked = {name: keys.cleaned(request.GET.get(name, ""))[:100] for name in ("q", "status", "district", "media")}
    number = read_number(asked["q"]) or find_number(asked["q"])
    today = timezone.localdate()
    found = _found(asked, number.normal if number else "", today)
    page = page_of(found, ORDER, request.GET, MOST, "public_adverts")
    context: dict[str, Any] = {
        "asked": asked,
        "narrowed": any(asked.values()),
        "number": number,
        "problems": [_PROBLEMS[each] for each in problems(number) if each in _PROBLEMS] if number else [],
        "count": found.count() if request.GET.get("count") == "1" else None,
        "counting": _turned(request, count="1"),
        "adverts": [(each, *_state(each, today)) for each in page.rows],
        "today": today,
        "statuses": SHOWN.items(),
        "districts": [row.name for row in table("district").items(today) if row.code != CITY],
        "media": [row.name for row in table("advert_media").items(today)],
        "before": _turned(request, before=page.before) if page.before else "",
        "after": _turned(request, after=page.after) if page.after else "",
    }
    return render(request, "adverts/public_list.html", context)


def _found(asked: dict[str, str], number: str, today: date) -> QuerySet[PublicAdvert]:
    rows = PublicAdvert.objects.all()
    if number:
        rows = rows.filter(number=number)
    elif asked["q"]:
        rows = rows.filter(institution__contains=asked["q"])
    if asked["status"] in SHOWN:
        rows = rows.filter(_standing(asked["status"], today))
    if asked["district"]:
        rows = rows.filter(district=asked["district"])
    return rows.filter(media__contains=asked["media"]) if asked["media"] else rows


def _standing(status: str, today: date) -> Q:
    if status == EXPIRED:
        return Q(status=VALID, term_to__lt=today)
    return Q(status=VALID, term_to__gte=today) if status == VALID else Q(status=status)


def _turned(request: HttpRequest, **said: str) -> str:
    """The same question at another place of the list."""
    params = request.GET.copy()
    for name in ("before", "after", "count"):
        params.pop(name, None)
    params.update(said)
    return f"?{params.urlencode()}"


@require_safe
@limited(LOOKUPS)
def advert(request: HttpRequest, token: str) -> HttpResponse:
    """One approved advert: the eight items, the samples while they may be shown, how it stands today."""
    entry = get_object_or_404(PublicAdvert, token=token)
    today = timezone.localdate()
    state, sentence = _state(entry, today)
    context = {
        "entry": entry,
        "state": state,
        "sentence": sentence,
        "today": today,
        "samples": entry.samples if _may_show(entry, today) else [],
        "code": drawn(address(entry)),
    }
    return render(request, "adverts/public_advert.html", context)


@require_safe
@limited(SAMPLES)
def sample(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """The file of an approved sample, while the approval stands."""
    entry = get_object_or_404(PublicAdvert, token=token)
    own = entry.samples if _may_show(entry, timezone.localdate()) else []
    found = next((each for each in own if each["number"] == number and each["digest"]), None)
    if found is None:
        raise Http404("没有这个样件，或者审查证明已经终止")
    try:
        content = store().read(found["digest"])
    except MissingFile:
        raise Http404("样件暂时不能打开") from None
    return served(request, content, found["file_type"], f"{entry.number} 样件{number}")


def address(entry: PublicAdvert) -> str:
    """The address of an advert's page, as its code says it."""
    path = reverse("adverts:public_advert", args=[entry.token])
    return f"{settings.PUBLIC_BASE.rstrip('/')}{path}"


def _may_show(entry: PublicAdvert, today: date) -> bool:
    return entry.status == VALID and entry.term_from <= today <= entry.term_to


def _state(entry: PublicAdvert, today: date) -> tuple[str, str]:
    """The state word today, and what it means for who would publish the advert."""
    if entry.status == VALID and today > entry.term_to:
        return SHOWN[EXPIRED], "有效期已满，不得继续发布"
    if entry.status == VALID:
        return SHOWN[VALID], "可以按批准的样件发布"
    return SHOWN[entry.status], "暂停发布期间不得发布" if entry.status == PAUSED else "不得发布"
