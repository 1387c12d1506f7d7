"""What a forecast is asked: a day from today on, and one rule with the value it would have."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from yizheng.kernel.calendar import add_years
from yizheng.licensing import rules
from yizheng.licensing.forecasts import ForecastKind

YEARS_AHEAD = 10


class ForecastForm(forms.Form):
    """A day from today on, and one rule with the value it would have."""

    on = forms.DateField(
        label="推演到哪一天",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写日期", "invalid": "日期请按 2027-03-01 的样子填写"},
    )
    rule = forms.ChoiceField(
        label="改哪个规则参数", required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    value = forms.IntegerField(label="拟定的值", required=False, error_messages={"invalid": "请填写整数"})

    def __init__(self, kind: ForecastKind[Any], data: QueryDict | None) -> None:
        super().__init__(data, initial={"on": timezone.localdate()})
        field = self.fields["rule"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "不改，只看到那一天"), *((rule.code, rule.title) for rule in kind.parameters())]

    def clean(self) -> dict[str, Any]:
        """A rule needs a value within its limits; the day is neither past nor beyond sight."""
        cleaned = super().clean() or self.cleaned_data
        on, today = cleaned.get("on"), timezone.localdate()
        if on is not None and not today <= on <= add_years(today, YEARS_AHEAD):
            self.add_error("on", f"日期须在今天到 {YEARS_AHEAD} 年之内")
        elif on == today and not cleaned.get("rule"):
            self.add_error("on", "请选将来的一天，或者选一个规则参数和拟定的值")
        if not cleaned.get("rule"):
            cleaned["value"] = None
        elif cleaned.get("value") is None:
            self.add_error("value", "选了规则参数的，请填写拟定的值")
        else:
            least, greatest = rules.declaration(cleaned["rule"]).limits
            if not least <= cleaned["value"] <= greatest:
                self.add_error("value", f"值应是 {least} 到 {greatest} 的整数")
        return cleaned
