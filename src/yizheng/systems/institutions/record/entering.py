"""Writing a record: the only writer of the licence with what stands beside it, so that the sum and the places agree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from yizheng.kernel.calendar.periods import add_months
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.people.models import Scope
from yizheng.people.scopes import add_organisation
from yizheng.people.searching.search import index_name
from yizheng.registry import ChangeInProgress, Subject, SubjectKind
from yizheng.registry.models import StateFact
from yizheng.systems.institutions.models import (
    LINE,
    InstitutionLicence,
    InstitutionNumber,
    InstitutionParty,
    PracticePlace,
    SubjectRemark,
    VerificationPeriod,
)
from yizheng.systems.institutions.models import numbers as number_lines
from yizheng.systems.institutions.models.verification import VERIFICATION
from yizheng.systems.institutions.record.held import BESIDE, Held
from yizheng.systems.institutions.record.persons import person_of
from yizheng.systems.institutions.record.stated import Lines, Named, Stated
from yizheng.systems.institutions.verification.clock import period_months


def found(change: ChangeInProgress, stated: Stated, office: Scope, on: date, **licence: Any) -> Subject:
    """A new institution: its subject, its record and its organisation under the authority that decided."""
    subject = change.subject(SubjectKind.INSTITUTION)
    enter(change, Held(subject.pk, on), stated, office, **licence)
    return subject


def enter(change: ChangeInProgress, held: Held, stated: Stated, office: Scope, **licence: Any) -> InstitutionLicence:
    """From the day of ``held`` the record says what is stated; lines it does not state any more end."""
    standing = held.licence.values() if held.licence is not None else {}
    values = {**standing, **stated.licence, **licence}
    version = change.state(
        InstitutionLicence, held.subject_id, LINE, values, valid_from=held.on, authority_scope=office.pk
    )
    enter_lines(change, held, PracticePlace, stated.places, office)
    enter_lines(change, held, SubjectRemark, stated.remarks, office)
    enter_parties(change, held, stated.parties, office)
    name_organisation(held.subject_id, values["name"], office)
    return version


def enter_lines(change: ChangeInProgress, held: Held, kind: type[StateFact], wanted: Lines, office: Scope) -> None:
    """The lines of a kind are these from the day on, and no others."""
    for line, values in wanted.items():
        change.state(kind, held.subject_id, line, values, valid_from=held.on, authority_scope=office.pk)
    for each in held.of(kind):
        if each.line not in wanted:
            change.end(kind, held.subject_id, each.line, on=held.on)


def enter_parties(change: ChangeInProgress, held: Held, wanted: Mapping[str, Named], office: Scope) -> None:
    """These parties from the day on; a line that is not named stays."""
    for line, party in wanted.items():
        values = {**party.values, "person": person_of(change, party.number)}
        change.state(InstitutionParty, held.subject_id, line, values, valid_from=held.on, authority_scope=office.pk)


def enter_number(change: ChangeInProgress, subject_id: int, kind: str, number: str, on: date, office: Scope) -> None:
    """A number is borne from the day on."""
    change.state(
        InstitutionNumber, subject_id, number_lines.line(kind, number), {"kind": kind, "number": number},
        valid_from=on, authority_scope=office.pk,
    )  # fmt: skip


def enter_period(change: ChangeInProgress, held: Held, licence: Mapping[str, Any], office: Scope) -> int:
    """How often it is verified from now on; the day it is due stands, unless none did. Returns the months."""
    months = period_months(licence["kind"], licence["category"], licence["economic_type"], licence["beds"])
    former = held.period
    due = add_months(held.on, months) if former is None else former.due_on
    values = {**({} if former is None else former.values()), "months": months, "due_on": due}
    change.state(
        VerificationPeriod, held.subject_id, VERIFICATION, values, valid_from=held.on, authority_scope=office.pk
    )
    return months


def move(change: ChangeInProgress, held: Held, office: Scope) -> None:
    """Another authority keeps the whole record from the day on; the licence itself was written for it already."""
    change.flush()
    for kind in BESIDE:
        for each in held.of(kind):
            if each.authority_scope != office.pk:
                change.state(
                    type(each), held.subject_id, each.line, each.values(), valid_from=held.on,
                    valid_to=each.valid_to, authority_scope=office.pk,
                )  # fmt: skip


def name_organisation(subject_id: int, name: str, office: Scope) -> None:
    """The organisation is called so, hangs on this authority, and is found by the name."""
    add_organisation(f"institution:{subject_id}", name, office, subject_id)
    index_name(subject_id, name, [office.pk], person=False)


def standing(held: Held) -> InstitutionLicence:
    """The licence on the day. Raises NotPossibleError where none stands."""
    if held.licence is None:
        raise NotPossibleError("机构在决定日没有登记，请核对后再作决定")
    return held.licence
