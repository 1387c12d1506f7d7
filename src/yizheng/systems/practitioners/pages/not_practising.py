"""某日不得执业: who of the institution may not practise on a chosen day, and why."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from yizheng.kernel.chinese_dates import long_date, weekday
from yizheng.people.tables import Asked, Code, Column, Day, Link, Table
from yizheng.shell.desk.access import office_only
from yizheng.shell.record.pages import person_address
from yizheng.systems.practitioners.pages.institution import staff_page
from yizheng.systems.practitioners.pages.roster import INSTITUTION, here_in, to_page
from yizheng.systems.practitioners.registered import PeopleRegister
from yizheng.systems.practitioners.roster.not_practising import NotPractising, not_practising


def tomorrow() -> date:
    """The day asked about where none is named."""
    return timezone.localdate() + timedelta(days=1)


def not_practising_table(people: PeopleRegister) -> Table:
    """The list of one register; a clerk who names no institution is led to the list of them."""
    here = here_in(people)

    def rows(asked: Asked) -> list[dict[str, Any]]:
        site = asked.once(here)
        found = not_practising(people, site.account, site.subject, asked["on"], asked.today)
        return [_shown(people, each) for each in found]

    def instead(asked: Asked) -> HttpResponseBase | None:
        return redirect("institutions:list") if staff_page(asked.request, people.code) is None else None

    def heading(asked: Asked) -> str:
        return f"{weekday(asked['on'])}不得执业的{people.title}"

    def says(asked: Asked) -> str:
        return f"{asked.once(here).name}　{long_date(asked['on'])}，按现在已知的登记；一个月内离开本机构的也列出"

    def links(asked: Asked) -> Iterable[Link]:
        return (Link(f"本机构{people.title}", to_page(people, "roster", asked.once(here).subject), "users"),)

    return Table(
        f"{people.lists}not_practising",
        f"某日不得执业的{people.title}",
        rows,
        (
            Column("姓名", "name", 12, css="name together", link="url"),
            Column("原因", "why", 40),
            Column("关系", "relation", 12, css="together"),
            Column("科室", "department", 14, css="dense"),
            Code("证书编码", "number", 20),
        ),
        guard=office_only,
        filters=(INSTITUTION, Day("哪一天", "on", default=tomorrow)),
        heading=heading,
        says=says,
        links=links,
        tally="人，按姓名",
        empty=f"这一天本机构的{people.title}都可以执业。",
        unfound=f"这一天本机构的{people.title}都可以执业。",
        search=f"{people.system}:search",
        instead=instead,
    )


def _shown(people: PeopleRegister, each: NotPractising) -> dict[str, Any]:
    held = each.registration
    return {
        "url": person_address(people.code, each.subject),
        "name": each.name,
        "why": each.why,
        "relation": each.relation.title,
        "department": getattr(each.fact, "department", ""),
        "number": getattr(held, people.number) if held else getattr(each.fact, "certificate_number", ""),
    }
