"""What the items about a qualification that is held have in common: which one is meant, and the numbers as they are now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from yizheng.kernel.identifiers import check_qualification_number
from yizheng.kernel.statutes import licensing_law, physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.fields import IdentifierField, coded
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.item import QualificationItem
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.qualification import qualifying
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.practitioners.checks import Concerned
from yizheng.systems.practitioners.numbers_of_person import agrees
from yizheng.systems.practitioners.prefilling import own_number


class CurrentStep(Step):
    """Which qualification is meant, and the numbers as they are now."""

    code, title = "current", "现有资格"
    personal = frozenset({"identity_number", "qualification_number"})
    rows = (("level", "identity_number"),)

    level = coded("practice_level", "资格级别")
    identity_number = forms.CharField(label="现证件号码", max_length=30)
    qualification_number = IdentifierField(check_qualification_number, label="现医师资格证书编码", max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder(Concerned):
    """Somebody who holds a qualification, as an item about it sees her."""

    holds: bool = False
    """Whether the qualification meant is in the register."""
    number_agrees: bool | None = None
    """Whether the certificate number typed is hers."""
    reason: str = answered("reissue", "ground", "")
    lost_on: date | None = answered("reissue", "lost_on")


@check("D-D01", physicians_law(12), title="医师资格在册，编码与本人一致")
def in_the_data(holder: Holder, on: date) -> Iterator[Finding]:
    """The qualification meant stands in the register and the number typed is hers."""
    if not holder.holds:
        yield refuse("", "医师资格库中没有这一级别的医师资格")
    if holder.number_agrees is False:
        yield refuse("current.qualification_number", "医师资格证书编码不是本人的，请按证书核对")


def meant(held: Held, answers: Answers, step: str = CurrentStep.code) -> Qualification | None:
    """The qualification of the level the form names."""
    level = answers.text(step, "level")
    return next((each for each in held.qualifications if each.level == level), None)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision about a qualification: the case, its authority, its form, what the person holds, which one is meant."""

    case: Case
    office: int
    answers: Answers
    held: Held
    qualification: Qualification
    change: ChangeInProgress
    on: date

    def now(self, number: str) -> str:
        """One of the numbers as they are now."""
        return self.answers.text(CurrentStep.code, number)

    def serial(self) -> str:
        """A new serial for paper about the qualification."""
        return qualifying.new_serial(self.on, self.case.subject_id, self.change.id)


class HeldQualificationItem(QualificationItem):
    """An item its holder asks for about a qualification."""

    group = "医师资格"
    statutory = WorkingDays(20, licensing_law(42))
    weighs: ClassVar[type[Holder]] = Holder

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

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """Whether the qualification meant is there, and whether the number typed is hers."""
        held = self.held(subject_id, on)
        number = answers.text(CurrentStep.code, "qualification_number")
        return {
            "register_status": held.status,
            "holds": meant(held, answers) is not None,
            "number_agrees": agrees(subject_id, IdentifierKind.QUALIFICATION_NUMBER, number),
        }

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """What is done to the qualification meant, with sight of every line of the person."""
        answers = load(case)
        with acting_as_system(self.title):
            held = self.held(case.subject_id, on)
            qualification = meant(held, answers)
            assert qualification is not None
            assert case.decided_by is not None
            return self.enter(Decided(case, case.decided_by, answers, held, qualification, change, on))

    def enter(self, decided: Decided) -> Effect:
        """Write what was decided of the qualification."""
        raise NotImplementedError
