"""地方医师转军队: the civil certificate is returned, the registration goes over to the forces (军队实施执业医师法办法 第十条、第二十一条).

It is no deregistration: the status says that the registration is kept elsewhere, and the public is told no more than that
no civil registration stands. The authority's decision is the proof the forces ask for.
"""

from __future__ import annotations

from datetime import date

from yizheng.documents.models import Ending
from yizheng.kernel.statutes import licensing_law, military_order
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Material, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.concerned import kept_here
from yizheng.systems.doctors.filings.dependents import end_dependents
from yizheng.systems.doctors.models import MilitaryTransfer
from yizheng.systems.doctors.models.military import LINE, TO_FORCES
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.qualification.obtaining import Joining, certificate_returned
from yizheng.systems.doctors.qualification.obtaining_form import JoiningStep
from yizheng.systems.doctors.registered_item import RegisteredItem
from yizheng.systems.doctors.registration import amending

STEP = JoiningStep.code


@declare
class LocalToMilitary(RegisteredItem):
    """地方医师转军队注册."""

    code = "local_to_military"
    title = "地方医师转军队注册"
    short_title = "转军队"
    group = "军地转换"
    articles = (military_order(10), military_order(21))
    route = (Stage.ACCEPT, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))
    steps = (JoiningStep,)
    materials = (Material("joining_proof", "入伍、聘用证明", "军队有关部门出具"),)
    checks = (status_permits("local_to_military"), kept_here, certificate_returned)

    def gather(self, answers: Answers, subject_id: int, on: date) -> Joining:
        """How the registration stands, and what was stated."""
        held = self.held(subject_id, on)
        return Joining(
            register_status=held.status,
            moved=self.moved(answers, held),
            joined_on=answers.day(STEP, "joined_on"),
            returned=bool(answers.flag(STEP, "returned")),
        )

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Registrations, certificates and what rests on them end; the transfer is recorded."""
        answers = load(case)
        with acting_as_system("地方医师转军队"):
            held = self.held(case.subject_id, on)
            amending.revoke_certificates(held.standing, change, on, ending=Ending.CANCELLED)
            end_dependents(case.subject_id, change, on, because="转军队注册")
            for registration in held.standing:
                amending.end_registration(registration, change, on, status="MIL", reason="D14")
            change.event(
                MilitaryTransfer,
                case.subject_id,
                LINE,
                {
                    "direction": TO_FORCES,
                    "organ": answers.text(STEP, "organ"),
                    "proof_number": answers.text(STEP, "proof_number"),
                    "transferred_on": answers.day(STEP, "joined_on") or on,
                },
                happened_on=on,
                authority_scope=case.decided_by,
            )
        return Effect(summary="出具地方注册证明，转军队注册，医师执业证书收回")
