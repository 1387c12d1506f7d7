"""校验日历: every institution in sight by where it stands in its round, with the batch notices of the desk."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from yizheng.kernel.codes import name_of
from yizheng.licensing.verbs.permits import NotPermittedError
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import held_by
from yizheng.people.tables import Asked, Choice, Column, Number, State, Table, Text
from yizheng.shell.access import DESKS, for_roles
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.searching import houses_named
from yizheng.systems.institutions.verifying import ordering
from yizheng.systems.institutions.verifying.calendar import TITLES, WORDS, rounds
from yizheng.systems.institutions.verifying.ordering import Done

ACTS: dict[str, tuple[str, Callable[[Account, Iterable[int], date], Done]]] = {
    "remind": ("提醒申请", ordering.remind),
    "order": ("责令限期办理", ordering.order),
    "end": ("立案注销", ordering.begin_ending),
}
"""What the desk does to the chosen, by its word in the form."""


def _rows(asked: Asked) -> QuerySet[Any]:
    rows = rounds(asked.account, asked.today)
    return rows.filter(subject_id__in=houses_named(asked.account, asked["q"])) if asked["q"] else rows


def _described(rows: list[Any], asked: Asked) -> Iterable[dict[str, Any]]:
    """Each with its institution, in one query for a page."""
    known = licences.licences_on([each.subject_id for each in rows], asked.today)
    for each in rows:
        licence = known.get(each.subject_id)
        word, detail = WORDS[each.state]
        yield {
            "pk": each.pk,
            "name": licence.name if licence else "",
            "url": reverse("institutions:institution", args=[each.subject_id]),
            "district": name_of("district", licence.district) if licence else "",
            "due_on": each.due_on,
            "months": f"{each.months} 个月",
            "days": (each.due_on - asked.today).days,
            "state": word,
            "detail": detail,
            "limit": each.again_by or each.deferred_to or each.order_by,
            "applied": each.applied,
        }


def _acts(asked: Asked) -> bool:
    """Whether the account does anything to what it chooses."""
    return held_by(asked.account).has(Role.REVIEWER)


def _counted(asked: Asked) -> dict[str, Any]:
    """How many stand in each state, in one query."""
    counts = dict(rounds(asked.account, asked.today).values_list("state").annotate(n=Count("pk")).order_by())
    return {
        "tabs": [
            {"code": code, "title": title, "count": counts[code], "chosen": code == asked["state"]}
            for code, title in TITLES.items()
            if counts.get(code)
        ],
        "total": sum(counts.values()),
        "acts": [(code, title) for code, (title, _) in ACTS.items()] if asked.once(_acts) else [],
    }


VERIFICATIONS = Table(
    "verifications",
    "校验日历",
    _rows,
    (
        Column("机构名称", "name", 36, css="name", link="url"),
        State("校验", "state", 22, detail="detail"),
        Column("校验期满", "due_on", 12, css="together"),
        Number("还有（天）", "days", 10),
        Column("校验期", "months", 10, css="together dense"),
        Column("申请", "applied", 12, css="together dense"),
        Column("责令、暂缓期限", "limit", 14, css="together dense"),
        Column("所在区", "district", 10, css="together dense"),
    ),
    guard=for_roles(DESKS),
    filters=(Text("机构"), Choice("环节", "state", lambda: list(TITLES.items()), by="state")),
    order=("due_on", "pk"),
    described=_described,
    says=lambda asked: f"按校验期满的先后{'；提醒、责令和立案可以一次办理所选的多家' * asked.once(_acts)}",
    tally="家，先到期的在前",
    empty="辖区之内还没有需要校验的机构。",
    boxes=lambda asked: "season" if asked.once(_acts) else "",
    template="institutions/verifications.html",
    more=_counted,
)
"""Institutions by the end of their period."""


@require_POST
@office_only
@for_roles(frozenset({Role.REVIEWER}))
def act(request: HttpRequest) -> HttpResponseBase:
    """Remind, order, or begin to deregister the chosen, or all that stand in the chosen state."""
    account, today = signed_in(request), timezone.localdate()
    title, do = ACTS.get(request.POST.get("what", ""), ("", None))
    if do is None:
        return VERIFICATIONS.answer(request, 422, problem="请选择要办理的事。")
    chosen = [int(each) for each in request.POST.getlist("row") if each.isascii() and each.isdecimal()]
    state = request.POST.get("whole", "")
    if state in TITLES:
        chosen = list(
            rounds(account, today).filter(state=state).order_by("due_on").values_list("pk", flat=True)[: ordering.MOST]
        )
    if not chosen:
        return VERIFICATIONS.answer(request, 422, problem="请先选择机构。")
    try:
        done = do(account, chosen, today)
    except NotPermittedError as refused:
        raise PermissionDenied(str(refused)) from refused
    left = f"，{done.left} 家的环节不符，没有办理" if done.left else ""
    messages.success(request, f"{title} {done.done} 家{left}")
    return redirect("institutions:verifications")
