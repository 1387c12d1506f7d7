"""How Django's forms look here: label above, hint on its line, control, error under it.

`FORM_RENDERER = "yizheng.shell.forms.ShellRenderer"` gives every form, those of other packages included, the same
field; `{{ form }}` and `{{ field.as_field_group }}` are enough on a page.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates


class ShellRenderer(DjangoTemplates):
    """Forms from the shell's templates."""

    form_template_name = "shell/forms/form.html"
    field_template_name = "shell/forms/field.html"


class CodeSelect(forms.TextInput):
    """A value of a code table, found by typing its code or part of its name; the browser lists what fits.

    The field gets the text before the first space (the code), so its validation stays that of the code.
    """

    template_name = "shell/widgets/code_select.html"

    def __init__(self, codes: Iterable[tuple[str, str]], attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "form-control", "autocomplete": "off", **(attrs or {})})
        self.codes = list(codes)

    def format_value(self, value: Any) -> str | None:
        """Code and name together."""
        name = dict(self.codes).get(str(value))
        return f"{value} {name}" if name else super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The list of codes beside the input."""
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_codes"
        context["widget"]["codes"] = self.codes
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The code alone."""
        value = super().value_from_datadict(data, files, name)
        return value.strip().split(" ", 1)[0] if isinstance(value, str) else value
