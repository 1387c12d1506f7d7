"""Taking a filing back as never made: what its change closed holds again."""

from __future__ import annotations

from collections.abc import Iterable

from yizheng.registry.models import Fact, StateFact
from yizheng.registry.verbs import ChangeInProgress


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
