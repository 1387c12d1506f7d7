"""What is particular to rolling back a decision about a doctor: a record that left Beijing stays as it is."""

from yizheng.licensing.cases.rollbacks import why_not
from yizheng.systems.doctors.models import Registration

GONE = frozenset({"MIL", "MOVED"})


@why_not.answered_by
def record_left(subjects: frozenset[int]) -> list[str]:
    """A record that went to the forces or to another province is not undone by one side."""
    gone = Registration.objects.current().filter(subject_id__in=subjects, status__in=GONE)
    if not gone.exists():
        return []
    return ["登记已转军队或者转出外省，不能单方回退，须与转入的机关协商更正"]
