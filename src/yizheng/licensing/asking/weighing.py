"""What the rules weigh, filled from a form: each field of the value says once which field of the form answers it."""

from collections.abc import Mapping
from dataclasses import field, fields
from typing import Any, TypeVar, cast

W = TypeVar("W")


def answered(step: str, name: str, default: Any = None) -> Any:
    """A field that a form answers, by step and name; ``default`` while it does not."""
    return field(default=default, metadata={"answered": (step, name)})


def weigh(kind: type[W], answers: Mapping[str, Mapping[str, Any]], **known: Any) -> W:
    """The value with what the form answers and what else is ``known``, which goes before the form."""
    asked = {each.name: each.metadata["answered"] for each in fields(cast(Any, kind)) if "answered" in each.metadata}
    said = {own: answers.get(step, {}).get(name) for own, (step, name) in asked.items()}
    return kind(**({own: value for own, value in said.items() if value is not None} | known))
