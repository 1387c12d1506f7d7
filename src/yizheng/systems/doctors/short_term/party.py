"""The one value that rules about a standing short-term practice are asked about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from yizheng.systems.doctors.checks.short_term_standing import StandingParty
from yizheng.systems.doctors.models import ShortTermPractice
from yizheng.systems.doctors.reading.gathering import employer_of
from yizheng.systems.doctors.rules import periods
from yizheng.systems.institutions.models import InstitutionLicence


def party_of(
    meant: Iterable[ShortTermPractice], licence: InstitutionLicence | None, on: date, **asked: Any
) -> StandingParty:
    """What stands at the host, and what is ``asked`` about it."""
    standing = next(iter(meant), None)
    return StandingParty(
        stands=standing is not None,
        origin="" if standing is None else standing.origin,
        category="" if standing is None else standing.category,
        valid_until=None if standing is None else standing.valid_until,
        employer=None if licence is None else employer_of(licence),
        periods=periods(on),
        **asked,
    )
