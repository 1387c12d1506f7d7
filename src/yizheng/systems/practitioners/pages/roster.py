"""本机构人员: the roster, comings and goings, what waits for the institution and what comes due in ninety days."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from yizheng.kernel.codes import name_of
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.people.scopes import organisation_of
from yizheng.people.tables import Asked, Choice, Code, Column, Kept, Link, Number, Shown, State, Table, Text
from yizheng.registry.periods import last_day
from yizheng.shell import deadlines
from yizheng.shell.desk.access import office_only
from yizheng.shell.record.pages import person_address
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.pages.institution import StaffPage, staff_page
from yizheng.systems.practitioners.registered import PeopleRegister
from yizheng.systems.practitioners.roster.members import Member, Roster
from yizheng.systems.practitioners.roster.movements import WORDS, Movement, movements

LOOKED_BACK = timedelta(days=365)
MOST_WAITING = 20
MOST_COMING = 200
INSTITUTION = Kept("机构", "house", said=lambda subject: "指定机构")


@dataclass(frozen=True, slots=True)
class RosterTables:
    """The roster of a register and the two lists beside it."""

    roster: Table
    coming: Table
    moves: Table


def roster_tables(people: PeopleRegister) -> RosterTables:
    """The people of one register at one institution; a clerk who names none is led to the list of institutions."""
    here = here_in(people)
    coming, moves = _coming(people, here), _moves(people, here)

    def more(asked: Asked) -> dict[str, Any]:
        site = asked.once(here)
        return {"people": people, "waiting": _waiting(site), "coming": coming.part(asked), "moves": moves.part(asked)}

    def instead(asked: Asked) -> HttpResponseBase | None:
        return redirect("institutions:list") if staff_page(asked.request, people.code) is None else None

    def heading(asked: Asked) -> str:
        site = asked.once(here)
        return f"本机构{people.title}" if site.own else f"{site.name}的{people.title}"

    def says(asked: Asked) -> str:
        site, relations = asked.once(here), "、".join(each.title for each in people.relations)
        return f"{site.name}　{relations}" if site.own else relations

    def links(asked: Asked) -> Iterable[Link]:
        house = asked.once(here).subject
        return (
            Link("某日不得执业", to_page(people, "not_practising", house), "calendar-due"),
            Link("名单核对", to_page(people, "staff_check", house), "clipboard-check"),
        )

    def everybody(asked: Asked) -> Any:
        return _roster(people, asked, here).everybody(asked["ground"])

    def described(identities: list[PersonIdentity], asked: Asked) -> Iterable[dict[str, Any]]:
        members = _roster(people, asked, here).members(identities, asked["ground"])
        return (_shown(people, each) for each in members)

    roster = Table(
        f"{people.lists}roster",
        f"本机构{people.title}",
        everybody,
        (
            Column("姓名", "name", 12, css="name together", link="url", beside=("sex",)),
            Column("性别", "sex", 6, shown=Shown.ON_PAPER),
            State("状态", "state", 16, detail="detail"),
            Column("关系", "relation", 12, css="together", beside=("department",)),
            *(
                Column(each.title, lambda row, at=at: row["particulars"][at], each.width, css="cut dense")  # type: ignore[misc]
                for at, each in enumerate(people.particulars)
            ),
            Column("科室", "department", 14, shown=Shown.ON_PAPER),
            Code("证书编码", "number", 20),
            Column("自", "since", 12, css="dense"),
            Column("至", "until", 12, css="dense"),
        ),
        guard=office_only,
        filters=(
            INSTITUTION,
            Text("姓名", by="name__contains", longest=60),
            Choice("关系", "ground", [(each.code, each.title) for each in people.relations]),
        ),
        order=("name", "subject_id"),
        described=described,
        heading=heading,
        says=says,
        links=links,
        tally="行，按姓名",
        empty=f"还没有{people.title}以本机构为执业机构。{people.title}申请注册或者备案并由本机构确认后，会出现在这里。",
        unfound=f"没有符合条件的{people.title}，请换一个姓名或者关系。",
        search=f"{people.system}:search",
        template="practitioners/roster.html",
        more=more,
        instead=instead,
    )
    return RosterTables(roster, coming, moves)


def to_page(people: PeopleRegister, page: str, house: int) -> str:
    """The address of a page of the register about an institution."""
    return f"{reverse(f'{people.system}:{page}')}?house={house}"


def here_in(people: PeopleRegister) -> Callable[[Asked], StaffPage]:
    """The institution a request is about. Raises Http404 where none was named."""

    def here(asked: Asked) -> StaffPage:
        site = staff_page(asked.request, people.code)
        if site is None:
            raise Http404("没有指明机构")
        return site

    return here


def _roster(people: PeopleRegister, asked: Asked, here: Callable[[Asked], StaffPage]) -> Roster:
    site = asked.once(here)
    return Roster(people, site.account, site.subject, asked.today)


def _shown(people: PeopleRegister, member: Member) -> dict[str, Any]:
    """One row of the roster."""
    fact, registration = member.fact, member.registration
    words = people.standing(registration) if registration or member.relation.under_registration else None
    return {
        "url": person_address(people.code, member.identity.subject_id),
        "name": member.identity.name,
        "sex": member.identity.sex_word,
        "relation": member.relation.title,
        "number": getattr(registration, people.number) if registration else getattr(fact, "certificate_number", ""),
        "department": getattr(fact, "department", ""),
        "particulars": [each.says(fact, registration) for each in people.particulars],
        "state": words.state if words else "有效",
        "detail": words.detail if words else "",
        "since": fact.valid_from,
        "until": getattr(fact, "valid_until", None) or last_day(fact.valid_to),
    }


def _moves(people: PeopleRegister, here: Callable[[Asked], StaffPage]) -> Table:
    """Who came and went within a year."""

    def rows(asked: Asked) -> list[dict[str, Any]]:
        site, since = asked.once(here), asked.today - LOOKED_BACK
        found = movements(people, site.account, site.subject, since, asked.today)
        return [_moved(people, each) for each in found]

    return Table(
        f"{people.lists}roster_moves",
        f"本机构{people.title}进出",
        rows,
        (
            Column("日期", "on", 12),
            Column("姓名", "name", 12, css="name together", link="url"),
            Column("进出", "way", 12, beside=("how",)),
            Column("关系", "how", 16, shown=Shown.ON_PAPER),
            Column("登记状态", "after", 24, css="dense"),
        ),
        guard=office_only,
        filters=(INSTITUTION,),
        tally="人次",
        empty="一年来没有人到本机构或者离开。",
    )


def _moved(people: PeopleRegister, movement: Movement) -> dict[str, Any]:
    """One coming or going in words."""
    main = movement.relation.kind is people.registration
    return {
        "url": person_address(people.code, movement.subject),
        "name": movement.name,
        "on": movement.on,
        "way": WORDS[movement.way],
        "how": "主要执业机构" if main else movement.relation.title,
        "after": name_of(people.states, movement.status) if movement.status else "",
    }


def _coming(people: PeopleRegister, here: Callable[[Asked], StaffPage]) -> Table:
    """What fires by the clock at the institution within ninety days, soonest first."""

    def rows(asked: Asked) -> list[dict[str, Any]]:
        site = asked.once(here)
        due = deadlines.coming(site.account, asked.today, people.register).filter(institution_id=site.subject)
        return deadlines.described(due[:MOST_COMING], asked.today)

    return Table(
        f"{people.lists}roster_coming",
        "90 天内到期",
        rows,
        (
            Column("到期", "on", 12, css="together", beside=(_left,)),
            Number("剩余天数", "days", 10, shown=Shown.ON_PAPER),
            Column("姓名", "name", 12, css="name together", link="url"),
            Column("事项", "says", 50),
        ),
        guard=office_only,
        filters=(INSTITUTION,),
        tally="项",
        empty="90 天内没有到期的备案、资格或者考核。",
    )


def _left(row: dict[str, Any]) -> str:
    if row["days"] == 0:
        return "今天"
    return f"已过 {-row['days']} 天" if row["days"] < 0 else f"{row['days']} 天"


def _waiting(site: StaffPage) -> list[Case]:
    """Applications about people of the register that wait for the institution's confirmation."""
    organisation = organisation_of(site.subject)
    cases = Case.objects.visible_to(site.account).filter(
        institution_scope=organisation.pk if organisation else 0, state=CaseState.CONFIRMING
    )
    found = cases.order_by("submitted_at").iterator(chunk_size=100)
    own = (case for case in found if case.item.system == site.people.system)
    return [case for _, case in zip(range(MOST_WAITING), own, strict=False)]
