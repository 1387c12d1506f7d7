"""Finding people of a register: the page of those one may see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from yizheng.kernel.codes import table
from yizheng.people.models import Account
from yizheng.people.searching.finding import Search, StaffRegister
from yizheng.people.tables import Asked, Choice, Column, State, Table, Text
from yizheng.people.tables.columns import Shown
from yizheng.registry.registers import Register
from yizheng.shell.desk.access import office_only
from yizheng.shell.record.pages import person_address

Row = dict[str, Any]
"""A person found: ``subject``, ``name``, ``sex``, ``born`` and ``state``, ``house`` for her institution, and what the columns read."""


@dataclass(frozen=True, slots=True)
class Searched:
    """A register of people as it is searched: `rows` tells of subjects in order, in a number of queries that never grows."""

    register: Register
    staff: StaffRegister
    rows: Callable[[Account, Sequence[int]], list[Row]]
    columns: tuple[Column, ...]
    number: str
    """The name of her number."""
    example: str
    """A number as it may be typed."""
    states: str
    """The code table of how somebody stands."""
    list_code: str
    """The code of the table."""


def declare(searched: Searched) -> Table:
    """Let people of a register be found in a table of their own."""
    title, code = searched.register.title, searched.register.code

    def search(asked: Asked) -> Search:
        return Search(searched.staff, asked.account, asked["q"], asked["house"], asked["status"])

    def described(found: list[tuple[str | int, int]], asked: Asked) -> list[Row]:
        rows = searched.rows(asked.account, [subject for _, subject in found])
        return [{**row, "url": person_address(code, row["subject"])} for row in rows]

    return Table(
        searched.list_code,
        f"{title}登记",
        lambda asked: asked.once(search),
        (
            Column("姓名", "name", 12, css="name together", link="url", beside=("sex", _born)),
            Column("性别", "sex", 6, shown=Shown.ON_PAPER),
            Column("出生年份", "born", 10, shown=Shown.ON_PAPER),
            State("状态", "state", 16, detail="detail"),
            *searched.columns,
        ),
        guard=office_only,
        filters=(
            Text(title, longest=60, hint=f"林知夏、linzhixia、lzx、{searched.example}"),
            Text("机构", "house"),
            Choice("状态", "status", lambda: [(each.code, each.name) for each in table(searched.states).items()]),
        ),
        described=described,
        says=f"姓名、拼音、首字母，{searched.staff.digits} 位{searched.number}，或者机构名称",
        tally="人",
        empty=f"辖区之内还没有{title}登记。首次注册准予后，{title}会出现在这里。",
        unfound=partial(_unfound, searched),
        template="shell/people.html",
        more=lambda asked: {
            "searched": searched,
            "text": asked["q"],
            "by_house": asked.once(search).how == "institution" and not asked["house"],
        },
    )


def _born(row: Row) -> str:
    return f"{row['born']} 年生" if row["born"] else ""


def _unfound(searched: Searched, asked: Asked) -> str:
    text, house = asked["q"], asked["house"]
    if asked["status"]:
        return f"辖区和机构之内没有符合条件的{searched.register.title}，请换一个状态，或者放宽姓名、机构。"
    named = f"“{text}”" if text else ""
    at = f"、机构名称含“{house}”" if house else ""
    whole = f"{searched.number}须输入全部 {searched.staff.digits} 位。"
    return f"辖区和机构之内没有{named}{at}的{searched.register.title}。{whole}"
