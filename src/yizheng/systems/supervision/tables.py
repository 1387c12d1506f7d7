"""The tables of a small world as files: which columns each has, and what a row of it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from yizheng.kernel.calculators import BadInput, Column, Row, declared, rows_of
from yizheng.kernel.question_files import table_in
from yizheng.systems.supervision import world as w

_FIRST_AND_LAST = {"from": "first", "to": "last"}
_COLUMNS: Mapping[str, tuple[type, str]] = {
    "institutions": (
        w.Institution,
        (
            "id regime organ name uscc reg_no region economic category nature sole_owner:flag beds:int open_beds:int"
            " extra_beds_order:flag subjects status status_from:date closed_reason valid_to:date renewal_applied:date"
            " check_due:date check_applied:date check_period:int after_deferral:flag internet branch_of address legal_rep_id"
            " principal_id filed_on:date onsite_on:date"
        ),
    ),
    "doctors": (
        w.DoctorRow,
        (
            "row id_no id_type name licence_no category scope level institution from:date to:date multi"
            " no_institution_since:date absence_proof"
        ),
    ),
    "nurses": (
        w.NurseRow,
        (
            "row id_no name licence_no valid_to:date renewal_applied:date main others status status_from:date change_to"
            " change_reported:date"
        ),
    ),
    "services": (
        w.Service,
        (
            "id date:date! institution kind person_id role supervisor_id subject operation first_visit:flag drug age:number"
            " guardian:flag loaded:date"
        ),
    ),
    "deaths": (w.Death, "id_no name died:date"),
    "bans": (w.Ban, "id_no name kind from:date to:date"),
    "exemptions": (w.Exemption, "id_no institution kind from:date to:date"),
    "alliances": (w.Alliance, "alliance institution"),
    "technologies": (w.Technology, "institution technology filed_on:date leader_id state"),
    "adverts": (w.Advert, "number institution state valid_from:date valid_to:date name address beds:int"),
    "cases": (w.CaseDays, "id applied:date accepted:date decided:date delivered:date limit:int unit excluded_days:int"),
    "decisions": (w.SentDecision, "id decided:date accepted:date"),
}


def read_tables(manifest: list[Row], folder: Path) -> dict[str, tuple[Any, ...]]:
    """The rows of every table a manifest names, its files lying in a folder. Raises BadInput."""
    found: dict[str, tuple[Any, ...]] = {}
    for line in manifest:
        name = line["table"]
        if name not in _COLUMNS:
            raise BadInput.at(line["line"], "table", name, f"不是监管规则的表，可用：{'、'.join(_COLUMNS)}。")
        try:
            found[name] = (*found.get(name, ()), *_rows(name, folder / line["file"]))
        except BadInput as bad:
            raise BadInput(f"表“{name}”：{bad}") from None
    return found


def rows_in(name: str, path: Path) -> list[Any]:
    """The rows of one file of a table. Raises BadInput."""
    return _rows(name, path)


def columns_words(name: str) -> str:
    """The columns of a table as a person reads them."""
    return "、".join(word.partition(":")[0] for word in _COLUMNS[name][1].split())


def _columns(line: str) -> tuple[Column, ...]:
    """The columns; a cell may be empty but where an exclamation mark says that it must not."""
    words = (word if ":" in word else f"{word}:text" for word in line.split())
    return declared(" ".join(word[:-1] if word.endswith("!") else f"{word}*" for word in words), {})


def _rows(name: str, path: Path) -> list[Any]:
    kind, line = _COLUMNS[name]
    heading, lines = table_in(path)
    read = rows_of(_columns(line), heading, lines, as_typed=True, may_be_empty=True)
    known = {each.name for each in fields(kind)}
    return [kind(**{each: value for each, value in _named(row).items() if each in known}) for row in read]


def _named(row: Row) -> dict[str, Any]:
    named = {_FIRST_AND_LAST.get(name, name): value for name, value in row.items()}
    return named | {name: read(row, name) for name, read in _LISTS.items() if name in row}


def _subjects(row: Row, name: str) -> tuple[str, ...]:
    return tuple(filter(None, row[name].split(";")))


def _places(row: Row, name: str) -> tuple[w.Place, ...]:
    """Places written ``institution:from/to;…``; an empty day is open."""
    return tuple(_place(row, name, part) for part in row[name].split(";") if part)


def _place(row: Row, name: str, part: str) -> w.Place:
    institution, _, days = part.partition(":")
    first, _, last = days.partition("/")
    try:
        return w.Place(institution, *(date.fromisoformat(day) if day else None for day in (first, last)))
    except ValueError:
        wrong = "不是“机构:2026-01-31/2026-02-28”的样子，请核对。"
        raise BadInput.at(row["line"], name, part, wrong) from None


_LISTS: Mapping[str, Callable[[Row, str], Any]] = {"subjects": _subjects, "multi": _places, "others": _places}
