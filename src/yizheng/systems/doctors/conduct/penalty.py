"""处罚登记: a penalty that was decided is entered, and what it does to the registration follows (医师法 第五十四条至第五十八条).

The decision itself was made in the procedure of penalties; here one person types it and a second enters it. A suspension
runs from day to day, a revocation or annulment ends registration, filings and certificate from the day of the decision,
and the ground for not registering counts from that day and stands on the person.

Entering a penalty that was decided: its kind, its length, its sum and its article must be those of the law.

医师法 第五十四条至第五十八条. What each kind allows stands in the code table ``doctor_penalty_kind``.

处罚决定: what the decision document says, typed by the authority that enters it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms

from yizheng.documents.models import Ending
from yizheng.kernel.calendar import add_months, add_years
from yizheng.kernel.codes import Code, name_of, table
from yizheng.kernel.statutes import article, penalty_law, physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, day, radio
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.concerned import Concerned, kept_here
from yizheng.systems.doctors.conduct.suspending import suspend
from yizheng.systems.doctors.filings.dependents import end_dependents, end_filings_when_suspended
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.registered_item import RecordedAct
from yizheng.systems.doctors.registration import amending
from yizheng.systems.doctors.rules import periods
from yizheng.systems.practitioners.bars import enter_bar
from yizheng.systems.practitioners.models import PenaltyRecord
from yizheng.systems.practitioners.models.penalty import NOT_CONTESTED, REVIEW_STATES, line

PROVINCE = "province"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Punished(Concerned):
    """A doctor and the decision against her, as typed from the decision document."""

    kind: str = ""
    decided_on: date | None = None
    article: str = ""
    """Reference of the article the decision cites first, as the code table writes it."""
    decided_by_province: bool = False
    document_known: bool = False
    """Whether a decision of this number is on record already."""
    stands: bool = False
    """Whether a registration stands that can be suspended or revoked."""
    suspended_from: date | None = None
    suspended_to: date | None = None
    amount: Decimal | None = None
    banned_from: date | None = None
    banned_to: date | None = None
    for_life: bool = False
    review_state: str = ""

    @property
    def law(self) -> Code | None:
        """The row of the code table that says what this kind allows."""
        return table("doctor_penalty_kind").get(self.kind)


@check("D-P01", physicians_law(54), title="处罚依据与处罚种类一致", needs=("penalty",))
def cited_as_the_law_has_it(person: Punished, on: date) -> Iterator[Finding]:
    """The article cited is one that allows this kind of penalty."""
    law = person.law
    if law is not None and person.article and person.article not in law.many("articles"):
        allowed = "、".join(article(each).short for each in law.many("articles"))
        yield refuse("penalty.article", f"“{law.name}”的依据是{allowed}，与填写的条文不符")


@check("D-P02", physicians_law(57), title="暂停执业六个月以上一年以下", needs=("penalty",))
def suspended_within_limits(person: Punished, on: date) -> Iterator[Finding]:
    """A suspension names its first and last day and is neither shorter nor longer than the law allows."""
    law = person.law
    if law is None or not law.attributes["months_min"]:
        return
    first, last = person.suspended_from, person.suspended_to
    if first is None or last is None:
        yield refuse("penalty.suspended_from", "责令暂停执业活动须写明开始和结束日期")
        return
    shortest = add_months(first, int(law.attributes["months_min"])) - ONE_DAY
    longest = add_months(first, int(law.attributes["months_max"])) - ONE_DAY
    if not shortest <= last <= longest:
        yield refuse(
            "penalty.suspended_to",
            f"暂停执业活动为六个月以上一年以下，结束日期应在{shortest}至{longest}之间",
        )
    if person.decided_on is not None and first < person.decided_on:
        yield refuse("penalty.suspended_from", "暂停执业不能早于处罚决定之日开始")


@check("D-P03", physicians_law(56), title="罚款在法定幅度内", needs=("penalty",))
def fined_within_limits(person: Punished, on: date) -> Iterator[Finding]:
    """A fine is named where the kind has one, between the least and the most of the law."""
    law = person.law
    if law is None or not law.attributes["fine_min"]:
        return
    least, most = Decimal(law.attributes["fine_min"]), law.attributes["fine_max"]
    if person.amount is None:
        yield refuse("penalty.amount", "请填写罚款数额")
    elif person.amount < least:
        yield refuse("penalty.amount", f"罚款不得低于{least}元")
    elif most and person.amount > Decimal(most):
        yield refuse("penalty.amount", f"罚款不得高于{most}元")


@check("D-P04", physicians_law(58), title="禁止从业由省级以上主管部门决定，五年直至终身", needs=("penalty",))
def banned_within_limits(person: Punished, on: date) -> Iterator[Finding]:
    """A ban lasts five years at least or for life, and a provincial authority or a higher one decides it."""
    law = person.law
    if law is None or not law.attributes["ban_years_min"]:
        return
    if person.article == "physicians_law:58" and not person.decided_by_province:
        yield refuse("penalty.decided_by", "禁止从业须由省级以上卫生健康主管部门决定")
    first, last = person.banned_from, person.banned_to
    if first is None:
        yield refuse("penalty.banned_from", "请填写禁止从业的开始日期")
    elif last is None and not person.for_life:
        yield refuse("penalty.banned_to", "禁止从业须写明结束日期，或者选择终身")
    elif last is not None and last < add_years(first, int(law.attributes["ban_years_min"])) - ONE_DAY:
        yield refuse("penalty.banned_to", "禁止从业不得少于五年")


@check("D-P05", penalty_law(59), title="决定书没有登记过", needs=("penalty",))
def entered_once(person: Punished, on: date) -> Iterator[Finding]:
    """One decision is entered once."""
    if person.document_known:
        yield refuse("penalty.document_number", "这份决定书已经登记")
    if person.decided_on is not None and person.decided_on > on:
        yield refuse("penalty.decided_on", "决定日期晚于今天，请核对决定书")


@check("D-P06", physicians_law(57), title="有可以暂停、吊销、撤销的注册", needs=("penalty",))
def something_to_take(person: Punished, on: date) -> Iterator[Finding]:
    """Only a registration that stands can be suspended; what has ended already keeps its record and its bars."""
    law = person.law
    if law is None or not law.attributes["status"] or person.stands:
        return
    if law.attributes["months_min"]:
        yield refuse("penalty.kind", "当事人没有在册的注册，不能暂停执业")
    else:
        yield advise("penalty.kind", "当事人没有在册的注册，只登记处罚和不予注册情形，不改变注册状态")


@check("D-P07", penalty_law(73), title="复议、诉讼不影响执行")
def executed_meanwhile(person: Punished, on: date) -> Iterator[Finding]:
    """A decision under review or before a court is executed all the same, unless the law says otherwise."""
    if person.review_state in ("review", "court"):
        yield advise("penalty.review_state", "处罚正在复议或者诉讼，执行不停止；复议机关、法院决定停止的除外")


def articles() -> list[tuple[str, str]]:
    """The articles any kind of penalty rests on."""
    rows = table("doctor_penalty_kind").items()
    references = dict.fromkeys(each for row in rows for each in row.many("articles"))
    return [("", "请选择"), *((each, article(each).short) for each in references)]


class PenaltyStep(Step):
    """The decision: kind, behaviour, article, sums, periods, and whether it is contested."""

    code = "penalty"
    title = "处罚决定"
    rows = (
        ("kind", "article"),
        ("authority_name", "decided_by"),
        ("document_number", "decided_on"),
        ("amount", "confiscated"),
        ("suspended_from", "suspended_to"),
        ("banned_from", "banned_to"),
    )

    kind = coded("doctor_penalty_kind", "处罚种类", only=lambda code: code.flag("entered"))
    article = forms.ChoiceField(label="处罚依据", choices=articles)
    behaviour = forms.CharField(label="违法行为", max_length=200)
    authority_name = forms.CharField(label="决定机关", max_length=100)
    decided_by = radio("决定机关级别", (("county", "县级、设区的市级"), ("province", "省级以上")))
    document_number = forms.CharField(label="决定书文号", max_length=60)
    decided_on = day("决定日期", hint="期限自决定之日起计算")
    amount = forms.DecimalField(label="罚款（元）", max_digits=12, decimal_places=2, required=False)
    confiscated = forms.DecimalField(
        label="没收违法所得（元）", max_digits=12, decimal_places=2, required=False
    )
    suspended_from = day("暂停执业开始", required=False)
    suspended_to = day("暂停执业结束", required=False, hint="最后一天")
    banned_from = day("禁止从业开始", required=False)
    banned_to = day("禁止从业结束", required=False)
    for_life = forms.BooleanField(label="终身禁止从业", required=False)
    review_state = radio("复议诉讼", REVIEW_STATES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_state"].initial = NOT_CONTESTED


STEP = PenaltyStep.code
ENDINGS = {"REVOKED": Ending.PENALTY, "ANNULLED": Ending.ANNULLED}
BANNED = frozenset({"R03", "R12"})


@declare
class PenaltyRecording(RecordedAct):
    """处罚与行为记录: the penalties."""

    code = "doctor_penalty_record"
    title = "医师行政处罚登记"
    short_title = "处罚登记"
    group = "考核与行为"
    articles = (
        physicians_law(54),
        physicians_law(55),
        physicians_law(56),
        physicians_law(57),
        physicians_law(58),
    )
    steps = (PenaltyStep,)
    checks = (
        status_permits("doctor_penalty_record"),
        kept_here,
        entered_once,
        something_to_take,
        cited_as_the_law_has_it,
        suspended_within_limits,
        fined_within_limits,
        banned_within_limits,
        executed_meanwhile,
    )

    def gather(self, answers: Answers, subject_id: int, on: date) -> Punished:
        """The doctor as she stands, the decision as typed."""
        held = self.held(subject_id, on)
        number = answers.text(STEP, "document_number")
        with acting_as_system("核对处罚登记"):
            known = PenaltyRecord.objects.current().filter(subject_id=subject_id, document_number=number)
            document_known = bool(number) and known.exists()
        return Punished(
            register_status=held.status,
            moved=self.moved(answers, held),
            periods=periods(on),
            kind=answers.text(STEP, "kind"),
            decided_on=answers.day(STEP, "decided_on"),
            article=answers.text(STEP, "article"),
            decided_by_province=answers.text(STEP, "decided_by") == PROVINCE,
            document_known=document_known,
            stands=bool(held.standing),
            suspended_from=answers.day(STEP, "suspended_from"),
            suspended_to=answers.day(STEP, "suspended_to"),
            amount=answers.amount(STEP, "amount"),
            banned_from=answers.day(STEP, "banned_from"),
            banned_to=answers.day(STEP, "banned_to"),
            for_life=bool(answers.flag(STEP, "for_life")),
            review_state=answers.text(STEP, "review_state"),
        )

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The record, what it does to the registration, and the bars."""
        answers = load(case)
        kind = table("doctor_penalty_kind")[answers.text(STEP, "kind")]
        decided_on = answers.day(STEP, "decided_on") or on
        record_penalty(
            change,
            case.subject_id,
            decided_on,
            _values(answers, kind),
            authority_scope=case.decided_by,
        )
        held = self.held(case.subject_id, on)
        if kind.attributes["months_min"]:
            end_filings_when_suspended(case.subject_id, change, on)
            for registration in held.standing:
                suspend(
                    registration,
                    change,
                    kind.attributes["status"],
                    answers.day(STEP, "suspended_from") or decided_on,
                    answers.day(STEP, "suspended_to"),
                )
        elif kind.attributes["status"]:
            end_all(
                held, change, decided_on, status=kind.attributes["status"], reason=kind.attributes["reason"]
            )
        bars_of(change, case, kind, decided_on, until=answers.day(STEP, "banned_to"))
        return Effect(summary=f"登记{kind.name}（{answers.text(STEP, 'document_number')}）")


def record_penalty(
    change: ChangeInProgress,
    subject_id: int,
    decided_on: date,
    values: dict[str, Any],
    *,
    authority_scope: int,
) -> PenaltyRecord:
    """The decision as an event on its day."""
    return change.event(
        PenaltyRecord,
        subject_id,
        line(values["document_number"]),
        values,
        happened_on=decided_on,
        authority_scope=authority_scope,
    )


def end_all(held: Held, change: ChangeInProgress, since: date, *, status: str, reason: str) -> None:
    """Registrations, filings and certificates end from the day of the decision."""
    amending.revoke_certificates(held.standing, change, since, ending=ENDINGS[status])
    for subject_id in {each.subject_id for each in held.standing}:
        end_dependents(subject_id, change, since)
    for registration in held.standing:
        amending.end_registration(registration, change, since, status=status, reason=reason)


def bars_of(change: ChangeInProgress, case: Case, kind: Code, since: date, *, until: date | None) -> None:
    """The grounds that follow from the kind, counted from the decision; a ban ends on the day it names."""
    answers = load(case)
    for ground in kind.many("bars"):
        enter_bar(
            change,
            case.subject_id,
            ground,
            since,
            authority_scope=case.decided_by,
            authority_name=answers.text(STEP, "authority_name"),
            document_number=answers.text(STEP, "document_number"),
            until=until if ground in BANNED else None,
        )


def _values(answers: Answers, kind: Code) -> dict[str, Any]:
    suspends, bans = bool(kind.attributes["months_min"]), bool(kind.attributes["ban_years_min"])
    return {
        "kind": kind.code,
        "behaviour": answers.text(STEP, "behaviour"),
        "article": str(article(answers.text(STEP, "article"))),
        "authority_name": answers.text(STEP, "authority_name"),
        "document_number": answers.text(STEP, "document_number"),
        "suspended_from": answers.day(STEP, "suspended_from") if suspends else None,
        "suspended_to": answers.day(STEP, "suspended_to") if suspends else None,
        "amount": answers.amount(STEP, "amount"),
        "confiscated": answers.amount(STEP, "confiscated"),
        "banned_from": answers.day(STEP, "banned_from") if bans else None,
        "banned_to": answers.day(STEP, "banned_to") if bans else None,
        "review_state": answers.text(STEP, "review_state"),
    }


def kind_name(code: str) -> str:
    """The kind of a penalty in words."""
    return name_of("doctor_penalty_kind", code)
