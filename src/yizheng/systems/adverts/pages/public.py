"""公示: approved adverts anybody may look up by number or institution, and one with its samples (广告法 第四十七条)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.disclosure import keys
from yizheng.disclosure.allowances import LOOKUPS
from yizheng.disclosure.pages.open import limited
from yizheng.systems.adverts.models import PublicAdvert
from yizheng.systems.adverts.models.approval import STATUSES, VALID
from yizheng.systems.adverts.numbers import problems, read_number

MOST = 20
_PROBLEMS = {"province": "不是北京市的文号", "date_unreal": "文号中的日期不存在"}


@require_safe
@limited(LOOKUPS)
def adverts(request: HttpRequest) -> HttpResponse:
    """The newest approvals, or those a number or part of an institution's name finds."""
    text = keys.cleaned(request.GET.get("q", ""))[:100]
    number = read_number(text) if text else None
    rows = PublicAdvert.objects.order_by("-term_from", "-subject")
    if number is not None:
        rows = rows.filter(number=number.normal)
    elif text:
        rows = rows.filter(institution__contains=text)
    today = timezone.localdate()
    found = list(rows[: MOST + 1])
    context = {
        "text": text,
        "number": number,
        "problems": [_PROBLEMS[each] for each in problems(number) if each in _PROBLEMS] if number else [],
        "adverts": [(each, *_state(each)) for each in found[:MOST]],
        "more": len(found) > MOST,
        "today": today,
    }
    return render(request, "adverts/public_list.html", context)


@require_safe
@limited(LOOKUPS)
def advert(request: HttpRequest, token: str) -> HttpResponse:
    """One approved advert: the eight items, the samples while they may be shown, how it stands today."""
    entry = get_object_or_404(PublicAdvert, token=token)
    state, sentence = _state(entry)
    context = {"entry": entry, "state": state, "sentence": sentence, "today": timezone.localdate()}
    return render(request, "adverts/public_advert.html", context)


def _state(entry: PublicAdvert) -> tuple[str, str]:
    """The state word today, and what it means for who would publish the advert."""
    if entry.status == VALID and timezone.localdate() > entry.term_to:
        return "有效期满", "有效期已满，不得继续发布"
    if entry.status == VALID:
        return "有效", "可以按批准的样件发布"
    return STATUSES[entry.status], "不得发布"
