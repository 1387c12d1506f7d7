"""处罚登记: a penalty that was decided is entered, and what it does to the registration follows (医师法 第五十四条至第五十八条).

The decision itself was made in the procedure of penalties; here one person types it and a second enters it. A suspension
runs from day to day, a revocation or annulment ends registration, filings and certificate from the day of the decision,
and the ground for not registering counts from that day and stands on the person.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from yizheng.documents.models import Ending
from yizheng.kernel.codes import Code, name_of, table
from yizheng.kernel.statutes import article, physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.acts import amending
from yizheng.systems.doctors.acts.bars import enter_bar
from yizheng.systems.doctors.acts.dependents import end_dependents, end_filings_when_suspended
from yizheng.systems.doctors.acts.suspending import suspend
from yizheng.systems.doctors.bases.registered import RecordedAct
from yizheng.systems.doctors.checks.concerned import kept_here
from yizheng.systems.doctors.checks.penalty import (
    PROVINCE,
    Punished,
    banned_within_limits,
    cited_as_the_law_has_it,
    entered_once,
    executed_meanwhile,
    fined_within_limits,
    something_to_take,
    suspended_within_limits,
)
from yizheng.systems.doctors.forms.penalty import PenaltyStep
from yizheng.systems.doctors.models import PenaltyRecord
from yizheng.systems.doctors.models.penalty import line
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.rules import periods

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
