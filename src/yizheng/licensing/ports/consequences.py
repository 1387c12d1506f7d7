"""Consequence: when a fact of this kind ends or changes, propose or do that.

A lower room ends a fact and calls :func:`follow`; an upper room has declared what follows. So ``institutions``
ends a licence without knowing that doctors exist.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.statutes import Article
from yizheng.licensing.models import Proposal
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.registers import Register
from yizheng.registry.writer.rows import Known, insert_many


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a consequence proposes about one subject to one authority."""

    subject_id: int
    authority_scope: int
    title: str
    due_on: date | None = None


Follower = Callable[[Fact, date], Iterable[Proposed]]


@dataclass(frozen=True, slots=True)
class Consequence:
    """A declared consequence of the end of a kind of fact."""

    code: str
    register: Register
    """The register whose subjects are proposed about."""
    of: type[Fact]
    article: Article
    follower: Follower


_declared: list[Consequence] = []


def consequence(code: str, *, register: Register, of: type[Fact], article: Article) -> Callable[[Follower], Follower]:
    """Declare that when a fact of kind ``of`` ends, the decorated function says what is to be proposed."""

    def declare(follower: Follower) -> Follower:
        _declared.append(Consequence(code, register, of, article, follower))
        return follower

    return declare


def follow(ended: Fact, *, cause: int, on: date) -> int:
    """Enter the proposals that follow from the end of ``ended``; called in the same transaction. Returns how many."""
    rows = [
        Proposal(
            consequence=each.code,
            register=each.register.code,
            subject_id=proposed.subject_id,
            authority_scope=proposed.authority_scope,
            title=proposed.title,
            article=str(each.article),
            cause=cause,
            due_on=proposed.due_on,
        )
        for each in _declared
        if isinstance(ended, each.of)
        for proposed in each.follower(ended, on)
    ]
    with acting_as_system(f"关联后果 change:{cause}"):
        return len(insert_many(rows, Known.KEPT))
