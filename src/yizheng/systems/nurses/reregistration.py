"""重新注册: after a term that was not renewed at once, after a revocation in two years, for a new term of five years.

护士条例 第八条、第十条、第三十二条; 护士执业注册管理办法 第十六条. Who has not nursed for more than three years trains for three
months first. What was proved for the first registration, education and examination, is not weighed again. A suspension that
still runs outlives the registration.
"""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from yizheng.kernel.statutes import nurse_regulation, nurse_rules
from yizheng.licensing.answers import Answers
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Initiator
from yizheng.licensing.models import Case
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.nurses import rules
from yizheng.systems.nurses.first_registration import DIPLOMA, IDENTITY, NursePracticeStep, NurseRegistering
from yizheng.systems.nurses.item import PERMITTED
from yizheng.systems.nurses.models import NurseRegistration
from yizheng.systems.practitioners.forms.declaration import DeclarationStep
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.forms.training import TrainingStep
from yizheng.systems.practitioners.papers import EMPLOYMENT_PROOF, PHOTO, TRAINING_PROOF
from yizheng.systems.practitioners.registered import Entry


class ReturnStep(Step):
    """Since when she has not worked as a nurse."""

    code, title = "back", "中断护理"
    past = ("stopped_on",)
    stopped_on = day("最后从事护理工作的日期", hint="超过三年的，须先接受三个月临床护理培训并考核合格")


class ReturnTrainingStep(TrainingStep):
    """Three months of clinical training, asked of who has not nursed for more than three years."""

    applies = staticmethod(rules.trains_before_return)


@declare
class NurseReregistration(NurseRegistering):
    """护士重新注册."""

    code, title, short_title, word = "nurse_reregistration", "护士重新注册", "护士重新注册", "重新注册"
    articles = (nurse_regulation(8), nurse_regulation(10), nurse_regulation(32), nurse_rules(16))
    initiators = (Initiator.PERSON,)
    steps = (PersonStep, ReturnStep, ReturnTrainingStep, NursePracticeStep, DeclarationStep)
    materials = (PHOTO, IDENTITY, DIPLOMA, EMPLOYMENT_PROOF, TRAINING_PROOF.when(rules.trains_before_return))
    checks = (PERMITTED.status_permits(code), *rules.AGAIN)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Her identity, and the last day of her registration."""
        last = _last_day(self.held(subject_id, timezone.localdate()))
        return {**super().prefill(subject_id), ReturnStep.code: {} if last is None else {"stopped_on": last}}

    def past(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """How she was registered, and until when she worked under it."""
        held, stopped = self.held(subject_id, on), answers.day(ReturnStep.code, "stopped_on")
        worked = (stopped, _last_day(held)) if stopped else ()
        return {"register_status": held.status, "last_worked": min(filter(None, worked), default=None)}

    def numbered(self, case: Case, change: ChangeInProgress, on: date) -> dict[str, Any]:
        """The day of her first registration, and its number unless the rule of the day gives a new one."""
        former: NurseRegistration | None = self.held(case.subject_id, on).last
        anew = super().numbered
        if former is None:
            return anew(case, change, on)
        number = former.number if rules.Limits.on(on).number_kept else anew(case, change, on)["number"]
        return {"number": number, "registered_on": former.registered_on}


def _last_day(held: Entry) -> date | None:
    """The last day on which she was registered: of the term, or before it was ended."""
    former: NurseRegistration | None = held.last
    if former is None:
        return None
    return former.term_to if former.stands else min(former.term_to, former.valid_from - timedelta(days=1))
