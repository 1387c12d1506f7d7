"""Fields as the forms of doctors use them: code tables as choices, dates, and errors that say what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.codes import Code, table
from yizheng.licensing.forms import Step
from yizheng.shell.forms import Choices

YES_NO = (("no", "没有"), ("yes", "有"))


class DoctorStep(Step):
    """A part of a form whose errors name the field and say what to do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            verb = "填写" if isinstance(field, forms.CharField) else "选择"
            if isinstance(field, forms.DateField):
                verb = "填写"
            field.error_messages["required"] = f"请{verb}{field.label}"


def coded(
    table_name: str,
    label: str,
    *,
    only: Callable[[Code], bool] = lambda code: True,
    required: bool = True,
    hint: str = "",
) -> forms.ChoiceField:
    """A choice among the codes of a table in force today."""

    def choices() -> list[tuple[str, str]]:
        rows = table(table_name).items(timezone.localdate())
        return [("", "请选择"), *((row.code, row.name) for row in rows if only(row))]

    return forms.ChoiceField(
        label=label,
        required=required,
        help_text=hint,
        choices=choices,
        error_messages={"invalid_choice": f"所选的{label}不在代码表中，请重新选择"},
    )


def day(label: str, *, required: bool = True, hint: str = "") -> forms.DateField:
    """A date, typed with the browser's own control."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": f"{label}不是日期，请按 2025-03-01 的样子填写"},
    )


def radio(label: str, choices: Iterable[tuple[str, str]], *, required: bool = True) -> forms.ChoiceField:
    """A few choices, all in sight."""
    return forms.ChoiceField(label=label, choices=list(choices), required=required, widget=Choices)


def not_after_today(value: date | None, label: str) -> date | None:
    """The date, which must not lie in the future."""
    if value is not None and value > timezone.localdate():
        raise forms.ValidationError(f"{label}不能晚于今天")
    return value


def in_order(step: DoctorStep, cleaned: dict[str, Any], first: str, last: str, sentence: str) -> None:
    """The second day is not before the first."""
    begins, ends = cleaned.get(first), cleaned.get(last)
    if begins and ends and ends < begins:
        step.add_error(last, sentence)
