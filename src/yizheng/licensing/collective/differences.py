"""Where a list of people says other than the platform knows: shown row by row before submission, kept unless it is chosen.

What is known of a person came from a decision or a verified source; a cell of a spreadsheet does not replace it unseen.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from yizheng.licensing import answers as form_answers
from yizheng.licensing.collective.dossiers import FieldColumn, columns_of, drafts_of, rows_of
from yizheng.licensing.collective.faults import weigh_again
from yizheng.licensing.item import Item
from yizheng.licensing.models import Case, Dossier
from yizheng.licensing.verbs.drafting import keep
from yizheng.people.models import Account


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that differs from what stands in the draft."""

    case: Case
    line: int
    column: FieldColumn
    known: Any
    written: str
    personal: bool

    @property
    def key(self) -> str:
        """How the page names it."""
        return f"{self.case.pk}:{self.column.step}.{self.column.name}"

    @property
    def value(self) -> str:
        """What the form would hold."""
        return self.column.value(self.written)

    @property
    def known_words(self) -> str:
        """What is known, in the words of the sheet; covered where it is personal."""
        if self.personal:
            step = next(step for step in self.case.item.steps if step.code == self.column.step)
            return step.masked(self.column.name, self.known)
        words = {code: word for word, code in self.column.choices.items()}
        return words.get(str(self.known), str(self.known))


def differences(dossier: Dossier, account: Account) -> list[Difference]:
    """Every cell that differs from its draft, in the order of the rows."""
    item = dossier.item
    columns = columns_of(item)
    rows = rows_of(dossier, drafts_of(dossier, account))
    standing = form_answers.typed_in_many([case for case, _, _ in rows])
    return [
        found
        for (case, row, written), known in zip(rows, standing, strict=True)
        for found in _of_row(item, columns, case, row.line, written, known)
    ]


def _of_row(
    item: Item, columns: Collection[FieldColumn], case: Case, line: int, written: Mapping[str, str],
    known: form_answers.Typed,
) -> list[Difference]:  # fmt: skip
    typed: form_answers.Typed = {}
    for column in columns:
        if text := written.get(column.title, "").strip():
            typed.setdefault(column.step, {})[column.name] = column.value(text)
    new, old = form_answers.decode(item, typed).answers, form_answers.decode(item, known).answers
    personal = {step.code: step.personal for step in item.steps}
    return [
        Difference(
            case, line, column, known[column.step][column.name], written[column.title].strip(),
            column.name in personal.get(column.step, frozenset()),
        )
        for column in columns
        if column.name in typed.get(column.step, {})
        and known.get(column.step, {}).get(column.name)
        and new.get(column.step, {}).get(column.name) != old.get(column.step, {}).get(column.name)
    ]  # fmt: skip


def take(dossier: Dossier, account: Account, chosen: Collection[str]) -> int:
    """Put the chosen cells into their drafts; how many were put."""
    wanted = [each for each in differences(dossier, account) if each.key in chosen]
    by_case: dict[int, tuple[Case, form_answers.Typed]] = {}
    for each in wanted:
        _, typed = by_case.setdefault(each.case.pk, (each.case, {}))
        typed.setdefault(each.column.step, {})[each.column.name] = each.value
    for case, typed in by_case.values():
        keep(case, account, typed)
    if by_case:
        weigh_again(dossier, account)
    return len(wanted)
