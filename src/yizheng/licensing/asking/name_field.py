"""A person's name in a form: kept tidy, and refused when it can be nobody's name or would run as a formula in a spreadsheet."""

from typing import Any

from django import forms

from yizheng.kernel.names import fault_of_name, tidy_name


class NameField(forms.CharField):
    """The name of a person."""

    def to_python(self, value: Any) -> Any:
        """The tidy form."""
        text = super().to_python(value)
        return tidy_name(text) if isinstance(text, str) else text

    def validate(self, value: Any) -> None:
        """What is nobody's name is said in words."""
        super().validate(value)
        if value and (fault := fault_of_name(str(value))):
            raise forms.ValidationError(fault, code="name")
