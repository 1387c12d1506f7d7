"""Choosing scopes: those of the category in force today, none twice (医师法 第十四条)."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from yizheng.kernel.codes import Code, table
from yizheng.licensing.forms import Step


class ScopesStep(Step):
    """A part of a form in which scopes of a category are chosen; fields that are not there are passed over."""

    scope_fields: ClassVar[tuple[str, ...]] = ("scope", "second_scope", "third_scope")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._suits: str | None = None
        self.suit()

    def suit(self) -> None:
        """The scopes of the category typed, else of the one the form begins with."""
        category = str(self.data.get(self.add_prefix("category")) or self.initial.get("category") or "")
        if category == self._suits:
            return
        self._suits = category
        choices = scope_choices(category)
        for name in self._scopes():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def _scopes(self) -> list[str]:
        return [name for name in self.scope_fields if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """No scope is named twice."""
        cleaned = super().clean() or self.cleaned_data
        chosen = [cleaned[name] for name in self._scopes() if cleaned.get(name)]
        if len(chosen) != len(set(chosen)):
            self.add_error("second_scope", "同一个执业范围选了两次，请去掉一个")
        return cleaned


def scope_choices(category: str) -> list[tuple[str, str]]:
    """The scopes of a category in force today; all of them while the category is unknown."""
    categories = table("practice_category")
    root = categories.root(category).code if category in categories else ""
    rows: list[Code] = [row for row in table("practice_scope").items(timezone.localdate()) if root in ("", row.parent)]
    return [("", "请选择"), *((row.code, row.name) for row in rows)]
