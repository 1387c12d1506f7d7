"""Entering a registration or a change of one: the new versions, who sees the doctor from now on, who is told, what is certified.

医师法 第十八条; 医师执业注册管理办法 第十条. A running suspension goes on where the doctor goes: each coming version of the
line keeps its own status. The former authority keeps the past it decided and sees nothing of what comes.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from yizheng.documents import numbers
from yizheng.kernel.codes import table
from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.item import Effect, Initiator, Stage, WorkingDays
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import FOREVER
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.certificates import certificate_fields, certificate_kind, renewed_fields
from yizheng.systems.doctors.checks.applicant import Applicant
from yizheng.systems.doctors.conduct.suspending import suspended_until
from yizheng.systems.doctors.filings.dependents import end_only_filing_at
from yizheng.systems.doctors.item import DoctorItem
from yizheng.systems.doctors.models import InstitutionFiling, Registration
from yizheng.systems.doctors.models.registration import LEFT, REGISTERED
from yizheng.systems.doctors.models.registration import line as registration_line
from yizheng.systems.doctors.reading.gathering import known_of, prefilled, scopes_in
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners import leaving
from yizheng.systems.practitioners.amending import coming, say
from yizheng.systems.practitioners.entering import enter_practitioner, enter_proofs
from yizheng.systems.practitioners.identities import show_to
from yizheng.systems.practitioners.item import office
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.places import number_area


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision being entered: the case and its form, where the doctor goes, what the register held of her before."""

    case: Case
    typed: Answers
    licence: InstitutionLicence
    office: Scope
    change: ChangeInProgress
    on: date
    held: Held

    @property
    def post(self) -> dict[str, Any]:
        """Where the form says she works: the institution, the department and the terms."""
        practice = self.typed.get("practice", {})
        terms = {name: practice.get(name, "") for name in ("department", "employment")}
        return {"institution": self.licence.subject_id, **terms}

    @property
    def former(self) -> Registration:
        """The registration that counts. Raises NotPossibleError where none stands any more."""
        if self.held.main is None:
            raise NotPossibleError("注册已经终止，不能变更；请核对后再作决定")
        return self.held.main

    @property
    def identity(self) -> PersonIdentity:
        """The identity on record. Raises NotPossibleError where there is none."""
        if self.held.identity is None:
            raise NotPossibleError("登记簿中没有申请人的身份信息，先办理个人信息登记")
        return self.held.identity

    def admit(self) -> PersonIdentity:
        """Enter the person and the proofs as the form says them; the institution and its authority see her."""
        identity = enter_practitioner(self.case, self.typed, self.change, self.licence, self.on)
        enter_proofs(self.change, self.case.subject_id, self.typed, self.office.pk, DOCTORS)
        return identity


class RegisteringItem(DoctorItem):
    """An item by which a doctor is registered, decided in twenty working days by the authority that licensed the institution."""

    initiators: ClassVar[tuple[Initiator, ...]] = (Initiator.PERSON,)
    route = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    statutory = WorkingDays(20, physicians_law(13))
    weighs: ClassVar[type[Applicant]] = Applicant

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """What the register and the vault know for the steps of the form."""
        known = prefilled(subject_id)
        return {each.code: known[each.code] for each in self.steps if each.code in known}

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """What the register says of her."""
        return known_of(answers, subject_id, on)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Enter what was granted. Raises InstitutionGoneError when the institution has no licence any more."""
        licence, held = self.employer(case, on), self.held(case.subject_id, on)
        with acting_as_system(f"{self.title}登记"):
            return self.enter(Entry(case, load(case), licence, office(case.decided_by), change, on, held))

    def enter(self, entry: Entry) -> Effect:
        """Write the facts, inside the deciding transaction and with sight of every line of the person."""
        raise NotImplementedError


def number_parts(level: str, category: str, office: Scope, licence: InstitutionLicence) -> tuple[str, str, str]:
    """What the first digits of a practice number say: level, category, area of first issue."""
    segment = table("practice_category").root(category).many("certificate_segments")[0]
    return level, segment, number_area(office.code, licence.district)


def new_number(entry: Entry, level: str, category: str) -> str:
    """A practice number."""
    parts = number_parts(level, category, entry.office, entry.licence)
    return numbers.practice_number(*parts, given_to=f"subject:{entry.case.subject_id}", change_id=entry.change.id)


def open_registration(entry: Entry, level: str, category: str, place: str, **said: Any) -> Registration:
    """A registration that begins on the day, at the institution of the form, with what is ``said`` beside or instead."""
    values = {
        **entry.post,
        "level": level,
        "category": table("practice_category").root(category).code,
        "scopes": list(scopes_in(entry.typed.get("practice", {}))),
        "place": place,
        "status": REGISTERED,
        "issued_on": entry.on,
        "first_practised_on": entry.on,
        **said,
    }
    if not values.get("practice_number"):
        values["practice_number"] = new_number(entry, level, category)
    where, subject_id = registration_line(level, place), entry.case.subject_id
    return entry.change.state(
        Registration, subject_id, where, values, valid_from=entry.on, authority_scope=entry.office.pk
    )


def carry(entry: Entry, registration: Registration, *, line: str = "", **altered: Any) -> Registration:
    """From the day on the line says this too, every coming version keeping its status; who had left is back.

    With another ``line`` the versions are entered there. Returns the version of the day.
    """
    entered = [
        say(
            version,
            entry.change,
            entry.on,
            FOREVER,
            line=line,
            authority_scope=entry.office.pk,
            **{**_back(version), **altered},
        )
        for version in coming(registration, entry.on)
    ]
    return _under_suspension(entry, registration, entered[0])


def _back(version: Registration) -> dict[str, Any]:
    return {"status": REGISTERED, "reason": ""} if version.status == LEFT else {}


def _under_suspension(entry: Entry, former: Registration, now: Registration) -> Registration:
    """Who left during a suspension does not get out of it by coming back."""
    until = suspended_until(former, entry.on)
    if former.status != LEFT or until is None:
        return now
    return say(now, entry.change, entry.on, until, status="SUSP_PENAL")


def come(entry: Entry) -> None:
    """The institution and its authority see the doctor; a filing at what is the main institution now ends, begun or not."""
    show_to(entry.change, entry.identity, entry.licence.subject_id, entry.office.pk, f"case:{entry.case.pk}")
    end_only_filing_at(entry.case.subject_id, entry.licence.subject_id, entry.change, entry.on)


def leave(entry: Entry, sentence: str) -> None:
    """The former institution and authority are told, and see no more than their past unless she practises there still."""
    former = entry.former
    entry.change.flush()
    filings = InstitutionFiling.objects.current().filter(subject_id=former.subject_id, valid_to__gt=entry.on)
    leaving.leave(former, filings, entry.licence, entry.office.pk, f"{entry.identity.name}{sentence}")


def renewed(entry: Entry, registration: Registration, changed: str, summary: str, **altered: Any) -> Effect:
    """The effect with a new version of the certificate in force, the change entered on it."""
    said = {"institution": entry.licence.name, **altered}
    fields = renewed_fields(registration, entry.held.identity, entry.on, changed=changed, office=entry.office, **said)
    return Effect(summary, certificate_kind(registration.level), fields)


def issued(entry: Entry, registration: Registration, identity: PersonIdentity, summary: str) -> Effect:
    """The effect with a certificate of its own: the numbers are those of the form."""
    steps, said = ("qualification", "origin"), "qualification_number"
    fields = certificate_fields(
        registration,
        identity,
        entry.office,
        institution=entry.licence.name,
        identity_number=entry.typed.text("person", "id_number"),
        qualification_number=next(filter(None, (entry.typed.text(step, said) for step in steps)), ""),
    )
    remarks = {"remarks": registration.remark} if registration.remark else {}
    return Effect(summary, certificate_kind(registration.level), {**fields, **remarks})
