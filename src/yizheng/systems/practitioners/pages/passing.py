"""考试合格名单 on its page: one round, those who passed in the order of their totals, and the batch they become."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from yizheng.kernel import codes
from yizheng.kernel.chinese_dates import parse_date
from yizheng.people.models import Account
from yizheng.people.permissions import scopes_of
from yizheng.people.signing_in.recent import requires_recent_sign_in
from yizheng.people.tables import Asked, Choice, Column, Number, State, Table, table_of
from yizheng.people.tables.filters import Filter
from yizheng.shell.access import DESKS, for_roles
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.record.pages import person_address
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.passing import NobodyToGrant, PassingList, Round, identities_of, passing_list


@require_POST
@office_only
@for_roles(DESKS)
@requires_recent_sign_in
def propose(request: HttpRequest, register: str) -> HttpResponseBase:
    """Make the batch of those not qualified yet; its page shows the check and leads on to the two persons."""
    listed = passing_list(register)
    if listed is None or not listed.granted_by:
        raise Http404("这份名单不成批授予")
    account, table = signed_in(request), table_of(listed.code)
    known = {each.name: each.read(request.POST) for each in table.filters}
    offices = {scope.pk for scope in _offices(account)}
    asked = request.POST.get("scope", "")
    scope = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
    on = parse_date(request.POST.get("on", ""))
    if on is None:
        return table.answer(request, 422, known=known, problem="请填写签发日期。")
    if scope not in offices:
        return table.answer(request, 422, known=known, problem="请选择您所在的机关。")
    if on > timezone.localdate():
        return table.answer(request, 422, known=known, problem="签发日期不能晚于今天。")
    try:
        batch = listed.propose_granting(account, Round(**known), on=on, authority_scope=scope)
    except NobodyToGrant as nobody:
        return table.answer(request, 409, known=known, problem=str(nobody))
    return redirect("intake:batch", batch.pk)


def _offices(account: Account) -> list[Any]:
    found = {scope.pk: scope for role in DESKS for scope in scopes_of(account, role)}
    return sorted(found.values(), key=lambda scope: scope.code)


class Year(Filter):
    """A year of examination; the newest where none is named."""

    kind: ClassVar[str] = "text"

    def cleaned(self, text: str) -> int | None:
        """Four digits."""
        return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None


def _filters(listed: PassingList) -> tuple[Filter, ...]:
    year = Year("年度", "year", default=lambda: listed.newest_year() or timezone.localdate().year)
    if not listed.categories:
        return (year,)

    def options() -> list[tuple[str, str]]:
        return [(code.code, code.name) for code in codes.table(listed.categories).items()]

    return year, Choice("报考类别", "category", options, always=True, default=lambda: listed.first_category)


def passing_table(listed: PassingList) -> Table:
    """Those who passed in one round of a register, the highest total first."""
    filters = _filters(listed)

    def one(asked: Asked) -> Round:
        return Round(**{each.name: asked[each.name] for each in filters})

    def described(results: list[Any], asked: Asked) -> Iterable[dict[str, Any]]:
        people = identities_of([each.subject_id for each in results])
        first = listed.place_of(asked.account, one(asked), results[0]) if results else 1
        return [_row(listed, each, place, people.get(each.subject_id)) for place, each in enumerate(results, first)]

    def more(asked: Asked) -> dict[str, Any]:
        counts = listed.counts(asked.account, one(asked))
        beside = {"achieved": listed.words[0], "offices": _offices(asked.account), "today": asked.today}
        return {"round": one(asked), **counts, **beside}

    return Table(
        listed.code,
        listed.title,
        lambda asked: listed.passers(asked.account, one(asked)),
        (
            Number("序号", "place", 6),
            Column("姓名", "name", 12, css="name", link="url", beside=("examined_as",)),
            Column("性别", "sex", 6),
            Column("出生年份", "born", 10),
            *listed.columns,
            State(listed.state, "word", 12),
        ),
        guard=for_roles(DESKS),
        filters=filters,
        order=("-points", "subject_id"),
        described=described,
        heading="考试合格名单",
        says=listed.says,
        tally="人，按总分",
        empty="还没有合格的成绩。",
        unfound=lambda asked: f"{listed.round_title(one(asked))}没有合格的成绩。",
        search=f"{listed.people.system}:search",
        template=listed.template,
        more=more,
    )


def _row(listed: PassingList, result: Any, place: int, person: PersonIdentity | None) -> dict[str, Any]:
    examined = getattr(result, "name_as_examined", "")
    return {
        "place": place,
        "url": person_address(listed.people.code, result.subject_id),
        "name": person.name if person else examined,
        "examined_as": f"考试时姓名 {examined}" if person and examined and person.name != examined else "",
        "sex": person.sex_word if person else "",
        "born": person.birth_date.year if person else None,
        "result": result,
        "total": result.points if result.points >= 0 else None,
        "word": listed.words[0] if result.qualified else listed.words[1],
    }
