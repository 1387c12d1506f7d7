"""Choosing an institution by its registered name or number, with suggestions from the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from yizheng.systems.institutions import licences

MOST_SUGGESTED = 300
"""Above this many institutions the list would only slow the page down; the name is typed in full."""


class InstitutionInput(forms.TextInput):
    """A text field with the institutions in practice as suggestions; works without JavaScript."""

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The field and its list of suggestions."""
        names = [label for _, label in licences.choices(timezone.localdate(), MOST_SUGGESTED)]
        listed = f"{(attrs or {}).get('id', name)}-institutions"
        shown = super().render(
            name, value, {**(attrs or {}), "list": listed, "autocomplete": "off"}, renderer
        )
        options = format_html_join("", '<option value="{}"></option>', ((each,) for each in names))
        return format_html('{}<datalist id="{}">{}</datalist>', shown, listed, options)


class InstitutionField(forms.CharField):
    """The registered name of an institution; a registration number is turned into the name."""

    widget = InstitutionInput

    def clean(self, value: Any) -> str:
        """The registered name. Raises ValidationError where no institution is so called."""
        typed = str(super().clean(value) or "")
        if not typed:
            return ""
        licence = licences.named(typed, timezone.localdate())
        if licence is None:
            raise forms.ValidationError(f"登记簿中没有“{typed}”，请输入机构登记的全名或者登记号")
        return licence.name
