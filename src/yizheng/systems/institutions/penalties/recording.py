"""医疗机构行政处罚登记: a decision made in the procedure of penalties is entered by one person and confirmed by another.

It is public for the term its weight gives it (北京市优化营商环境条例 第七十三条). An order to close down (停业整顿) stops the licence at
once, and with it the adverts; a revocation is entered by the act that ends the licence on its document.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from yizheng.exchange.credit.terms import UnknownGrade, publication_term
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import Code, table
from yizheng.kernel.statutes import Article, business_regulation, penalty_law
from yizheng.licensing.answers import Answers
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day, either, many_coded, radio
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Stage
from yizheng.people.models import Scope
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.item import InstitutionAct
from yizheng.systems.institutions.models import STRUCK_OFF, InstitutionPenalty
from yizheng.systems.institutions.models.penalty import GRADES, line
from yizheng.systems.institutions.record import steps as parts
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.standing import restate
from yizheng.systems.institutions.suspension.items import PENALISED
from yizheng.systems.institutions.verification.clock import Regime

KINDS, STEP = "institution_penalty_kind", "penalty"
REVOCATION = "revocation"


class PenaltyStep(Step):
    """What the decision says."""

    code, title = STEP, "处罚决定"
    past = ("decided_on",)
    rows = (("authority_name", "document_number"), ("decided_on", "grade"), ("amount", "confiscated"))

    authority_name = forms.CharField(label="决定机关", max_length=100)
    document_number = forms.CharField(label="决定书文号", max_length=60)
    decided_on = day("决定日期")
    grade = radio("违法程度", GRADES.items())
    kinds = many_coded(KINDS, "处罚种类")
    behaviour = forms.CharField(label="违法行为", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    basis = forms.CharField(label="处罚依据", max_length=200, help_text="决定书引用的条文")
    amount = parts.amount("罚款（元）", required=False)
    confiscated = parts.amount("没收金额（元）", required=False)
    fulfilled = either("处罚决定是否已经履行", ("yes", "已履行"), ("no", "未履行"), no_first=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalised:
    """An institution and the decision against it."""

    decided_on: date | None = answered(STEP, "decided_on")
    grade: str = answered(STEP, "grade", "")
    kinds: tuple[str, ...] | list[str] = answered(STEP, "kinds", ())
    amount: Decimal | None = answered(STEP, "amount")
    confiscated: Decimal | None = answered(STEP, "confiscated")
    known: bool = False
    """Whether a decision of this number is entered already."""
    practises: bool = True
    """Whether there is something to close down."""

    @property
    def chosen(self) -> list[Code]:
        """The kinds with what each does."""
        return [table(KINDS)[each] for each in self.kinds if each in table(KINDS)]


@check("I-P-ONCE", penalty_law(59), title="决定书没有登记过", needs=(STEP,))
def entered_once(penalised: Penalised, on: date) -> Iterator[Finding]:
    """One decision is entered once."""
    if penalised.known:
        yield refuse("penalty.document_number", "这份决定书已经登记")


@check("I-P-SUM", penalty_law(59), title="罚款、没收写明数额", needs=(STEP,))
def sums_are_named(penalised: Penalised, on: date) -> Iterator[Finding]:
    """A fine and what is confiscated have their sum, and nothing else has one."""
    for flag, word, said in (("fines", "罚款", "amount"), ("confiscates", "没收", "confiscated")):
        named, chosen = getattr(penalised, said), any(each.flag(flag) for each in penalised.chosen)
        if chosen and not named:
            yield refuse(f"penalty.{said}", f"处罚种类有{word}的，请填写数额")
        elif named and not chosen:
            yield refuse(f"penalty.{said}", f"填写了{word}数额的，请选择处罚种类“{word}”")


@check("I-P-TERM", business_regulation(73), title="违法程度有公示期限", needs=(STEP,))
def term_is_known(penalised: Penalised, on: date) -> Iterator[Finding]:
    """The weight has a term of publication on the day of the decision."""
    if not penalised.grade:
        return
    try:
        publication_term(GRADES[penalised.grade], penalised.decided_on or on)
    except UnknownGrade as unknown:
        yield refuse("penalty.grade", f"{unknown}，请核对决定日期和违法程度")


@check("I-P-CLOSE", penalty_law(9), title="停业整顿、吊销与机构的状态相符", needs=(STEP,))
def closes_what_practises(penalised: Penalised, on: date) -> Iterator[Finding]:
    """Only who practises is closed down; a revocation is entered once more, on its document."""
    if any(each.flag("closes") for each in penalised.chosen) and not penalised.practises:
        yield advise("penalty.kinds", "机构现在不在执业，登记后状态不变，只公示处罚")
    if REVOCATION in penalised.kinds:
        yield advise("penalty.kinds", "吊销执业许可证的，另以“据文书注销医疗机构执业许可”登记")


@declare
class PenaltyRecording(InstitutionAct):
    """医疗机构行政处罚登记."""

    code, title, short_title, group = "inst_penalty_record", "医疗机构行政处罚登记", "处罚登记", "处罚"
    articles: ClassVar[tuple[Article, ...]] = (penalty_law(48), business_regulation(73))
    route: ClassVar[tuple[Stage, ...]] = (Stage.DECIDE,)
    statuses = (*licences.PRACTISING, PENALISED, "check_due", "check_suspended", "closed_temp", *STRUCK_OFF)
    regimes = tuple(Regime)
    steps = (PenaltyStep,)
    weighs = Penalised
    checks = (entered_once, sums_are_named, term_is_known, closes_what_practises)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """Whether the decision is on record, and whether the institution practises."""
        held, number = self.held(subject_id, on), answers.text(STEP, "document_number")
        known = any(each.document_number == number for each in held.of(InstitutionPenalty))
        return {"known": known, "practises": held.licence is not None and held.licence.may_practise}

    def enter(self, answers: Answers, held: Held, change: ChangeInProgress, deciding: Scope) -> Effect:
        """The decision, and where it closes the institution down, that it stands still."""
        said = {each.name: answers.get(STEP, {}).get(each.name) for each in InstitutionPenalty.typed_fields()}
        values: dict[str, Any] = {**said, "fulfilled": bool(said["fulfilled"]), "unlisted_for": ""}
        penalty = change.state(
            InstitutionPenalty, held.subject_id, line(values["document_number"]), values, valid_from=values["decided_on"],
            authority_scope=deciding.pk,
        )  # fmt: skip
        change.flush()
        closes = any(table(KINDS)[each].flag("closes") for each in values["kinds"])
        if closes and held.licence is not None and held.licence.may_practise:
            restate(change, held, PENALISED, deciding)
        return Effect(f"登记行政处罚 {penalty.document_number}，{_shown(penalty)}")


def _shown(penalty: InstitutionPenalty) -> str:
    last = penalty.last_day_shown
    if last is None:
        return "不公示"
    return f"公示至{long_date(last)}" if penalty.fulfilled else "履行之前持续公示"
