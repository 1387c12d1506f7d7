"""The record of an institution as it stands on a day, whoever entered it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.systems.institutions.models import (
    DuplicateRemark,
    EstablishmentApproval,
    FiledTechnology,
    FilingCheck,
    FurtherName,
    InstitutionLicence,
    InstitutionParty,
    InstitutionPenalty,
    InternetService,
    PracticePlace,
    SubjectRemark,
    Suspension,
    Verification,
    VerificationPeriod,
)
from yizheng.systems.institutions.models.parties import FOUNDER, LEGAL_REPRESENTATIVE, PRINCIPAL

BESIDE: tuple[type[Fact], ...] = (
    EstablishmentApproval, FurtherName, InstitutionParty, PracticePlace, SubjectRemark, DuplicateRemark, VerificationPeriod,
    FiledTechnology, FilingCheck, InternetService, Suspension, InstitutionPenalty,
)  # fmt: skip
"""The states beside the licence that move with it when another authority takes it over."""


@dataclass(frozen=True)
class Held:
    """What the register says of one institution on a day."""

    subject_id: int
    on: date

    @cached_property
    def licence(self) -> InstitutionLicence | None:
        """The licence."""
        return next(iter(self.of(InstitutionLicence)), None)

    @cached_property
    def approval(self) -> EstablishmentApproval | None:
        """The approval of the setting."""
        return next(iter(self.of(EstablishmentApproval)), None)

    @cached_property
    def parties(self) -> dict[str, InstitutionParty]:
        """The parties by line."""
        return {each.line: each for each in self.of(InstitutionParty)}

    @cached_property
    def places(self) -> dict[str, PracticePlace]:
        """The places by line."""
        return {each.line: each for each in self.of(PracticePlace)}

    @cached_property
    def remarks(self) -> dict[str, SubjectRemark]:
        """The remarks on subjects by line."""
        return {each.line: each for each in self.of(SubjectRemark)}

    @cached_property
    def period(self) -> VerificationPeriod | None:
        """The period of verification."""
        return next(iter(self.of(VerificationPeriod)), None)

    @cached_property
    def suspension(self) -> Suspension | None:
        """The suspension that runs."""
        return next(iter(self.of(Suspension)), None)

    @cached_property
    def verifications(self) -> list[Verification]:
        """The verifications there were, oldest first."""
        return sorted(self.of(Verification), key=lambda each: each.happened_on)

    @cached_property
    def check(self) -> FilingCheck | None:
        """The visit after a filing."""
        return next(iter(self.of(FilingCheck)), None)

    @cached_property
    def internet(self) -> InternetService | None:
        """The service over the internet."""
        return next(iter(self.of(InternetService)), None)

    def of(self, kind: type[Any]) -> list[Any]:
        """The versions of a kind that hold on the day."""
        with acting_as_system("核对机构登记"):
            return list(kind.objects.as_of(self.on).filter(subject_id=self.subject_id).order_by("line", "valid_from"))

    def party(self, role: str) -> InstitutionParty | None:
        """The first party of a role."""
        return next((each for each in self.parties.values() if each.role == role), None)

    @property
    def named(self) -> dict[str, str]:
        """Founder, legal representative and principal by role, as the certificate names them."""
        roles = (FOUNDER, LEGAL_REPRESENTATIVE, PRINCIPAL)
        return {role: "、".join(each.name for each in self.parties.values() if each.role == role) for role in roles}

    def facts(self) -> Iterator[Fact]:
        """Every state a decision may rest on."""
        if self.licence is not None:
            yield self.licence
        for kind in BESIDE:
            yield from self.of(kind)
