"""重新注册: after a term that was not renewed at once, after a revocation in two years, for a new term of five years.

护士条例 第八条、第十条、第三十二条; 护士执业注册管理办法 第十六条. Who has not nursed for more than three years trains for three
months first. What was proved for the first registration, education and examination, is not weighed again. A suspension that
still runs outlives the registration. Whose registration another province kept states it, as when she comes over in its term.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from yizheng.documents import numbers
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import nurse_regulation, nurse_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Initiator
from yizheng.licensing.models import Case
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.nurses import return_rules
from yizheng.systems.nurses.arriving import OriginStep, compared_nationwide, number_is_free
from yizheng.systems.nurses.first_registration import DIPLOMA, NursePracticeStep, NurseRegistering
from yizheng.systems.nurses.item import PERMITTED
from yizheng.systems.nurses.models import NurseRegistration
from yizheng.systems.nurses.return_rules import ReturningNurse, ReturnNumbers
from yizheng.systems.nurses.terms import Standing
from yizheng.systems.practitioners.certificate_series import bring
from yizheng.systems.practitioners.forms.declaration import DeclarationStep
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.forms.training import TrainingStep
from yizheng.systems.practitioners.papers import EMPLOYMENT_PROOF, IDENTITY, PHOTO, TRAINING_PROOF
from yizheng.systems.practitioners.registered import Entry


class ReturnStep(Step):
    """Since when she has not worked as a nurse."""

    code, title = "back", "中断护理"
    past = ("stopped_on",)
    stopped_on = day("最后从事护理工作的日期", hint="超过三年的，须先接受三个月临床护理培训并考核合格")


@dataclass(frozen=True, slots=True, kw_only=True)
class Back(ReturningNurse):
    """A nurse whose registration ended, here or in another province."""

    province: str = answered("origin", "province", "")
    number: str = answered("origin", "number", "")
    reference: str = answered("origin", "reference", "")
    term_to: date | None = answered("origin", "term_to")
    number_taken: bool = False


def registered_elsewhere(applicant: ReturningNurse, on: date) -> bool:
    """Whether this register does not know how her registration ended."""
    return applicant.register_status in (Standing.UNREGISTERED, "MOVED")


@check("N-OVER", nurse_regulation(9), nurse_regulation(10), title="外省注册已过有效期", needs=("origin",))
def over_elsewhere(nurse: Back, on: date) -> Iterator[Finding]:
    """Who was registered nowhere is registered for the first time; whose term still runs there changes it."""
    if not registered_elsewhere(nurse, on):
        return
    if nurse.term_to is None:
        yield refuse("origin.term_to", "本市没有护士执业注册；从未注册的请办理首次注册，在外省注册的请填写外省注册信息")
    elif nurse.term_to >= (nurse.applied_on or on):
        yield refuse("origin.term_to", f"外省注册的有效期到{long_date(nurse.term_to)}，请办理变更注册")


class FormerStep(OriginStep):
    """The registration of the other province, asked for where this register does not know how it ended."""

    applies = staticmethod(registered_elsewhere)


class ReturnTrainingStep(TrainingStep):
    """Three months of clinical training, asked of who has not nursed for more than three years."""

    applies = staticmethod(return_rules.trains_before_return)


@declare
class NurseReregistration(NurseRegistering):
    """护士重新注册."""

    code, title, short_title, word = "nurse_reregistration", "护士重新注册", "护士重新注册", "重新注册"
    articles = (nurse_regulation(8), nurse_regulation(10), nurse_regulation(32), nurse_rules(16))
    initiators = (Initiator.PERSON,)
    steps = (PersonStep, FormerStep, ReturnStep, ReturnTrainingStep, NursePracticeStep, DeclarationStep)
    materials = (PHOTO, IDENTITY, DIPLOMA, EMPLOYMENT_PROOF, TRAINING_PROOF.when(return_rules.trains_before_return))
    weighs = Back
    checks = (PERMITTED.status_permits(code), over_elsewhere, compared_nationwide, number_is_free, *return_rules.AGAIN)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Her identity, and the last day of her registration."""
        last = _last_day(self.held(subject_id, timezone.localdate()))
        return {**super().prefill(subject_id), ReturnStep.code: {} if last is None else {"stopped_on": last}}

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """How she was registered, and until when she worked under it."""
        held, stopped = self.held(subject_id, on), answers.day(ReturnStep.code, "stopped_on")
        number, ended = answers.text("origin", "number"), answers.day("origin", "term_to")
        worked = (stopped, _last_day(held), ended) if stopped else ()
        others = self.people.numbered([number]).values() if number else ()
        return {
            **super().known(answers, subject_id, on),
            "anew": ReturnNumbers.on(on),
            "register_status": held.status,
            "last_worked": min(filter(None, worked), default=None),
            "number_taken": any(each != subject_id for each in others),
        }

    def numbered(self, case: Case, change: ChangeInProgress, on: date) -> dict[str, Any]:
        """The day of her first registration, and its number unless the rule of the day gives a new one."""
        former: NurseRegistration | None = self.held(case.subject_id, on).last
        origin = load(case)["origin"] if former is None else former.values()
        kept = ReturnNumbers.on(on).number_kept
        if kept and former is None:
            bring(numbers.NURSE_SERIES, origin["number"], case)
        number = origin["number"] if kept else super().numbered(case, change, on)["number"]
        return {"number": number, "registered_on": origin["registered_on"]}


def _last_day(held: Entry) -> date | None:
    """The last day on which she was registered: of the term, or before it was ended."""
    former: NurseRegistration | None = held.last
    if former is None:
        return None
    return former.term_to if former.stands else min(former.term_to, former.valid_from - timedelta(days=1))
