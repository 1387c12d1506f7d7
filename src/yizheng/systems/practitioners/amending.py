"""Changing and ending what stands of a person in a register, and taking a filing back as never made."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from yizheng.registry import FOREVER
from yizheng.registry.models import Fact, StateFact
from yizheng.registry.verbs import ChangeInProgress

State = TypeVar("State", bound=StateFact)


def coming(standing: State, first: date, until: date = FOREVER) -> list[State]:
    """What the line of the state says in a period, version by version."""
    kind: type[Any] = type(standing)
    line = kind.objects.current().filter(subject_id=standing.subject_id, line=standing.line)
    return list(line.filter(valid_to__gt=first, valid_from__lt=until).order_by("valid_from"))


def say(
    version: State,
    change: ChangeInProgress,
    first: date,
    until: date = FOREVER,
    *,
    line: str = "",
    authority_scope: int | None = None,
    **altered: Any,
) -> State:
    """What a version says, altered, for the part of its days that lies in the period; on its line or another one."""
    return change.state(
        type(version),
        version.subject_id,
        line or version.line,
        {**version.values(), **altered},
        valid_from=max(first, version.valid_from),
        valid_to=min(until, version.valid_to),
        authority_scope=version.authority_scope if authority_scope is None else authority_scope,
    )


def end_standing(kind: type[Any], subject_id: int, change: ChangeInProgress, on: date, **only: Any) -> int:
    """End the states of a kind that hold on the day or later, of those meant; returns how many lines ended."""
    standing = kind.objects.current().filter(subject_id=subject_id, valid_to__gt=on, **only)
    lines = sorted(set(standing.values_list("line", flat=True)))
    for line in lines:
        change.end(kind, subject_id, line, on=on)
    return len(lines)


def restore_closed(filing: StateFact, change: ChangeInProgress, kinds: Iterable[type[Fact]]) -> None:
    """Every state of the person that the change of the filing closed, for all the time it held."""
    for kind in kinds:
        if not issubclass(kind, StateFact):
            continue
        for closed in kind.objects.filter(subject_id=filing.subject_id, closed=filing.opened):
            change.state(
                kind,
                closed.subject_id,
                closed.line,
                closed.values(),
                valid_from=max(closed.valid_from, filing.valid_from),
                valid_to=closed.valid_to,
                authority_scope=closed.authority_scope,
            )
