"""Both sides of the edge of a check: applicants it finds nothing of, and applicants it finds something of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from yizheng.licensing.findings import declared_checks
from yizheng.systems.practitioners.employer import Employer

ON = date(2026, 6, 30)
BEFORE, AFTER = ON - timedelta(days=1), ON + timedelta(days=1)
HOUSE = Employer(name="北京安和医院", category="A100", in_force=True, status="执业", place="110108")
CLOSED = Employer(name="北京安和医院", category="A100", in_force=False, status="停业", place="110108")

Known = SimpleNamespace
"""What is known of an applicant: as much as the rule asks for."""


@dataclass(frozen=True)
class Edge:
    """The codes under which registers ask one rule, and who stands on which side of it."""

    codes: str
    fine: Sequence[Any]
    faulty: Sequence[Any]

    def __str__(self) -> str:
        return self.codes

    def hold(self) -> None:
        """Every check under every code finds nothing of the ones and something of the others."""
        for code in self.codes.split():
            declared = [each for each in declared_checks() if each.code == code]
            assert declared, f"{code} is not declared"
            for rule in declared:
                assert [each for each in self.fine if rule(each, ON)] == [], code
                assert [each for each in self.faulty if not rule(each, ON)] == [], code
