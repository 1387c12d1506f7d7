"""What is particular to rolling back a decision about a doctor: the record that left, and the name that stands again."""

from __future__ import annotations

from django.utils import timezone

from yizheng.licensing.rollbacks import RolledBack, follows, why_not
from yizheng.systems.doctors.models import Registration
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.reindexing import reindex_as_of

GONE = frozenset({"MIL", "MOVED"})


@why_not.answered_by
def record_left(subjects: frozenset[int]) -> list[str]:
    """A record that went to the forces or to another province is not undone by one side."""
    gone = Registration.objects.current().filter(subject_id__in=subjects, status__in=GONE)
    if not gone.exists():
        return []
    return ["登记已转军队或者转出外省，不能单方回退，须与转入的机关协商更正"]


@follows
def find_by_name(rolled_back: RolledBack) -> None:
    """People are found by the name that stands again."""
    reindex_as_of(rolled_back.subjects(PersonIdentity), timezone.localdate())
