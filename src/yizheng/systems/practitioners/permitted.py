"""Which business may be done at which status of a registration: one table of every pair for each register, with the reason where not.

A register keeps two files in its folder ``data``: ``permitted.csv`` (a row is an item, a column a status, a cell ``YES`` or the
code of what stands in the way) and ``hindrances.csv`` (that code, the refusal a person reads, the article behind it).
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from yizheng.kernel.statutes import Article, article
from yizheng.licensing.findings import Check, Finding, check, refuse

UNREGISTERED = "UNREG"
"""The status of who has no registration at all."""


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why an item cannot be done at a status: the sentence and the article behind it."""

    sentence: str
    article: Article


class HasStatus(Protocol):
    """What a rule about the status needs to know of the party."""

    @property
    def register_status(self) -> str:
        """The status of the registration that counts; ``UNREG`` where there never was one."""


class PermittedBusiness:
    """The table of one register, and the check that asks it, under the register's own code and article."""

    def __init__(self, data: Path, code: str, asked_by: Article) -> None:
        self.code, self.asked_by = code, asked_by
        reasons = {
            row["code"]: Hindrance(row["sentence"], article(row["article"])) for row in _rows(data / "hindrances.csv")
        }
        self.table: Mapping[str, Mapping[str, Hindrance | None]] = {
            row.pop("item"): {status: None if cell == "YES" else reasons[cell] for status, cell in row.items()}
            for row in _rows(data / "permitted.csv")
        }
        """Item code, then status: nothing, or why not."""

    def hindrance(self, item_code: str, status: str) -> Hindrance | None:
        """Why the item cannot be done at the status, or nothing. Raises KeyError for a pair nobody decided."""
        return self.table[item_code][status]

    def may_apply(self, item_code: str, status: str) -> str | None:
        """The sentence for the page of offers, or nothing where the status allows the item."""
        found = self.hindrance(item_code, status)
        return None if found is None else found.sentence

    def status_permits(self, item_code: str) -> Check:
        """The check that asks the table for one item; first among the checks of every item with a row."""

        @check(self.code, self.asked_by, title="注册状态可以办理这一事项")
        def permits(party: HasStatus, on: date) -> Iterator[Finding]:
            found = self.hindrance(item_code, party.register_status)
            if found is not None:
                yield refuse("", found.sentence, articles=(found.article,))

        return permits


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
