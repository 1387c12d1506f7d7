"""On Monday morning each institution is told who may not practise there on Friday (护士条例 第二十一条, 医师法 第十三条)."""

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from yizheng.kernel.chinese_dates import day_of_month, weekday
from yizheng.kernel.codes import table
from yizheng.people.kinds import Role
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.systems.practitioners.registered import PeopleRegister, people_registers
from yizheng.systems.practitioners.roster.not_practising import NotPractising, not_practising
from yizheng.work import inbox
from yizheng.work.schedules import schedule

FRIDAY = 4
NAMED = 20
"""People a message names; the page has them all."""


@schedule("0 7 * * 1", "practitioners.week", title="本周不得执业的人员提醒机构")
def tell_institutions(today: date | None = None) -> int:
    """Tell them of the coming Friday; returns how many messages were sent."""
    monday = today or timezone.localdate()
    friday = monday + timedelta(days=(FRIDAY - monday.weekday()) % 7)
    with acting_as_system("本周不得执业的人员"):
        return sum(_tell(people, monday, friday) for people in people_registers())


def _tell(people: PeopleRegister, today: date, on: date) -> int:
    sent = 0
    houses = _concerned(people, today, on)
    for scope in Scope.objects.filter(subject_id__in=houses).order_by("pk"):
        found = not_practising(people, None, scope.subject_id or 0, on, today)
        if found:
            inbox.send(
                role=Role.INSTITUTION_OPERATOR,
                scope=scope.pk,
                kind="week",
                title=f"{weekday(on)}（{day_of_month(on)}）不得执业的{people.title}：{len(found)} 人",
                body=_body(found),
                link=f"{reverse(f'{people.system}:not_practising')}?on={on.isoformat()}",
            )
            sent += 1
    return sent


def _body(found: list[NotPractising]) -> str:
    lines = [f"{each.name}：{each.why}" for each in found[:NAMED]]
    more = [f"另有 {len(found) - NAMED} 人，见名单。"] if len(found) > NAMED else []
    return "\n".join([*lines, *more])


def _concerned(people: PeopleRegister, today: date, on: date) -> set[int]:
    """The institutions at which somebody's registration or filing does not hold on the day; a query a relation."""
    may = [code.code for code in table(people.states).items() if code.flag("may_practise")]
    ending = ~Q(status__in=may) | Q(valid_to__lte=on)
    if people.term:
        ending |= Q(**{f"{people.term}__lt": on})
    registered = people.registration.objects.as_of(today).filter(ending)
    found = set(registered.exclude(institution_id=None).values_list("institution_id", flat=True))
    for each in people.relations[1:]:
        held = each.kind.objects.as_of(today).filter(each.condition)
        unfit = Q(valid_to__lte=on) | Q(subject_id__in=registered.values("subject_id"))
        found.update(held.filter(unfit).exclude(institution_id=None).values_list("institution_id", flat=True))
    return found
