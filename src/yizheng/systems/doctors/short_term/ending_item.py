"""What ending a short-term practice on request has in common, wherever its doctor comes from."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from yizheng.kernel.codes import name_of
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Initiator, Material, Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.short_term import registering
from yizheng.systems.doctors.short_term.item import StandingItem
from yizheng.systems.doctors.short_term.standing import (
    EndingStep,
    StandingParty,
    StandingStep,
    party_of,
    practice_stands,
    reported_in_time,
)


class EndingItem(StandingItem):
    """The host reports, or the person asks, that the practice ends; the authority enters it."""

    initiators = (Initiator.INSTITUTION, Initiator.PERSON)
    steps: ClassVar[tuple[type[Step], ...]] = (StandingStep, EndingStep)
    materials: ClassVar[tuple[Material, ...]] = (
        Material("proof", "证明材料", "解除聘用的证明或者其他注销情形的证明"),
    )
    checks = (practice_stands, reported_in_time)
    route = (Stage.ACCEPT, Stage.DECIDE)

    def gather(self, answers: Answers, subject_id: int, on: date) -> StandingParty:
        """The practice and why it ends."""
        typed = answers.get("ending", {})
        meant = self.meant(answers, subject_id, on)
        reason, happened = str(typed.get("ground", "")), typed.get("happened_on")
        return party_of(meant, self.chosen(answers, on), on, reason=reason, happened_on=happened)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The practice ends today, the certificate with it. Raises NotPossibleError where none stands."""
        answers = load(case)
        meant = self.meant(answers, case.subject_id, on)
        if not meant:
            raise NotPossibleError("没有这家机构的有效短期行医注册")
        reason = str(answers["ending"]["ground"])
        with acting_as_system("短期行医注销登记"):
            registering.end(meant, change, on, reason=reason)
        words = name_of("short_term_ending_reason", reason)
        return Effect(summary=f"注销短期行医注册（{words}），证书废止")
