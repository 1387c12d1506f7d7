"""An applicant with whom nothing is wrong; each test spoils one thing."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from yizheng.licensing.findings import Check, Finding
from yizheng.systems.doctors.checks.applicant import PHYSICIAN, Applicant, HeldQualification
from yizheng.systems.practitioners.checks import Training
from yizheng.systems.practitioners.employer import Employer

Change = Callable[..., Applicant]


def codes(findings: Iterable[Finding]) -> list[str]:
    """The codes of findings, in order."""
    return [finding.code for finding in findings]


@pytest.fixture
def qualification() -> HeldQualification:
    return HeldQualification(
        level=PHYSICIAN, category="clinical", qualified_on=date(2023, 12, 1), holder_name="许南乔", number_agrees=True
    )


@pytest.fixture
def employer() -> Employer:
    return Employer(
        name="海淀区青禾社区卫生服务中心",
        category="B100",
        in_force=True,
        status="正常执业",
        subjects=frozenset({"02", "03.04", "07"}),
        place="110108",
    )


@pytest.fixture
def applicant(qualification: HeldQualification, employer: Employer) -> Applicant:
    return Applicant(
        name="许南乔",
        birth_date=date(1996, 4, 26),
        identity_agrees=True,
        qualification=qualification,
        training=Training(),
        level=PHYSICIAN,
        category="clinical",
        scopes=("11",),
        employer=employer,
        employment_proof_name="海淀区青禾社区卫生服务中心",
        fit=True,
        truthful=True,
    )


@pytest.fixture
def but(applicant: Applicant) -> Change:
    """The same applicant with some things changed: ``but(level="2")``."""

    def changed(**values: Any) -> Applicant:
        return replace(applicant, **values)

    return changed


@pytest.fixture
def ask() -> Callable[[Check, Applicant, date], list[str]]:
    """The codes a check answers with."""

    def asked(check: Check, applicant: Applicant, on: date) -> list[str]:
        return codes(check(applicant, on))

    return asked
