"""A part of a form in Chinese and English, for foreign doctors: the Chinese stays the record, the English stands beside it.

The desk and the register read Chinese alone, so English is added only when the part is shown on the applicant's own page.
Hints and errors are shown nowhere else and carry both languages from the start (see :func:`both`).
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django import forms

from yizheng.kernel.codes import table
from yizheng.licensing.forms import Step


def both(chinese: object, english: str) -> str:
    """A sentence in Chinese and English."""
    return f"{chinese} {english}"


class Label(str):
    """The label of a field in Chinese, as everybody else reads it, and in English."""

    __slots__ = ("english",)
    english: str

    def __new__(cls, chinese: str, english: str) -> Self:
        """A label of these two."""
        made = super().__new__(cls, chinese)
        made.english = english
        return made


def english_of(field: forms.Field) -> str:
    """The label of a field in English; empty where it has none."""
    return field.label.english if isinstance(field.label, Label) else ""


class TwoLanguageStep(Step):
    """A part whose labels, choices, hints and errors an applicant reads in Chinese and English; every label is a `Label`."""

    choices_english: ClassVar[Mapping[str, str]] = {}
    """Field → the code table whose codes have an English name, or a field's own words by value (``field=value``)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            english = english_of(field)
            told = field.error_messages
            told["required"] = both(told["required"], f"Please enter: {english}")
            if "invalid" in told:
                told["invalid"] = both(told["invalid"], f"{english} is not valid")
            if "invalid_choice" in told:
                told["invalid_choice"] = both(told["invalid_choice"], "Please choose from the list")
            if "max_length" in told or getattr(field, "max_length", None):
                most = getattr(field, "max_length", None)
                told["max_length"] = both(f"{field.label}最多 {most} 个字", f"at most {most} characters")
                _limit(field)

    def for_applicant(self) -> None:
        """Put the English beside every label and choice."""
        for name, field in self.fields.items():
            field.label = self[name].label = Label(both(field.label, english_of(field)), english_of(field))
            if name in self.choices_english and isinstance(field, forms.ChoiceField):
                names = self._names(name)
                shown: Any = field.choices
                field.choices = [(value, both(label, names.get(str(value), "Please choose"))) for value, label in shown]

    def _names(self, name: str) -> dict[str, str]:
        source = self.choices_english[name]
        if "=" not in source:
            return {row.code: row.attributes["name_en"] for row in table(source).items()}
        return dict(pair.split("=", 1) for pair in source.split("|"))


def _limit(field: forms.Field) -> None:
    """The validator of the length says the field's own sentence."""
    for validator in field.validators:
        if getattr(validator, "code", "") == "max_length":
            validator.message = field.error_messages["max_length"]  # type: ignore[attr-defined]
