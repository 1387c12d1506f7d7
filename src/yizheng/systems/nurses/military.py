"""军地转换: an armed-police or military nurse comes over with her registration, a nurse of the city joins the forces (护士条例 第九条).

A military registration that is valid is changed like one of another province and keeps its term; one that is over is registered
again. No national text says so of nurses; the practice stands among the open questions.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from yizheng.documents import numbers
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.identifiers.certificates import check_nurse_number
from yizheng.kernel.statutes import nurse_regulation
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.weighing import answered, weigh
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day, radio
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.nurses import return_rules, rules
from yizheng.systems.nurses.arriving import CHANGED_WITHIN, Arrival, number_is_free
from yizheng.systems.nurses.first_registration import NursePracticeStep, recorded
from yizheng.systems.nurses.item import NURSE_CERTIFICATE, PERMITTED, NurseItem, kept_here, suspend_until
from yizheng.systems.nurses.models import LINE, NurseRegistration, NurseTransfer
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.nurses.return_rules import ReturningNurse, ReturnNumbers
from yizheng.systems.nurses.terms import Term
from yizheng.systems.practitioners import military
from yizheng.systems.practitioners.certificate_series import bring
from yizheng.systems.practitioners.conduct.suspension import last_ordered
from yizheng.systems.practitioners.forms.declaration import DeclarationStep
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.forms.training import TrainingStep
from yizheng.systems.practitioners.models.military import FROM_FORCES
from yizheng.systems.practitioners.papers import EMPLOYMENT_PROOF, PHOTO, TRAINING_PROOF
from yizheng.systems.practitioners.places import CITY, place_name

CHANGE, ANEW = nurse_regulation(9), nurse_regulation(8)
STEP = military.STEP


class ServiceStep(Step):
    """The registration in the forces or the armed police, by the proof of the organ that kept it."""

    code, title = STEP, "军队（武警）注册证明"
    personal = frozenset({"number"})
    rows = (("organ", "number"), ("registered_on", "term_to"), ("transferred_on", "proof_number"))
    ordered = (("registered_on", "term_to", "注册有效期至早于首次注册日期，请核对"),)

    organ = forms.CharField(label="军队原注册机关", max_length=100, help_text="可以公开的名称或者代号")
    number = forms.CharField(label="军队护士执业证书编号", max_length=40)
    registered_on, term_to = day("首次注册日期"), day("注册有效期至")
    way = radio("移交方式", (*military.WAYS, ("staff", "文职人员离职")))
    transferred_on = day("移交地方日期")
    last_worked = day("最后从事护理工作的日期")
    proof_number = forms.CharField(label="原注册机关证明文号", max_length=60)
    returned = forms.BooleanField(label="已交回军队护士执业证书")


@dataclass(frozen=True, slots=True, kw_only=True)
class Returning(ReturningNurse):
    """A nurse of the forces who comes over."""

    number_taken: bool = False
    term_to: date | None = answered(STEP, "term_to")
    transferred_on: date | None = answered(STEP, "transferred_on")
    last_worked: date | None = answered(STEP, "last_worked")

    def valid(self, on: date) -> bool:
        """Whether the registration in the forces was valid on the day she applied."""
        return self.term_to is not None and self.term_to >= (self.applied_on or on)


def trains_again(applicant: ReturningNurse, on: date) -> bool:
    """Whether her registration in the forces is over and she comes back to nursing after more than three years."""
    return (
        isinstance(applicant, Returning)
        and not applicant.valid(on)
        and return_rules.trains_before_return(applicant, on)
    )


@check("N-TRANSFER", CHANGE, title="已移交地方", needs=(STEP,))
def has_come_over(nurse: Returning, on: date) -> Iterator[Finding]:
    """What is to come is not registered."""
    if nurse.transferred_on is not None and nurse.transferred_on > on:
        yield refuse(f"{STEP}.transferred_on", "移交地方日期晚于今天，移交后再办理")


@check("N-ANEW", ANEW, title="军队注册有效期已过的，符合重新注册的条件", needs=(STEP, "training", "declaration"))
def fit_to_register_again(nurse: Returning, on: date) -> Iterator[Finding]:
    """What is over is registered again under the conditions of a registration; what is valid is only changed."""
    if not nurse.valid(on):
        for rule in (return_rules.trained_before_return, rules.not_barred, return_rules.suspension_over, rules.healthy):
            yield from rule(nurse, on)


class ReturnTrainingStep(TrainingStep):
    """Three months of clinical training after more than three years without nursing."""

    applies = staticmethod(trains_again)


@declare
class FromForces(Arrival):
    """军队（武警）护士转地方."""

    code, title = "nurse_military_to_local", "军队（武警）护士转地方"
    short_title, group = "军队转地方", "军地转换"
    articles = (CHANGE, ANEW)
    steps = (PersonStep, ServiceStep, ReturnTrainingStep, NursePracticeStep, DeclarationStep)
    materials = (
        PHOTO, EMPLOYMENT_PROOF,
        Material("military_proof", "军队护士注册证明和注册数据", "原注册机关出具，写明编号和有效期"),
        Material("resettlement", "安置证明", "转业、复员、退休或者文职人员离职的证明"),
        TRAINING_PROOF.when(trains_again),
    )  # fmt: skip
    checks = (
        PERMITTED.status_permits(code), has_come_over, fit_to_register_again, number_is_free,
        rules.of_full_capacity, rules.employer_may_practise, rules.truthful,
    )  # fmt: skip
    statutory = WorkingDays(20, ANEW, from_receipt=True)

    def period_of(self, case: Case) -> WorkingDays | None:
        """Seven working days where the registration is changed, twenty where it is registered again."""
        answers = load(case)
        ends, filed = answers.day(STEP, "term_to"), answers.filed_on
        valid = ends is not None and filed is not None and ends >= filed
        return CHANGED_WITHIN if valid else self.statutory

    def gather(self, answers: Answers, subject_id: int, on: date) -> Returning:
        """What the proof says, and what she declares."""
        filed = answers.filed_on or on
        with acting_as_system(f"核对{self.title}"):
            against = {**recorded(subject_id, on), "anew": ReturnNumbers.on(on)}
        return weigh(
            Returning, answers, **against,
            training_months=answers.months("training", "started_on", "ended_on", filed),
            **self.brought(answers, subject_id, on, _civil_number(answers)),
        )  # fmt: skip

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The term is taken over or begins anew; the transfer is recorded."""
        with acting_as_system(f"{self.title}登记"):
            entered = self.arrive(case, change, on)
            answers = entered.answers
            valid = self.gather(answers, case.subject_id, on).valid(on)
            ends = answers.day(STEP, "term_to")
            term = Term(on, ends) if valid and ends is not None else Term.beginning(on)
            held = entered.register(
                change, NurseRegistration, LINE, on,
                **self.numbered(case, change, on), term_from=term.first, term_to=term.last,
            )  # fmt: skip
            suspend_until(held, last_ordered(case.subject_id, NURSES.code, on), change, on)
            military.enter_transfer(NurseTransfer, FROM_FORCES, case, change, on)
        word = "变更注册" if valid else "重新注册"
        told = f"准予{word}，护士执业证书编号 {held.number}，有效期至{long_date(term.last)}"
        return entered.certified(told, NURSE_CERTIFICATE, held, place=place_name(CITY))

    def numbered(self, case: Case, change: ChangeInProgress, on: date) -> dict[str, Any]:
        """The number and first day she had here before, else those she brings where they are civil, else a new number."""
        former: NurseRegistration | None = self.held(case.subject_id, on).last
        if former is not None:
            return {"number": former.number, "registered_on": former.registered_on}
        answers = load(case)
        number = _civil_number(answers)
        if number:
            bring(numbers.NURSE_SERIES, number, case)
        else:
            number = numbers.nurse_number(on.year, given_to=f"subject:{case.subject_id}", change_id=change.id)
        return {"number": number, "registered_on": answers.day(STEP, "registered_on") or on}


def _civil_number(answers: Answers) -> str:
    """The number of the forces where it is one of the civil scheme; else she is given one."""
    read = check_nurse_number(answers.text(STEP, "number"))
    return "" if read.problems else read.number


class JoiningStep(military.JoiningStep):
    """With the nurses' certificate."""

    returned = forms.BooleanField(label="已交回护士执业证书")


@declare
class ToForces(military.ToForces, NurseItem):
    """地方护士转军队."""

    code, title = "nurse_local_to_military", "地方护士转军队"
    articles = (CHANGE,)
    steps = (JoiningStep,)
    checks = (PERMITTED.status_permits(code), kept_here, military.certificate_returned("N-JOINING", CHANGE))
    transfer, certificate_name, reason = NurseTransfer, "护士执业证书", "N07"
