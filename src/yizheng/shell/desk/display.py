"""A case made ready for the page: form values as a person reads them, findings with what was made of them, verbs with their hindrances."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.choices import flatten_choices

from yizheng.licensing.asking.rows_field import RowsField
from yizheng.licensing.cases import parallel
from yizheng.licensing.cases.corrections import VERB as CORRECT
from yizheng.licensing.cases.events import events_of
from yizheng.licensing.cases.examining import Examination, StepView
from yizheng.licensing.findings import Finding
from yizheng.licensing.item import Shape, Stage
from yizheng.licensing.lifecycle import Move
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import ENDED, CaseState
from yizheng.licensing.verbs import permits, recording
from yizheng.licensing.verbs.reviewing import lacking_reviewer
from yizheng.people.models import Account
from yizheng.shell.two_languages import beside

CONTENT = {Shape.LICENCE: "申请内容", Shape.FILING: "备案内容", Shape.AUTHORITY_ACT: "事由和内容"}
"""What the form of a case is called where it is read, by the shape of its item."""


def sections(case: Case, examination: Examination, *, may_reveal: bool, two: bool = False) -> list[dict[str, Any]]:
    """The form read-only, a section a step; personal values are covered, with 查看 for who may.

    In ``two`` languages the English stands behind each title, and labels have the wide column of their own.
    """
    return [
        {
            "title": beside(view.form.title, view.form.title_english if two else ""),
            "rows": [_pair(case, view, name, may_reveal, LONG_BOTH if two else LONG) for name in view.form.fields],
        }
        for view in examination.steps
    ]


def _pair(case: Case, view: StepView, name: str, may_reveal: bool, longest: int) -> tuple[str, str, bool, bool]:
    bound = view.form[name]
    value = view.typed(name)
    label = str(bound.label)
    long = len(label) > longest
    if name in view.form.personal and value not in (None, ""):
        url = reverse("desk:reveal", args=[case.number, f"{view.code}.{name}"]) if may_reveal else ""
        covered = {"value": view.form.masked(name, value), "url": url, "label": label}
        return label, render_to_string("shell/parts/masked.html", covered), len(str(value)) > WIDE, long
    day = view.form.cleaned_data.get(name) if isinstance(bound.field, forms.DateField) else None
    text = readable(bound, day or value)
    return label, text, len(text) > WIDE, long


WIDE = 14
"""Values longer than this take the whole row."""
LONG = 12
"""Labels longer than this, such as a promise, are written across instead of down their narrow column."""
LONG_BOTH = 48
"""The same for labels in Chinese and English, whose column is wider."""


def readable(bound: forms.BoundField, value: Any) -> str:
    """The value of a field in words; empty when there is none."""
    if value in (None, "", []):
        return "否" if isinstance(bound.field, forms.BooleanField) else ""
    if isinstance(bound.field, RowsField):
        return bound.field.in_words(value)
    if isinstance(bound.field, forms.BooleanField):
        return "是" if str(value).lower() in {"true", "on", "1"} else "否"
    flat: Any = flatten_choices(getattr(bound.field, "choices", ()))
    choices = {str(code): str(label) for code, label in flat}
    if isinstance(value, list):
        return "、".join(choices.get(str(each), str(each)) for each in value)
    return choices.get(str(value), str(value))


SETTLED = "已办结，不再检查；办理时的结论见文书和经过"
IN_EFFECT = "提交、确认时已按规则检查通过并登记；核查时对照填写内容和材料"


def findings(case: Case, examination: Examination, *, may_dispose: bool, inside: bool = True) -> dict[str, Any]:
    """阻断, 提示, 已处置, 通过 in this order, with what was made of each; of a case that is over, what was made of them.

    Who is not ``inside`` an authority is told nothing of an application to another institution.
    """
    disposed = [
        (finding, disposal)
        for finding in examination.findings.advice
        if (disposal := examination.disposal_of(finding)) is not None
    ]
    if case.state in ENDED:
        return {"disposed": disposed, "settled": SETTLED}
    if case.state == CaseState.CHECKING:
        return {"disposed": disposed, "note": IN_EFFECT, "open": _missing(examination)}
    blocks = [_open("阻断", finding.message, finding) for finding in examination.findings.blocks]
    advice = [
        _open("提示", finding.message, finding, disposable=may_dispose)
        for finding in examination.open_advice
        if inside or finding.code != parallel.CODE
    ]
    return {
        "open": [*blocks, *_missing(examination), *advice],
        "disposed": disposed,
        "passed": [finding.title for finding in examination.findings.passes],
        "checked": f"按 {examination.on:%Y-%m-%d} 的规则检查",
    }


def _missing(examination: Examination) -> list[dict[str, Any]]:
    return [
        _open("阻断", f"{view.material.title}没有提交或者不合要求", source="材料")
        for view in examination.materials
        if view.missing
    ]


def _open(
    level: str, sentence: str, finding: Finding | None = None, *, source: str = "", disposable: bool = False
) -> dict[str, Any]:
    return {"level": level, "sentence": sentence, "of": finding, "source": source, "disposable": disposable}


CONSEQUENCES = {
    "check_off": "备案已经生效；核查无误即办结。",
    "unfile": "备案从登记簿撤下，当事人和机构收到通知书。",
    "accept": "受理后开始计算办理时限，申请人收到受理通知书。",
    "grant": "当即登记、制发证照和决定书，申请人收到消息。",
    "send_back": "退回申请人修改，可以再次提交。",
}
"""What follows on a verb, for the dialog that asks."""
OWN_PAGES = {CORRECT: "desk:correction", recording.VERB: "desk:record"}
"""The pages of verbs that ask for more than an opinion."""
ONCE = frozenset({"ask_correction", "extend"})
"""Verbs the law knows once in a case (行政许可法 第三十二条、第四十二条); a second time they are not offered."""


def verbs(account: Account, case: Case, examination: Examination) -> list[dict[str, Any]]:
    """The verbs this person has here, the accepting verb last; what is not possible now says why."""
    done = {event.verb for event in events_of(case)} & ONCE
    moves = [move for move in permits.moves_of(account, case) if move.verb not in done]
    made = [_verb(account, case, move, examination) for move in moves]
    return sorted(made, key=lambda verb: bool(verb["primary"]))


def _verb(account: Account, case: Case, move: Move, examination: Examination) -> dict[str, Any]:
    return {
        "move": move,
        "primary": move.key == "a",
        "why": _hindrance(account, case, move, examination),
        "says": _consequence(case, move),
        "url": reverse(OWN_PAGES[move.verb], args=[case.number]) if move.verb in OWN_PAGES else "",
    }


def _consequence(case: Case, move: Move) -> str:
    """What follows when the verb is done, said before it is."""
    filing = case.item.shape is Shape.FILING
    if move.verb == "confirm":
        checked = "，登记机关事后核查" if Stage.ACCEPT in case.item.route else ""
        return f"确认后备案即时生效，不需要审批{checked}。" if filing else "确认后申请送登记机关受理。"
    return CONSEQUENCES.get(move.verb, "")


def _hindrance(account: Account, case: Case, move: Move, examination: Examination) -> str:
    barred = permits.hindrance(account, case, move)
    if barred:
        return barred
    if move.verb == "pass_review" and case.item.reviewers > 1:
        lacking = lacking_reviewer(case.item, CaseEvent.objects.visible_to(account).filter(case=case, verb="concur"))
        if lacking:
            return lacking
    if move.verb == "pass_review" and (missing := recording.missing(case)):
        return missing
    if move.clear_of_blocks:
        return examination.hindrance(weigh_advice=True) or ""
    return ""
