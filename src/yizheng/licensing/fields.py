"""Fields as the forms of items use them: days as people type them, code tables as choices, yes or no, and errors that say what to do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from yizheng.kernel.chinese_dates import parse_date
from yizheng.kernel.codes import Code, table
from yizheng.kernel.identifiers import Identified
from yizheng.licensing.forms import Partial

HAS = (("yes", "有"), ("no", "没有"))
DAY = "%Y-%m-%d"
EXAMPLE = "2026-11-30"
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years of days that people type: from all of them a term, a bar, an anniversary can be counted."""


class Choices(forms.RadioSelect):
    """A few answers side by side."""

    template_name = "licensing/widgets/choices.html"


class SuggestingInput(forms.TextInput):
    """A text control with suggestions, asked for when it is drawn; works without script."""

    def __init__(self, options: Callable[[], Sequence[str]]) -> None:
        super().__init__({"autocomplete": "off"})
        self.options = options

    def render(self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The control and its list, unless it uses the list of another control."""
        if "list" in self.attrs:
            return super().render(name, value, dict(attrs or {}), renderer)
        listed = suggestions_of(str((attrs or {}).get("id", name)))
        shown = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((each,) for each in self.options()))
        return format_html('{}<datalist id="{}">{}</datalist>', shown, listed, options)


def suggestions_of(control: str) -> str:
    """The id of the list of suggestions that the control of this id draws."""
    return f"{control}-suggestions"


class DayInput(forms.DateInput):
    """A text control: the browser's own date control speaks the browser's language and takes no other writing."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        shown = {"class": "form-control day", "placeholder": EXAMPLE, "autocomplete": "off", "maxlength": "20"}
        super().__init__({**shown, **(attrs or {})}, format=DAY)


class DayField(forms.DateField):
    """A day in any of the writings of `parse_date`: 2026-11-30, 2026/11/30, 2026年11月30日, full-width digits."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        """The day. Raises ValidationError where the text is none."""
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, datetime):
            return value.date()
        found = value if isinstance(value, date) else parse_date(str(value))
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise forms.ValidationError(f"{self.label}的年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间", code="invalid")
        return found


def day(label: str, *, required: bool = True, hint: str = "") -> DayField:
    """A day."""
    invalid = f"{label}不是日期，请按 {EXAMPLE} 的样子填写"
    return DayField(label=label, required=required, help_text=hint, error_messages={"invalid": invalid})


class IdentifierField(forms.CharField):
    """A number that must stand up to the check of its kind, kept in the writing the check gives it."""

    def __init__(self, read: Callable[[str], Identified], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def clean(self, value: Any) -> str:
        """The number; empty where none was typed. Raises ValidationError with what is wrong with it."""
        text = str(super().clean(value))
        found = self.read(text) if text else None
        if found is not None and found.problems:
            raise forms.ValidationError(list(found.problems))
        return "" if found is None else found.number


class CodedField(forms.ChoiceField, Partial):
    """A choice among the codes of a table. A known code that is not offered is a fault, and read all the same: a rule says why not."""

    def __init__(self, table_name: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.table_name = table_name

    def partly(self, data: Any) -> str:
        """The code, where the table knows it."""
        return str(data) if str(data) in table(self.table_name) else ""


def coded(
    table_name: str,
    label: str,
    *,
    only: Callable[[Code], bool] = lambda code: True,
    required: bool = True,
    hint: str = "",
) -> CodedField:
    """A choice among the codes of a table in force today."""

    def choices() -> list[tuple[str, str]]:
        rows = table(table_name).items(timezone.localdate())
        return [("", "请选择"), *((row.code, row.name) for row in rows if only(row))]

    return CodedField(
        table_name,
        label=label,
        required=required,
        help_text=hint,
        choices=choices,
        error_messages={"invalid_choice": f"所选的{label}不在代码表中，请重新选择"},
    )


class ManyChoices(forms.CheckboxSelectMultiple):
    """Several answers side by side."""

    template_name = "licensing/widgets/choices.html"


def many_coded(
    table_name: str, label: str, *, only: Callable[[Code], bool] = lambda code: True, required: bool = True
) -> forms.MultipleChoiceField:
    """Several codes of a table in force today, all in sight."""

    def choices() -> list[tuple[str, str]]:
        return [(row.code, row.name) for row in table(table_name).items(timezone.localdate()) if only(row)]

    return forms.MultipleChoiceField(label=label, required=required, choices=choices, widget=ManyChoices)


def radio(label: str, choices: Iterable[tuple[str, str]], *, required: bool = True) -> forms.ChoiceField:
    """A few choices, all in sight; the answer is the code."""
    return forms.ChoiceField(label=label, choices=list(choices), required=required, widget=Choices)


def either(
    label: str, yes: tuple[str, str], no: tuple[str, str], *, required: bool = True, no_first: bool = False
) -> forms.TypedChoiceField:
    """Two choices, both in sight; the answer is true for ``yes``, false for ``no``, nothing while neither is chosen."""
    return forms.TypedChoiceField(
        label=label,
        choices=[no, yes] if no_first else [yes, no],
        coerce=lambda code: code == yes[0],
        empty_value=None,
        required=required,
        widget=Choices,
    )


def passed(label: str = "考核结果", *, required: bool = True) -> forms.TypedChoiceField:
    """合格 or 不合格."""
    return either(label, ("pass", "合格"), ("fail", "不合格"), required=required)
