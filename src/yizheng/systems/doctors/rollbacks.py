"""业务数据回退 of a change: proposed by one deciding person of the authority, approved by another, answered outside.

The approving transaction undoes the change line by line, ends or restores the certificates and instruments it issued,
and publishes the register anew (行政许可法 第八条、第六十九条: what was granted is taken back only by a new act). What later
decisions rest upon is kept, and the approver agrees to exactly the lines that the proposal named.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from yizheng.disclosure.publishing import refresh
from yizheng.documents import compensation
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import Held, held_by
from yizheng.people.scope import acting_as_system
from yizheng.registry import kinds, preview_rollback, rollback
from yizheng.registry.failures import RegistryError
from yizheng.registry.models import Change, FactQuerySet
from yizheng.registry.undoing import LineKey, RollbackPreview
from yizheng.work import approval, inbox
from yizheng.work.models import Approval

KIND = "registry.rollback"
_REGISTERS = {"doctors": "doctor", "institutions": "institution"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What rolling back a change would do now: the registry's preview and the authorities whose entries it touches."""

    preview: RollbackPreview
    authorities: frozenset[int]

    @property
    def undoes_something(self) -> bool:
        """Whether any line would go back; as the system, for a bulk change touches many people."""
        refused = self.preview.keeping_refused()
        return any(effect.line not in refused for effect in self.preview.lines())

    @property
    def kept(self) -> list[list[Any]]:
        """The lines that stay as they are, as a proposal records them."""
        refused = self.preview.keeping_refused()
        return [[key.table, key.subject_id, key.line, why] for key, why in sorted(refused.items())]


def plan_for(change_id: int) -> Plan:
    """The plan, made with sight of every line. Raises registry's NotUndoable."""
    with acting_as_system(f"回退预览 change:{change_id}"):
        return _plan(change_id)


def _plan(change_id: int) -> Plan:
    return Plan(preview_rollback(change_id), _authorities(change_id))


def may_roll_back(account: Account, authorities: Iterable[int]) -> bool:
    """Whether the account decides for every authority whose entries the change touched."""
    return held_by(account).has_over(Role.DECIDER, authorities)


def propose(account: Account, change_id: int, title: str, reason: str) -> Approval:
    """Ask a second deciding person. Raises ApprovalRefused, NotUndoable."""
    plan = plan_for(change_id)
    if not may_roll_back(account, plan.authorities):
        raise approval.ApprovalRefused("回退须由作出该登记的机关的决定人员提请。")
    with acting_as_system(f"回退预览 change:{change_id}"):
        if not plan.undoes_something:
            raise approval.ApprovalRefused("各登记项都不能回退，没有可以提请的内容。")
    payload = {
        "change": change_id,
        "title": title,
        "kept": plan.kept,
        "authorities": sorted(plan.authorities),
    }
    made = approval.propose(KIND, f"change:{change_id}", account, payload, reason)
    for scope in sorted(plan.authorities):
        inbox.send(
            title=f"待批准：回退“{title}”",
            kind="approval",
            role=Role.DECIDER,
            scope=scope,
            link=reverse("work:approvals"),
        )
    return made


def waiting_for(change_id: int) -> Approval | None:
    """The proposal about the change that waits for a second person."""
    waiting = Approval.objects.waiting().filter(kind=KIND, object_ref=f"change:{change_id}")
    return waiting.select_related("proposer").first()


def _may_decide(held: Held, made: Approval) -> bool:
    return held.has_over(Role.DECIDER, made.payload["authorities"])


def _carry_out(made: Approval) -> None:
    """Undo the change, answer it in documents and publish anew; refusals leave the proposal waiting."""
    if made.decider_id is None:
        raise approval.ApprovalRefused("回退须由另一人批准。")
    try:
        with acting_as_system(f"业务数据回退 approval:{made.pk}"):
            _undo(made, made.decider_id)
    except RegistryError as refused:
        raise approval.ApprovalRefused(str(refused)) from refused
    inbox.send(to=made.proposer, title=f"已回退“{made.payload['title']}”", kind="approval")


def _undo(made: Approval, decider: int) -> None:
    change_id = int(made.payload["change"])
    plan = _plan(change_id)
    if plan.kept != made.payload["kept"] or sorted(plan.authorities) != made.payload["authorities"]:
        raise approval.ApprovalRefused("提请之后又有变更，回退的范围已不同，请驳回后重新提请。")
    done = rollback(
        change_id,
        actor=made.proposer_id,
        approved_by=decider,
        reason=made.reason,
        cause=f"approval:{made.pk}",
        keep=plan.preview.keeping_refused(),
    )
    compensation.compensate(change_id, by=done.pk, on=timezone.localdate())
    for register, subjects in _published(done).items():
        refresh(register, subjects)


def _published(done: Change) -> dict[str, set[int]]:
    """The subjects of each public register that the rollback touched."""
    touched: dict[str, set[int]] = {}
    for kind in kinds():
        register = _REGISTERS.get(kind.fact_table().partition("_")[0])
        if register:
            found = _touched(kind, done.pk).values_list("subject_id", flat=True)
            touched.setdefault(register, set()).update(found)
    return {register: subjects for register, subjects in touched.items() if subjects}


def _authorities(change_id: int) -> frozenset[int]:
    found: set[int] = set()
    for kind in kinds():
        found.update(_touched(kind, change_id).values_list("authority_scope", flat=True).distinct())
    return frozenset(found)


def _touched(kind: Any, change_id: int) -> FactQuerySet[Any]:
    return FactQuerySet(kind).filter(Q(opened=change_id) | Q(closed=change_id))


def lines_of(preview: RollbackPreview, seen: Container[LineKey]) -> tuple[list[LineKey], int, int]:
    """The lines among `seen` that a rollback touches; how many others it would undo, and how many others it keeps."""
    refused = preview.keeping_refused()
    mine: list[LineKey] = []
    undone = kept = 0
    with acting_as_system(f"回退预览 change:{preview.change.pk}"):
        for effect in preview.lines():
            if effect.line in seen:
                mine.append(effect.line)
            elif effect.line in refused:
                kept += 1
            else:
                undone += 1
    return mine, undone, kept


approval.declare(
    KIND,
    title="业务数据回退",
    may_decide=_may_decide,
    carry_out=_carry_out,
    describe=lambda made: str(made.payload.get("title", made.object_ref)),
)
