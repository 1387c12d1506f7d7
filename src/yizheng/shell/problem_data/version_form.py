"""The form that corrects a version: a control for every field its kind declares, filled with what the register says."""

from collections.abc import Mapping
from typing import Any

from django import forms

from yizheng.kernel.codes import table
from yizheng.licensing.fields import day
from yizheng.people.models import Scope
from yizheng.registry.fields import AmountField, CodeField, CodesField, CountField, DayField, FlagField, SubjectField
from yizheng.registry.models import Fact

LISTED = 6
"""How many codes of a list of several are in sight at once."""
WIDE = 100
"""A text that may be longer than this has a row of its own."""


class VersionForm(forms.Form):
    """The fields of one version."""

    def __init__(self, version: Fact, data: Mapping[str, Any] | None = None) -> None:
        initial = {}
        self._alone: set[str] = set()
        super().__init__(data)
        for column in version.typed_fields():
            if isinstance(column, SubjectField) and (column.of is None or column.of.of_people):
                continue
            self.fields[column.name] = _control(column, version)
            initial[column.name] = _shown(column, version)
        self.initial = initial

    @property
    def layout(self) -> list[list[forms.BoundField]]:
        """Short fields two in a row; long texts and lists have one of their own."""
        rows: list[list[forms.BoundField]] = []
        for field in self:
            long = (
                isinstance(field.field, CodeList | InstitutionName)
                or (getattr(field.field, "max_length", 0) or 0) > WIDE
            )
            if long or not rows or len(rows[-1]) > 1 or rows[-1][0].name in self._alone:
                rows.append([field])
            else:
                rows[-1].append(field)
            if long:
                self._alone.add(field.name)
        return rows

    def values(self) -> dict[str, Any]:
        """What was typed, as ``change.state`` takes it; a subject by its id."""
        return dict(self.cleaned_data)


class InstitutionName(forms.CharField):
    """An institution by the name it stands under."""

    def clean(self, value: Any) -> Any:
        """Its subject. Raises ValidationError where there is none of the name."""
        name = super().clean(value)
        if not name:
            return None
        found = Scope.objects.filter(name=name, subject_id__isnull=False).values_list("subject_id", flat=True).first()
        if found is None:
            raise forms.ValidationError("没有这个名称的机构，请写登记的全称")
        return found


class CodeList(forms.MultipleChoiceField):
    """Several codes of a table, in the order of the table."""

    widget = forms.SelectMultiple({"size": str(LISTED)})


def _shown(column: Any, version: Fact) -> Any:
    """The value as the control has it."""
    value = getattr(version, column.attname)
    if isinstance(column, SubjectField):
        return Scope.objects.filter(subject_id=value).values_list("name", flat=True).first() or "" if value else ""
    return {True: "yes", False: "no"}.get(value) if isinstance(column, FlagField) else value


def _control(column: Any, version: Fact) -> forms.Field:
    """The control of a column: its code table as choices, its bounds as the column has them."""
    label, required = str(column.verbose_name), column.required
    match column:
        case SubjectField():
            return InstitutionName(label=label, required=required, max_length=200)
        case CodesField():
            return CodeList(label=label, required=False, choices=table(column.table).choices())
        case CodeField():
            return forms.ChoiceField(label=label, required=required, choices=[("", "—"), *_codes(column, version)])
        case DayField():
            return day(label, required=required)
        case FlagField():
            words = [("yes", "是"), ("no", "否")]
            return forms.TypedChoiceField(label=label, choices=words, coerce=lambda code: code == "yes")
        case AmountField():
            return forms.DecimalField(
                label=label, required=required, max_digits=column.max_digits, decimal_places=column.decimal_places
            )
        case CountField():
            return forms.IntegerField(label=label, required=required, min_value=0, max_value=32767)
    return forms.CharField(
        label=label, required=required, max_length=column.longest, empty_value=None if column.null else ""
    )


def _codes(column: Any, version: Fact) -> list[tuple[str, str]]:
    """Every code there ever was: what was true then may have left the table since."""
    if isinstance(column.table, Mapping):
        return list(column.table.items())
    name = column.table(version) if callable(column.table) else column.table
    return table(name).choices() if name else []
