"""How a bound field is drawn: its control with the shell's classes, tied to its hint and its faults."""

from django import forms, template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yizheng.kernel.chinese_dates import long_date, parse_date

register = template.Library()

_BARE = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.HiddenInput, forms.FileInput)


@register.filter
def control(field: forms.BoundField) -> SafeString:
    """The input with its class; Django ties the hint, this adds the faults."""
    widget = field.field.widget
    if fixed_reason(field) and isinstance(widget, forms.Select | forms.DateInput):
        return format_html('<output class="read-only" id="{}">{}</output>', field.id_for_label, _chosen(field))
    if fixed_reason(field) and isinstance(widget, forms.TextInput):
        return _kept(field)
    attrs: dict[str, str | bool] = {}
    if not isinstance(widget, _BARE):
        kind = "form-select" if isinstance(widget, forms.Select) else "form-control"
        attrs["class"] = " ".join(dict.fromkeys([kind, *widget.attrs.get("class", "").split()]))
    described = [f"{field.auto_id}_helptext"] if field.help_text and not fixed_reason(field) else []
    if field.errors:
        described.append(f"{field.auto_id}_error")
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if fixed_reason(field):
        attrs["readonly"] = True
    return field.as_widget(attrs=attrs)


def _kept(field: forms.BoundField) -> SafeString:
    """A text that is shown whole and cannot be changed; it goes along when the form is sent."""
    value = field.value() or ""
    return format_html(
        '<output class="read-only" id="{}">{}</output><input type="hidden" name="{}" value="{}">',
        field.id_for_label,
        value or "—",
        field.html_name,
        value,
    )


def _chosen(field: forms.BoundField) -> str:
    """The words of a choice or the day that is shown and cannot be changed."""
    value = str(field.value() or "")
    if isinstance(field.field.widget, forms.DateInput):
        day = parse_date(value)
        return long_date(day) if day else "—"
    return next((str(label) for code, label in getattr(field.field, "choices", ()) if str(code) == value), value) or "—"


@register.filter
def row_faults(row: list[forms.BoundField]) -> list[tuple[forms.BoundField, str, bool]]:
    """The faults of fields that share a row, one a field, named by their field when there are several."""
    found = [(field, " ".join(map(str, field.errors))) for field in row if field.errors]
    return [(field, error, len(found) > 1) for field, error in found]


@register.filter
def row_reasons(row: list[forms.BoundField]) -> list[str]:
    """Why fields of a row cannot be changed, each reason once."""
    return list(dict.fromkeys(reason for field in row if (reason := fixed_reason(field))))


@register.filter
def is_check(field: forms.BoundField) -> bool:
    """Whether the field is one box to tick, which stands before its label."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def fixed_reason(field: forms.BoundField) -> str:
    """Why the field cannot be changed, when its form says so (`fixed` on a form: name → reason)."""
    return str(getattr(field.form, "fixed", {}).get(field.name, ""))
