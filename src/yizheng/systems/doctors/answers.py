"""What doctors answer to the systems below: who may practise a clinical subject at an institution."""

from __future__ import annotations

from yizheng.kernel.scopes import scopes_of
from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.models import InstitutionFiling, PersonIdentity, Registration
from yizheng.systems.doctors.models.registration import REGISTERED
from yizheng.systems.institutions.questions import MayPractise, Practitioner, who_may_practise


@who_may_practise.answered_by
def registered_in_scope(asked: MayPractise) -> list[Practitioner]:
    """Doctors in practice there, mainly or by filing, one of whose scopes carries the subject; in three queries."""
    wanted = set(scopes_of(asked.clinical_subject))
    with acting_as_system("核对机构人员"):
        filed = InstitutionFiling.objects.as_of(asked.on).filter(institution_id=asked.institution)
        by_filing = set(filed.values_list("subject_id", "level"))
        standing = Registration.objects.as_of(asked.on).filter(status=REGISTERED)
        here = list(standing.filter(institution_id=asked.institution))
        here += [
            row
            for row in standing.filter(subject_id__in={subject for subject, _ in by_filing})
            if (row.subject_id, row.level) in by_filing
        ]
        fitting = {row.subject_id: row for row in here if wanted & set(row.scopes)}
        identities = PersonIdentity.objects.as_of(asked.on).filter(subject_id__in=fitting)
        names = dict(identities.values_list("subject_id", "name"))
    return [
        Practitioner(subject, names.get(subject, ""), row.level, tuple(row.scopes))
        for subject, row in sorted(fitting.items())
    ]
