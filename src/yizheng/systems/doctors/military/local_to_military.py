"""地方医师转军队: the civil certificate is returned, the registration goes over to the forces (军队实施执业医师法办法 第十条、第二十一条).

It is no deregistration: the status says that the registration is kept elsewhere, and the public is told no more than that
no civil registration stands. The authority's decision is the proof the forces ask for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms

from yizheng.documents.models import Ending
from yizheng.kernel.statutes import licensing_law, military_order
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day, radio
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.concerned import Concerned, kept_here
from yizheng.systems.doctors.filings.dependents import end_dependents
from yizheng.systems.doctors.models import MilitaryTransfer
from yizheng.systems.doctors.models.military import LINE, TO_FORCES
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.registered_item import RegisteredItem
from yizheng.systems.doctors.registration import amending

JOINING = (("enlisted", "入伍"), ("hired", "受聘到军队医疗机构"))


class JoiningStep(Step):
    """Joining the forces, and the civil certificate handed in."""

    code = "joining"
    title = "转军队注册"
    rows = (("joined_on", "proof_number"),)

    way = radio("方式", JOINING)
    organ = forms.CharField(label="军队注册机关", max_length=100, help_text="可以公开的名称或者代号")
    joined_on = day("入伍、聘用日期")
    proof_number = forms.CharField(label="入伍、聘用证明文号", max_length=60)
    returned = forms.BooleanField(label="已交回医师执业证书")


STEP = JoiningStep.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining(Concerned):
    """A civil doctor who joins the forces or is hired by them."""

    joined_on: date | None = None
    returned: bool = False


@check("D-QO21", military_order(10), title="交回医师执业证书", needs=("joining",))
def certificate_returned(person: Joining, on: date) -> Iterator[Finding]:
    """The civil certificate is handed in, and the day of joining is known."""
    if not person.returned:
        yield refuse("joining.returned", "转军队注册须交回医师执业证书")
    if person.joined_on is not None and person.joined_on > on:
        yield refuse("joining.joined_on", "入伍、聘用日期晚于今天，入伍后再办理")


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
