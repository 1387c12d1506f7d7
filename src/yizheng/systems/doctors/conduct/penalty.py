"""处罚登记: a penalty that was decided is entered, and what it does to the registration follows (医师法 第五十四条至第五十九条).

The decision itself was made in the procedure of penalties; here one person types it and a second enters it. A suspension
runs from day to day, a revocation or annulment ends registration, filings and certificate from the day of the decision,
and the ground for not registering counts from that day and stands on the person, registered or not.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms

from yizheng.documents.models import Ending
from yizheng.kernel.codes import Code, table
from yizheng.kernel.statutes import article, physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, day, radio
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.concerned import kept_here
from yizheng.systems.doctors.conduct.penalty_rules import RULES, Punished
from yizheng.systems.doctors.conduct.suspending import suspend
from yizheng.systems.doctors.filings.dependents import end_dependents, end_filings_when_suspended
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.registered_item import RecordedAct
from yizheng.systems.doctors.registration import amending
from yizheng.systems.practitioners.bars import enter_bar
from yizheng.systems.practitioners.models import PenaltyRecord
from yizheng.systems.practitioners.models.penalty import NOT_CONTESTED, REVIEW_STATES, line

PROVINCE = "province"
DOCTOR, SHORT_TERM, VILLAGE = "doctor", "short_term", "village"
"""On whom a penalty is: doctors, those who practise for a short term, village doctors."""


def of(whom: str) -> list[Code]:
    """What the law knows of penalties on these people."""
    return [row for row in table("penalty_basis").items() if whom in row.many("of")]


def _articles(whom: str) -> forms.ChoiceField:
    references = dict.fromkeys(row.attributes["article"] for row in of(whom))
    choices = [(each, article(each).short) for each in references]
    return forms.ChoiceField(label="处罚依据", choices=[("", "请选择"), *choices])


def _kinds(whom: str) -> forms.ChoiceField:
    known = {row.attributes["kind"] for row in of(whom)}
    return coded("doctor_penalty_kind", "处罚种类", only=lambda code: code.flag("entered") and code.code in known)


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

    kind = _kinds(DOCTOR)
    article = _articles(DOCTOR)
    behaviour = forms.CharField(label="违法行为", max_length=200)
    authority_name = forms.CharField(label="决定机关", max_length=100)
    decided_by = radio("决定机关级别", (("county", "县级、设区的市级"), (PROVINCE, "省级以上")))
    document_number = forms.CharField(label="决定书文号", max_length=60)
    decided_on = day("决定日期", hint="期限自决定之日起计算")
    amount = forms.DecimalField(label="罚款（元）", max_digits=12, decimal_places=2, required=False)
    confiscated = forms.DecimalField(label="没收违法所得（元）", max_digits=12, decimal_places=2, required=False)
    suspended_from = day("暂停执业开始", required=False)
    suspended_to = day("暂停执业结束", required=False, hint="最后一天")
    banned_from = day("禁止从业开始", required=False)
    banned_to = day("禁止从业结束", required=False)
    for_life = forms.BooleanField(label="终身禁止从业", required=False)
    mitigated = forms.BooleanField(label="依法减轻处罚（行政处罚法第三十二条），低于法定最低幅度", required=False)
    review_state = radio("复议诉讼", REVIEW_STATES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_state"].initial = NOT_CONTESTED


class ShortTermPenaltyStep(PenaltyStep):
    """A decision against somebody who practises for a short term."""

    kind, article = _kinds(SHORT_TERM), _articles(SHORT_TERM)


class VillagePenaltyStep(PenaltyStep):
    """A decision against a village doctor."""

    kind, article = _kinds(VILLAGE), _articles(VILLAGE)


STEP = PenaltyStep.code
ENDINGS = {"REVOKED": Ending.PENALTY, "ANNULLED": Ending.ANNULLED}
BANNED = frozenset({"R03", "R12"})
_OF_KIND = {
    "suspended_from": "suspends", "suspended_to": "suspends", "amount": "fines", "banned_from": "bans", "banned_to": "bans",
}  # fmt: skip
"""What is kept only of a kind that has it."""


class PenaltyItem(RecordedAct):
    """A penalty on somebody: gathered and recorded alike; what it takes is said below."""

    group = "考核与行为"

    def stands(self, subject_id: int, on: date) -> bool:
        """Whether there is something to suspend or to revoke."""
        return bool(self.held(subject_id, on).standing)

    def take(self, case: Case, change: ChangeInProgress, kind: Code, since: date, answers: Answers, on: date) -> None:
        """What the kind does to what is registered."""
        raise NotImplementedError

    def gather(self, answers: Answers, subject_id: int, on: date) -> Punished:
        """The person as she stands, the decision as typed."""
        held = self.held(subject_id, on)
        number = answers.text(STEP, "document_number")
        with acting_as_system("核对处罚登记"):
            known = PenaltyRecord.objects.current().filter(subject_id=subject_id, document_number=number)
            document_known = bool(number) and known.exists()
            stands = self.stands(subject_id, on)
        return Punished(
            register_status=held.status,
            moved=self.moved(answers, held),
            kind=answers.text(STEP, "kind"),
            decided_on=answers.day(STEP, "decided_on"),
            article=answers.text(STEP, "article"),
            decided_by_province=answers.text(STEP, "decided_by") == PROVINCE,
            document_known=document_known,
            stands=stands,
            suspended_from=answers.day(STEP, "suspended_from"),
            suspended_to=answers.day(STEP, "suspended_to"),
            amount=answers.amount(STEP, "amount"),
            banned_from=answers.day(STEP, "banned_from"),
            banned_to=answers.day(STEP, "banned_to"),
            for_life=bool(answers.flag(STEP, "for_life")),
            mitigated=bool(answers.flag(STEP, "mitigated")),
            review_state=answers.text(STEP, "review_state"),
        )

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The record, what it takes, and the grounds that follow."""
        answers = load(case)
        kind = table("doctor_penalty_kind")[answers.text(STEP, "kind")]
        since = answers.day(STEP, "decided_on") or on
        record_penalty(change, case.subject_id, since, _values(answers, kind), office=case.decided_by)
        if kind.attributes["status"] and self.stands(case.subject_id, on):
            self.take(case, change, kind, since, answers, on)
        for ground in kind.many("bars"):
            enter_bar(
                change,
                case.subject_id,
                ground,
                since,
                authority_scope=case.decided_by,
                authority_name=answers.text(STEP, "authority_name"),
                document_number=answers.text(STEP, "document_number"),
                until=answers.day(STEP, "banned_to") if ground in BANNED else None,
            )
        return Effect(summary=f"登记{kind.name}（{answers.text(STEP, 'document_number')}）")


@declare
class PenaltyRecording(PenaltyItem):
    """处罚与行为记录: the penalties on doctors, and the bans on people who are none."""

    code = "doctor_penalty_record"
    title = "医师行政处罚登记"
    short_title = "处罚登记"
    articles = tuple(map(physicians_law, range(54, 60)))
    steps = (PenaltyStep,)
    checks: ClassVar = (status_permits("doctor_penalty_record"), kept_here, *RULES)

    def take(self, case: Case, change: ChangeInProgress, kind: Code, since: date, answers: Answers, on: date) -> None:
        """Every registration stops for the days named, or ends from the day of the decision."""
        held, status = self.held(case.subject_id, on), kind.attributes["status"]
        if not kind.flag("suspends"):
            end_all(held, change, since, status=status, reason=kind.attributes["reason"])
            return
        end_filings_when_suspended(case.subject_id, change, on)
        first = answers.day(STEP, "suspended_from") or since
        for registration in held.standing:
            suspend(registration, change, status, first, answers.day(STEP, "suspended_to"))


def record_penalty(
    change: ChangeInProgress, subject_id: int, decided_on: date, values: dict[str, Any], *, office: int
) -> PenaltyRecord:
    """The decision as an event on its day."""
    where = line(values["document_number"])
    return change.event(PenaltyRecord, subject_id, where, values, happened_on=decided_on, authority_scope=office)


def end_all(held: Held, change: ChangeInProgress, since: date, *, status: str, reason: str) -> None:
    """Registrations, filings and certificates end from the day of the decision."""
    amending.revoke_certificates(held.standing, change, since, ending=ENDINGS[status])
    for subject_id in {each.subject_id for each in held.standing}:
        end_dependents(subject_id, change, since)
    for registration in held.standing:
        amending.end_registration(registration, change, since, status=status, reason=reason)


def _values(answers: Answers, kind: Code) -> dict[str, Any]:
    texts = ("behaviour", "authority_name", "document_number", "review_state")
    typed = answers.get(STEP, {})
    return {
        "kind": kind.code,
        "article": str(article(answers.text(STEP, "article"))),
        **{name: answers.text(STEP, name) for name in texts},
        "confiscated": answers.amount(STEP, "confiscated"),
        **{name: typed.get(name) if kind.flag(flag) else None for name, flag in _OF_KIND.items()},
    }
