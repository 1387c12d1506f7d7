"""What follows for people of a register when the institution that they are registered at ends."""

from collections.abc import Iterable
from datetime import date

from yizheng.kernel.calendar import natural_days
from yizheng.kernel.statutes import Article
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.ports.consequences import Proposed, consequence
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.registered import PeopleRegister, names_on


def institution_ends(
    people: PeopleRegister, status: str, what: str, article: Article, *, days: int | None = None
) -> None:
    """Propose about everybody registered there, with this status that day, what must be done, within so many natural days."""

    @consequence(f"{people.system}.institution_ended", register=people.register, of=InstitutionLicence, article=article)
    def lose_their_institution(ended: Fact, on: date) -> Iterable[Proposed]:
        """Two queries for all."""
        assert isinstance(ended, InstitutionLicence)
        due = None if days is None else working_calendar().due(on, natural_days(days)).last
        with acting_as_system("机构终止后的人员处理"):
            mine = people.registration.objects.as_of(on).filter(institution_id=ended.subject_id).order_by("subject_id")
            staff = [each for each in mine if people.status_on(each, on) == status]
            names = names_on({each.subject_id for each in staff}, on)
        return [
            Proposed(
                each.subject_id,
                each.authority_scope,
                f"{ended.name}已终止执业：{names.get(each.subject_id, '')}{what}",
                due,
            )
            for each in staff
        ]
