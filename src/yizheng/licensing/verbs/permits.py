"""Who plays which part towards a case, from grants and events; the only place that decides it."""

from collections.abc import Sequence

from yizheng.kernel.remembering import Memory
from yizheng.licensing.cases.events import events_of
from yizheng.licensing.lifecycle import Actor, Move, moves
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Grant

STAFF_ROLES = {Actor.ACCEPTOR: Role.ACCEPTOR, Actor.REVIEWER: Role.REVIEWER, Actor.DECIDER: Role.DECIDER}

SEPARATED: dict[str, frozenset[str]] = {
    "concur": frozenset({"accept"}),
    "pass_review": frozenset({"accept", "concur"}),
    "propose_refusal": frozenset({"accept"}),
    "grant": frozenset({"accept", "concur", "pass_review", "propose_refusal"}),
    "refuse": frozenset({"accept", "concur", "pass_review", "propose_refusal"}),
    "enact": frozenset({"propose", "give_notice", "conclude"}),
}
"""A verb and those whose doer may not do it on the same case: three persons bring a licence about."""

WORDS = {
    Actor.APPLICANT: "申请人本人",
    Actor.INSTITUTION: "拟执业机构的经办人",
    Actor.ACCEPTOR: "受理机关的受理人员",
    Actor.REVIEWER: "受理机关的审核人员",
    Actor.DECIDER: "受理机关的决定人员",
    Actor.SYSTEM: "系统",
}


class NotPermittedError(Exception):
    """An account may not do what it asked; the message says why and who can, in Chinese."""


def parts(account: Account | None, case: Case) -> frozenset[Actor]:
    """The parts ``account`` plays towards ``case``; nobody is the platform itself. One query."""
    return PARTS.ask((account.pk if account else 0, case.pk), lambda: parts_many(account, [case])[0])


PARTS: Memory[tuple[int, int], frozenset[Actor]] = Memory("yizheng_licensing_parts")
"""For a page that shows one case."""


def parts_many(account: Account | None, cases: Sequence[Case]) -> list[frozenset[Actor]]:
    """The parts towards each of many cases, in their order; one query."""
    if account is None:
        return [frozenset({Actor.SYSTEM})] * len(cases)
    if not account.is_active:
        return [frozenset()] * len(cases)
    scopes = {
        scope or 0 for case in cases for scope in (case.authority_scope, case.institution_scope, case.applicant_scope)
    }
    grants = Grant.objects.filter(account=account, revoked_at=None, scope_id__in=scopes)
    held = set(grants.values_list("role", "scope_id"))
    return [_played(account, case, held) for case in cases]


def _played(account: Account, case: Case, held: set[tuple[str, int]]) -> frozenset[Actor]:
    found: set[Actor] = set()
    if _applies(account, case, held):
        found.add(Actor.APPLICANT)
    if (Role.INSTITUTION_OPERATOR, case.institution_scope) in held:
        found.add(Actor.INSTITUTION)
    found.update(actor for actor, role in STAFF_ROLES.items() if (role, case.authority_scope) in held)
    return frozenset(found)


def _applies(account: Account, case: Case, held: set[tuple[str, int]]) -> bool:
    """The person herself, or any operator of the institution that applied for her."""
    if case.begun_by_institution:
        return (Role.INSTITUTION_OPERATOR, case.applicant_scope) in held
    return account.subject_id is not None and account.subject_id == case.subject_id


def hindrance(account: Account | None, case: Case, move: Move) -> str | None:
    """Why ``account`` cannot make ``move`` although it plays the part, or nothing."""
    barred = SEPARATED.get(move.verb)
    if not barred or account is None:
        return None
    done = [event.title for event in events_of(case) if event.verb in barred and event.actor_id == account.pk]
    return _separated(done[0], move) if done else None


def hindrances(account: Account | None, cases: Sequence[Case], move: Move) -> dict[int, str]:
    """The same for many cases: the reason by case, none for those that may go on; one query."""
    barred = SEPARATED.get(move.verb)
    if not barred or account is None:
        return {}
    done = CaseEvent.objects.filter(case__in=cases, verb__in=barred, actor=account).order_by("-id")
    return {case_id: _separated(title, move) for case_id, title in done.values_list("case_id", "title")}


def _separated(title: str, move: Move) -> str:
    return f"本件由同一人办理“{title}”，须换一人{move.title}"


def not_yours(case: Case, move: Move) -> str:
    """Why somebody who does not play the part cannot make the move, and who can."""
    return f"当前账号不能对办件 {case.number} 办理“{move.title}”，请由{WORDS[move.who]}办理"


def moves_of(account: Account, case: Case) -> list[Move]:
    """The verbs this person has on the case as it stands, possible or not; the accepting verb last."""
    played = parts(account, case)
    return [move for move in moves(case.item, CaseState(case.state)) if move.who in played]
