"""Who of an institution may not practise there on a day, and why (医师法 第十三条, 护士条例 第二十一条, 医疗机构管理条例 第二十七条).

Asked of a day to come it answers by what is registered now: a term that will be over, a suspension, a deregistration, a
filing that ends. Whoever left within the last month is named too, for she may still stand in somebody's plan.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.people.models import Account
from yizheng.registry.periods import last_day
from yizheng.systems.practitioners.registered import PeopleRegister, Relation, Standing, standing_on

LOOKED_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class NotPractising:
    """One person who may not practise at the institution on the day."""

    subject: int
    name: str
    relation: Relation
    fact: Any
    registration: Any | None
    why: str


def not_practising(
    people: PeopleRegister, account: Account | None, institution: int, on: date, today: date
) -> list[NotPractising]:
    """By name; two queries a relation and two. Without an account as the system, which must be the caller."""
    bound = [(each, _bound(each, account, institution, on, today)) for each in people.relations]
    subjects = {fact.subject_id for _, facts in bound for fact in facts}
    standing = standing_on(people, subjects, on)
    here = {fact.subject_id for _, facts in bound for fact in facts if fact.in_force_on(on)}
    found = [
        NotPractising(fact.subject_id, standing.identities[fact.subject_id].name, relation, fact, held, why)
        for relation, facts in bound
        for fact in _latest(facts)
        if fact.subject_id in standing.identities and (fact.in_force_on(on) or fact.subject_id not in here)
        for held in (standing.registrations.get(fact.subject_id),)
        if (why := _why(people, relation, fact, standing, on))
    ]
    first = {each.subject: each for each in reversed(found)}
    return sorted(first.values(), key=lambda each: (each.name, each.subject))


def _bound(relation: Relation, account: Account | None, institution: int, on: date, today: date) -> list[Any]:
    """The facts that bind people to the institution on the day, or bound them within the last month."""
    kind = relation.kind.objects
    seen: QuerySet[Any] = (kind.visible_to(account) if account else kind.all()).current()
    here = seen.filter(relation.condition, institution_id=institution, valid_from__lte=on)
    return list(here.filter(valid_to__gt=today - LOOKED_BACK).order_by("subject_id", "line", "valid_from"))


def _latest(facts: list[Any]) -> Iterator[Any]:
    """Of each person the fact that holds last."""
    yield from {fact.subject_id: fact for fact in facts}.values()


def _why(people: PeopleRegister, relation: Relation, fact: Any, standing: Standing, on: date) -> str:
    """Why she may not; empty where she may."""
    if not relation.under_registration:
        until = getattr(fact, "valid_until", None) or last_day(fact.valid_to)
        return f"{relation.title}到{long_date(until)}为止" if until is not None and until < on else ""
    held = standing.registrations.get(fact.subject_id)
    if held is None:
        return "没有执业注册"
    if not people.may_practise(held, on):
        last = people.last_day(held)
        if last is not None and held.stands and last < on:
            return f"注册有效期至{long_date(last)}，未延续"
        until = last_day(held.valid_to)
        words = people.standing(held, on)
        since = f"{words.state}，自{long_date(held.valid_from)}起"
        return f"{since}，至{long_date(until)}" if until and held.stands else since
    if fact.in_force_on(on):
        return ""
    ended = last_day(fact.valid_to)
    return f"{relation.title}到{long_date(ended)}为止" if ended else name_of(people.states, held.status)
