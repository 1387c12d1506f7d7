"""What the items about a qualification that is held have in common: which one is meant, and the numbers as they are now."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.licensing.answers import Answers
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.qualification.form import CurrentStep
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.registered_item import QualificationItem
from yizheng.systems.practitioners.prefilling import own_number


class HeldQualificationItem(QualificationItem):
    """An item its holder asks for about a qualification."""

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """A qualification must be held."""
        if not self.held(subject_id, on).qualifications:
            return "资格数据中没有您的医师资格"
        return super().may_apply(subject_id, on)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Where the case goes, her own numbers, and the level where she holds only one."""
        levels = {each.level for each in self.held(subject_id, timezone.localdate()).qualifications}
        account = Account.objects.filter(subject_id=subject_id).first()
        return {
            **super().prefill(subject_id),
            CurrentStep.code: {
                "level": levels.pop() if len(levels) == 1 else "",
                "identity_number": own_number(subject_id, IdentifierKind.RESIDENT_ID, account),
                "qualification_number": own_number(subject_id, IdentifierKind.QUALIFICATION_NUMBER, account),
            },
        }


def meant(held: Held, answers: Answers, step: str) -> Qualification | None:
    """The qualification of the level the form names."""
    level = answers.text(step, "level")
    return next((each for each in held.qualifications if each.level == level), None)
