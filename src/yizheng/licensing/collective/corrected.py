"""A corrected sheet: its rows take the place of those that were not handed in, found by their former line or by the name.

Nothing is removed: the row that was replaced stays behind the one that stands in its place.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import DossierRow
from yizheng.licensing.states import CaseState

NAME = "姓名"
FORMER = "原行号"
"""The column of the sheet given back that says which row is corrected."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A row to be taken in: its line in the dossier, what is written in it, and the row whose place it takes."""

    line: int
    written: dict[str, str]
    replaces: DossierRow | None = None


def handed_in(row: DossierRow) -> bool:
    """Whether the application of the row has left the institution's hands."""
    return row.case is not None and row.case.state != CaseState.DRAFT


def placed(
    live: Sequence[DossierRow],
    texts: Sequence[Mapping[str, str]],
    given: Sequence[tuple[int, Mapping[str, str]]],
    *,
    closed: bool,
) -> list[Placed]:
    """Which of the rows given are taken in, and where; what stands there already word for word is left out.

    Of a ``closed`` dossier only rows that were not handed in are corrected. Raises NotPossibleError.
    """
    by_line = {row.line: row for row in live}
    faulty = [row for row in live if row.case_id is None and row.problem]
    once = {name for name, number in Counter(row.name for row in faulty).items() if number == 1}
    by_name = {row.name: row for row in faulty if row.name in once}
    known = [dict(text) for text in texts]
    found: list[Placed] = []
    last = max(by_line, default=0)
    for line, cells in given:
        written = {title: text for title, text in cells.items() if title != FORMER}
        row = _meant(cells.get(FORMER, "").strip(), line, by_line) or by_name.pop(written.get(NAME, "").strip(), None)
        if written in known or (row is not None and handed_in(row)):
            continue
        if row is None and closed:
            raise NotPossibleError(f"这批已经提交；第 {line} 行不是其中未提交的人员，请另开一批")
        last = max(last, line) if line not in by_line else last + 1
        found.append(
            Placed(last if line in by_line else line, written) if row is None else Placed(row.line, written, row)
        )
    return found


def _meant(former: str, line: int, by_line: Mapping[int, DossierRow]) -> DossierRow | None:
    if not former:
        return None
    row = by_line.get(int(former)) if former.isdecimal() and len(former) < 8 else None
    if row is None:
        raise NotPossibleError(f"第 {line} 行的{FORMER}“{former[:20]}”不在这一批里，请用下载的“未提交的人员”表改正")
    return row
