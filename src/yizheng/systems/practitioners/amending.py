"""Ending what stands of a person in a register, and taking a filing back as never made."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from yizheng.registry.models import Fact, StateFact
from yizheng.registry.verbs import ChangeInProgress


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
