"""What follows for the people of a register when the institution they mainly practise at ends."""

from collections.abc import Iterable
from datetime import date

from yizheng.kernel.calendar import Period
from yizheng.kernel.statutes import Article
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.ports.consequences import Proposed, consequence
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.registered import PeopleRegister


def when_institutions_end(people: PeopleRegister, article: Article, must: str, *, within: Period | None = None) -> None:
    """Declare that everybody in practice there is put to her authority with what she ``must`` do; two queries for all."""

    def lose_their_institution(ended: Fact, on: date) -> Iterable[Proposed]:
        assert isinstance(ended, InstitutionLicence)
        due = None if within is None else working_calendar().due(on, within).last
        with acting_as_system("机构终止后的人员处理"):
            mine = people.registration.objects.as_of(on).filter(institution_id=ended.subject_id).order_by("subject_id")
            staff = [each for each in mine if people.status_on(each, on) == "REG"]
            identities = PersonIdentity.objects.as_of(on).filter(subject_id__in=[each.subject_id for each in staff])
            names = dict(identities.values_list("subject_id", "name"))
        return [
            Proposed(
                each.subject_id,
                each.authority_scope,
                f"{ended.name}已终止执业：{names.get(each.subject_id, '')}{must}",
                due,
            )
            for each in staff
        ]

    code = f"{people.system}.institution_ended"
    consequence(code, register=people.register, of=InstitutionLicence, article=article)(lose_their_institution)
