"""What is particular to rolling back a decision about people: a record that left Beijing stays, a term may be over by now."""

from django.utils import timezone

from yizheng.kernel.codes import name_of
from yizheng.licensing.cases.rollbacks import cautions, why_not
from yizheng.registry.models import Fact
from yizheng.systems.practitioners.registered import people_registers

GONE = frozenset({"MIL", "MOVED"})


@why_not.answered_by
def record_left(subjects: frozenset[int]) -> list[str]:
    """A record that went to the forces or to another province is not undone by one side."""
    for people in people_registers():
        if people.registration.objects.current().filter(subject_id__in=subjects, status__in=GONE).exists():
            return ["登记已转军队或者转出外省，不能单方回退，须与转入的机关协商更正"]
    return []


@cautions.answered_by
def over_by_now(again: tuple[Fact, ...]) -> list[str]:
    """What stands again may have ended by itself meanwhile: then nobody practises under it from the rollback on."""
    today, told = timezone.localdate(), []
    for people in people_registers():
        for each in again:
            if isinstance(each, people.registration) and each.stands and each.in_force_on(today):
                status = people.status_on(each, today)
                if status != each.status:
                    told.append(f"回退后注册状态随即为“{name_of(people.states, status)}”，当事人不得执业")
    return told
