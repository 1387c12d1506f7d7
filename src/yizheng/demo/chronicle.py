"""Writing the past into the register: one change a year, each saying what that year brought, set-based."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from django.db import connection

from yizheng.demo import institution_records
from yizheng.demo.careers import Segment, department
from yizheng.demo.institutions import RENAMED, Institution
from yizheng.demo.people import Person
from yizheng.documents import numbers
from yizheng.kernel.codes import table
from yizheng.people.scopes import add_organisation, jurisdiction
from yizheng.registry import FOREVER, ChangeKind, SubjectKind, changing
from yizheng.registry.models import Fact, StateFact, Subject
from yizheng.registry.periods import one_day
from yizheng.registry.verbs import ChangeInProgress
from yizheng.registry.writer.bulk import load_states
from yizheng.systems.doctors import models as facts
from yizheng.systems.doctors.models import assessment, qualification, registration
from yizheng.systems.institutions.models import LINE, InstitutionLicence, Verification, VerificationPeriod
from yizheng.systems.practitioners import models as people_facts
from yizheng.systems.practitioners.filings import filing_line
from yizheng.systems.practitioners.models import bar, education, identity, penalty, training
from yizheng.systems.practitioners.places import number_area, place_of

FIRST_KNOWN = 2004
"""The register was begun in this year; what was before was entered then."""


@dataclass(slots=True)
class Chronicle:
    """Writes institutions and people, keeping the practice numbers it gave and the last change of each year."""

    today: date
    numbers: dict[int, str] = field(default_factory=dict)
    """Practice number by subject."""
    changes: dict[int, int] = field(default_factory=dict)
    """Change by year."""
    _serials: defaultdict[str, Iterator[int]] = field(default_factory=lambda: defaultdict(lambda: count(1)))

    def write(self, institutions: list[Institution], people: list[Person]) -> None:
        """Everything, in the order it became known."""
        years: defaultdict[int, list[Person]] = defaultdict(list)
        for person in people:
            years[self._year(person.qualified_on)].append(person)
        for year in range(FIRST_KNOWN, self.today.year + 1):
            self._write_year(year, institutions, years[year], people)
        given = (numbers.given_practice_number(number, f"subject:{who}") for who, number in self.numbers.items())
        numbers.record_given(numbers.PRACTICE_SERIES, given)

    def _write_year(self, year: int, institutions: list[Institution], born: list[Person], people: list[Person]) -> None:
        with changing(
            kind=ChangeKind.INTAKE, actor=None, cause=f"demo:{year}", reason=f"{year} 年度登记数据导入"
        ) as change:
            self.changes[year] = change.id
            if year == FIRST_KNOWN:
                _found(institutions, change)
            _fate_of_institutions(institutions, year, change)
            subjects_of(born, change)
            write_new(people_facts.PersonIdentity, map(identity_row, born), change)
            write_new(facts.Qualification, map(_qualification, born), change)
            write_new(people_facts.Education, map(_education, born), change)
            write_new(people_facts.TrainingProof, (_proof(each) for each in born if each.trained), change)
            known = [person for person in people if person.subject]
            load(change, facts.Registration, [row for each in known for row in self._registrations(each, year)])
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
        first, office = person.career.first, person.career.last_institution(segment.since)
        assert first is not None
        assert office is not None
        place = place_of(person.level, first.district)
        line = registration.line(person.level, place)
        return fact_row(person, line, segment.since, "level", "category") | {
            "valid_to": until,
            "authority_scope": office.authority_scope,
            "practice_number": self._number(person, first),
            "scopes": list(segment.scopes),
            "place": place,
            "institution_id": None if segment.institution is None else segment.institution.subject,
            "department": department(segment.scopes) if segment.institution else "",
            "employment": "establishment" if segment.institution and segment.institution.nature == "1" else "contract",
            "status": segment.status,
            "reason": segment.reason,
            "issued_on": person.career.segments[0].since,
            "first_practised_on": person.career.segments[0].since,
        }

    def standing(self, person: Person) -> dict[str, Any]:
        """How the registration of a person stands by now, as a row of it."""
        return self._registration(person, person.career.segments[-1], FOREVER)

    def _number(self, person: Person, first: Institution) -> str:
        if person.subject not in self.numbers:
            segment = table("practice_category")[person.category].many("certificate_segments")[0]
            prefix = numbers.practice_prefix(person.level, segment, number_area(first.authority, first.district))
            self.numbers[person.subject] = f"{prefix}{next(self._serials[prefix]):06d}"
        return self.numbers[person.subject]

    def _filings(self, person: Person, year: int) -> Iterator[dict[str, Any]]:
        for each in person.career.filings:
            if self._year(each.since) == year:
                yield fact_row(person, filing_line(each.institution.subject), each.since, "level") | {
                    "valid_to": each.until or FOREVER,
                    "authority_scope": each.institution.authority_scope,
                    "institution": each.institution.subject,
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


def _found(institutions: list[Institution], change: ChangeInProgress) -> None:
    made = Subject.objects.bulk_create([Subject(kind=SubjectKind.INSTITUTION, opened=change.id) for _ in institutions])
    rows = []
    for institution, subject in zip(institutions, made, strict=True):
        authority = jurisdiction(institution.authority)
        institution.subject, institution.authority_scope = subject.pk, authority.pk
        institution.scope = add_organisation(f"institution:{subject.pk}", institution.name, authority, subject.pk).pk
        former = RENAMED[1] if institution.name == RENAMED[0] else None
        rows.append(fact_row(institution, LINE, institution.opened) | institution.values(name=former))
    write_new(InstitutionLicence, rows, change)
    for kind, beside in institution_records.beside(institutions):
        write_new(kind, beside, change)


def _fate_of_institutions(institutions: list[Institution], year: int, change: ChangeInProgress) -> None:
    """What happened to three of them: one got its present name, one closed, the verification of one is deferred."""
    name, _former, renamed_on = RENAMED
    rows = [
        fact_row(each, LINE, on) | each.values(status=status)
        for each in institutions
        for on, status in (
            (renamed_on if each.name == name else None, None),
            (each.closed_on, "filing_cancelled"),
            (each.paused_on, "check_suspended"),
        )
        if on is not None and on.year == year
    ]
    load(change, InstitutionLicence, rows)
    for each in institutions:
        if each.paused_on is not None and each.paused_on.year == year:
            load(change, VerificationPeriod, institution_records.deferred(each, each.paused_on))
            write_new(Verification, institution_records.concluded(each, each.paused_on), change)


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


def fact_row(owner: Person | Institution, line: str, since: date, *named: str) -> dict[str, Any]:
    """A row of a fact of somebody, with those columns that are called as they are called here."""
    return {
        "subject_id": owner.subject,
        "line": line,
        "valid_from": since,
        "valid_to": FOREVER,
        "authority_scope": owner.office if isinstance(owner, Person) else owner.authority_scope,
        **{name: getattr(owner, name) for name in named},
    }


def _event(person: Person, line: str, on: date) -> dict[str, Any]:
    return fact_row(person, line, on) | {"valid_to": one_day(on)[1]}


def identity_row(person: Person) -> dict[str, Any]:
    """Who she is, as a row of the identity."""
    row = fact_row(person, identity.LINE, person.birth, "name", "sex", "ethnic_group")
    return row | {"birth_date": person.birth, "nationality": "156"}


def _qualification(person: Person) -> dict[str, Any]:
    named = ("level", "category", "qualified_on", "issuer")
    row = fact_row(person, qualification.line(1), person.qualified_on, *named)
    return row | {"way": "exam", "holder_name": person.name}


def _education(person: Person) -> dict[str, Any]:
    row = fact_row(person, education.line(1), person.graduated_on, "degree", "school", "major", "graduated_on")
    return row | {"level": person.education, "learning_form": "full_time"}


def _proof(person: Person) -> dict[str, Any]:
    assert person.trained is not None
    said = {"kind": training.TRAINING, "institution_name": "北京安和医院", "passed": True}
    row = _event(person, training.line(training.TRAINING), person.trained[1])
    return row | said | {"started_on": person.trained[0]}
