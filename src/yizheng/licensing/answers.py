"""What was typed into a form: open values in plain JSON, personal values sealed under the person's data key.

Answers are ``{step: {field: value}}`` with JSON values (dates as ISO strings). A draft keeps what was typed,
valid or not; reading it back gives the same text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from yizheng.kernel.remembering import Memory
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Item
from yizheng.licensing.models import Case
from yizheng.people import vault

Answers = dict[str, dict[str, Any]]


def load(case: Case) -> Answers:
    """The whole form of a case, personal values opened."""
    return OPENED.ask(case.pk, lambda: load_many([case])[0])


OPENED: Memory[int, Answers] = Memory("yizheng_answers_opened")
"""Forms by case, while a verb is performed on many."""


def load_many(cases: Sequence[Case]) -> list[Answers]:
    """The whole forms of many cases, in their order, with one reading of the keys."""
    sealed = [case for case in cases if case.sealed_answers]
    texts = vault.open_texts([(case.subject_id, case.sealed_answers) for case in sealed]) if sealed else []
    opened = {case.pk: json.loads(text) for case, text in zip(sealed, texts, strict=True)}
    answers = [_merged(case, opened.get(case.pk, {})) for case in cases]
    OPENED.learn({case.pk: each for case, each in zip(cases, answers, strict=True)})
    return answers


def _merged(case: Case, personal: Answers) -> Answers:
    merged: Answers = {step: dict(fields) for step, fields in case.answers.items()}
    for step, fields in personal.items():
        merged.setdefault(step, {}).update(fields)
    return merged


def split(item: Item, answers: Mapping[str, Mapping[str, Any]]) -> tuple[Answers, Answers]:
    """The open and the personal part of ``answers``."""
    personal = {step.code: step.personal for step in item.steps}
    plain: Answers = {}
    secret: Answers = {}
    for step, fields in answers.items():
        hidden = personal.get(step, frozenset())
        plain[step] = {name: value for name, value in fields.items() if name not in hidden}
        secret[step] = {name: value for name, value in fields.items() if name in hidden}
    return plain, secret


def put(case: Case, item: Item, answers: Mapping[str, Mapping[str, Any]]) -> None:
    """Set the form of ``case`` (unsaved), sealing what is personal."""
    plain, secret = split(item, answers)
    case.answers = plain
    case.sealed_answers = vault.seal_text(case.subject_id, json.dumps(secret, ensure_ascii=False))


def typed(item: Item, data: QueryDict) -> Answers:
    """What the browser sent of an item's form, as it is kept in a draft; fields are named ``step-field``."""
    return {step.code: _typed(step, data) for step in item.steps if _was_sent(step, data)}


def _was_sent(step: type[Step], data: QueryDict) -> bool:
    return any(name.startswith(f"{step.code}-") for name in data)


def _typed(step: type[Step], data: QueryDict) -> dict[str, Any]:
    form = step(prefix=step.code)
    found: dict[str, Any] = {}
    for name, field in form.fields.items():
        if name in step.fixed:
            continue
        key = form.add_prefix(name)
        value = field.widget.value_from_datadict(data, {}, key)
        if value is not None:
            found[name] = value
    return found
