"""年度轮次: rounds with their counts, one round person by person, proposing a change of group, letters, and a person's own results."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizheng.kernel.chinese_dates import parse_date
from yizheng.people.models import Account
from yizheng.people.tables import Asked, Column, Number, Table
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import individual_only, signed_in
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.consultation.years import years_of
from yizheng.systems.sequelae.models import Attendance, Letter, Round
from yizheng.systems.sequelae.models.rounds import Came, Reason
from yizheng.systems.sequelae.pages.access import anybody_here, person_for, physicians_only
from yizheng.systems.sequelae.persons.identities import Who, who_are, who_is
from yizheng.systems.sequelae.rounds import groups, letters, running
from yizheng.systems.sequelae.rounds.current import current_round
from yizheng.work.approval import ApprovalRefused

admin_only = for_roles(rights.MANAGE)
NOBODY = Who()
PAGE = 50
"""People of a round on one page."""


def _rows(asked: Asked) -> QuerySet[Round]:
    return Round.objects.visible_to(asked.account).annotate(
        invited=Count("attendances"),
        attended=Count("attendances", filter=Q(attendances__came=Came.ATTENDED)),
        absent=Count("attendances", filter=Q(attendances__came=Came.ABSENT)),
    )


def _described(rounds: list[Any], asked: Asked) -> Iterable[dict[str, Any]]:
    for each in rounds:
        yield {
            "url": each.get_absolute_url(), "year": f"{each.year} 年度",
            "organiser": each.organiser, "starts": each.starts, "ends": each.ends,
            "invited": each.invited, "attended": each.attended, "absent": each.absent,
            "rate": f"{100 * each.attended / each.invited:.1f}%" if each.invited else "",
        }  # fmt: skip


ROUNDS = Table(
    "sequelae_rounds",
    "年度轮次",
    _rows,
    (
        Column("年度", "year", 12, css="name together", link="url"),
        Column("组织单位", "organiser", 20),
        Column("开始", "starts", 12),
        Column("结束", "ends", 12),
        Number("邀请", "invited", 8),
        Number("参检", "attended", 8),
        Number("未参检", "absent", 8),
        Number("参检率", "rate", 8),
    ),
    guard=anybody_here,
    stays=True,
    order=("-year",),
    described=_described,
    says="每年邀请全部随访中的人员，参检和未参检的原因逐人登记",
    tally="轮，新的在前",
    empty="还没有年度轮次。",
    template="sequelae/rounds.html",
    more=lambda asked: {"next_year": asked.today.year},
)
"""All rounds."""


@admin_only
@require_POST
def open_round(request: HttpRequest) -> HttpResponseBase:
    """Open a round."""
    typed = request.POST
    year, starts, ends = typed.get("year", ""), parse_date(typed.get("starts", "")), parse_date(typed.get("ends", ""))
    if not (year.isascii() and year.isdigit() and len(year) == 4) or starts is None or ends is None:
        return ROUNDS.answer(request, 422, problem="请填写年度和起止日期")
    try:
        made = running.open_round(signed_in(request), int(year), starts, ends, typed.get("organiser", ""))
    except running.Refused as refused:
        return ROUNDS.answer(request, 422, problem=str(refused))
    messages.success(request, "已建立并邀请全部随访中的人员")
    return redirect(made)


def _round(account: Account, year: int) -> Round:
    found = Round.objects.visible_to(account).filter(year=year).first()
    if found is None:
        raise Http404("没有这个年度")
    return found


@never_cache
@anybody_here
@require_http_methods(["GET", "HEAD", "POST"])
def one_round(request: HttpRequest, year: int) -> HttpResponseBase:
    """One round person by person; a POST writes down who came."""
    account, problem = signed_in(request), ""
    of = _round(account, year)
    if request.method == "POST":
        typed = request.POST
        try:
            running.mark(account, of, typed.get("code", ""), typed.get("came", ""), typed.get("reason", ""))
        except running.Refused as refused:
            problem = str(refused)
        else:
            messages.success(request, "已登记")
            return redirect(of)
    every = Attendance.objects.visible_to(account).filter(round=of)
    shown, more = _page_of(
        every.select_related("person"), request.GET.get("after", ""), request.GET.get("q", "").strip()
    )
    names = who_are(account, [each.person for each in shown])
    came, why = (dict(every.values_list(column).annotate(Count("pk")).order_by()) for column in ("came", "reason"))
    counts = [(label, came.get(value, 0)) for value, label in Came.choices]
    reasons = [(label, why.get(value, 0)) for value, label in Reason.choices]
    context = {
        "round": of, "rows": [(each, names.get(each.person_id, NOBODY)) for each in shown], "counts": counts,
        "more": shown[-1].person.code if more else "", "after": request.GET.get("after", ""), "q": request.GET.get("q", ""),
        "reasons": [each for each in reasons if each[1]], "came": Came.choices, "why": Reason.choices, "problem": problem,
        "manages": running.may(account),
    }  # fmt: skip
    return render(request, "sequelae/round.html", context, status=422 if problem else 200)


def _page_of(rows: QuerySet[Attendance], after: str, code: str) -> tuple[list[Attendance], bool]:
    """The people after a register number (or the one of a number), and whether there are more."""
    wanted = (
        rows.filter(person__code__iexact=code) if code else rows.filter(person__code__gt=after[:12].replace("\0", ""))
    )
    found = list(wanted.order_by("person__code")[: PAGE + 1])
    return found[:PAGE], len(found) > PAGE


@admin_only
@require_POST
def change_group(request: HttpRequest, code: str) -> HttpResponseBase:
    """Propose that a person is of the other group; another person agrees."""
    account = signed_in(request)
    person = person_for(account, code, "group")
    try:
        groups.propose(account, person, request.POST.get("to", ""), request.POST.get("reason", ""))
    except ApprovalRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已提请，由另一名随访管理人员批准")
    return redirect(person)


@never_cache
@physicians_only
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, code: str) -> HttpResponseBase:
    """The result of this round in plain words, as the physician gives it."""
    account = signed_in(request)
    person, now, problem = person_for(account, code, "letter"), current_round(account), ""
    years = years_of(account, person)
    this = next((each for each in years if now is not None and each.year == now.year), None)
    if now is None or this is None:
        raise Http404("此人本年度没有入库的体检结果")
    result = letters.result_of(this, person.sex)
    text = request.POST.get("text", "\n".join(result.sentences()))
    if request.method == "POST":
        try:
            if request.POST.get("verb") == "back":
                letters.take_back(account, person, now, request.POST.get("why", ""))
                messages.success(request, "已收回，可以重新发放")
                return redirect("sequelae:letter", person.code)
            told = request.POST.get("told") == "on"
            letters.give(account, person, now, text.splitlines(), alarm=bool(result.alarming), told=told)
        except letters.Refused as refused:
            problem = str(refused)
        else:
            messages.success(request, "已发放")
            return redirect(person)
    given = (
        Letter.objects.visible_to(account)
        .filter(person=person, round=now, withdrawn=None)
        .select_related("physician")
        .first()
    )
    context = {
        "person": person, "who": who_is(account, person), "round": now, "result": result, "text": text, "given": given, "problem": problem,
    }  # fmt: skip
    return render(request, "sequelae/letter.html", context, status=422 if problem else 200)


@never_cache
@individual_only
@require_safe
def own_results(request: HttpRequest) -> HttpResponse:
    """A person's own results, in plain words."""
    return render(request, "sequelae/own_results.html", {"letters": letters.read_own(signed_in(request))})
