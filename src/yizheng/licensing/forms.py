"""Forms of items: a step is a Django form that knows its title, its personal fields and when it is asked for.

A draft keeps what was typed, valid or not; the personal part is kept encrypted (see ``answers``).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self, cast

from django import forms
from django.utils import timezone

from yizheng.kernel import masking
from yizheng.kernel.statutes import Article


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step appears: one sentence for the applicant and the article behind it."""

    sentence: str
    article: Article | None = None


MASKS: Mapping[str, Callable[[str], str]] = {
    "id_number": masking.mask_resident_id,
    "identity_number": masking.mask_resident_id,
    "qualification_number": masking.mask_qualification_number,
    "certificate_number": masking.mask_qualification_number,
    "mobile": masking.mask_mobile,
    "address": masking.mask_address,
}
"""How personal fields of these names are covered; any other shows its first and last character."""


class Step(forms.Form):
    """One part of an item's form. Subclasses declare fields and the few facts about the step."""

    code: ClassVar[str]
    title: ClassVar[str]
    title_english: ClassVar[str] = ""
    """The title in English, where the item's form is in two languages."""
    personal: ClassVar[frozenset[str]] = frozenset()
    """Fields that are encrypted at rest and masked on pages."""
    fixed: ClassVar[Mapping[str, str]] = {}
    """Read-only fields and the reason that is shown beside them."""
    rows: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Short related fields that share a row where the form has all of them; a field not named stands alone."""
    past: ClassVar[tuple[str, ...]] = ()
    """Days that cannot lie in the future."""
    ordered: ClassVar[tuple[tuple[str, str, str], ...]] = ()
    """A first day, a last day, and what is said where the last comes before the first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                verb = "选择" if isinstance(field, forms.ChoiceField | forms.BooleanField) else "填写"
                field.error_messages["required"] = f"请{verb}{field.label}"

    @classmethod
    def reason(cls, applicant: Any, on: date) -> Reason | None:
        """Why the step is there when a rule brought it; nothing for the ordinary steps."""
        return None

    @classmethod
    def masked(cls, name: str, value: object) -> str:
        """A personal value as pages show it."""
        return MASKS.get(name, masking.mask)(str(value))

    @classmethod
    def applies(cls, applicant: Any, on: date) -> bool:
        """Whether the step is asked of this applicant on this day."""
        return True

    @classmethod
    def lent(cls) -> Self:
        """A form for many cases, one after the other (`over`): what its fields offer is looked up once."""
        form = cls(prefix=cls.code)
        for field in form.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.choices = list(cast(Iterable[Any], field.choices))
        return form

    def over(self, data: Mapping[str, Any]) -> Self:
        """The same form bound to other answers, as new: its fields are not made again."""
        self.data, self.is_bound = data, True
        self.__dict__.pop("cleaned_data", None)
        self._errors = None
        self._bound_fields_cache: dict[str, forms.BoundField] = {}
        self.suit()
        return self

    def suit(self) -> None:
        """Make the fields suit the answers, where what may be chosen follows from another answer."""

    def clean(self) -> dict[str, Any]:
        """Days in the past and in their order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.past:
            if cleaned.get(name) and cleaned[name] > timezone.localdate():
                self.add_error(name, self.future(name))
        for first, last, sentence in self.ordered:
            if cleaned.get(first) and cleaned.get(last) and cleaned[last] < cleaned[first]:
                self.add_error(last, sentence)
        return cleaned

    def future(self, name: str) -> str:
        """What is said of a day that lies in the future and must not."""
        return f"{self.fields[name].label}不能晚于今天"

    def for_applicant(self) -> None:
        """Prepare the step for the applicant's own page; a step in two languages adds the second here."""

    def layout(self) -> list[list[forms.BoundField]]:
        """The fields in rows, in order, for the template."""
        laid: list[list[forms.BoundField]] = []
        grouped = {name: row for row in self.rows if self.fields.keys() >= set(row) for name in row}
        done: set[str] = set()
        for name in self.fields:
            if name in done:
                continue
            row = grouped.get(name, (name,))
            done.update(row)
            laid.append([self[each] for each in row])
        return laid


class DeskStep(Step):
    """A part that the reviewing officer records while she reviews; the applicant is never asked for it."""

    must: ClassVar[bool] = False
    """Whether the review cannot be concluded without it."""


def cleaned(form: forms.Form, names: Iterable[str]) -> dict[str, Any]:
    """The values of these fields of a bound form; what is absent or wrong is nothing, and an error of the form.

    Nothing is the empty text for texts and codes, false for a box, no codes where several may be chosen, else ``None``; a
    `Partial` field says what can be read of it.
    """
    errors = form.errors
    return {
        name: form.cleaned_data[name] if name not in errors else _nothing(form, name)
        for name in names
        if name in form.fields
    }


def _nothing(form: forms.Form, name: str) -> Any:
    field = form.fields[name]
    if isinstance(field, Partial):
        return field.partly(form[name].data)
    if isinstance(field, forms.BooleanField):
        return False
    if isinstance(field, forms.MultipleChoiceField):
        return []
    textual = isinstance(field, forms.CharField | forms.ChoiceField)
    return None if isinstance(field, forms.TypedChoiceField) or not textual else ""


class Partial(forms.Field):
    """A field of which something can be read although it is wrong, such as the other rows of a list."""

    def partly(self, data: Any) -> Any:
        """What can be read of ``data``."""
        raise NotImplementedError
