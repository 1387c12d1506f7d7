"""注销注册: at her own request, reported by her institution, or ended by the authority after hearing her or at once on a document.

行政许可法 第七十条. The reasons of a register stand in its code table: who may bring each (``initiators``), whether she is ``heard``
first, whether it rests on a ``document``, the ``status`` the registration has then, and the ``bar`` that follows with the day it
counts from. Deregistration, revocation, annulment and transfer to the forces stay apart: each reason names its own status.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from yizheng.documents.models import Ending
from yizheng.kernel.codes import Code, table
from yizheng.kernel.statutes import licensing_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.cases.instruments import office_of
from yizheng.licensing.fields import day
from yizheng.licensing.findings import Finding, refuse, shared
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Initiator, Material, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.practitioners.bars import SENTENCE, enter_bar
from yizheng.systems.practitioners.checks import Concerned
from yizheng.systems.practitioners.item import OFFICE
from yizheng.systems.practitioners.models import RegistrationBar
from yizheng.systems.practitioners.registered_item import RecordedAct, RegisteredItem

PERSON, INSTITUTION, AUTHORITY = "person", "institution", "authority"
BY = {PERSON: "本人", INSTITUTION: "机构", AUTHORITY: "登记机关"}
STEP = "ground"
ENDINGS = {"REVOKED": Ending.PENALTY, "ANNULLED": Ending.ANNULLED}
FROM_THE_DECISION = frozenset(ENDINGS)
"""Statuses that hold from the day of the decision that took the certificate, not from its entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Concerned):
    """Somebody whose registration is to end: how it stands, the reason, and what the reason rests on."""

    reasons: ClassVar[str]
    """The code table of the reasons of the register."""

    registered: bool
    cause: str = ""
    initiator: str = AUTHORITY
    event_on: date | None = None
    """The day of what happened: the death, the decision, the last day of practice."""
    authority_name: str = ""
    document_number: str = ""

    @property
    def law(self) -> Code | None:
        """The row of the reason."""
        return table(self.reasons).get(self.cause)


@shared("有可以注销的注册")
def has_registration(party: Party, on: date) -> Iterator[Finding]:
    """Only what stands can be ended."""
    if not party.registered:
        yield refuse("", "当事人没有在册的注册，不需要注销")


@shared("注销原因由能够提出的一方提出")
def reason_fits_initiator(party: Party, on: date) -> Iterator[Finding]:
    """Each reason of the law is for the person, the institution or the authority to bring."""
    if party.law is None:
        yield refuse("ground.cause", "没有写明注销的原因")
    elif party.initiator not in party.law.many("initiators"):
        whose = "、".join(BY[each] for each in party.law.many("initiators") if each in BY)
        yield refuse("ground.cause", f"“{party.law.name}”由{whose}提出，不能由{BY[party.initiator]}提出")


@shared("事由已经发生")
def has_happened(party: Party, on: date) -> Iterator[Finding]:
    """Nothing is ended for what is still to come."""
    if party.event_on is not None and party.event_on > on:
        yield refuse("ground.event_on", "事由发生日期晚于今天，请核对")


@shared("写明所依据的生效文书")
def rests_on_a_document(party: Party, on: date) -> Iterator[Finding]:
    """A judgment, a revocation, an annulment is named with who decided it and when."""
    if party.law is None or not party.law.flag("document"):
        return
    if not party.authority_name or not party.document_number:
        yield refuse("ground.document_number", f"“{party.law.name}”须写明决定机关和文书号")
    if party.event_on is None:
        yield refuse("ground.event_on", "须写明文书的日期，期限自这一天起算")


def applied(code: Code) -> bool:
    """Reasons the person or her institution may bring; a transfer to the forces has a business of its own."""
    brought_by = set(code.many("initiators"))
    return bool({PERSON, INSTITUTION} & brought_by) and "military" not in brought_by


def decided(code: Code) -> bool:
    """Reasons for which what was decided or happened needs no hearing any more."""
    return AUTHORITY in code.many("initiators") and not code.flag("heard")


def heard(code: Code) -> bool:
    """Reasons on which the person is heard first."""
    return AUTHORITY in code.many("initiators") and code.flag("heard")


class GroundStep(Step):
    """The reason of the law, and on which document it rests; a register adds ``cause``, the choice of its reasons."""

    code, title = STEP, "注销事由"
    field_order = ("cause", "event_on", "known_on", "authority_name", "document_number", "served_on")

    event_on = day("事由发生日期")
    authority_name = forms.CharField(label="作出判决、决定的机关", max_length=100, required=False)
    document_number = forms.CharField(label="文书号", max_length=60, required=False)
    certificate_returned = forms.BooleanField(label="纸质执业证书已收回", required=False)


class AppliedStep(GroundStep):
    """The reason as the person or the institution brings it."""

    certificate_returned = forms.BooleanField(label="纸质执业证书已交回", required=False)


class DecidedStep(GroundStep):
    """The decision in force, the judgment or the death that the authority enters."""

    title = "注销依据"

    event_on = day("文书或者事由的日期", hint="吊销、撤销自这一天起算")


class HeardStep(GroundStep):
    """The ground on which the authority means to end a registration."""

    event_on = day("事由发生日期", required=False)
    authority_name = forms.CharField(label="认定机关", max_length=100, required=False)


def proofs(*rows: tuple[str, str, str]) -> tuple[Material, ...]:
    """The paper that each reason asks for: code of the reason, title, what it must show."""

    def for_reason(reason: str) -> Callable[[Any, date], bool]:
        return lambda party, on: bool(party.cause == reason)

    return tuple(
        Material(f"proof_{reason.lower()}", title, requirement).when(for_reason(reason))
        for reason, title, requirement in rows
    )


class Deregistration(RegisteredItem):
    """The end of a registration for a reason of the law."""

    party: ClassVar[type[Party]]
    """What the rules of the register weigh."""
    brought_by: ClassVar[str] = PERSON
    """Who brings the reason where the case does not say so."""

    def gather(self, answers: Answers, subject_id: int, on: date) -> Party:
        """How the registration stands, and the reason brought."""
        held = self.held(subject_id, on)
        return answers.stated(
            STEP,
            self.party,
            **self.concerned(held, answers),
            registered=held.main is not None,
            initiator=str(answers.get(OFFICE, {}).get("by", self.brought_by)),
            **self.particulars(held, answers, on),
        )

    def particulars(self, held: Any, answers: Answers, on: date) -> dict[str, Any]:
        """What else the rules of the register weigh."""
        return {}

    def end(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Registration, what rests on it and certificate end; the ground that follows is entered. As the system."""
        answers = load(case)
        reason = table(self.party.reasons)[answers.text(STEP, "cause")]
        event_on, status = answers.day(STEP, "event_on") or on, reason.attributes["status"]
        self.close(
            case,
            change,
            event_on if status in FROM_THE_DECISION else on,
            status=status,
            because=reason.name,
            reason=reason.code,
            ending=ENDINGS.get(status, Ending.CANCELLED),
        )
        if ground := reason.attributes["bar"]:
            self._bar(case, change, ground, {"event": event_on, "ended": on}[reason.attributes["bar_from"]])
        return Effect(f"注销注册（{reason.name}），执业证书废止")

    def _bar(self, case: Case, change: ChangeInProgress, ground: str, since: date) -> None:
        """The ground that follows from the reason, once, from the day it counts from."""
        known = RegistrationBar.objects.current().filter(subject_id=case.subject_id, of_register=self.of.code)
        if known.filter(ground=ground, valid_from=since).exists():
            return
        answers = load(case)
        enter_bar(
            change,
            case.subject_id,
            ground,
            since,
            authority_scope=case.decided_by,
            authority_name=answers.text(STEP, "authority_name") or office_of(case).name,
            document_number=answers.text(STEP, "document_number"),
            until=answers.day(STEP, "served_on") if ground == SENTENCE else None,
            of=self.of.code,
        )


class OnApplication(Deregistration):
    """She gives her registration up, or her institution reports why it must end."""

    short_title, group = "注销注册", "离岗与注销"
    initiators = (Initiator.PERSON, Initiator.INSTITUTION)
    route = (Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))

    def prefill_for(self, subject_id: int, institution_scope: int) -> dict[str, dict[str, Any]]:
        """Where the case goes, and that an institution reports."""
        office = self.office(subject_id, timezone.localdate())
        return {OFFICE: {**office, "institution": institution_scope, "by": INSTITUTION}}

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The registration ends."""
        with acting_as_system("注销登记"):
            return self.end(case, change, on)


class ByAuthority(Deregistration, RecordedAct):
    """The authority ends a registration."""

    group = "离岗与注销"
    brought_by = AUTHORITY

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The registration ends."""
        return self.end(case, change, on)


class ExOfficio(ByAuthority):
    """After telling the person and hearing her."""

    short_title = "依职权注销"
    route = (Stage.REVIEW, Stage.DECIDE)


class OnRecord(ByAuthority):
    """On a document in force or a fact: nothing is left to be heard."""

    short_title = "据文书注销"
