"""专项资格: granted on application, filed, or reported by the institution that gave it, to somebody who is registered.

行政许可法 第六十九条 (who does not satisfy the conditions is granted nothing). A qualification granted hangs on the
registration: nobody whose registration does not permit practice begins, and it ends with the registration. A register declares
each item with its types and its basis, and these rules under its own codes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from yizheng.documents.authorities import authority
from yizheng.documents.declarations import CertificateKind, Printed, declare
from yizheng.kernel.calendar import add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import table
from yizheng.kernel.statutes import institution_regulation, licensing_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.fields import day, passed
from yizheng.licensing.findings import Finding, refuse, shared
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Initiator, Material, Shape, Stage, WorkingDays
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import open_to
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.institution_field import InstitutionField
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners import permits
from yizheng.systems.practitioners.employer import Employer
from yizheng.systems.practitioners.item import office
from yizheng.systems.practitioners.levels import LevelItem
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.special_qualification import TYPES, SpecialQualificationFact, bound, line
from yizheng.systems.practitioners.permitted import UNREGISTERED

TRAINING_PROOF = Material("training_proof", "培训考核合格证明", "由培训机构出具")
MCH_STAFF = CertificateKind(
    "mch_staff",
    "母婴保健技术考核合格证书",
    (Printed("name", "姓名"), Printed("sex", "性别"), Printed("practice_number", "执业证书编码")),
    (
        Printed("work", "服务项目"), Printed("institution", "执业机构"),
        Printed("valid_from", "有效期自"), Printed("valid_until", "有效期至"),
    ),
)  # fmt: skip
"""The certificate of 母婴保健法 第三十三条 and 母婴保健法实施办法 第三十五条, for doctors and midwives alike."""
declare(MCH_STAFF)


class SpecialStep(Step):
    """Where. Every kind adds what is its own."""

    code = "special"
    title = "专项资格"
    rows: ClassVar[tuple[tuple[str, ...], ...]] = (("trained_from", "trained_to", "result"),)

    institution = InstitutionField(label="执业机构", help_text="主要执业机构或者备案机构，提交后由机构确认")

    def clean(self) -> dict[str, Any]:
        """A training has all its days and its result, or none of them."""
        cleaned = super().clean()
        names = [name for name in ("trained_from", "trained_to", "result") if name in self.fields]
        missing = [name for name in names if cleaned.get(name) in (None, "") and name not in self.errors]
        if missing and any(cleaned.get(name) not in (None, "") for name in names):
            for name in missing:
                if not self.fields[name].required:
                    self.add_error(name, f"请填写{self.fields[name].label}")
        return cleaned


class TrainedStep(SpecialStep):
    """A training with its examination, which the kind requires."""

    training_base = forms.CharField(label="培训机构", max_length=100)
    trained_from = day("培训开始")
    trained_to = day("培训结束")
    result = passed()


STEP = SpecialStep.code


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialApplicant:
    """Somebody registered, and the special qualification asked for."""

    register_status: str = UNREGISTERED
    employer: Employer | None = None
    practises_there: bool = False
    trained_from: date | None = answered(STEP, "trained_from")
    trained_to: date | None = answered(STEP, "trained_to")
    passed: bool | None = answered(STEP, "result")
    held_already: bool = False


@shared("在该机构执业", needs=(STEP,))
def practises_there(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """The institution named is the main one or one of the filings."""
    if applicant.employer is not None and not applicant.practises_there:
        sentence = f"登记簿中您没有在{applicant.employer.name}执业，请选择主要执业机构或者备案机构"
        yield refuse("special.institution", sentence)


@shared("执业机构的许可有效", institution_regulation(23), needs=(STEP,))
def institution_in_force(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """The licence of the institution allows practice on the day."""
    employer = applicant.employer
    if employer is not None and not employer.in_force:
        yield refuse("special.institution", f"{employer.name}现为“{employer.status}”，不能办理专项资格")


@shared("没有有效的同一专项资格", needs=(STEP,))
def not_held_yet(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """Nobody is granted twice what she holds."""
    if applicant.held_already:
        yield refuse("special.institution", "已有同一项目的有效专项资格，不需要再办理")


def training_findings(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """What is wrong with the training as stated."""
    begun, ended = applicant.trained_from, applicant.trained_to
    if applicant.passed is False:
        yield refuse("special.result", "培训考核结果为不合格，考核合格后再办理")
    if ended is not None and ended > on:
        yield refuse("special.trained_to", f"培训到{long_date(ended)}才结束，考核合格后再办理")
    elif ended is not None and begun is not None and ended < begun:
        yield refuse("special.trained_to", "培训结束日期早于开始日期，按证明核对后改正")


trained_and_passed = shared("已培训并考核合格", needs=(STEP,))(training_findings)
"""Trained and passed, on days that have gone by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """A qualification that was just entered: beside which registration, at which institution, and what the applicant reads."""

    fact: Any
    main: Any
    identity: PersonIdentity
    licence: InstitutionLicence
    office: Scope
    summary: str


class SpecialItem(LevelItem):
    """An item that grants one of a few types of special qualifications."""

    kind: ClassVar[type[SpecialQualificationFact]]
    types: ClassVar[tuple[str, ...]]
    """What it grants; with several the form asks which."""
    certificate: ClassVar[str] = ""
    """The kind of certificate of its own."""
    by_institution: ClassVar[bool] = False
    """Whether the institution grants and the authority keeps the list."""
    institution_step = STEP
    group = "专项资格"
    weighs = SpecialApplicant
    initiators: ClassVar[tuple[Initiator, ...]] = (Initiator.PERSON, Initiator.INSTITUTION)
    materials: ClassVar[tuple[Material, ...]] = (TRAINING_PROOF,)
    route: ClassVar[tuple[Stage, ...]] = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The main institution."""
        today = timezone.localdate()
        main = self.held(subject_id, today).main
        name = "" if main is None else licences.name_of(main.institution_id, today)
        return {STEP: {"institution": name}} if name else {}

    def type_of(self, answers: Answers) -> str:
        """Which type is asked for; empty while it is not chosen."""
        chosen = answers.text(STEP, "type")
        if len(self.types) == 1:
            return self.types[0]
        return chosen if chosen in self.types else ""

    def line_of(self, answers: Answers, institution: int) -> str:
        """The line of the qualification as it would be granted at this institution."""
        type_ = self.type_of(answers)
        return line(type_, answers.text(STEP, "detail"), institution if bound(type_) else None)

    def former(self, answers: Answers, subject_id: int, on: date) -> list[Any]:
        """What the register says and said of the very qualification asked for, oldest first."""
        licence = self.chosen(answers, on)
        if licence is None or not self.type_of(answers):
            return []
        wanted = self.line_of(answers, licence.subject_id)
        return [each for each in permits.held_of(self.kind, subject_id, f"核对{self.title}") if each.line == wanted]

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The registration, where she practises, and whether she holds what is asked for."""
        held, licence = self.held(subject_id, on), self.chosen(answers, on)
        places = {each.institution_id for each in (*held.standing, *held.filings)}
        return {
            "register_status": held.status,
            "employer": self.weighed_employer(answers, on),
            "practises_there": licence is not None and licence.subject_id in places,
            "held_already": bool(permits.standing(self.former(answers, subject_id, on), on)),
        }

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The registration it hangs on, the filings, and the institution's licence."""
        held, licence = self.held(case.subject_id, on), self.chosen(load(case), on)
        return [*held.standing, *held.filings, *([licence] if licence else [])]

    def says(self, type_: str, typed: Mapping[str, Any], on: date) -> dict[str, Any]:
        """What a qualification granted today says, as far as it follows from its type and the form."""
        years = int(table(TYPES)[type_].attributes["validity_years"] or 0)
        until = add_years(on, years) - timedelta(days=1) if years else None
        return {"type": type_, "granted_on": on, "valid_until": until}

    def grant(self, case: Case, change: ChangeInProgress, on: date) -> Granted:
        """Enter the qualification; call it as the system. Raises NotPossibleError when the registration is gone."""
        answers = load(case)
        licence, held, deciding = self.chosen(answers, on), self.held(case.subject_id, on), office(case.decided_by)
        if licence is None or held.main is None or held.identity is None:
            raise NotPossibleError(f"执业机构的许可或者{self.of.title}的注册已不存在")
        said = self.says(self.type_of(answers), answers[STEP], on)
        said["granted_by"] = licence.name if self.by_institution else authority(deciding.code).name
        if self.certificate:
            said["certificate_number"] = self.new_number(self.certificate, case, change, on)
        fact = change.state(
            self.kind, case.subject_id, self.line_of(answers, licence.subject_id),
            {**said, "institution": licence.subject_id if bound(said["type"]) else None},
            valid_from=on, authority_scope=deciding.pk,
        )  # fmt: skip
        open_to(case.subject_id, deciding.pk, f"case:{case.pk}")
        until = "" if fact.valid_until is None else f"，有效期至{long_date(fact.valid_until)}"
        summary = f"已登记{fact.title}{until}"
        return Granted(
            fact=fact, main=held.main, identity=held.identity, licence=licence, office=deciding, summary=summary
        )

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Enter the qualification; where it has a certificate of its own, that says so."""
        with acting_as_system("专项资格登记"):
            granted = self.grant(case, change, on)
        fact = granted.fact
        if not self.certificate:
            return Effect(granted.summary)
        return permits.certified(
            f"{granted.summary}，证书编号 {fact.certificate_number}",
            self.certificate,
            granted.identity,
            number=fact.certificate_number,
            issuer=fact.granted_by,
            practice_number=getattr(granted.main, self.people.number),
            work=fact.title,
            institution=granted.licence.name,
            valid_from=on,
            valid_until=fact.valid_until,
            **self.printed(fact),
        )

    def printed(self, fact: Any) -> dict[str, date | None]:
        """What the certificate prints beside."""
        return {}


class SpecialLicence(SpecialItem):
    """A special qualification that is granted on application."""

    statutory = WorkingDays(20, licensing_law(42))


class SpecialFiling(SpecialItem):
    """A special qualification that is filed: it takes effect once the institution confirms, and is checked afterwards."""

    shape = Shape.FILING
    route = (Stage.CONFIRM, Stage.ACCEPT)


class GrantedByInstitution(SpecialFiling):
    """The institution trained, examined and granted; the authority is told the list and keeps it."""

    by_institution = True
    collective = True
    initiators = (Initiator.INSTITUTION,)
    materials: ClassVar[tuple[Material, ...]] = (Material("record", "培训考核记录和签名留样", "由机构盖章"),)
