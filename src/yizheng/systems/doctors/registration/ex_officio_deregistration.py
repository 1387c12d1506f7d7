"""注销注册（依职权）: the authority ends a registration after telling the doctor and hearing her.

医师法 第十七条; 医师执业注册管理办法 第十八条、第十九条: two years on leave or without practice, two cycles without assessment,
a certificate lent or altered, cheating organised in the examination, other cases of law.
"""

from __future__ import annotations

from datetime import date

from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.cases.instruments import office_of
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Stage
from yizheng.licensing.models import Case
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.registered_item import RecordedAct
from yizheng.systems.doctors.registration.deregistering import (
    AUTHORITY,
    Party,
    deregister,
    has_happened,
    has_registration,
    interrupted_for_two_years,
    left_for_two_years,
    missed_two_cycles,
    party_from,
    reason_fits_initiator,
    rests_on_a_document,
    sentence_has_an_end,
)
from yizheng.systems.doctors.registration.deregistration import DecidedStep, HeardStep


class Deregistering(RecordedAct):
    """What both ways by which the authority ends a registration have in common."""

    articles = (physicians_law(17), registration_rules(18), registration_rules(19))

    def gather(self, answers: Answers, subject_id: int, on: date) -> Party:
        """How the registration stands, and the ground."""
        held = self.held(subject_id, on)
        return party_from(answers, held, subject_id, on, initiator=AUTHORITY, moved=self.moved(answers, held))

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Registration, filings, special qualifications and certificate end; the ground that follows is entered."""
        done = deregister(
            self.held(case.subject_id, on), change, on, load(case),
            authority_scope=case.decided_by, office=office_of(case).name,
        )  # fmt: skip
        return Effect(summary=done)


@declare
class ExOfficioDeregistration(Deregistering):
    """注销医师执业注册, after notice and hearing."""

    code = "doctor_ex_officio_deregistration"
    title = "注销医师执业注册"
    group = "离岗与注销"
    short_title = "依职权注销"
    steps = (HeardStep,)
    checks = (
        status_permits("doctor_ex_officio_deregistration"),
        has_registration,
        reason_fits_initiator,
        has_happened,
        left_for_two_years,
        interrupted_for_two_years,
        missed_two_cycles,
    )
    route = (Stage.REVIEW, Stage.DECIDE)


@declare
class DeregistrationOnRecord(Deregistering):
    """据生效文书注销医师执业注册: death, judgment, revocation, annulment, failed assessment; nothing is left to be heard."""

    code = "doctor_deregistration_on_record"
    title = "据生效文书注销医师执业注册"
    short_title = "据文书注销"
    steps = (DecidedStep,)
    checks = (
        status_permits("doctor_deregistration_on_record"),
        has_registration,
        reason_fits_initiator,
        has_happened,
        rests_on_a_document,
        sentence_has_an_end,
    )
    route = (Stage.DECIDE,)
