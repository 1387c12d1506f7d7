"""Consequence: when a fact of this kind ends or changes, propose or do that; and what a proposal (拟办) leads to.

A lower room ends a fact and calls :func:`follow`; an upper room has declared what follows. So ``institutions``
ends a licence without knowing that doctors exist.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yizheng.kernel.statutes import Article
from yizheng.licensing.catalogue import items
from yizheng.licensing.models import Proposal
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.registers import Register
from yizheng.registry.verbs import ChangeInProgress
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
        _row(each.code, each.register, each.article, proposed, cause)
        for each in _declared
        if isinstance(ended, each.of)
        for proposed in each.follower(ended, on)
    ]
    return _propose(rows, cause)


def _row(code: str, register: Register, article: Article, proposed: Proposed, cause: int) -> Proposal:
    return Proposal(
        consequence=code, register=register.code, subject_id=proposed.subject_id,
        authority_scope=proposed.authority_scope, title=proposed.title, article=str(article), cause=cause,
        due_on=proposed.due_on,
    )  # fmt: skip


def _propose(rows: list[Proposal], cause: int) -> int:
    with acting_as_system(f"关联后果 change:{cause}"):
        return len(insert_many(rows, Known.KEPT))


Watcher = Callable[[Any, Any, date], Iterable[Proposed]]


@dataclass(frozen=True, slots=True)
class ChangeConsequence:
    """A declared consequence of a kind of fact saying something else from a day on."""

    code: str
    register: Register
    of: type[Fact]
    article: Article
    watcher: Watcher


_watching: list[ChangeConsequence] = []


def consequence_of_change(
    code: str, *, register: Register, of: type[Fact], article: Article
) -> Callable[[Watcher], Watcher]:
    """Declare that when a fact of kind ``of`` changes, the decorated function, given it before and after, proposes."""

    def declare(watcher: Watcher) -> Watcher:
        _watching.append(ChangeConsequence(code, register, of, article, watcher))
        return watcher

    return declare


def follow_change(former: Fact, new: Fact, *, cause: int, on: date) -> int:
    """Enter the proposals that follow from a change, in the same transaction. Returns how many."""
    told = [
        (each, proposed) for each in _watching if isinstance(new, each.of) for proposed in each.watcher(former, new, on)
    ]
    return _propose([_row(each.code, each.register, each.article, proposed, cause) for each, proposed in told], cause)


@dataclass(frozen=True, slots=True)
class Carried:
    """A fact before and after, and the change that says so."""

    former: Any
    new: Any
    change: ChangeInProgress


Carrier = Callable[[Sequence[Carried], date], None]
_carrying: list[tuple[type[Fact], Carrier]] = []


def carried_by_change(of: type[Fact]) -> Callable[[Carrier], Carrier]:
    """Declare that what the decorated function writes is written in the same changes when facts of kind ``of`` change."""

    def declare(carrier: Carrier) -> Carrier:
        _carrying.append((of, carrier))
        return carrier

    return declare


def carry_change(former: Fact, new: Fact, change: ChangeInProgress, on: date) -> None:
    """Let upper rooms write what goes along with a change, in the same change; what is said so far is written first."""
    carry_changes([Carried(former, new, change)], on)


def carry_changes(moved: Sequence[Carried], on: date) -> None:
    """As :func:`carry_change` for many changes of one batch, which share their statements."""
    if not moved:
        return
    moved[0].change.flush()
    for of, carrier in _carrying:
        if concerned := [each for each in moved if isinstance(each.new, of)]:
            carrier(concerned, on)


def put_to(
    authority_scope: int,
    consequence: str,
    register: Register,
    subject_id: int,
    title: str,
    article: Article,
    cause: int,
) -> None:
    """Enter one proposal that no fact of this room leads to, once for its cause."""
    proposed = Proposed(subject_id, authority_scope, title)
    _propose([_row(consequence, register, article, proposed, cause)], cause)


@dataclass(frozen=True, slots=True)
class ProposedAct:
    """The act of the authority a proposal leads to: its item, and what its form begins with."""

    item: str
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


_acts: dict[str, ProposedAct] = {}
_about_cases: set[str] = set()


def leads_to_act(consequence: str, act: ProposedAct) -> None:
    """Declare that proposals of this consequence open an act."""
    _acts[consequence] = act


def leads_to_case(consequence: str) -> None:
    """Declare that proposals of this consequence are about the case whose change is their cause."""
    _about_cases.add(consequence)


def act_of(consequence: str, on: date) -> ProposedAct | None:
    """The act that proposals of this consequence open, where one is declared and its item is in force."""
    act = _acts.get(consequence)
    return act if act is not None and any(each.code == act.item for each in items(on)) else None


def is_about_case(consequence: str) -> bool:
    """Whether proposals of this consequence are about the case that caused them."""
    return consequence in _about_cases
