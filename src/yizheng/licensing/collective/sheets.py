"""The sheets of a dossier: the empty one, the one that names those who are due, and the rows given back with what is wrong."""

from collections.abc import Iterable, Sequence
from datetime import date

from yizheng.documents.spreadsheets import Cell, Sheet
from yizheng.kernel.places import letters
from yizheng.licensing.collective.corrected import FORMER, handed_in
from yizheng.licensing.collective.dossiers import IDENTITY, MOST_ROWS, PROBLEM, columns_of, head_of, written_in
from yizheng.licensing.fields import EXAMPLE
from yizheng.licensing.item import Item
from yizheng.licensing.models import Dossier


def template(item: Item, rows: Iterable[Sequence[Cell]] = (), *, problems: bool = False) -> tuple[Sheet, ...]:
    """The sheet to fill in, the code words to choose from, and how to fill it in; with rows, the user's own back."""
    columns = columns_of(item)
    head = [*head_of(item), *(column.title for column in columns)]
    coded = [column for column in columns if column.choices]
    choices = {
        head.index(column.title): f"代码!${letters(n)}$2:${letters(n)}${len(column.choices) + 1}"
        for n, column in enumerate(coded)
    }
    longest = max((len(column.choices) for column in coded), default=0)
    words = [list(column.choices) for column in coded]
    return (
        Sheet(
            item.short_title[:31],
            [*head, PROBLEM, FORMER] if problems else head,
            rows,
            widths=[12, *(26 for _ in head_of(item)[1:]), *(16 for _ in columns), *([60, 8] if problems else [])],
            choices=choices,
            text_columns=frozenset(range(len(head))),
        ),
        Sheet(
            "代码",
            [column.title for column in coded],
            [[each[n] if n < len(each) else "" for each in words] for n in range(longest)],
            widths=[24 for _ in coded],
        ),
        Sheet("填写说明", [item.title], [[_named_by(item)], *([line] for line in _HOW)], widths=[80]),
    )


def staff_rows(item: Item, institution_scope: int, on: date) -> list[list[Cell]]:
    """Those of the institution for whom the item is due, as the sheet names them; none where it does not say."""
    if not item.lists_staff or item.known_by is None:
        return []
    return [[each.name, "", each.number] for each in item.staff(institution_scope, on)]


def _named_by(item: Item) -> str:
    numbers = head_of(item)[1:]
    needed = f"{'、'.join(numbers)}至少填一项" if len(numbers) > 1 else f"{IDENTITY}必填"
    return f"一行一人。姓名必填；{needed}，用来确认是哪一个人。"


_HOW = (
    f"有代码的列请从下拉中选择，词语见“代码”表；日期写成 {EXAMPLE}。",
    "空着的列按平台已有的资料填写；平台没有的，由经办人在各人的申请表上补。",
    f"一次最多 {MOST_ROWS} 人。材料（如照片）在各人的申请表上传。",
)


def given_back(dossier: Dossier, *, open_only: bool = False) -> list[list[Cell]]:
    """The rows as the institution wrote them, each with why it was not taken and its line; ``open_only``: not those handed in."""
    head = [*head_of(dossier.item), *(column.title for column in columns_of(dossier.item))]
    rows = [row for row in dossier.rows.live().select_related("case") if not (open_only and handed_in(row))]
    return [
        [*(said.get(title, "") for title in head), row.problem, str(row.line)]
        for row, said in zip(rows, written_in(dossier, rows), strict=True)
    ]
