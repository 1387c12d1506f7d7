"""What ends with a licence in the same change: filed technologies, the name of an internet hospital, verification, suspension."""

from yizheng.registry import ChangeInProgress
from yizheng.registry.models import StateFact
from yizheng.systems.institutions.models import FiledTechnology, FurtherName, Suspension, VerificationPeriod
from yizheng.systems.institutions.record.held import Held

RESTING: tuple[type[StateFact], ...] = (FiledTechnology, VerificationPeriod, Suspension)
"""Kinds that stand on the licence alone."""
INTERNET_HOSPITAL = "internet_hospital"


def end_beside(change: ChangeInProgress, held: Held) -> None:
    """End on the day of ``held`` what rests on the licence."""
    for kind in RESTING:
        for each in held.of(kind):
            change.end(kind, held.subject_id, each.line, on=held.on)
    for name in held.of(FurtherName):
        if name.kind == INTERNET_HOSPITAL:
            change.end(FurtherName, held.subject_id, name.line, on=held.on)
