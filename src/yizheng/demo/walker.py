"""Walks a case of any item from its draft to a state, each step by whoever's turn it is, with the real verbs.

The demonstration city and the tests walk their cases here: who plays which part is given from outside.
"""

import io
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.kernel.remembering import together
from yizheng.licensing import catalogue, lifecycle
from yizheng.licensing.cases import examining
from yizheng.licensing.item import Candidate, Material, Shape, Stage
from yizheng.licensing.lifecycle import Actor, Move
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import hand_in, keep, open_draft, open_for
from yizheng.licensing.verbs.reviewing import dispose
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.rights.reach import JURISDICTIONS
from yizheng.people.scope import acting_as
from yizheng.people.vault import KEYS

Typed = Mapping[str, Mapping[str, Any]]
Players = Callable[[Case, Actor], Account]
"""Who plays a part in a case."""
Papers = Callable[[Case, Material], tuple[str, bytes]]
"""The name and the content of the paper handed in for a material."""

END = {Shape.LICENCE: CaseState.GRANTED, Shape.FILING: CaseState.FILED, Shape.AUTHORITY_ACT: CaseState.ENACTED}
"""Where a case ends that nothing stands against."""
ONWARD = frozenset(
    {"submit", "confirm", "accept", "pass_review", "grant", "check_off", "resubmit", "end_procedure"}
    | {"give_notice", "conclude", "enact"}
)
"""The verbs that lead on, in every shape; one a state."""
_OF_ALL = (JURISDICTIONS, KEYS)
"""What every step reads again, whatever the item."""


class Walker:
    """Begins and walks cases."""

    def __init__(self, players: Players, papers: Papers, today: date | None = None) -> None:
        self._players = players
        self._papers = papers
        self.today = today or timezone.localdate()
        self._records: Typed = {}

    def draft(
        self, account: Account, code: str, typed: Typed, *, person: Candidate | None = None, institution: int = 0
    ) -> Case:
        """A draft, filled in and with the papers it needs: the account's own, or an institution's for one of its people."""
        item = catalogue.item(code, self.today)
        with together(*_OF_ALL), item.together(), acting_as(account):
            case = (
                open_draft(account, code)
                if person is None
                else open_for(account, code, person.subject_id, person.name, institution)
            )
            case = keep(case, account, {step: dict(fields) for step, fields in typed.items()})
            for view in examining.examine(case, self.today).materials:
                name, content = self._papers(case, view.material)
                hand_in(case, account, view.material, io.BytesIO(content), name)
        return case

    def hindered(self, case: Case, account: Account) -> bool:
        """Whether something stands against submitting the draft."""
        with together(*_OF_ALL), case.item.together(), acting_as(account):
            return bool(examining.examine(case, self.today).hindrance(weigh_advice=False))

    def walk(
        self, case: Case, until: CaseState | None = None, *, reason: str = "符合条件。", records: Typed | None = None
    ) -> Case:
        """The case in the state, or at the end of its route; every reason is the same, ``records`` are what its review records."""
        end = until or (CaseState.CONCLUDED if case.item.conclusion else END[case.item.shape])
        self._records = records or {}
        with together(*_OF_ALL), case.item.together():
            while CaseState(case.state) is not end:
                case = self.step(case, _move(case, end), reason)
        return case

    def step(self, case: Case, move: Move, reason: str) -> Case:
        """One move by whoever it is up to, who must see the case and weighs its advice before passing it on."""
        actor = self._players(case, move.who)
        with acting_as(actor):
            seen: Case = Case.objects.visible_to(actor).get(pk=case.pk)
            if move.verb == "pass_review":
                self.record(seen, actor)
                self.weigh(seen, actor)
            perform(seen, move.verb, actor, reason=reason)
        return seen

    def record(self, case: Case, reviewer: Account) -> None:
        """What the review records."""
        for code, said in self._records.items():
            perform(case, "record", reviewer, step=code, said=said)

    def weigh(self, case: Case, reviewer: Account) -> None:
        """Every advice disposed of, and every other reviewer heard."""
        self._hear(case, reviewer)
        for finding in examining.examine(case, self.today).open_advice:
            dispose(case, reviewer, finding.code, accepted=False, reason="已核对，不影响办理。")

    def _hear(self, case: Case, reviewer: Account) -> None:
        """As many colleagues of the reviewer agree as the item asks for beside her."""
        colleagues = Account.objects.filter(
            grants__role=Role.REVIEWER, grants__scope_id=case.authority_scope or 0, grants__revoked_at=None
        ).exclude(pk=reviewer.pk)
        heard = case.events.filter(verb="concur").count()
        for colleague in colleagues.order_by("pk")[heard : case.item.reviewers - 1]:
            with acting_as(colleague):
                perform(case, "concur", colleague, reason="样件与执业许可证一致，同意。")


def _move(case: Case, end: CaseState) -> Move:
    """The move from here to the end, or else the one that leads on."""
    item, state = case.item, CaseState(case.state)
    ways = [move for move in lifecycle.moves(item, state) if move.who is not Actor.SYSTEM]
    if end is CaseState.REFUSED and state is CaseState.REVIEWING:
        return lifecycle.move(item, state, "propose_refusal")
    ending = [move for move in ways if lifecycle.destination(item, move, confirmed=_confirmed(case)) is end]
    onward = [move for move in ways if move.verb in ONWARD]
    return next((move for move in onward if move in ending), (ending or onward)[0])


def _confirmed(case: Case) -> bool:
    return case.begun_by_institution or Stage.CONFIRM not in case.item.route
