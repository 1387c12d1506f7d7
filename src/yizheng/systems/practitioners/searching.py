"""Finding people of a register: its page, the search of the top bar and the printed list show the same rows."""

from collections.abc import Sequence

from django.utils import timezone

from yizheng.kernel.masking import mask_practice_number
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.searching.finding import StaffRegister, find_in_each
from yizheng.people.tables import Column, Shown
from yizheng.shell.record.pages import person_address
from yizheng.shell.searching import people as search_pages
from yizheng.shell.searching.people import Row, Searched
from yizheng.shell.searching.top_bar import MOST, Hit, declare
from yizheng.shell.templatetags.writing import covered_practice_number, grouped
from yizheng.systems.institutions.searching import houses_named
from yizheng.systems.practitioners.models.identity import sex_word
from yizheng.systems.practitioners.registered import PeopleRegister, Standing, people_register, standings_on

READERS = frozenset({Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER, Role.INSPECTOR, AccountKind.INSTITUTION})
"""Roles (and, outside the office, the kind of account) at whose side a register of people stands."""


def declare_search(people: PeopleRegister, *, digits: int, example: str) -> None:
    """Let the people of a register be found; its certificates have numbers of so many digits."""
    staff = StaffRegister(people.registration, people.founding, houses_named, digits, people.number, people.in_status)
    code = f"{people.code}s"

    def rows(account: Account, subjects: Sequence[int]) -> list[Row]:
        return found_rows(people, account, subjects)

    columns = (
        Column(people.number_title, _number, shown=Shown.ON_PAGE),
        Column(people.number_title, _said_number, 20, shown=Shown.ON_PAPER),
        Column("主要执业机构", "house", 36, css="cut"),
        *(
            Column(
                each.title,
                lambda row, at=at: row["particulars"][at],  # type: ignore[misc]
                each.width,
                css="cut dense" if each.width > 20 else "together",
                nothing=f"没有执业注册，没有{each.title}",
            )
            for at, each in enumerate(people.particulars)
        ),
    )
    search_pages.declare(
        Searched(people.register, staff, rows, columns, people.number_title, example, people.states, list_code=code)
    )
    _searched[people.code] = staff


_searched: dict[str, StaffRegister] = {}
"""The registers of people that the top bar searches, by code."""


def find_people(account: Account, text: str) -> list[Hit]:
    """The people of all registers in the search of the top bar, in a number of queries that registers do not add to.

    Who is registered in some register is shown in those alone.
    """
    registers = [people_register(code) for code in _searched]
    found = find_in_each(list(_searched.values()), account, text, MOST)
    wanted = list(zip(registers, found, strict=True))
    tables = rows_of(wanted, account)
    registered = {row["subject"] for rows in tables for row in rows if row["number"]}
    return [
        Hit(
            row["name"],
            _about(row),
            person_address(people.code, row["subject"]),
            state=row["state"] if row["number"] else "",
            heading=people.title,
        )
        for people, rows in zip(registers, tables, strict=True)
        for row in rows
        if row["number"] or row["subject"] not in registered
    ]


declare("人员", find_people, READERS)


def found_rows(people: PeopleRegister, account: Account, subjects: Sequence[int]) -> list[Row]:
    """A row a person in the order of `subjects`, in three queries whatever their number."""
    return rows_of([(people, subjects)], account)[0]


def rows_of(wanted: Sequence[tuple[PeopleRegister, Sequence[int]]], account: Account) -> list[list[Row]]:
    """The same of several registers, in their order, in as many queries as of one."""
    now = standings_on(wanted, timezone.localdate(), reader=account)
    held = [each for standing in now for each in standing.registrations.values()]
    houses = {each.institution_id for each in held if each.institution_id}
    names = dict(Scope.objects.filter(subject_id__in=houses).values_list("subject_id", "name"))
    return [
        [_row(people, subject, each, names) for subject in subjects if each.knows(subject)]
        for (people, subjects), each in zip(wanted, now, strict=True)
    ]


def _row(people: PeopleRegister, subject: int, standing: Standing, names: dict[int, str]) -> Row:
    identity, held = standing.identities.get(subject), standing.registrations.get(subject)
    words = people.standing(held)
    return {
        "subject": subject,
        "name": identity.name if identity else "（未载姓名）",
        "sex": sex_word(identity.sex) if identity else "",
        "born": identity.birth_date.year if identity else "",
        "number": getattr(held, people.number) if held else "",
        "covered": held is not None and held.pk not in standing.in_sight,
        "house": names.get(held.institution_id, "") if held else "",
        "particulars": [each.says(held, held) if held else "" for each in people.particulars],
        "state": words.state,
        "detail": words.detail,
    }


def _number(row: Row) -> str:
    return (covered_practice_number if row["covered"] else grouped)(row["number"])


def _said_number(row: Row) -> str:
    number: str = row["number"]
    return mask_practice_number(number) if row["covered"] else number


def _about(row: Row) -> str:
    if not row["number"]:
        return "现在没有执业注册"
    return "　".join(filter(None, (row["particulars"][0], _said_number(row), row["house"])))
