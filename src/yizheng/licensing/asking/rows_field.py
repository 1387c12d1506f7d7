"""Several rows of the same few fields in one field, such as the hosts of a foreign doctor or the members of a team.

A Django formset of a `Row`, kept in a draft as the list of what was typed. Works without script: filled rows are shown with two
empty ones behind them; saving brings two more. A row left wholly empty is no row. The value is a list of rows ``{field: value}``.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from yizheng.licensing.asking.two_languages import english_of
from yizheng.licensing.fields import EXAMPLE, SuggestingInput, suggestions_of
from yizheng.licensing.forms import Partial, cleaned

MOST_ROWS = 40
EMPTY_ROWS = 2


class Row(forms.Form):
    """One row; in two languages where the labels are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            told, english = field.error_messages, english_of(field)
            two = bool(english)
            told["required"] = "请填写" + " Please enter" * two
            if isinstance(field, forms.DateField):
                told["invalid"] = (
                    f"不是日期，请按 {EXAMPLE} 的样子填写" + f" Please enter a date such as {EXAMPLE}" * two
                )
            if isinstance(field, forms.ChoiceField):
                told["invalid_choice"] = "请从列表中选择" + " Please choose from the list" * two
            field.label = f"{field.label} {english}".strip()


class RowsInput(forms.Widget):
    """The rows as groups of labelled controls named ``field-row-column``."""

    def __init__(self, row: type[Row], row_word: str, least: int, most: int) -> None:
        super().__init__()
        self.row, self.row_word, self.least, self.most = row, row_word, least, most
        self.formset = forms.formset_factory(row, extra=0, max_num=most)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """A draft holds the list itself; a browser sends a control a cell."""
        if name in data:
            return data[name]
        sent = {int(found[1]) for key in data if (found := re.match(rf"{re.escape(name)}-(\d{{1,3}})-", key))}
        if not sent:
            return None
        rows = [_typed(self.row(data, prefix=f"{name}-{number}")) for number in sorted(sent) if number < self.most]
        return [row for row in rows if any(row.values())]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether nothing of the field was sent."""
        return self.value_from_datadict(data, files, name) is None

    def id_for_label(self, id_: str) -> str:
        """A label leads to the first cell."""
        return f"{id_}-0-{next(iter(self.row.base_fields))}"

    def render(self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Every filled row and some empty ones."""
        rows = list(value or [])
        made = self.formset(initial=rows, prefix=name)
        made.extra = min(self.most, max(self.least, len(rows) + EMPTY_ROWS)) - len(rows)
        for form in made.forms[1:]:
            for each in form:
                if isinstance(each.field.widget, SuggestingInput):
                    each.field.widget.attrs["list"] = suggestions_of(made.forms[0][each.name].auto_id)
        return format_html_join(
            "",
            '<fieldset class="form-rows"><legend>{} {}</legend><div class="field-row">{}</div></fieldset>',
            (
                (self.row_word, number, format_html_join("", "{}", ((each.as_field_group(),) for each in form)))
                for number, form in enumerate(made.forms, 1)
            ),
        )


def _typed(row: Row) -> dict[str, str]:
    return {name: str(row[name].data or "").strip() for name in row.fields}


class RowsField(Partial):
    """A list of rows; a fault names the row and the field."""

    def __init__(
        self, row: type[Row], *, row_word: str, least: int = EMPTY_ROWS, most: int = MOST_ROWS, **kwargs: Any
    ) -> None:
        self.row, self.row_word = row, row_word
        self.formset = forms.formset_factory(row, extra=0, max_num=most)
        super().__init__(widget=RowsInput(row, row_word, least, most), **kwargs)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        """The rows as read. Raises ValidationError with every fault."""
        super().clean(value or [])
        forms_ = self._bound(value)
        faults = [
            f"{self.row_word} {number} {form.fields[name].label}：{sentence}"
            for number, form in enumerate(forms_, 1)
            for name, sentences in form.errors.items()
            for sentence in sentences
        ]
        if faults:
            raise forms.ValidationError(faults)
        return [form.cleaned_data for form in forms_]

    def partly(self, data: Any) -> list[dict[str, Any]]:
        """Every row with the values that can be read."""
        return [cleaned(form, form.fields) for form in self._bound(data)]

    def _bound(self, rows: Sequence[Mapping[str, Any]] | None) -> list[Row]:
        rows = rows if isinstance(rows, list) else []
        cells = {f"form-{n}-{name}": text for n, row in enumerate(rows) for name, text in row.items()}
        return self.formset({"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows), **cells}).forms

    def in_words(self, value: Iterable[Mapping[str, Any]] | None) -> str:
        """The rows as the desk reads them: one sentence a row."""
        return "；".join(
            "，".join(
                f"{field.label}：{dict(getattr(field, 'choices', ())).get(row[name], row[name])}"
                for name, field in self.row.base_fields.items()
                if row.get(name)
            )
            for row in value or []
        )
