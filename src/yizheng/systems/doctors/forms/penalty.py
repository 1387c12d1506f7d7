"""处罚决定: what the decision document says, typed by the authority that enters it."""

from __future__ import annotations

from typing import Any

from django import forms

from yizheng.kernel.codes import table
from yizheng.kernel.statutes import article
from yizheng.licensing.fields import coded, day, radio
from yizheng.licensing.forms import Step
from yizheng.systems.doctors.models.penalty import NOT_CONTESTED, REVIEW_STATES


def articles() -> list[tuple[str, str]]:
    """The articles any kind of penalty rests on."""
    rows = table("doctor_penalty_kind").items()
    references = dict.fromkeys(each for row in rows for each in row.many("articles"))
    return [("", "请选择"), *((each, article(each).short) for each in references)]


class PenaltyStep(Step):
    """The decision: kind, behaviour, article, sums, periods, and whether it is contested."""

    code = "penalty"
    title = "处罚决定"
    rows = (
        ("kind", "article"),
        ("authority_name", "decided_by"),
        ("document_number", "decided_on"),
        ("amount", "confiscated"),
        ("suspended_from", "suspended_to"),
        ("banned_from", "banned_to"),
    )

    kind = coded("doctor_penalty_kind", "处罚种类", only=lambda code: code.flag("entered"))
    article = forms.ChoiceField(label="处罚依据", choices=articles)
    behaviour = forms.CharField(label="违法行为", max_length=200)
    authority_name = forms.CharField(label="决定机关", max_length=100)
    decided_by = radio("决定机关级别", (("county", "县级、设区的市级"), ("province", "省级以上")))
    document_number = forms.CharField(label="决定书文号", max_length=60)
    decided_on = day("决定日期", hint="期限自决定之日起计算")
    amount = forms.DecimalField(label="罚款（元）", max_digits=12, decimal_places=2, required=False)
    confiscated = forms.DecimalField(
        label="没收违法所得（元）", max_digits=12, decimal_places=2, required=False
    )
    suspended_from = day("暂停执业开始", required=False)
    suspended_to = day("暂停执业结束", required=False, hint="最后一天")
    banned_from = day("禁止从业开始", required=False)
    banned_to = day("禁止从业结束", required=False)
    for_life = forms.BooleanField(label="终身禁止从业", required=False)
    review_state = radio("复议诉讼", REVIEW_STATES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_state"].initial = NOT_CONTESTED
