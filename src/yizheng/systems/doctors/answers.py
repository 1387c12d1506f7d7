"""What doctors answer to the systems below: who practises at an institution, and who may practise a clinical subject there."""

from datetime import date

from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.models import InstitutionFiling, Registration
from yizheng.systems.doctors.models.registration import REGISTERED
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.institutions.questions import (
    MayPractise,
    Practitioner,
    Staff,
    fitting,
    who_may_practise,
    who_practises,
)
from yizheng.systems.practitioners.models import PersonIdentity


@who_may_practise.answered_by
def registered_in_scope(asked: MayPractise) -> list[Practitioner]:
    """Doctors in practice there, mainly or by filing, one of whose scopes carries the subject; in three queries."""
    return fitting(_practising(asked.institution, asked.on), asked.clinical_subject)


@who_practises.answered_by
def registered_here(asked: Staff) -> list[Practitioner]:
    """Doctors in practice there, mainly or by filing; in three queries."""
    return _practising(asked.institution, asked.on)


def _practising(institution: int, on: date) -> list[Practitioner]:
    with acting_as_system("核对机构人员"):
        filed = InstitutionFiling.objects.as_of(on).filter(institution_id=institution)
        by_filing = set(filed.values_list("subject_id", "level"))
        standing = Registration.objects.as_of(on).filter(status=REGISTERED)
        here = list(standing.filter(institution_id=institution))
        here += [
            row
            for row in standing.filter(subject_id__in={subject for subject, _ in by_filing})
            if (row.subject_id, row.level) in by_filing
        ]
        held = {(row.subject_id, row.level): row for row in here}
        identities = PersonIdentity.objects.as_of(on).filter(subject_id__in={subject for subject, _ in held})
        names = dict(identities.values_list("subject_id", "name"))
    return [
        Practitioner(DOCTORS.code, subject, names.get(subject, ""), row.level, tuple(row.scopes))
        for (subject, _), row in sorted(held.items())
    ]
