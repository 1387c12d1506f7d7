"""What the grants of many first registrations write, in statements that serve all; the same as `registering` writes for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.documents import numbers
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.registry.many import ManyChanges, Statement
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.models.registration import line as registration_line
from yizheng.systems.doctors.reading.gathering import Answers
from yizheng.systems.doctors.reading.held import held_on
from yizheng.systems.doctors.registration.registering import (
    InstitutionGoneError,
    education_values,
    effect_of,
    prefix_of,
    registration_values,
    training_values,
)
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.identities import identity_values, photos_of, show_many
from yizheng.systems.practitioners.models import Education, PersonIdentity, TrainingProof
from yizheng.systems.practitioners.models.education import line as education_line
from yizheng.systems.practitioners.models.identity import LINE as IDENTITY
from yizheng.systems.practitioners.models.training import TRAINING
from yizheng.systems.practitioners.models.training import line as proof_line


@dataclass(frozen=True, slots=True)
class Grant:
    """One case of the many: what was asked, under which change, at which institution, by which authority."""

    case: Case
    answers: Answers
    change: ChangeInProgress
    licence: InstitutionLicence
    office: Scope
    known: PersonIdentity | None

    @property
    def practice(self) -> Mapping[str, Any]:
        """What was asked about the practice."""
        return self.answers["practice"]

    def says(
        self, line: str, values: Mapping[str, Any], valid_from: date, authority: int | None = None
    ) -> Statement:
        """What the grant says about a line of its subject."""
        scope = self.office.pk if authority is None else authority
        return Statement(self.change, self.case.subject_id, line, values, valid_from, scope)


def register_many(
    cases: Sequence[Case], answers: Sequence[Answers], many: ManyChanges, on: date
) -> list[Effect]:
    """Write what the register learns from the grants and say what to certify, in the order of the cases."""
    grants = _grants(cases, answers, many, on)
    identities = _identities(grants, many, on)
    many.state(Education, [_education(grant) for grant in grants])
    many.event(TrainingProof, _new_trainings(grants))
    registrations = _registrations(grants, many, on)
    show_many(
        [
            (identity, grant.licence.subject_id, grant.office.pk, f"case:{grant.case.pk}")
            for grant, identity in zip(grants, identities, strict=True)
        ]
    )
    return [
        effect_of(grant.answers, identity, registration, grant.licence, grant.office)
        for grant, identity, registration in zip(grants, identities, registrations, strict=True)
    ]


def _grants(cases: Sequence[Case], answers: Sequence[Answers], many: ManyChanges, on: date) -> list[Grant]:
    chosen = [licences.named(str(each["practice"]["institution"]), on) for each in answers]
    offices = Scope.objects.in_bulk({licence.authority_scope for licence in chosen if licence})
    grants = []
    for case, typed, change, licence in zip(cases, answers, many.changes, chosen, strict=True):
        if licence is None:
            raise InstitutionGoneError("拟执业机构在决定日没有执业许可")
        known = held_on(case.subject_id, on).identity
        grants.append(Grant(case, typed, change, licence, offices[licence.authority_scope], known))
    return grants


def _identities(grants: Sequence[Grant], many: ManyChanges, on: date) -> list[PersonIdentity]:
    photos = photos_of(grant.case for grant in grants)
    return many.state(
        PersonIdentity,
        [
            grant.says(
                IDENTITY,
                identity_values(grant.answers["person"], photos.get(grant.case.pk, ""), grant.known),
                on,
                None if grant.known is None else grant.known.authority_scope,
            )
            for grant in grants
        ],
    )


def _education(grant: Grant) -> Statement:
    values, graduated = education_values(grant.answers["education"])
    return grant.says(education_line(1), values, graduated)


def _new_trainings(grants: Sequence[Grant]) -> list[Statement]:
    """The trainings typed that the register does not have on that day yet."""
    line = proof_line(TRAINING)
    typed = [
        (grant, date.fromisoformat(str(training["ended_on"])), training)
        for grant in grants
        if (training := grant.answers.get("training", {})).get("ended_on")
    ]
    rows = TrainingProof.objects.current().filter(
        subject_id__in=[grant.case.subject_id for grant, _, _ in typed], line=line
    )
    on_record = set(rows.values_list("subject_id", "valid_from")) if typed else set()
    return [
        grant.says(line, training_values(training), ended_on)
        for grant, ended_on, training in typed
        if (grant.case.subject_id, ended_on) not in on_record
    ]


def _registrations(grants: Sequence[Grant], many: ManyChanges, on: date) -> list[Registration]:
    wanted = [
        numbers.Wanted(
            prefix_of(grant.practice, grant.licence, grant.office),
            f"subject:{grant.case.subject_id}",
            grant.change.id,
        )
        for grant in grants
    ]
    given = numbers.practice_numbers(wanted)
    said = [
        (grant, registration_values(grant.practice, grant.licence, number, on))
        for grant, number in zip(grants, given, strict=True)
    ]
    return many.state(
        Registration,
        [
            grant.says(registration_line(values["level"], values["place"]), values, on)
            for grant, values in said
        ],
    )
