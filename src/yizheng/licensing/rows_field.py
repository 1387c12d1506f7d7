"""Several rows of the same few columns in one field, such as the hosts of a foreign doctor or the members of a team.

Works without script: filled rows are shown with two empty ones behind them; saving brings two more. A row left wholly empty
is no row. The value is a list of rows, each ``{column: text}``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from yizheng.kernel.chinese_dates import parse_date

MOST_ROWS = 40
EMPTY_ROWS = 2
SELECTED = SafeString(" selected")


class FaultyCell(ValueError):
    """What is wrong with one cell, as a sentence for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, heads in Chinese and English, whether it must be filled, how its text is read."""

    name: str
    label: str
    english: str = ""
    required: bool = True
    kind: str = "text"
    """The type of the control: text or date."""
    clean: Callable[[str], str] = str.strip
    """Reads the text of a filled cell; raises FaultyCell."""
    options: Callable[[], Sequence[str]] = tuple
    """Suggestions, asked for when the form is drawn."""
    choices: Callable[[], Sequence[tuple[str, str]]] = tuple
    """Codes with their names where the cell is one of a table, asked for when the form is drawn and read."""

    @property
    def heading(self) -> str:
        """What stands above the cell."""
        return f"{self.label} {self.english}".strip()

    def read(self, text: str) -> str:
        """The text of a filled cell as it is kept. Raises FaultyCell."""
        known = dict(self.choices())
        if known and text not in known:
            raise FaultyCell("请从列表中选择" + (" Please choose from the list" if self.english else ""))
        return self.clean(text)

    def in_words(self, text: str) -> str:
        """What was kept, as a reader knows it."""
        return dict(self.choices()).get(text, text)


def day_cell(text: str) -> str:
    """A date as ISO text."""
    found: date | None = parse_date(text)
    if found is None:
        raise FaultyCell("不是日期，请按 2025-03-01 的样子填写 Please enter a date such as 2025-03-01")
    return found.isoformat()


class RowsInput(forms.Widget):
    """The rows as groups of labelled controls named ``field-row-column``."""

    def __init__(self, columns: Sequence[Column], row_word: str, least: int) -> None:
        super().__init__()
        self.columns, self.row_word, self.least = tuple(columns), row_word, least

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """A draft holds the list itself; a browser sends a control a cell."""
        if name in data:
            return data[name]
        if not any(key.startswith(f"{name}-0-") for key in data):
            return None
        rows = [
            {each.name: str(data.get(f"{name}-{number}-{each.name}", "")).strip() for each in self.columns}
            for number in range(MOST_ROWS)
        ]
        return [row for row in rows if any(row.values())]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether nothing of the field was sent."""
        return self.value_from_datadict(data, files, name) is None

    def id_for_label(self, id_: str) -> str:
        """A label leads to the first cell."""
        return f"{id_}-0-{self.columns[0].name}"

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Every filled row and some empty ones."""
        rows = list(value or [])
        shown = min(MOST_ROWS, max(self.least, len(rows) + EMPTY_ROWS))
        rows += [{} for _ in range(shown - len(rows))]
        id_ = (attrs or {}).get("id", f"id_{name}")
        made = format_html_join("", "{}", ((self._row(name, id_, n, row),) for n, row in enumerate(rows)))
        return format_html("{}{}", made, self._lists(id_))

    def _row(self, name: str, id_: str, number: int, row: Mapping[str, Any]) -> SafeString:
        cells = format_html_join(
            "", "{}", ((self._cell(name, id_, number, each, row),) for each in self.columns)
        )
        legend = f"{self.row_word} {number + 1}"
        return format_html(
            '<fieldset class="form-rows"><legend>{}</legend><div class="field-row">{}</div></fieldset>',
            legend,
            cells,
        )

    def _cell(self, name: str, id_: str, number: int, column: Column, row: Mapping[str, Any]) -> SafeString:
        cell, typed = f"{id_}-{number}-{column.name}", row.get(column.name, "")
        if choices := column.choices():
            return _select(cell, f"{name}-{number}-{column.name}", column.heading, choices, str(typed))
        listed = format_html(' list="{}-{}"', id_, column.name) if column.options() else ""
        return format_html(
            '<div class="field"><div class="field-head"><label for="{0}">{1}</label></div>'
            '<input class="form-control" type="{2}" id="{0}" name="{3}" value="{4}"{5}></div>',
            cell,
            column.heading,
            column.kind,
            f"{name}-{number}-{column.name}",
            typed,
            listed,
        )

    def _lists(self, id_: str) -> SafeString:
        return format_html_join(
            "",
            '<datalist id="{}-{}">{}</datalist>',
            (
                (id_, each.name, format_html_join("", '<option value="{}"></option>', ((o,) for o in found)))
                for each in self.columns
                if (found := each.options())
            ),
        )


def _select(cell: str, name: str, heading: str, choices: Sequence[tuple[str, str]], typed: str) -> SafeString:
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((code, SELECTED if code == typed else "", words) for code, words in (("", "请选择"), *choices)),
    )
    return format_html(
        '<div class="field"><div class="field-head"><label for="{0}">{1}</label></div>'
        '<select class="form-select" id="{0}" name="{2}">{3}</select></div>',
        cell,
        heading,
        name,
        options,
    )


class RowsField(forms.Field):
    """A list of rows; a fault names the row and the column."""

    def __init__(
        self, columns: Sequence[Column], *, row_word: str, least: int = EMPTY_ROWS, **kwargs: Any
    ) -> None:
        self.columns = tuple(columns)
        super().__init__(widget=RowsInput(columns, row_word, least), **kwargs)
        self.row_word = row_word

    def clean(self, value: Any) -> list[dict[str, str]]:
        """The rows as read. Raises ValidationError with every fault."""
        rows = value if isinstance(value, list) else []
        super().clean(rows)
        faults: list[str] = []
        read = [self._row(number, row, faults) for number, row in enumerate(rows, 1)]
        if faults:
            raise forms.ValidationError(faults)
        return read

    def _row(self, number: int, row: Mapping[str, Any], faults: list[str]) -> dict[str, str]:
        read: dict[str, str] = {}
        for column in self.columns:
            text = str(row.get(column.name, "")).strip()
            place = f"{self.row_word} {number} {column.heading}"
            if not text:
                read[column.name] = ""
                if column.required:
                    faults.append(f"{place}：请填写" + (" Please enter" if column.english else ""))
                continue
            try:
                read[column.name] = column.read(text)
            except FaultyCell as fault:
                faults.append(f"{place}：{fault}")
        return read

    def in_words(self, value: Any) -> str:
        """The rows as the desk reads them: one sentence a row."""
        return "；".join(
            "，".join(
                f"{each.label}：{each.in_words(row[each.name])}"
                for each in self.columns
                if row.get(each.name)
            )
            for row in value or []
        )
