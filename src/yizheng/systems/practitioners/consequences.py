"""What follows for the people of a register when the institution they mainly practise at ends, or another authority registers it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from yizheng.disclosure.publishing import refresh
from yizheng.kernel.calendar import Period
from yizheng.kernel.statutes import Article
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.ports.consequences import Carried, Proposed, carried_by_change, consequence
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import open_to
from yizheng.registry.models import Fact
from yizheng.registry.periods import FOREVER
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.amending import coming, say
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.registered import PeopleRegister


def when_institutions_end(
    people: PeopleRegister, article: Article, must: str, *, within: Callable[[date], Period] | None = None
) -> None:
    """Declare that everybody in practice there is put to her authority with what she ``must`` do; two queries for all."""

    def lose_their_institution(ended: Fact, on: date) -> Iterable[Proposed]:
        assert isinstance(ended, InstitutionLicence)
        due = None if within is None else working_calendar().due(on, within(on)).last
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


def go_with_their_institution(people: PeopleRegister) -> None:
    """Declare that everybody who mainly practises there is registered by the authority that registers the institution now.

    As the institution crosses the line of beds, in the same change: number, certificate and terms stay.
    """

    @carried_by_change(InstitutionLicence)
    def follow(moved: Sequence[Carried], on: date) -> None:
        for each in moved:
            if each.former.authority_scope != each.new.authority_scope:
                keep_with(each.former, each.new, each.change, on)

    def keep_with(former: InstitutionLicence, new: InstitutionLicence, change: ChangeInProgress, on: date) -> None:
        with acting_as_system("登记机关变更后的人员"):
            known = people.registration.objects.as_of(on).filter(institution_id=new.subject_id)
            mine = list(known.filter(authority_scope=former.authority_scope).order_by("subject_id"))
            change.lock(*(each.subject_id for each in mine))
            for each in mine:
                for version in coming(each, on):
                    say(version, change, on, FOREVER, authority_scope=new.authority_scope)
                open_to(each.subject_id, new.authority_scope, f"change:{change.id}")
            change.flush()
        refresh(people.code, {each.subject_id for each in mine})
