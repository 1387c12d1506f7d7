"""考试合格名单 on its page: one year and category, those who passed in the order of their totals, and the batch they become."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from yizheng.kernel import codes
from yizheng.kernel.chinese_dates import parse_date
from yizheng.people.models import Account
from yizheng.people.permissions import scopes_of
from yizheng.people.signing_in.recent import requires_recent_sign_in
from yizheng.people.tables import Asked, Choice, Column, Number, Shown, State, Table
from yizheng.people.tables.filters import Filter
from yizheng.shell.access import DESKS, for_roles
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.systems.doctors import passing
from yizheng.systems.doctors.passing import Round
from yizheng.systems.practitioners.models import ExamResult

_FIRST_CATEGORY = "110"


@require_POST
@office_only
@for_roles(DESKS)
@requires_recent_sign_in
def propose(request: HttpRequest) -> HttpResponseBase:
    """Make the batch of those not qualified yet; its page shows the check and leads on to the two persons."""
    account, one = signed_in(request), Round(**_known(request))
    offices = {scope.pk for scope in _offices(account)}
    asked = request.POST.get("scope", "")
    scope = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
    on = parse_date(request.POST.get("on", ""))
    if on is None:
        return PASSED.answer(request, 422, known=_known(request), problem="请填写签发日期。")
    if scope not in offices:
        return PASSED.answer(request, 422, known=_known(request), problem="请选择您所在的机关。")
    if on > timezone.localdate():
        return PASSED.answer(request, 422, known=_known(request), problem="签发日期不能晚于今天。")
    try:
        batch = passing.propose_granting(account, one, on=on, authority_scope=scope)
    except passing.NobodyToGrant as nobody:
        return PASSED.answer(request, 409, known=_known(request), problem=str(nobody))
    return redirect("intake:batch", batch.pk)


def _offices(account: Account) -> list[Any]:
    found = {scope.pk: scope for role in DESKS for scope in scopes_of(account, role)}
    return sorted(found.values(), key=lambda scope: scope.code)


def _known(request: HttpRequest) -> dict[str, Any]:
    """The round a refused proposal was about."""
    return {each.name: each.read(request.POST) for each in _ROUND}


def _round(asked: Asked) -> Round:
    return Round(asked["year"], asked["category"])


class Year(Filter):
    """A year of examination; the newest where none is named."""

    kind: ClassVar[str] = "text"

    def cleaned(self, text: str) -> int | None:
        """Four digits."""
        return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None


_ROUND = (
    Year("年度", "year", default=lambda: passing.newest_year() or timezone.localdate().year),
    Choice(
        "报考类别",
        "category",
        lambda: [(code.code, code.name) for code in codes.table("exam_category").items()],
        always=True,
        default=lambda: _FIRST_CATEGORY,
    ),
)


def _described(results: list[ExamResult], asked: Asked) -> Iterable[dict[str, Any]]:
    people = passing.identities_of([one.subject_id for one in results])
    first = passing.place_of(asked.account, _round(asked), results[0]) if results else 1
    return [_row(one, place, people) for place, one in enumerate(results, first)]


def _row(one: Any, place: int, people: dict[int, Any]) -> dict[str, Any]:
    person = people.get(one.subject_id)
    return {
        "place": place,
        "url": reverse("doctors:doctor", args=[one.subject_id]),
        "name": person.name if person else one.name_as_examined,
        "examined_as": f"考试时姓名 {one.name_as_examined}" if person and person.name != one.name_as_examined else "",
        "sex": codes.name_of("gender", person.sex) if person else "",
        "born": person.birth_date.year if person else None,
        "category": codes.name_of("exam_category", one.exam_category),
        "admission": one.admission_no_written,
        "skill": one.skill_score,
        "total": one.total_score,
        "line": one.pass_line,
        "word": "已授予" if one.qualified else "待授予",
    }


def _beside(asked: Asked) -> dict[str, Any]:
    return {
        "round": _round(asked),
        **passing.counts_of(asked.account, _round(asked)),
        "offices": _offices(asked.account),
        "today": asked.today,
    }


PASSED = Table(
    "exam_passed",
    "医师资格考试合格名单",
    lambda asked: passing.passed_of(asked.account, _round(asked)),
    (
        Number("序号", "place", 6),
        Column("姓名", "name", 12, css="name", link="url", beside=("examined_as",)),
        Column("性别", "sex", 6),
        Column("出生年份", "born", 10),
        Column("报考类别", "category", 24, shown=Shown.ON_PAPER),
        Column("笔试准考证号", "admission", 18, css="dense"),
        Number("技能成绩", "skill", 10),
        Number("总分", "total", 10),
        Number("合格线", "line", 10),
        State("医师资格", "word", 12),
    ),
    guard=for_roles(DESKS),
    filters=_ROUND,
    order=("-points", "subject_id"),
    described=_described,
    heading="考试合格名单",
    says="从已入册的成绩产生：达到合格线、技能合格、没有违纪处理，按总分排列",
    tally="人，按总分",
    empty="还没有合格的成绩。",
    unfound=lambda asked: f"{_round(asked).title}没有合格的成绩。",
    search="doctors:search",
    template="doctors/passing.html",
    more=_beside,
)
"""Those who passed in one year and category, the highest total first."""
