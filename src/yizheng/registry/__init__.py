"""登记: facts in two times, written by changes, rolled back by changes, sealed behind them.

The verbs are reached from here once Django is ready; the names are looked up when first used, because the
package is also what Django imports to find the room's models.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from yizheng.registry.periods import FOREVER

if TYPE_CHECKING:
    from yizheng.registry.models import ChangeKind, EventFact, StateFact, Subject, SubjectKind
    from yizheng.registry.models.knowledge import Knowledge, latest_position, position_at
    from yizheng.registry.reading import as_of, kinds
    from yizheng.registry.rolling_back.undoing import LineKey, compensation, preview_rollback, rollback, undo_own_change
    from yizheng.registry.verbs import ChangeInProgress, changing
    from yizheng.registry.writer.batch import hold
    from yizheng.registry.writer.bulk import load_states

__all__ = [
    "FOREVER", "ChangeInProgress", "ChangeKind", "EventFact", "Knowledge", "LineKey", "StateFact", "Subject",
    "SubjectKind", "as_of", "changing", "compensation", "hold", "kinds", "latest_position", "load_states",
    "position_at", "preview_rollback", "rollback", "undo_own_change",
]  # fmt: skip

_HOMES = {
    "writer.batch": ("hold",),
    "writer.bulk": ("load_states",),
    "rolling_back.undoing": ("LineKey", "compensation", "preview_rollback", "rollback", "undo_own_change"),
    "verbs": ("ChangeInProgress", "changing"),
    "models": ("ChangeKind", "EventFact", "StateFact", "Subject", "SubjectKind"),
    "models.knowledge": ("Knowledge", "latest_position", "position_at"),
    "reading": ("as_of", "kinds"),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"yizheng.registry.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
