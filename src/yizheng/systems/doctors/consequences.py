"""What follows for doctors when a fact they depend on ends."""

from collections.abc import Iterable
from datetime import date

from yizheng.kernel.calendar import natural_days
from yizheng.kernel.statutes import registration_rules
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.ports.consequences import Proposed, consequence
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.models.registration import REGISTERED
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.models import PersonIdentity

DAYS_TO_REPORT = natural_days(30)
"""Natural days within which an institution files that its doctors left."""


@consequence("doctors.institution_ended", register=DOCTORS, of=InstitutionLicence, article=registration_rules(19))
def doctors_lose_their_institution(ended: Fact, on: date) -> Iterable[Proposed]:
    """Everybody mainly practising there must leave by filing or find another main institution; two queries for all."""
    assert isinstance(ended, InstitutionLicence)
    due = working_calendar().due(on, DAYS_TO_REPORT).last
    with acting_as_system("机构终止后的人员处理"):
        mine = Registration.objects.as_of(on).filter(institution_id=ended.subject_id, status=REGISTERED)
        staff = list(mine.order_by("subject_id").values_list("subject_id", "authority_scope"))
        identities = PersonIdentity.objects.as_of(on).filter(subject_id__in=[subject for subject, _ in staff])
        names = dict(identities.values_list("subject_id", "name"))
    return [
        Proposed(
            subject, office, f"{ended.name}已终止执业：{names.get(subject, '')}须离岗备案或者变更主要执业机构", due
        )
        for subject, office in staff
    ]
