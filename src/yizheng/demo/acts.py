"""Acts begun by the authority in every state: deregistration of who left over two years ago (医师执业注册管理办法 第十九条)."""

from __future__ import annotations

from yizheng.demo import past
from yizheng.demo.making import Making
from yizheng.demo.persons import Person, long_absent
from yizheng.demo.plans import DEREGISTRATIONS, act_path
from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing import catalogue, timekeeping
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import next_number
from yizheng.systems.doctors.registration.ex_officio_deregistration import ExOfficioDeregistration


def begin(making: Making, people: list[Person]) -> int:
    """As many as planned while somebody is long absent; returns how many."""
    planned = [(plan.state, plan.ago) for plan in DEREGISTRATIONS for _ in range(plan.count)]
    absent = long_absent(people, making.today)
    for (state, ago), person in zip(planned, absent, strict=False):
        _act(making, person, state, ago)
    return min(len(planned), len(absent))


def _act(making: Making, person: Person, state: CaseState, ago: int) -> None:
    left = person.career.segments[-1]
    house = next(each.house for each in reversed(person.career.segments) if each.house is not None)
    days = making.schedule.days(act_path(state), ago)
    first, last = days[0][0], days[-1][1].state
    facts = f"{person.name}自{long_date(left.since)}离岗备案，至今满二年未继续执业。"
    item = catalogue.item(ExOfficioDeregistration.code, first)
    case = Case.objects.create(
        number=next_number(first),
        item_code=item.code,
        rules_on=first,
        shape=item.shape,
        subject_id=person.subject,
        applicant_name=person.name,
        authority_scope=house.authority_scope,
        state=last,
        revision=len(days),
        submitted_at=past.moment(making, first),
        answers={"ground": {"cause": "D12", "event_on": left.since.isoformat()}},
    )
    past.write(making, case, person, house, days, facts)
    case.save(update_fields=["handler"])
    timekeeping.wind(case, item)
    if state is CaseState.ENACTED:
        perform(case, "enact", making.desk(house, "decide"), reason="事实清楚，依法注销。", on=making.today)
