"""The form of a case: what was typed, kept as it was, and the answers read from it once, for everything behind the form.

A draft keeps ``{step: {field: value}}`` in plain JSON, valid or not, personal values sealed under the person's data key; reading it
back gives the same text. `decode` is the one place that binds the item's steps to it: days are `date`, boxes `bool`, amounts
`Decimal`, codes text, rows lists. What is absent or wrong is nothing (see `forms.cleaned`) and a fault of its step, so that no
rule falls silent over a value it cannot read.
"""

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, cast

from django.http import QueryDict
from django.utils import timezone

from yizheng.kernel.calendar.periods import full_months
from yizheng.kernel.remembering import Memory
from yizheng.licensing.forms import Step, cleaned
from yizheng.licensing.item import Item
from yizheng.licensing.models import Case
from yizheng.people import vault

T = TypeVar("T")

Typed = dict[str, dict[str, Any]]
"""What was typed, by step and field."""


class Answers(dict[str, dict[str, Any]]):
    """The cleaned values by step and field; a field that was never shown is not there."""

    filed_on: date | None = None
    """The day the application was handed in (提出); nothing while it is a draft."""

    def text(self, step: str, name: str) -> str:
        """A text or a code; empty where there is none."""
        return str(self._of(step, name, str) or "")

    def day(self, step: str, name: str) -> date | None:
        """A day."""
        found: date | None = self._of(step, name, date)
        return found

    def amount(self, step: str, name: str) -> Decimal | None:
        """A sum or a number with decimals."""
        found: Decimal | None = self._of(step, name, Decimal)
        return found

    def flag(self, step: str, name: str) -> bool | None:
        """A box, or one of two choices; nothing while neither was chosen."""
        found: bool | None = self._of(step, name, bool)
        return found

    def stated(self, step: str, kind: type[T], **known: Any) -> T:
        """A dataclass whose fields hold what the step says under the same names, and what is ``known`` beside.

        What was not filled in keeps the default of the class.
        """
        names = {each.name for each in dataclasses.fields(cast(Any, kind))}
        typed = {name: value for name, value in self.get(step, {}).items() if name in names and value is not None}
        return kind(**{**typed, **known})

    def months(self, step: str, first: str, last: str, by: date) -> int | None:
        """Full months from one day to another, of which those over by ``by`` count; nothing without both days."""
        began, ended = self.day(step, first), self.day(step, last)
        if began is None or ended is None:
            return None
        done = min(ended, by)
        return full_months(began, done) if began <= done else 0

    def _of(self, step: str, name: str, kind: type[Any]) -> Any:
        found = self.get(step, {}).get(name)
        if found is not None and not isinstance(found, kind):
            raise TypeError(f"{step}.{name} is {type(found).__name__}, not {kind.__name__}")
        return found


@dataclass(frozen=True, slots=True)
class Filled:
    """An item's form as filled in: the bound steps, how many faults each has, which were begun, and the answers."""

    answers: Answers
    steps: Mapping[str, Step]
    faults: Mapping[str, int]
    begun: frozenset[str]
    told: Mapping[str, tuple[str, ...]]
    """The faults of each step in words, each behind the label of its field."""


def decode(item: Item, typed: Mapping[str, Mapping[str, Any]], lent: Mapping[str, Step] | None = None) -> Filled:
    """Bind the steps of ``item`` to what was typed; ``lent`` steps are bound again for each of many cases.

    A part that is no step of the item is the platform's own (such as where a case goes) and stands as it is.
    """
    answers = Answers({code: dict(fields) for code, fields in typed.items()})
    steps, faults, told = {}, {}, {}
    for step in item.steps:
        said = typed.get(step.code, {})
        form = lent[step.code].over(_prefixed(step, said)) if lent else bound(step, said)
        steps[step.code], faults[step.code] = form, sum(map(len, form.errors.values()))
        told[step.code] = tuple(_told(form)) if form.errors else ()
        if step.code in typed:
            answers[step.code] = cleaned(form, said)
    for recorded in item.desk_steps:
        if noted := typed.get(recorded.code):
            answers[recorded.code] = cleaned(bound(recorded, noted), noted)
    return Filled(answers, steps, faults, frozenset(typed), told)


def bound(step: type[Step], said: Mapping[str, Any]) -> Step:
    """A step bound to what was typed into it."""
    return step(_prefixed(step, said), prefix=step.code)


def _prefixed(step: type[Step], said: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{step.code}-{name}": value for name, value in said.items()}


def _told(form: Step) -> Iterator[str]:
    for name, sentences in form.errors.items():
        label = f"{form.fields[name].label}：" if name in form.fields else ""
        for sentence in sentences:
            yield str(sentence) if str(sentence).endswith(label.rstrip("：")) else f"{label}{sentence}"


OPENED: Memory[int, Answers] = Memory("yizheng_licensing_answers")
"""For work on many cases, none of whose forms changes meanwhile: the answers of each."""


def load(case: Case) -> Answers:
    """The answers of a case."""
    return OPENED.ask(case.pk, lambda: fill(case).answers)


def open_answers(case: Case) -> Answers:
    """The answers of a case that are not personal: for lists, which open nothing that is sealed."""
    return decode(case.item, case.answers).answers


def fill(case: Case) -> Filled:
    """The form of a case as filled in."""
    return _filed(case, decode(case.item, typed_in(case)))


def fill_many(cases: Sequence[Case]) -> list[Filled]:
    """The forms of many cases, in their order; steps are made once an item and lent: ask them for nothing afterwards."""
    lent: dict[Item, dict[str, Step]] = {}
    filled = []
    for case, typed in zip(cases, typed_in_many(cases), strict=True):
        item = case.item
        steps = lent.get(item) or lent.setdefault(item, {step.code: step.lent() for step in item.steps})
        filled.append(_filed(case, decode(item, typed, steps)))
    OPENED.learn({case.pk: each.answers for case, each in zip(cases, filled, strict=True)})
    return filled


def _filed(case: Case, filled: Filled) -> Filled:
    if case.submitted_at is not None:
        filled.answers.filed_on = timezone.localdate(case.submitted_at)
    return filled


def typed_in(case: Case) -> Typed:
    """What was typed into the whole form of a case, personal values opened."""
    return typed_in_many([case])[0]


def typed_in_many(cases: Sequence[Case]) -> list[Typed]:
    """The same of many cases, in their order, with one reading of the keys."""
    sealed = [case for case in cases if case.sealed_answers]
    texts = vault.open_texts([(case.subject_id, case.sealed_answers) for case in sealed]) if sealed else []
    opened = {case.pk: json.loads(text) for case, text in zip(sealed, texts, strict=True)}
    return [_merged(case, opened.get(case.pk, {})) for case in cases]


def _merged(case: Case, personal: Typed) -> Typed:
    merged: Typed = {step: dict(fields) for step, fields in case.answers.items()}
    for step, fields in personal.items():
        merged.setdefault(step, {}).update(fields)
    return merged


def put(case: Case, item: Item, values: Mapping[str, Mapping[str, Any]]) -> None:
    """Set the form of ``case`` (unsaved) to what was typed or is known, sealing what is personal."""
    plain, secret = split(item, as_typed(values))
    case.answers = plain
    case.sealed_answers = vault.seal_text(case.subject_id, json.dumps(secret, ensure_ascii=False))


def as_typed(values: Mapping[str, Mapping[str, Any]]) -> Typed:
    """Values as somebody would type them, in plain JSON: days and amounts as text."""
    return {step: {name: _written(value) for name, value in fields.items()} for step, fields in values.items()}


def _written(value: Any) -> Any:
    if isinstance(value, list):
        return [_written(each) for each in value]
    if isinstance(value, dict):
        return {name: _written(each) for name, each in value.items()}
    return str(value) if isinstance(value, date | Decimal) else value


def split(item: Item, typed: Mapping[str, Mapping[str, Any]]) -> tuple[Typed, Typed]:
    """The open and the personal part of what was typed."""
    personal = {step.code: step.personal for step in item.steps}
    plain: Typed = {}
    secret: Typed = {}
    for step, fields in typed.items():
        hidden = personal.get(step, frozenset())
        plain[step] = {name: value for name, value in fields.items() if name not in hidden}
        secret[step] = {name: value for name, value in fields.items() if name in hidden}
    return plain, secret


def sent(item: Item, data: QueryDict) -> Typed:
    """What the browser sent of an item's form, as it is kept in a draft; fields are named ``step-field``."""
    return {
        step.code: sent_of(step, data) for step in item.steps if any(name.startswith(f"{step.code}-") for name in data)
    }


def sent_of(step: type[Step], data: QueryDict) -> dict[str, Any]:
    """The fields of one step as the browser sent them."""
    form = step(prefix=step.code)
    found = {
        name: field.widget.value_from_datadict(data, {}, form.add_prefix(name))
        for name, field in form.fields.items()
        if name not in step.fixed
    }
    return {name: value for name, value in found.items() if value is not None}
