"""The forms of matters, built from what is declared of their kinds."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from yizheng.licensing.fields import DayField
from yizheng.people.models import Account
from yizheng.systems.service.matters.declaring import LONGEST, Field, MatterKind, Move
from yizheng.systems.service.pages.forms import Moment


class Declared(forms.Form):
    """A form of declared fields; `content` is what a matter keeps of them."""

    declared: tuple[Field, ...] = ()

    def declare(self, fields: Iterable[Field]) -> None:
        """Add the fields."""
        self.declared = tuple(fields)
        for each in self.declared:
            self.fields[each.name] = _control(each)

    @property
    def content(self) -> dict[str, Any]:
        """The values, days and moments as text."""
        return {each.name: _kept(self.cleaned_data[each.name]) for each in self.declared}


class MatterForm(Declared):
    """登记."""

    title = forms.CharField(label="事由", max_length=100)

    def __init__(self, kind: MatterKind, *args: Any, accounts: Iterable[Account] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        if kind.names_account:
            choices = [(each.pk, f"{each.display_name}　{each.username}") for each in accounts]
            self.fields["about"] = forms.ChoiceField(label="谁", choices=[("", "请选择"), *choices])
        self.declare(kind.fields)

    @property
    def about(self) -> int | None:
        """The account it is about, where one is chosen."""
        return int(self.cleaned_data["about"]) if self.cleaned_data.get("about") else None


class MoveForm(Declared):
    """One move: its words where it asks for them, and its fields."""

    said = forms.CharField(label="说明", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, move: Move, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.move = move
        if move.asks:
            self.fields["said"].label = move.asks
        else:
            del self.fields["said"]
        self.declare(move.fields)


def _control(field: Field) -> forms.Field:
    common: dict[str, Any] = {"label": field.title, "help_text": field.hint, "required": not field.optional}
    if field.choices:
        return forms.ChoiceField(choices=[("", "请选择"), *((each, each) for each in field.choices)], **common)
    if field.kind == "day":
        return DayField(**common)
    if field.kind == "moment":
        return Moment(**common)
    if field.kind == "number":
        return forms.IntegerField(min_value=0, max_value=1_000_000, **common)
    return forms.CharField(max_length=LONGEST, **common)


def _kept(value: Any) -> Any:
    if hasattr(value, "hour"):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}" if hasattr(value, "year") else value
