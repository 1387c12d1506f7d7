"""The forms of the service: a new order, an entry of its ledger, an event of the contract."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.calendar import parse_moment
from yizheng.licensing.fields import DayInput
from yizheng.systems.service.models import Contract
from yizheng.systems.service.models.contract import EventKind
from yizheng.systems.service.orders.acting import NEEDS_PARTY, NEEDS_WORDS, Asked, Written
from yizheng.systems.service.words import Channel, EntryKind, OrderKind, Party, Satisfaction, System


class Moment(forms.CharField):
    """A moment as people type it, in Beijing."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"placeholder": "2026-11-30 14:05", "autocomplete": "off"})
        super().__init__(max_length=40, widget=widget, **more)

    def clean(self, value: Any) -> Any:
        """The moment; a text that is none is said so."""
        text = super().clean(value)
        if not text:
            return None
        found = parse_moment(text)
        if found is None:
            raise forms.ValidationError("请写成 2026-11-30 14:05 的样子")
        return found


def written_now() -> str:
    """The current minute, as a field shows it."""
    return f"{timezone.localtime():%Y-%m-%d %H:%M}"


class OrderForm(forms.Form):
    """登记报告."""

    kind = forms.ChoiceField(label="种类", choices=OrderKind.choices)
    line = forms.ChoiceField(label="系统和目录行")
    channel = forms.ChoiceField(label="渠道", choices=Channel.choices)
    requester = forms.CharField(
        label="报告单位", max_length=100, help_text="写单位和科室，不写个人的手机号码和证件号码"
    )
    title = forms.CharField(label="事由", max_length=100)
    said = forms.CharField(label="情况", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    reported = Moment(label="报告时间", help_text="故障的时钟从这一刻起计")
    due = Moment(label="办理时限", required=False, help_text="故障不填，按合同 8.2 计时；故障以外的都要填写")

    def __init__(self, contract: Contract, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.contract_lines = {each.code: each for each in contract.lines.all()}
        by_system: dict[str, list[tuple[str, str]]] = {}
        for code, line in self.contract_lines.items():
            by_system.setdefault(System(line.system).label, []).append((code, f"{code} {line.title}"))
        self.fields["line"].choices = list(by_system.items())  # type: ignore[attr-defined]
        self.fields["reported"].initial = written_now

    def asked(self) -> Asked:
        """What the form says, once it is valid."""
        said = self.cleaned_data
        return Asked(
            line=self.contract_lines[said["line"]],
            kind=OrderKind(said["kind"]),
            channel=Channel(said["channel"]),
            requester=said["requester"],
            title=said["title"],
            said=said["said"],
            reported=said["reported"],
            due=said["due"],
        )


class EntryForm(forms.Form):
    """One entry of a ledger: only the fields its kind needs."""

    at = Moment(label="时间")
    party = forms.ChoiceField(label="哪一方", choices=[("", "请选择"), *Party.choices])
    days = forms.DecimalField(label="人日", min_value=Decimal("0.5"), max_value=Decimal(200), decimal_places=1)
    satisfaction = forms.ChoiceField(label="满意度", choices=[("", "请选择"), *Satisfaction.choices])
    place = forms.CharField(
        label="位置",
        max_length=60,
        help_text="单位和楼层；手机上可以点“取得位置”",
        widget=forms.TextInput(attrs={"data-place": ""}),
    )
    signer = forms.CharField(label="签字人", max_length=40, help_text="单位和姓名，不写号码")
    strokes = forms.CharField(label="签字", max_length=20_000, widget=forms.HiddenInput(attrs={"data-strokes": ""}))
    said = forms.CharField(label="情况", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    minutes = forms.IntegerField(label="用时（分钟）", min_value=0, max_value=1440, required=False)
    late_reason = forms.CharField(
        label="补记原因", max_length=200, required=False, help_text="发生超过 30 分钟才记的，写明为什么"
    )

    def __init__(self, kind: EntryKind, *args: Any, moment: bool = True, **more: Any) -> None:
        """Without ``moment`` it happens now and costs no working time: what whoever reported it writes herself."""
        super().__init__(*args, **more)
        self.kind = kind
        if not moment:
            for name in ("at", "minutes", "late_reason"):
                del self.fields[name]
        for name, needed in (
            ("party", kind in NEEDS_PARTY),
            ("days", kind == EntryKind.ESTIMATE),
            ("satisfaction", kind == EntryKind.FOLLOW_UP),
            ("place", kind == EntryKind.ARRIVED),
            ("signer", kind == EntryKind.SIGNED),
            ("strokes", kind == EntryKind.SIGNED),
        ):
            if not needed:
                del self.fields[name]
        self.fields["said"].required = kind in NEEDS_WORDS
        if moment:
            self.fields["at"].initial = written_now

    def written(self) -> Written:
        """What the form says, once it is valid."""
        said = self.cleaned_data
        at: datetime = said.get("at") or timezone.now()
        return Written(
            kind=self.kind,
            at=at,
            said=said["said"],
            party=Party(said["party"]) if said.get("party") else None,
            days=said.get("days"),
            minutes=said.get("minutes") or 0,
            satisfaction=Satisfaction(said["satisfaction"]) if said.get("satisfaction") else None,
            late_reason=said.get("late_reason", ""),
            place=said.get("place", ""),
            signer=said.get("signer", ""),
            strokes=said.get("strokes", ""),
        )


class EventForm(forms.Form):
    """登记合同履行."""

    kind = forms.ChoiceField(label="事项")
    on = forms.DateField(label="日期", widget=DayInput())
    reference = forms.CharField(label="凭证", max_length=120, help_text="文件名称、文号、发票号")
    amount = forms.DecimalField(
        label="金额（元）", required=False, decimal_places=2, max_digits=14, help_text="付款、发票和扣减填写"
    )
    said = forms.CharField(label="说明", max_length=300, required=False)

    def __init__(self, kinds: Sequence[EventKind], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = [(each.value, each.label) for each in kinds]  # type: ignore[attr-defined]
