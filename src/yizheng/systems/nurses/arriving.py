"""变更注册: a nurse comes from another province with number and term (护士条例 第九条).

The change is a report and no licence: seven working days from its receipt. What is registered elsewhere is stated with the number
of the inquiry on the national platform and compared there by a clerk; the former authority is told by the one that admits her.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django import forms

from yizheng.documents import numbers
from yizheng.kernel.calendar.periods import term_end
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.kernel.identifiers.certificates import check_nurse_number
from yizheng.kernel.statutes import nurse_regulation
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.weighing import answered, weigh
from yizheng.licensing.cases import notices
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, day
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.nurses import rules
from yizheng.systems.nurses.first_registration import NursePracticeStep
from yizheng.systems.nurses.item import NURSE_CERTIFICATE, PERMITTED, OfNurses, suspend_until
from yizheng.systems.nurses.models import LINE, NurseRegistration
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.nurses.terms import TERM_YEARS
from yizheng.systems.practitioners.certificate_series import bring
from yizheng.systems.practitioners.checks import Concerned
from yizheng.systems.practitioners.conduct.suspension import last_ordered
from yizheng.systems.practitioners.employer import Employer
from yizheng.systems.practitioners.entering import Entered
from yizheng.systems.practitioners.forms.declaration import PromiseStep
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.identities import enter_applicant, show_to
from yizheng.systems.practitioners.item import office
from yizheng.systems.practitioners.papers import EMPLOYMENT_PROOF, PHOTO
from yizheng.systems.practitioners.places import CITY, another_province, place_name

CHANGE = nurse_regulation(9)
CHANGED_WITHIN = WorkingDays(7, CHANGE, from_receipt=True)


class OriginStep(Step):
    """The registration in the other province, as its certificate shows it."""

    code, title = "origin", "外省注册信息"
    rows = (("province", "authority"), ("number", "registered_on"), ("term_from", "term_to"))
    ordered = (
        ("registered_on", "term_from", "注册有效期起早于首次注册日期，请核对"),
        ("term_from", "term_to", "注册有效期至早于注册有效期起，请核对"),
    )

    province = coded("province", "原注册省份", only=another_province)
    authority = forms.CharField(label="原注册机关", max_length=100, help_text="护士执业证书上的发证机关")
    number = forms.CharField(label="护士执业证书编号", max_length=20, help_text="12 位，转入后不变")
    registered_on = day("首次注册日期")
    term_from, term_to = day("注册有效期起"), day("注册有效期至")
    suspended_until = day("暂停执业截止日", required=False, hint="在原注册地被暂停执业的填写")
    reference = forms.CharField(
        label="全国护士注册系统查询编号", max_length=60, required=False, help_text="没有的由受理人员查询核对"
    )

    def clean_number(self) -> str:
        """Twelve digits of a year and a province."""
        read = check_nurse_number(re.sub(r"[\s-]", "", str(self.cleaned_data["number"])))
        if read.problems:
            raise forms.ValidationError(list(read.problems))
        return read.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Arriving(Concerned):
    """A nurse registered elsewhere who is going to work here."""

    province: str = answered("origin", "province", "")
    number: str = answered("origin", "number", "")
    reference: str = answered("origin", "reference", "")
    term_from: date | None = answered("origin", "term_from")
    term_to: date | None = answered("origin", "term_to")
    number_taken: bool = False
    """Whether the number is another person's in this register."""
    applied_on: date | None = None
    employer: Employer | None = None
    truthful: bool | None = answered("declaration", "truth")


class FromElsewhere(Protocol):
    """Somebody whose registration another register kept."""

    @property
    def province(self) -> str:
        """The province that kept it."""

    @property
    def number(self) -> str:
        """The number of the certificate."""

    @property
    def reference(self) -> str:
        """The number of the inquiry on the national platform."""

    @property
    def number_taken(self) -> bool:
        """Whether the number is another person's in this register."""


@check("N-ORIGIN", CHANGE, title="外省注册信息核对", needs=("origin",))
def compared_nationwide(nurse: FromElsewhere, on: date) -> Iterator[Finding]:
    """A person compares number, status and term on the national platform, every time."""
    if nurse.number:
        where = name_of("province", nurse.province) if nurse.province else ""
        evidence = f"{where}，编号 {nurse.number}，查询编号 {nurse.reference or '未填'}"
        yield advise("origin.reference", "须在全国护士注册系统核对外省注册的编号、状态、有效期", evidence=evidence)


@check("N-VALID", CHANGE, title="外省注册在有效期内", needs=("origin",))
def still_valid(nurse: Arriving, on: date) -> Iterator[Finding]:
    """A term is five years and not over on the day of the report; what is over is registered again."""
    if nurse.term_from is None or nurse.term_to is None:
        return
    if nurse.term_to < (nurse.applied_on or on):
        yield refuse("origin.term_to", f"外省注册的有效期已于{long_date(nurse.term_to)}届满，请办理重新注册")
    elif nurse.term_to > term_end(nurse.term_from, TERM_YEARS):
        yield advise("origin.term_to", f"有效期超过 {TERM_YEARS} 年，须核对是否延续注册")


@check("N-NUMBER", CHANGE, title="护士执业证书编号没有登记在他人名下", needs=("origin",))
def number_is_free(nurse: FromElsewhere, on: date) -> Iterator[Finding]:
    """A number belongs to one person, for life."""
    if nurse.number_taken:
        yield refuse("origin.number", "这个编号由本市编发，不是发给此人的，或者在登记簿中属于另一人；请按证书核对")


class Arrival(OfNurses):
    """An item by which a nurse comes with a registration that another register kept."""

    route = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)

    def brought(self, answers: Answers, subject_id: int, on: date, number: str) -> dict[str, Any]:
        """What the register knows of her, of the number she brings, and of the institution she chose."""
        with acting_as_system(f"核对{self.title}"):
            others = self.people.numbered([number]).values() if number else ()
        return {
            "register_status": self.held(subject_id, on).status,
            "applied_on": answers.filed_on,
            "number_taken": any(each != subject_id for each in others)
            or (bool(number) and numbers.nurse_number_of_another(number, f"subject:{subject_id}")),
            "employer": self.weighed_employer(answers, on),
        }

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """What the register says of her, if anything."""
        return self.held(case.subject_id, on).facts

    def arrive(self, case: Case, change: ChangeInProgress, on: date) -> Entered:
        """The person is entered; the institution and its authority see her."""
        answers, licence, keeper = load(case), self.employer(case, on), office(case.decided_by)
        known = self.held(case.subject_id, on).identity
        identity = enter_applicant(change, case, answers["person"], on, office=keeper.pk, known=known)
        show_to(change, identity, licence.subject_id, keeper.pk, f"case:{case.pk}")
        return Entered(answers, licence, keeper, identity)


@declare
class NurseChange(Arrival):
    """护士变更注册（外省转入）."""

    code, title, short_title, group = "nurse_change", "护士变更注册（外省转入）", "外省转入", "注册"
    articles = (CHANGE,)
    steps = (PersonStep, OriginStep, NursePracticeStep, PromiseStep)
    materials = (PHOTO, EMPLOYMENT_PROOF)
    checks = (
        PERMITTED.status_permits(code), compared_nationwide, still_valid, number_is_free,
        rules.employer_may_practise, rules.truthful,
    )  # fmt: skip
    statutory = CHANGED_WITHIN

    def gather(self, answers: Answers, subject_id: int, on: date) -> Arriving:
        """What is stated, and whose the number is here."""
        return weigh(Arriving, answers, **self.brought(answers, subject_id, on, answers.text("origin", "number")))

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Number, first day and term come along; a suspension ordered there goes on here."""
        with acting_as_system(f"{self.title}登记"):
            entered = self.arrive(case, change, on)
            origin = entered.answers["origin"]
            said = {name: origin[name] for name in ("number", "registered_on", "term_from", "term_to")}
            bring(numbers.NURSE_SERIES, said["number"], case)
            held = entered.register(change, NurseRegistration, LINE, on, **said)
            ordered = (origin.get("suspended_until"), last_ordered(case.subject_id, NURSES.code, on))
            suspend_until(held, max(filter(None, ordered), default=None), change, on)
        told = f"准予变更注册，护士执业证书编号 {held.number}，有效期至{long_date(held.term_to)}"
        return entered.certified(told, NURSE_CERTIFICATE, held, place=place_name(CITY))

    def after(self, cases: Sequence[Case]) -> None:
        """The desk is reminded to tell the authority she came from."""
        super().after(cases)
        notices.to_desks([(each, f"{each.applicant_name}已转入，请向{_left(each)}通报（{CHANGE}）") for each in cases])


def _left(case: Case) -> str:
    return load(case).text("origin", "authority") or "原注册部门"
