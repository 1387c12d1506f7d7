"""Writing the past into the register: one change a year, each saying what that year brought, set-based."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from django.db import connection

from yizheng.demo.careers import Segment, department
from yizheng.demo.houses import RENAMED, House
from yizheng.demo.people import Person
from yizheng.documents import numbers
from yizheng.kernel.codes import table
from yizheng.people.scopes import add_organisation, jurisdiction
from yizheng.registry import FOREVER, ChangeKind, SubjectKind, changing
from yizheng.registry.bulk import load_states
from yizheng.registry.models import Fact, StateFact, Subject
from yizheng.registry.periods import one_day
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import models as facts
from yizheng.systems.doctors.models import assessment, filing, qualification, registration
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.models.licence import LINE
from yizheng.systems.practitioners import models as people_facts
from yizheng.systems.practitioners.models import bar, education, identity, penalty, training
from yizheng.systems.practitioners.places import number_area, place_of

FIRST_KNOWN = 2004
"""The register was begun in this year; what was before was entered then."""


@dataclass(slots=True)
class Chronicle:
    """Writes houses and people, keeping the practice numbers it gave and the last change of each year."""

    today: date
    numbers: dict[int, str] = field(default_factory=dict)
    """Practice number by subject."""
    changes: dict[int, int] = field(default_factory=dict)
    """Change by year."""
    _serials: defaultdict[str, Iterator[int]] = field(default_factory=lambda: defaultdict(lambda: count(1)))

    def write(self, houses: list[House], people: list[Person]) -> None:
        """Everything, in the order it became known."""
        years: defaultdict[int, list[Person]] = defaultdict(list)
        for person in people:
            years[self._year(person.qualified_on)].append(person)
        for year in range(FIRST_KNOWN, self.today.year + 1):
            self._write_year(year, houses, years[year], people)
        given = (
            numbers.given_practice_number(number, f"subject:{who}") for who, number in self.numbers.items()
        )
        numbers.record_given(numbers.PRACTICE_SERIES, given)

    def _write_year(self, year: int, houses: list[House], born: list[Person], people: list[Person]) -> None:
        with changing(
            kind=ChangeKind.INTAKE, actor=None, cause=f"demo:{year}", reason=f"{year} 年度登记数据导入"
        ) as change:
            self.changes[year] = change.id
            if year == FIRST_KNOWN:
                _found(houses, change)
            _fate_of_houses(houses, year, change)
            subjects_of(born, change)
            write_new(people_facts.PersonIdentity, map(identity_row, born), change)
            write_new(facts.Qualification, map(_qualification, born), change)
            write_new(people_facts.Education, map(_education, born), change)
            write_new(people_facts.TrainingProof, (_proof(each) for each in born if each.trained), change)
            known = [person for person in people if person.subject]
            load(
                change, facts.Registration, [row for each in known for row in self._registrations(each, year)]
            )
            kinds: tuple[tuple[type[Fact], Callable[[Person, int], Iterator[dict[str, Any]]]], ...] = (
                (facts.InstitutionFiling, self._filings),
                (facts.PeriodicAssessment, self._assessed),
                (people_facts.PenaltyRecord, self._penalties),
                (people_facts.RegistrationBar, self._bars),
            )
            for model, rows in kinds:
                write_new(model, (row for each in known for row in rows(each, year)), change)

    def _year(self, day: date) -> int:
        return max(FIRST_KNOWN, day.year)

    def _registrations(self, person: Person, year: int) -> Iterator[dict[str, Any]]:
        """The segments that begin in this year's knowledge; each lasts to the next one known by then."""
        segments = [each for each in person.career.segments if self._year(each.since) <= year]
        for index, segment in enumerate(segments):
            if self._year(segment.since) == year:
                following = segments[index + 1 : index + 2]
                yield self._registration(person, segment, following[0].since if following else FOREVER)

    def _registration(self, person: Person, segment: Segment, until: date) -> dict[str, Any]:
        first = person.career.first
        assert first is not None
        place = place_of(person.level, first.district)
        office = segment.house or _last_house(person, segment)
        return fact_row(person, registration.line(person.level, place), segment.since) | {
            "valid_to": until,
            "authority_scope": office.authority_scope,
            "practice_number": self._number(person, first),
            "level": person.level,
            "category": person.category,
            "scopes": list(segment.scopes),
            "place": place,
            "institution_id": None if segment.house is None else segment.house.subject,
            "department": department(segment.scopes) if segment.house else "",
            "employment": "establishment" if segment.house and segment.house.nature == "1" else "contract",
            "status": segment.status,
            "reason": segment.reason,
            "issued_on": person.career.segments[0].since,
            "first_practised_on": person.career.segments[0].since,
            "is_primary": True,
            "remark": "",
        }

    def standing(self, person: Person) -> dict[str, Any]:
        """How the registration of a person stands by now, as a row of it."""
        return self._registration(person, person.career.segments[-1], FOREVER)

    def _number(self, person: Person, first: House) -> str:
        if person.subject not in self.numbers:
            segment = table("practice_category")[person.category].many("certificate_segments")[0]
            prefix = numbers.practice_prefix(
                person.level, segment, number_area(first.authority, first.district)
            )
            self.numbers[person.subject] = f"{prefix}{next(self._serials[prefix]):06d}"
        return self.numbers[person.subject]

    def _filings(self, person: Person, year: int) -> Iterator[dict[str, Any]]:
        for each in person.career.filings:
            if self._year(each.since) == year:
                yield fact_row(person, filing.line(each.house.subject), each.since) | {
                    "valid_to": each.until or FOREVER,
                    "authority_scope": each.house.authority_scope,
                    "institution": each.house.subject,
                    "level": person.level,
                    "schedule": "每周三下午",
                    "filed_on": each.since,
                }

    def _assessed(self, person: Person, year: int) -> Iterator[dict[str, Any]]:
        for day, cycle, passed in person.career.assessments:
            if day.year == year:
                yield _event(person, assessment.LINE, day) | {"cycle": cycle, "passed": passed}

    def _penalties(self, person: Person, year: int) -> Iterator[dict[str, Any]]:
        for each in person.career.sanctions:
            if self._year(each.on) == year:
                document = f"京示卫医罚〔{each.on.year}〕{person.subject % 1000:03d}号"
                yield _event(person, penalty.line(document), each.on) | {
                    "kind": each.kind,
                    "behaviour": each.behaviour,
                    "article": each.article,
                    "authority_name": "北京市卫生健康委员会",
                    "document_number": document,
                    "suspended_from": each.suspended[0] if each.suspended else None,
                    "suspended_to": each.suspended[1] if each.suspended else None,
                }

    def _bars(self, person: Person, year: int) -> Iterator[dict[str, Any]]:
        for index, each in enumerate(person.career.sanctions, 1):
            if each.ground and self._year(each.on) == year:
                said = {"ground": each.ground, "authority_name": "北京市卫生健康委员会"}
                yield fact_row(person, bar.line(each.ground, index), each.on) | said


def load(change: ChangeInProgress, model: type[StateFact], rows: list[dict[str, Any]]) -> None:
    """State many rows as one splice: they travel as one JSON value and are spread out by the database."""
    if not rows:
        return
    whole = [_complete(model, row) for row in rows]
    load_states(
        change,
        model,
        f"select * from jsonb_to_recordset(%s::jsonb) as given({_spread(model, whole[0])})",  # noqa: S608  # columns of the model
        [json.dumps(whole, default=str)],
    )


def _spread(model: type[Fact], row: dict[str, Any]) -> str:
    """The columns of a row with their types, as the database spreads out a JSON value."""
    fields = model._meta.concrete_fields  # noqa: SLF001  # Django's documented way to the columns
    types = {str(each.column): each.db_type(connection) for each in fields}
    return ", ".join(f'"{name}" {types[name]}' for name in row)


def _found(houses: list[House], change: ChangeInProgress) -> None:
    made = Subject.objects.bulk_create(
        [Subject(kind=SubjectKind.INSTITUTION, opened=change.id) for _ in houses]
    )
    rows = []
    for house, subject in zip(houses, made, strict=True):
        authority = jurisdiction(house.authority)
        house.subject, house.authority_scope = subject.pk, authority.pk
        house.scope = add_organisation(f"institution:{subject.pk}", house.name, authority, subject.pk).pk
        former = RENAMED[1] if house.name == RENAMED[0] else None
        rows.append(_licence(house, house.values(name=former), house.opened))
    write_new(InstitutionLicence, rows, change)


def _fate_of_houses(houses: list[House], year: int, change: ChangeInProgress) -> None:
    """What happened to three of them: one got its present name, one closed, the verification of one is deferred."""
    name, _former, renamed_on = RENAMED
    rows = []
    for house in houses:
        if house.name == name and year == renamed_on.year:
            rows.append(_licence(house, house.values(), renamed_on))
        if house.closed_on is not None and year == house.closed_on.year:
            rows.append(_licence(house, house.values(status="filing_cancelled"), house.closed_on))
        if house.paused_on is not None and year == house.paused_on.year:
            rows.append(_licence(house, house.values(status="check_suspended"), house.paused_on))
    load(change, InstitutionLicence, rows)


def _licence(house: House, values: dict[str, Any], since: date) -> dict[str, Any]:
    return {
        "subject_id": house.subject,
        "line": LINE,
        "valid_from": since,
        "valid_to": FOREVER,
        "authority_scope": house.authority_scope,
        **values,
    }


def subjects_of(people: list[Person], change: ChangeInProgress) -> None:
    """Identities of the newly known; what is no registration is kept by the first institution's authority, else the city."""
    city = jurisdiction("110000").pk
    made = Subject.objects.bulk_create([Subject(kind=SubjectKind.PERSON, opened=change.id) for _ in people])
    for person, subject in zip(people, made, strict=True):
        first = person.career.first
        person.subject, person.office = subject.pk, city if first is None else first.authority_scope


def write_new(model: type[Fact], given: Iterable[dict[str, Any]], change: ChangeInProgress) -> None:
    """New lines only: nothing stands on them yet, so nothing is closed."""
    rows = [_complete(model, row) for row in given]
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in rows[0])
    with connection.cursor() as cursor:
        cursor.execute(
            f'insert into "{model.fact_table()}" (opened, {names}) select %s, {names} '  # noqa: S608  # names of the model
            f"from jsonb_to_recordset(%s::jsonb) as given({_spread(model, rows[0])})",
            [change.id, json.dumps(rows, default=str)],
        )


_LEDGER = ("subject_id", "line", "valid_from", "valid_to", "authority_scope")


def _complete(model: type[Fact], row: dict[str, Any]) -> dict[str, Any]:
    """The row with every column of the kind, those it does not name at their defaults."""
    ledger = {name: row[name] for name in _LEDGER}
    return ledger | {
        field.attname: row.get(field.attname, row.get(field.name, field.get_default()))
        for field in model.typed_fields()
    }


def _last_house(person: Person, segment: Segment) -> House:
    """Who left is kept by the authority of the last institution."""
    before = [each.house for each in person.career.segments if each.since <= segment.since and each.house]
    assert before
    return before[-1]


def fact_row(person: Person, line: str, since: date) -> dict[str, Any]:
    """The ledger columns of a row of hers, kept by her authority."""
    return {
        "subject_id": person.subject,
        "line": line,
        "valid_from": since,
        "valid_to": FOREVER,
        "authority_scope": person.office,
    }


def _event(person: Person, line: str, on: date) -> dict[str, Any]:
    return fact_row(person, line, on) | {"valid_to": one_day(on)[1]}


def identity_row(person: Person) -> dict[str, Any]:
    """Who she is, as a row of the identity."""
    return fact_row(person, identity.LINE, person.birth) | {
        "name": person.name,
        "sex": person.sex,
        "birth_date": person.birth,
        "ethnic_group": person.ethnic_group,
        "nationality": "156",
        "photo": "",
    }


def _qualification(person: Person) -> dict[str, Any]:
    return fact_row(person, qualification.line(1), person.qualified_on) | {
        "level": person.level,
        "category": person.category,
        "qualified_on": person.qualified_on,
        "issuer": person.issuer,
        "way": "exam",
        "holder_name": person.name,
    }


def _education(person: Person) -> dict[str, Any]:
    return fact_row(person, education.line(1), person.graduated_on) | {
        "level": person.education,
        "degree": person.degree,
        "school": person.school,
        "major": person.major,
        "learning_form": "full_time",
        "graduated_on": person.graduated_on,
    }


def _proof(person: Person) -> dict[str, Any]:
    assert person.trained is not None
    return _event(person, training.line(training.TRAINING), person.trained[1]) | {
        "kind": training.TRAINING,
        "institution_name": "北京安和医院",
        "started_on": person.trained[0],
        "passed": True,
    }
