"""处罚登记 of doctors (医师法 第五十四条至第五十九条): every registration stops or ends with filings and certificates."""

from datetime import date
from typing import ClassVar

from yizheng.kernel.codes import Code
from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.answers import Answers
from yizheng.licensing.catalogue import declare
from yizheng.licensing.models import Case
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.concerned import kept_here
from yizheng.systems.doctors.conduct.suspending import suspend
from yizheng.systems.doctors.filings.dependents import end_dependents, end_filings_when_suspended
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.registered_item import RecordedAct
from yizheng.systems.practitioners import amending
from yizheng.systems.practitioners.conduct import penalty, penalty_rules
from yizheng.systems.practitioners.conduct.penalty import ENDINGS, STEP

RULES = penalty_rules.rules(
    "D", cited=physicians_law(54), suspended=physicians_law(57), fined=physicians_law(56), banned=physicians_law(58)
)


@declare
class PenaltyRecording(penalty.PenaltyItem, RecordedAct):
    """处罚与行为记录: the penalties on doctors, and the bans on people who are none."""

    group = "考核与行为"
    code = "doctor_penalty_record"
    title = "医师行政处罚登记"
    short_title = "处罚登记"
    articles = tuple(map(physicians_law, range(54, 60)))
    steps = (penalty.PenaltyStep,)
    checks: ClassVar = (status_permits("doctor_penalty_record"), kept_here, *RULES)

    def stands(self, subject_id: int, on: date) -> bool:
        """Whether a registration stands, whatever its status."""
        return bool(self.held(subject_id, on).standing)

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


def end_all(held: Held, change: ChangeInProgress, since: date, *, status: str, reason: str) -> None:
    """Registrations, filings and certificates end from the day of the decision."""
    amending.revoke_certificates(held.standing, change, since, ending=ENDINGS[status])
    for subject_id in {each.subject_id for each in held.standing}:
        end_dependents(subject_id, change, since)
    for registration in held.standing:
        amending.end_registration(registration, change, since, status=status, reason=reason)
