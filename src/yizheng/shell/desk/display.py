"""A case made ready for the page: form values as a person reads them, findings with their disposals, verbs with their hindrances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from yizheng.kernel import masking
from yizheng.licensing.examining import Examination, StepView
from yizheng.licensing.findings import Finding, Severity
from yizheng.licensing.lifecycle import Move
from yizheng.licensing.models import Case, Disposal
from yizheng.licensing.verbs import permits
from yizheng.people.models import Account


@dataclass(frozen=True, slots=True)
class Pair:
    """One value of the form, read-only; a masked one can be asked for in full."""

    label: str
    value: str
    field: str
    masked: bool
    wide: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One step of the form as pairs."""

    title: str
    code: str
    pairs: list[Pair]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding as a row: its level on this case, the words, and what a person made of it."""

    level: str
    finding: Finding
    disposal: Disposal | None


@dataclass(frozen=True, slots=True)
class VerbButton:
    """One verb of this person: shown even where it is not possible, with the reason beside it."""

    move: Move
    hindrance: str

    @property
    def primary(self) -> bool:
        """The accepting verb, last in the bar."""
        return self.move.key == "a" and not self.move.grave


def parts(examination: Examination, answers: Mapping[str, Mapping[str, Any]]) -> list[Part]:
    """The form in pairs, personal values masked."""
    return [_part(step, answers.get(step.code, {})) for step in examination.steps]


def _part(view: StepView, values: Mapping[str, Any]) -> Part:
    form = view.form
    pairs = [
        Pair(
            str(bound.label),
            _shown(bound, values.get(name), masked=name in form.personal),
            f"{view.code}.{name}",
            name in form.personal and bool(values.get(name)),
            isinstance(bound.field.widget, forms.Textarea) or bound.field.widget.is_hidden,
        )
        for name, bound in ((name, form[name]) for name in form.fields)
    ]
    return Part(form.title, view.code, pairs)


def _shown(bound: forms.BoundField, value: Any, *, masked: bool) -> str:
    if value in (None, "", []):
        return "—"
    if masked:
        return masking.mask(str(value))
    if isinstance(bound.field, forms.BooleanField):
        return "是" if str(value).lower() in {"true", "on", "1"} else "否"
    choices = dict(_flat(getattr(bound.field, "choices", ())))
    if isinstance(value, list):
        return "、".join(str(choices.get(str(each), each)) for each in value)
    return str(choices.get(str(value), value))


def _flat(choices: Any) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for value, label in choices:
        flat.extend(_flat(label) if isinstance(label, list | tuple) else [(str(value), str(label))])
    return flat


def finding_rows(examination: Examination) -> list[FindingRow]:
    """阻断, 提示, 已处置 in this order; what passed is shown in one row by itself."""
    rows = [FindingRow("阻断", finding, None) for finding in examination.findings.blocks]
    disposed: list[FindingRow] = []
    for finding in examination.findings.advice:
        disposal = examination.disposal_of(finding)
        (disposed if disposal else rows).append(FindingRow("已处置" if disposal else "提示", finding, disposal))
    return rows + disposed


def passed_titles(examination: Examination) -> list[str]:
    """What was asked and is satisfied."""
    return [finding.title for finding in examination.findings.of(Severity.PASS)]


def buttons(account: Account, case: Case, examination: Examination) -> list[VerbButton]:
    """The verbs this person has here; the accepting verb last."""
    made = [VerbButton(move, _hindrance(account, case, move, examination)) for move in permits.moves_of(account, case)]
    return sorted(made, key=lambda button: button.primary)


def _hindrance(account: Account, case: Case, move: Move, examination: Examination) -> str:
    barred = permits.hindrance(account, case, move)
    if barred:
        return barred
    if move.clear_of_blocks:
        return examination.hindrance(weigh_advice=move.verb != "submit" and move.verb != "resubmit") or ""
    return ""


def history(case: Case) -> list[tuple[date, str]]:
    """What the register knew of the person before this case."""
    return case.item.history(case.subject_id)
