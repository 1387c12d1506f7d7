"""定期考核: an institution hands in the result of a cycle for one of its doctors (医师法 第四十二条; 医师定期考核管理办法).

A report to the authority, which keeps it: it takes effect when handed in and is checked afterwards. A failed result stops
nobody by itself; it puts to the authority that it order three to six months' suspension and training, and after a second
failure that it end the registration.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from yizheng.kernel.statutes import assessment_rules, physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Initiator, Material, Shape, Stage
from yizheng.licensing.models import Case
from yizheng.licensing.ports.consequences import Proposed, consequence, follow
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.concerned import kept_here
from yizheng.systems.doctors.conduct import assessing
from yizheng.systems.doctors.conduct.assessment_form import AssessmentStep
from yizheng.systems.doctors.conduct.assessment_rules import (
    Assessed,
    Assessing,
    again_after_the_suspension,
    exempt_within_the_cycle,
    failed_where_it_must_be,
    once_a_cycle,
    opinion_in_time,
    registered_within_the_cycle,
    right_procedure,
    tested_in_general_procedure,
)
from yizheng.systems.doctors.models import PeriodicAssessment
from yizheng.systems.doctors.models.assessment import LINE
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.reading.held import Held, held_on
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.doctors.registered_item import RegisteredItem
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.registered_item import keeper

STEP = AssessmentStep.code
RECORD = Material("assessment_record", "考核结果表", "考核机构盖章的医师定期考核表")


@declare
class PeriodicAssessmentReport(RegisteredItem):
    """医师定期考核."""

    code = "doctor_periodic_assessment"
    title = "医师定期考核"
    short_title = "定期考核"
    group = "考核与行为"
    articles = (physicians_law(42), assessment_rules(17))
    shape = Shape.FILING
    initiators = (Initiator.INSTITUTION,)
    route = (Stage.ACCEPT,)
    collective = True
    steps = (AssessmentStep,)
    materials = (RECORD,)
    checks = (
        status_permits("doctor_periodic_assessment"),
        kept_here,
        once_a_cycle,
        registered_within_the_cycle,
        right_procedure,
        opinion_in_time,
        tested_in_general_procedure,
        exempt_within_the_cycle,
        failed_where_it_must_be,
        again_after_the_suspension,
    )

    def gather(self, answers: Answers, subject_id: int, on: date) -> Assessed:
        """The doctor, her record in the cycle, and the result as typed."""
        held = self.held(subject_id, on)
        cycle = assessing.cycle_called(answers.text(STEP, "cycle"), on)
        with acting_as_system("核对定期考核"):
            good, bad = assessing.conduct_within(subject_id, cycle, on)
            known = [] if cycle is None else _results(subject_id, cycle.code, on)
        failed = next((each for each in reversed(known) if not each.passed and not each.again), None)
        return Assessed(
            register_status=held.status,
            moved=self.moved(answers, held),
            cycle="" if cycle is None else cycle.code,
            cycle_from=None if cycle is None else cycle.begins,
            cycle_to=None if cycle is None else cycle.ends,
            first_practised_on=_first(held),
            good_records=good,
            bad_records=bad,
            known=bool(known),
            failed_before=failed is not None,
            suspended_to=None if failed is None else failed.suspended_to,
            numbers=Assessing.on(on),
            **_typed(answers),
        )

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Enter the result; what a failed one leads to is put to the authority."""
        cycle = assessing.cycle_called(load(case).text(STEP, "cycle"), on)
        assert cycle is not None
        with acting_as_system("定期考核登记"):
            result = _enter(case, cycle, change)
        follow(result, cause=change.id, on=on)
        word = "合格" if result.passed else "不合格"
        return Effect(summary=f"{cycle.code}周期考核{word}")


def _enter(case: Case, cycle: assessing.Cycle, change: ChangeInProgress) -> PeriodicAssessment:
    answers = load(case)
    typed = _typed(answers)
    values = {
        "cycle": cycle.code,
        "cycle_from": cycle.begins,
        "cycle_to": cycle.ends,
        "assessing_body": answers.text(STEP, "assessing_body"),
        "received_on": answers.day(STEP, "received_on"),
        **{name: typed[name] for name in _KEPT},
    }
    return change.event(
        PeriodicAssessment,
        case.subject_id,
        LINE,
        values,
        happened_on=typed["result_on"],
        authority_scope=case.decided_by,
    )


_KEPT = (
    "passed",
    "procedure",
    "attended",
    "again",
    "exempt_by",
    "score",
    "performance",
    "ethics",
    "failing",
    "training_proof",
)


def _typed(answers: Answers) -> dict[str, Any]:
    """What the form says of the result, by the names of the rules."""
    return {
        "procedure": answers.text(STEP, "procedure"),
        "again": bool(answers.flag(STEP, "again")),
        "attended": answers.flag(STEP, "attended") is not False,
        "exempt_by": answers.text(STEP, "exempt_by"),
        "exempt_on": answers.day(STEP, "exempt_on"),
        "score": answers.amount(STEP, "score"),
        "performance": answers.text(STEP, "performance"),
        "ethics": answers.text(STEP, "ethics"),
        "failing": answers.text(STEP, "failing"),
        "passed": answers.flag(STEP, "result"),
        "opinion_on": answers.day(STEP, "opinion_on"),
        "tested_on": answers.day(STEP, "tested_on"),
        "result_on": answers.day(STEP, "result_on"),
        "training_proof": answers.text(STEP, "training_proof"),
    }


def _results(subject_id: int, cycle: str, on: date) -> list[PeriodicAssessment]:
    found = PeriodicAssessment.objects.as_of(on).filter(subject_id=subject_id, cycle=cycle)
    return list(found.order_by("valid_from"))


def _first(held: Held) -> date | None:
    return min((each.first_practised_on for each in held.registrations), default=None)


@consequence("doctors.assessment_result", register=DOCTORS, of=PeriodicAssessment, article=physicians_law(42))
def what_a_result_leads_to(result: Fact, on: date) -> Iterable[Proposed]:
    """First failure: an order to stop; second: the end of the registration; a second success: practice goes on."""
    assert isinstance(result, PeriodicAssessment)
    words = {
        (False, False): "定期考核不合格：须责令暂停执业活动三个月至六个月并接受培训",
        (True, False): "暂停期满再次考核仍不合格：须注销注册（D05）",
        (True, True): "再次考核合格：暂停期满后可以恢复执业",
    }
    sentence = words.get((result.again, result.passed))
    if sentence is None:
        return []
    with acting_as_system("定期考核结果的处理"):
        office = keeper(held_on(result.subject_id, on))
        who = PersonIdentity.objects.as_of(on).filter(subject_id=result.subject_id).first()
    name = "" if who is None else who.name
    return [Proposed(result.subject_id, office, f"{name}{result.cycle}周期{sentence}")]
