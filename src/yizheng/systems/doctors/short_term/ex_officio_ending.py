"""依职权注销短期行医: the authority ends a practice on grounds nobody asked for, revocation among them (第十三条).

港澳医师、台湾医师短期行医规定 第十三条; 行政许可法 第七十条 for foreign doctors. The person is told and heard before.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import hk_macau_rules, licensing_law, taiwan_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Candidate, Effect, Initiator, Shape, Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.forms.ex_officio import ShortTermGroundStep
from yizheng.systems.doctors.short_term import registering
from yizheng.systems.doctors.short_term.item import ShortTermItem
from yizheng.systems.doctors.short_term.standing import StandingParty, party_of, practice_stands


@declare
class ShortTermExOfficioEnding(ShortTermItem):
    """依职权注销短期行医."""

    code = "short_term_ex_officio_ending"
    title = "依职权注销短期行医"
    short_title = "依职权注销短期行医"
    articles = (hk_macau_rules(13), taiwan_rules(13), licensing_law(70))
    shape = Shape.AUTHORITY_ACT
    initiators = (Initiator.AUTHORITY,)
    steps = (ShortTermGroundStep,)
    checks = (practice_stands,)
    route = (Stage.REVIEW, Stage.DECIDE)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Only what stands can be ended."""
        return None if self.practised(subject_id).standing(on) else "没有有效的短期行医注册"

    def gather(self, answers: Answers, subject_id: int, on: date) -> StandingParty:
        """What stands, and the ground."""
        typed = answers.get("ending", {})
        standing = self.practised(subject_id).standing(on)
        happened = typed.get("happened_on")
        return party_of(standing, None, on, reason=str(typed.get("ground", "")), happened_on=happened)

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """What stands."""
        return self.practised(case.subject_id).standing(on)

    def staff(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """No institution begins an act of the authority."""
        return ()

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Everything that stands ends today. Raises NotPossibleError where nothing does."""
        standing = self.practised(case.subject_id).standing(on)
        if not standing:
            raise NotPossibleError("没有有效的短期行医注册，不需要注销")
        reason = str(load(case).get("ending", {}).get("ground") or "S9")
        with acting_as_system("依职权注销短期行医"):
            registering.end(standing, change, on, reason=reason)
        return Effect(summary=f"注销短期行医（{name_of('short_term_ending_reason', reason)}），证书废止")
