"""The forms of dated data: what is asked, and what is said when it is not a number, a day or a file."""

from typing import Any

from django import forms

from yizheng.licensing.fields import DayField
from yizheng.licensing.rule_settings import Refused
from yizheng.people.accounts.forms import PlainForm

MOST_BYTES = 256 * 1024
_DAY = {"invalid": "请填写日期，如 2027-01-01"}
_NUMBER = {"invalid": "请填写整数，不带小数和单位"}


def _day(label: str, hint: str) -> DayField:
    return DayField(label=label, help_text=hint, error_messages=_DAY)


def _number(label: str, hint: str = "") -> forms.IntegerField:
    widget = forms.TextInput(attrs={"class": "form-control", "inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, help_text=hint, widget=widget, error_messages=_NUMBER)


def _text(label: str, hint: str, length: int) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"})
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=length,
        widget=widget,
        error_messages={"max_length": f"不能超过 {length} 字"},
    )


class SettingForm(PlainForm):
    """A form to which the verb's refusal is added where it belongs."""

    def refuse(self, refusal: Refused) -> None:
        """Show why at the field it concerns."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class RuleForm(SettingForm):
    """A new value of a rule."""

    value = _number("新的值")
    valid_from = _day("自哪一天起", "今天或以后")
    article = _text("依据", "全名和条款，如《医师执业注册管理办法》第九条", 120)
    note = _text("说明", "为什么改、影响什么", 200)


class YearForm(SettingForm):
    """A year's notice, as a file or as pasted text."""

    file = forms.FileField(
        label="通知文件",
        required=False,
        help_text="CSV，列为日期、类别（放假或上班）、名称",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )
    text = forms.CharField(
        label="或者粘贴内容",
        required=False,
        help_text="每行一天，如 2027-01-01,放假,元旦",
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 6, "spellcheck": "false"}),
    )
    notice = _text("通知名称和文号", "如《国务院办公厅关于2027年部分节假日安排的通知》（国办发明电〔2026〕7号）", 120)
    reason = _text("说明", "为什么载入或更换", 200)

    def clean_file(self) -> bytes | None:
        """The bytes of the file, if one was chosen."""
        file = self.cleaned_data.get("file")
        if file is None:
            return None
        if file.size > MOST_BYTES:
            raise forms.ValidationError(f"文件不能超过 {MOST_BYTES // 1024} KB；一年的安排只有几十行，请核对文件")
        content: bytes = file.read()
        return content

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        asked = super().clean() or self.cleaned_data
        if not asked.get("file") and not asked.get("text", "").strip() and "file" not in self.errors:
            self.add_error("file", "请选择文件，或者粘贴内容")
        return asked

    @property
    def source(self) -> bytes | str:
        """What was given; the file before the text."""
        given: bytes | str = self.cleaned_data.get("file") or self.cleaned_data["text"]
        return given


class PromiseForm(SettingForm):
    """A promise of an authority."""

    authority = forms.TypedChoiceField(label="机关", coerce=int, widget=forms.Select(attrs={"class": "form-select"}))
    item = forms.ChoiceField(label="事项", widget=forms.Select(attrs={"class": "form-select"}))
    days = _number("承诺时限", "个工作日，不超过法定时限")
    valid_from = _day("自哪一天起", "明天或以后收到的办件")

    def __init__(
        self, authorities: list[tuple[int, str]], items: list[tuple[str, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("authority", authorities), ("item", items)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
            field.error_messages["invalid_choice"] = f"请从列表中选择{field.label}"
