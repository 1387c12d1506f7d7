"""What doctors answer to the systems below: who practises at an institution, and who may practise a clinical subject there."""

from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.checks.employer import SPECIALIST
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.models.registration import REGISTERED
from yizheng.systems.doctors.people import PEOPLE
from yizheng.systems.institutions.questions import (
    MayPractise,
    Practice,
    PracticeRecord,
    Practitioner,
    Staff,
    fitting,
    how_practised,
    who_may_practise,
    who_practises,
)
from yizheng.systems.practitioners.answers import practising


@who_practises.answered_by
def registered_here(asked: Staff) -> list[Practitioner]:
    """Doctors in practice there, mainly or by filing; in three queries."""
    return practising(PEOPLE, asked.institution, asked.on, REGISTERED)


@who_may_practise.answered_by
def registered_in_scope(asked: MayPractise) -> list[Practitioner]:
    """Those of them one of whose scopes carries the subject."""
    return fitting(practising(PEOPLE, asked.institution, asked.on, REGISTERED), asked.clinical_subject)


@how_practised.answered_by
def practised_since(asked: Practice) -> list[PracticeRecord]:
    """Her registrations in practice on the day, each since the day she first practised under it."""
    with acting_as_system("核对个人行医年限"):
        standing = Registration.objects.as_of(asked.on).filter(subject_id=asked.person, status=REGISTERED)
        return [
            PracticeRecord(each.level, each.category, each.first_practised_on, each.level == SPECIALIST)
            for each in standing.order_by("first_practised_on")
        ]
