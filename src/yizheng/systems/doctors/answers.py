"""What doctors answer to the systems below: who practises at an institution, and who may practise a clinical subject there."""

from yizheng.systems.doctors.models.registration import REGISTERED
from yizheng.systems.doctors.people import PEOPLE
from yizheng.systems.institutions.questions import (
    MayPractise,
    Practitioner,
    Staff,
    fitting,
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
