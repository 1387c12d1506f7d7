"""Choosing an institution by its registered name or number, with suggestions from the register."""

from typing import Any

from django import forms
from django.utils import timezone

from yizheng.licensing.fields import SuggestingInput
from yizheng.systems.institutions import licences

MOST_SUGGESTED = 300
"""Above this many institutions the list would only slow the page down; the name is typed in full."""


def _suggested() -> list[str]:
    return [name for _, name in licences.choices(timezone.localdate(), MOST_SUGGESTED)]


class InstitutionField(forms.CharField):
    """The registered name of an institution; a registration number is turned into the name."""

    default_error_messages = {  # as Django's own fields declare them
        "unknown": "登记簿中没有“%(typed)s”，请输入机构登记的全名或者登记号"
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SuggestingInput(_suggested), **kwargs)

    def clean(self, value: Any) -> str:
        """The registered name. Raises ValidationError where no institution is so called."""
        typed = str(super().clean(value) or "")
        if not typed:
            return ""
        licence = licences.named(typed, timezone.localdate())
        if licence is None:
            raise forms.ValidationError(self.error_messages["unknown"], "unknown", {"typed": typed})
        return licence.name
