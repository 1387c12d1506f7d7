"""Practice certificates of the registrations that stand; each page is rendered when somebody first opens it."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from yizheng.demo.careers import Career, Segment
from yizheng.demo.people import Person
from yizheng.documents.authorities import authority
from yizheng.documents.certificates import Draft
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.systems.doctors.certificates import certificate_kind
from yizheng.systems.practitioners.models.identity import sex_word
from yizheng.systems.practitioners.places import place_name, place_of

MOST_CHANGES = 4
"""The certificate has room for four changes."""


def drafts(people: list[Person], numbers: Mapping[int, str], changes: Mapping[int, int]) -> Iterator[Draft]:
    """A certificate for everybody whose registration stands, with the numbers given and the change of each year."""
    for person in people:
        now = person.career.now
        if now.institution is None or now.status not in ("REG", "SUSP_PENAL"):
            continue
        first = person.career.segments[0]
        yield Draft(
            kind=certificate_kind(person.level),
            subject_id=person.subject,
            authority_scope=now.institution.authority_scope,
            fields=_fields(person, now, numbers[person.subject]),
            issued_on=first.since,
            change_id=changes[max(min(changes), first.since.year)],
        )


def _fields(person: Person, now: Segment, number: str) -> dict[str, Any]:
    first = person.career.first
    assert first is not None
    assert now.institution is not None
    return {
        "number": number,
        "issuer": authority(first.authority).name,
        "name": person.name,
        "sex": sex_word(person.sex),
        "identity_number": person.identity_number,
        "level": name_of("practice_level", person.level),
        "qualification_number": person.qualification_number,
        "category": name_of("practice_category", person.category),
        "scope": _scopes(now),
        "place": place_name(place_of(person.level, first.district)),
        "institution": now.institution.name,
        "changes": _changes(person.career)[-MOST_CHANGES:],
    }


def _scopes(segment: Segment) -> str:
    return "；".join(name_of("practice_scope", code) for code in segment.scopes)


def _changes(career: Career) -> list[list[str]]:
    """Rows of what changed, when, and which authority approved it."""
    rows = []
    placed = [segment for segment in career.segments if segment.institution is not None]
    for before, after in pairwise(placed):
        assert after.institution is not None
        words = ""
        if before.institution is not after.institution:
            words = f"主要执业机构：{after.institution.name}"
        elif before.scopes != after.scopes:
            words = f"执业范围：{_scopes(after)}"
        if words:
            rows.append([words, long_date(after.since), authority(after.institution.authority).name])
    return rows
