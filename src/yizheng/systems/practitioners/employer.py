"""The institution somebody wants to work in, as its licence stands on the day asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yizheng.systems.institutions.models import InstitutionLicence


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """An institution as the rules see it."""

    name: str
    category: str
    in_force: bool
    status: str
    """The licence's state in words, for the sentence a person reads."""
    subjects: frozenset[str] = frozenset()
    """Clinical subjects (诊疗科目) on the licence."""
    place: str = ""
    """Six-digit district of the licence, or the local code of a development area."""


def employer_of(licence: InstitutionLicence) -> Employer:
    """The institution as the rules see it."""
    return Employer(
        name=licence.name,
        category=licence.category,
        in_force=licence.may_practise,
        status=licence.status_name,
        subjects=frozenset(licence.subjects),
        place=licence.district,
    )
