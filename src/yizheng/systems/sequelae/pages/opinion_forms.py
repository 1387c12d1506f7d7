"""The forms of opinions: both hips side by side, and the lungs."""

from collections.abc import Mapping
from typing import Any

from django import forms

from yizheng.licensing.fields import DayInput
from yizheng.systems.sequelae.consultation import hip_opinions
from yizheng.systems.sequelae.consultation.hip_opinions import (
    DEFORMITIES,
    HARRIS,
    MOTION,
    NO,
    SIDES,
    STAGED,
    SURGERY,
    YES,
    options,
    stages,
    types,
)

UNSAID = ("", "—")
SEEN = [UNSAID, (NO, "无"), (YES, "有")]
SAID_SO: Mapping[str, bool | None] = {YES: True, NO: False, "": None}
TELLING = ("stage", "type", "volume", "collapse", "surgery", "vas")
"""An opinion of a hip says at least one of these: what was not read is not well."""
MMRC = [UNSAID, *((str(grade), f"{grade} 级") for grade in range(5))]


def _choice(title: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=title, choices=choices, required=False, widget=forms.Select(attrs={"class": "form-select"})
    )


def _number(title: str, most: int, *, whole: bool = False) -> forms.Field:
    kind = forms.IntegerField if whole else forms.FloatField
    box = forms.TextInput(attrs={"class": "form-control", "inputmode": "decimal", "autocomplete": "off"})
    return kind(label=title, required=False, min_value=0, max_value=most, widget=box)


def _of_a_hip() -> dict[str, forms.Field]:
    """The fields of one hip, in the order of the sheet."""
    staged = [(code, words) for code, (words, _) in stages().items() if code.split(":")[0] in STAGED]
    return {
        "stage": _choice("分期", [UNSAID, *staged]),
        "type": _choice("中日友好医院分型", [UNSAID, *types()]),
        "volume": _number("坏死体积（%）", 100),
        "collapse": _number("塌陷（mm）", 30),
        "oedema": _choice("骨髓水肿", SEEN),
        "effusion": _choice("关节积液", SEEN),
        "surgery": _choice("手术", list(SURGERY.items())),
        "surgery_year": _number("手术年份", 2100, whole=True),
        "vas": _number("疼痛 VAS（0～10）", 10),
        **{item: _choice(title, [UNSAID, *options(item)]) for item, title in HARRIS.items() if item != "deformity"},
        **{name: _choice(title, SEEN) for name, title in DEFORMITIES.items()},
        **{name: _number(title, 180) for name, title in MOTION.items()},
    }


class HipsForm(forms.Form):
    """Both hips; what a hip is not asked for stays empty."""

    said = forms.CharField(label="意见", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    advice = forms.CharField(label="建议", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    next = forms.DateField(label="下次复诊", required=False, widget=DayInput())
    sure = forms.BooleanField(label="已核对影像，确认与往年不符之处无误", required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.names = list(_of_a_hip())
        for side in SIDES:
            self.fields.update({f"{side}_{name}": field for name, field in _of_a_hip().items()})

    def clean(self) -> dict[str, Any]:
        """Both hips were read."""
        said: dict[str, Any] = super().clean() or {}
        for side, title in SIDES.items():
            if not self.errors and all(said.get(f"{side}_{name}") in (None, "") for name in TELLING):
                raise forms.ValidationError(
                    f"{title}还没有读：填写分期、坏死体积、塌陷、手术或者疼痛中的一项；没有病变的，疼痛填 0"
                )
        return said

    def rows(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Name, title and the fields of both sides."""
        return [(name, str(self[f"l_{name}"].label), [self[f"{side}_{name}"] for side in SIDES]) for name in self.names]

    def content(self) -> dict[str, Any]:
        """What is kept of a valid form."""
        said = self.cleaned_data
        hips = {side: {name: _kept(said[f"{side}_{name}"], name) for name in self.names} for side in SIDES}
        for hip in hips.values():
            hip["deformity"] = hip_opinions.deformity(hip)
            hip["harris"] = hip_opinions.harris(hip)
        return {
            "hips": hips, "said": said["said"], "advice": said["advice"], "sure": said["sure"],
            "next": said["next"].isoformat() if said["next"] else "",
        }  # fmt: skip


def _kept(value: Any, name: str) -> Any:
    if name in HARRIS:
        return float(value) if value else None
    return SAID_SO[value] if name in ("oedema", "effusion") else value


class LungsForm(forms.Form):
    """The lungs: what the patient says, what the pictures show, the diagnosis."""

    symptoms = forms.CharField(label="症状", max_length=200, required=False)
    mmrc = forms.ChoiceField(label="呼吸困难（mMRC）", choices=MMRC, required=False)
    ct_extent = forms.FloatField(label="胸部CT 病变范围（%）", min_value=0, max_value=100, required=False)
    diagnosis = forms.CharField(label="诊断", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    advice = forms.CharField(label="建议", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    next = forms.DateField(label="下次复诊", required=False, widget=DayInput())

    def content(self) -> dict[str, Any]:
        """What is kept of a valid form."""
        said = self.cleaned_data
        return {**said, "next": said["next"].isoformat() if said["next"] else ""}
