"""An entry of a register as it is told: its public fields by certificate number, and how it stands today.

What a change touched is made public anew first, so that what is told is what the same transaction decided.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from yizheng.disclosure.models import PublicInstitution, PublicPractitioner
from yizheng.disclosure.publishing import refresh
from yizheng.disclosure.sources import sources
from yizheng.disclosure.verdicts import verdict_on
from yizheng.exchange.channels.declaring import Draft
from yizheng.exchange.ecertificates.types import holders
from yizheng.exchange.models import Message
from yizheng.people.scopes import city

INSTITUTION = "institution"


def of_changes(changes: Sequence[int]) -> list[Draft]:
    """The entries of everybody whose standing these changes touched."""
    return list(drafts(touched(changes)))


def touched(changes: Sequence[int]) -> set[int]:
    """Everybody whose standing these changes touched, made public anew."""
    asked = {id(each): each for each in holders().values()}.values()
    subjects = {subject for each in asked for subject in each.touched(changes)}
    if subjects:
        for source in sources():
            refresh(source.register.code, subjects)
    return subjects


def again(keys: Sequence[str]) -> list[Draft]:
    """The entries of these keys (register:subject) as they stand."""
    wanted = set(keys)
    subjects = {int(key.rpartition(":")[2]) for key in wanted}
    return [each for each in drafts(subjects) if each.key in wanted]


def full(channel: str, days: tuple[date, date]) -> Iterable[str]:
    """Every entry, where the channel has told nothing yet; afterwards what changes is told as it changes."""
    if Message.objects.filter(channel=channel).exists():
        return []
    people = PublicPractitioner.objects.values_list("register", "subject")
    houses = PublicInstitution.objects.values_list("register", "subject")
    return [f"{register}:{subject}" for rows in (houses, people) for register, subject in rows.iterator()]


def people(subjects: Iterable[int]) -> QuerySet[PublicPractitioner]:
    """The entries of people, in order."""
    return PublicPractitioner.objects.filter(subject__in=list(subjects)).order_by("register", "subject")


def drafts(subjects: Iterable[int]) -> Iterator[Draft]:
    """What is said of institutions and people as they stand."""
    wanted, scope = list(subjects), city().pk
    houses = PublicInstitution.objects.filter(subject__in=wanted).order_by("register", "subject")
    yield from (
        Draft(INSTITUTION, f"{each.register}:{each.subject}", _institution(each), each.subject, scope)
        for each in houses
    )
    yield from (
        Draft(each.register, f"{each.register}:{each.subject}", _person(each), each.subject, scope)
        for each in people(wanted)
    )


def _institution(entry: PublicInstitution) -> dict[str, Any]:
    return {
        "number": entry.number, "name": entry.name, "category": entry.category_code or entry.category,
        "district": entry.district_code or entry.district, "authority": entry.authority, "status": entry.status,
        "standing": entry.standing, "in_force": entry.in_force, "subjects": list(entry.subject_codes),
    }  # fmt: skip


def _person(entry: PublicPractitioner) -> dict[str, Any]:
    today = timezone.localdate()
    verdict, main = verdict_on(entry, today), entry.main
    others = [each.name for each in entry.others if each.since <= today < each.until]
    return {
        "number": entry.practice_number, "name": entry.name, "sex": entry.sex, "level": entry.level, "category": entry.category,
        "scopes": [each.name for each in entry.scopes], "institution": main.name if main else "", "others": others,
        "authority": entry.authority, "first_registered": entry.first_registered.isoformat(), "standing": entry.standing,
        "since": entry.standing_since.isoformat() if entry.standing_since else "", "may_practise": verdict.may_practise,
        "valid_until": verdict.until.isoformat() if verdict.until else "",
    }  # fmt: skip
