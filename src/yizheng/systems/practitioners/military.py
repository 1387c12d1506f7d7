"""军地转换: going over to the forces or the armed police and coming back, on the proof of the organ that keeps the other registration.

It is no deregistration: the status says that the registration is kept elsewhere, and the public is told no more than that no civil
registration stands. The decision of the authority is the proof the forces ask for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django import forms

from yizheng.kernel.statutes import licensing_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.fields import day, radio
from yizheng.licensing.findings import Finding, refuse, shared
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.practitioners.checks import Concerned
from yizheng.systems.practitioners.models.military import LINE, TO_FORCES, TransferFact
from yizheng.systems.practitioners.registered_item import RegisteredItem

WAYS = (("civilian", "转业、复员"), ("retired", "离休、退休移交安置"))
STEP = "military"
"""The step of an item by which somebody comes back: ``organ``, ``proof_number``, ``transferred_on``."""
JOINING = (("enlisted", "入伍"), ("hired", "受聘到军队医疗机构"))


class JoiningStep(Step):
    """Joining the forces; a register adds ``returned``, the box that its certificate was handed in."""

    code, title = "joining", "转军队注册"
    rows = (("joined_on", "proof_number"),)

    way = radio("方式", JOINING)
    organ = forms.CharField(label="军队注册机关", max_length=100, help_text="可以公开的名称或者代号")
    joined_on = day("入伍、聘用日期")
    proof_number = forms.CharField(label="入伍、聘用证明文号", max_length=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining(Concerned):
    """Somebody registered who joins the forces or is hired by them."""

    certificate: str = ""
    """What the certificate is called that she hands in."""
    joined_on: date | None = None
    returned: bool = False


@shared("交回执业证书", needs=("joining",))
def certificate_returned(person: Joining, on: date) -> Iterator[Finding]:
    """The civil certificate is handed in, and the day of joining is known."""
    if not person.returned:
        yield refuse("joining.returned", f"转军队注册须交回{person.certificate}")
    if person.joined_on is not None and person.joined_on > on:
        yield refuse("joining.joined_on", "入伍、聘用日期晚于今天，入伍后再办理")


def enter_transfer(kind: type[TransferFact], direction: str, case: Case, change: ChangeInProgress, on: date) -> None:
    """The transfer on record, with the proof it rests on."""
    step, day_of = ("joining", "joined_on") if direction == TO_FORCES else (STEP, "transferred_on")
    answers = load(case)
    values = {
        "direction": direction,
        "organ": answers.text(step, "organ"),
        "proof_number": answers.text(step, "proof_number"),
        "transferred_on": answers.day(step, day_of) or on,
    }
    change.event(kind, case.subject_id, LINE, values, happened_on=on, authority_scope=case.decided_by)


class ToForces(RegisteredItem):
    """地方转军队: the civil certificate is returned, the registration goes over to the forces."""

    short_title, group = "转军队", "军地转换"
    route = (Stage.ACCEPT, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))
    steps: ClassVar[tuple[type[Step], ...]] = (JoiningStep,)
    materials = (Material("joining_proof", "入伍、聘用证明", "军队有关部门出具"),)
    transfer: ClassVar[type[TransferFact]]
    """The register's kind of transfer."""
    certificate_name: ClassVar[str]
    reason: ClassVar[str]
    """The reason with which the civil registration ends."""

    def gather(self, answers: Answers, subject_id: int, on: date) -> Joining:
        """How the registration stands, and what was stated."""
        return Joining(
            **self.concerned(self.held(subject_id, on), answers),
            certificate=self.certificate_name,
            joined_on=answers.day("joining", "joined_on"),
            returned=bool(answers.flag("joining", "returned")),
        )

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Registrations, certificates and what rests on them end; the transfer is recorded."""
        with acting_as_system(f"{self.title}登记"):
            self.close(case, change, on, status="MIL", reason=self.reason, because="转军队注册")
            enter_transfer(self.transfer, TO_FORCES, case, change, on)
        return Effect(f"出具地方注册证明，转军队注册，{self.certificate_name}收回")
