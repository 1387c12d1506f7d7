"""Making a short-term certificate again that was lost or damaged, wherever its doctor comes from."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from yizheng.documents import certificates
from yizheng.documents.models import MadeFor
from yizheng.kernel.statutes import licensing_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Initiator, Material, Stage, WorkingDays
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.short_term import registering
from yizheng.systems.doctors.short_term.item import StandingItem
from yizheng.systems.doctors.short_term.standing import (
    ReissueStep,
    StandingParty,
    StandingStep,
    party_of,
    practice_stands,
)


class ReissueItem(StandingItem):
    """The same certificate as a new version; the register stays as it is."""

    initiators = (Initiator.PERSON,)
    steps: ClassVar[tuple[type[Step], ...]] = (StandingStep, ReissueStep)
    materials: ClassVar[tuple[Material, ...]] = (
        Material("statement", "遗失声明或者损坏的证书", "遗失的写明经过，损坏的附原证书照片"),
    )
    checks = (practice_stands,)
    route = (Stage.ACCEPT, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))

    def gather(self, answers: Answers, subject_id: int, on: date) -> StandingParty:
        """The practice whose certificate is meant."""
        return party_of(self.meant(answers, subject_id, on), self.chosen(answers, on), on)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """A new version with a new code. Raises NotPossibleError where no certificate is in force."""
        answers = load(case)
        meant = self.meant(answers, case.subject_id, on)
        with acting_as_system("短期行医证书补发"):
            former = registering.certificate_of(meant[0]) if meant else None
            if former is None:
                raise NotPossibleError("没有有效的短期行医证书可以补发")
            reason = MadeFor(str(answers["reissue"]["cause"]))
            made = certificates.reissue(former, reason=reason, on=on, change_id=change.id)
        case.certificate_id = made.pk
        return Effect(summary=f"补发证书 {made.number}，原证书失效")
