"""补救事项: what a rollback cannot take back (numbers, certificates, publications, messages), told in words.

Upper rooms register what they know; the preview of a rollback lists it, so that the new acts are decided upon
together with the rollback.
"""

from collections.abc import Callable, Iterable

from yizheng.registry.models import Change

Compensation = Callable[[Change], Iterable[str]]

_known: list[Compensation] = []


def compensation(describe: Compensation) -> Compensation:
    """Register (as a decorator) a function telling, in Chinese sentences, what must be done if a change is undone."""
    _known.append(describe)
    return describe


def compensations_for(change: Change) -> tuple[str, ...]:
    """What must be done besides, should this change be rolled back."""
    return tuple(sentence for describe in _known for sentence in describe(change))
