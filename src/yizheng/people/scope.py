"""Acting as somebody: the only way by which rows under row security come into sight (design: who may see a row).

``with acting_as(account): …`` holds for the statements of the block, inside a running transaction too, and the
former scope is back after it. A streamed response runs after its request has ended: wrap its parts in ``streamed``.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from yizheng.kernel.rowscope import RowScope, current, within
from yizheng.people.models import Scope
from yizheng.people.rights.reach import Actor, jurisdictions, reach_of

T = TypeVar("T")
_log = logging.getLogger("yizheng.people.scope")


@contextmanager
def acting_as(actor: Actor) -> Iterator[RowScope]:
    """See what ``actor`` may see, and nothing else, whatever was in force outside."""
    with within(reach_of(actor)) as scope:
        yield scope


@contextmanager
def acting_as_system(reason: str) -> Iterator[RowScope]:
    """See every jurisdiction, for work that no person asked for; ``reason`` says which and is logged.

    Raises ValueError without a reason.
    """
    with _seeing(jurisdictions(), "acting as the system", reason) as scope:
        yield scope


@contextmanager
def acting_for_organisations(reason: str) -> Iterator[RowScope]:
    """See what is kept by jurisdictions and by every organisation for itself, for work that no person asked for.

    Raises ValueError without a reason.
    """
    with _seeing(Scope.objects.values_list("pk", flat=True), "acting for organisations", reason) as scope:
        yield scope


@contextmanager
def _seeing(scopes: Iterable[int], what: str, reason: str) -> Iterator[RowScope]:
    if not reason.strip():
        raise ValueError(f"{what} needs a reason")
    with within(RowScope(scopes=tuple(scopes))) as scope:
        _log.info("%s: %s", what, reason)
        yield scope


def streamed(parts: Iterable[T]) -> Iterator[T]:
    """The same parts, each made under the scope in force now, for a response that is sent later.

    The scope stands only while a part is made, so it cannot leak into whatever the server does between parts.
    """
    scope = current()

    def made() -> Iterator[T]:
        with within(scope):
            iterator = iter(parts)
        while True:
            with within(scope):
                try:
                    part = next(iterator)
                except StopIteration:
                    return
            yield part

    return made()
