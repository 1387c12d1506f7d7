"""前后对照: what a change altered on a line, field by field, in words."""

from collections.abc import Callable
from dataclasses import dataclass

from yizheng.registry.models import Fact
from yizheng.registry.periods import last_day
from yizheng.registry.record import LineStep

Value = Callable[[Fact, str], str]
"""The value of a field of a version, as a person reads it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The rows that differ as (field, before, after), and how many fields stayed."""

    rows: tuple[tuple[str, str, str], ...]
    same: int


def difference(step: LineStep, value: Value) -> Difference:
    """Field by field between the version replaced and the one put in its place; empty fields on both sides are left out."""
    old, new = step.old, step.new
    rows, same = [], 0
    for field in step.kind.typed_fields():
        before = value(old, field.name) if old else ""
        after = value(new, field.name) if new else ""
        if before != after:
            rows.append((str(field.verbose_name), before, after))
        elif before:
            same += 1
    periods = (period(old) if old else "", period(new) if new else "")
    if periods[0] != periods[1]:
        rows.append(("有效", *periods))
    return Difference(tuple(rows), same)


def period(version: Fact) -> str:
    """2025-05-19 起; 2021-06-15 至 2025-05-18, the last day included."""
    last = last_day(version.valid_to)
    if last is None:
        return f"{version.valid_from} 起"
    return f"{version.valid_from}" if last == version.valid_from else f"{version.valid_from} 至 {last}"
