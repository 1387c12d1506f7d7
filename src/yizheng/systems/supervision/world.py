"""What the rules of supervision see: the registers and the services of a place, as known on a day.

Plain rows with the few questions every rule asks of them. Stretches of days include both ends; an empty end is open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from yizheng.kernel.calendar.office_calendar import Calendar

GONE = frozenset({"deregistered", "revoked", "filing_cancelled"})
FILED_REGIMES = frozenset({"clinic_filed", "tcm_clinic_filed"})
NURSING = "nursing"
ANYWHERE = "*"


def covers(first: date | None, last: date | None, day: date) -> bool:
    """Whether a stretch of days includes a day."""
    return (first is None or first <= day) and (last is None or day <= last)


@dataclass(frozen=True, slots=True)
class Place:
    """A further place of practice over a stretch of days."""

    institution: str
    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return covers(self.first, self.last, day)


@dataclass(frozen=True, slots=True)
class Institution:
    """An institution as the register has it."""

    id: str
    regime: str = ""
    organ: str = ""
    name: str = ""
    uscc: str = ""
    reg_no: str = ""
    region: str = ""
    economic: str = ""
    category: str = ""
    nature: str = ""
    sole_owner: bool | None = None
    beds: int | None = None
    open_beds: int | None = None
    extra_beds_order: bool | None = None
    subjects: tuple[str, ...] = ()
    status: str = ""
    status_from: date | None = None
    closed_reason: str = ""
    valid_to: date | None = None
    renewal_applied: date | None = None
    check_due: date | None = None
    check_applied: date | None = None
    check_period: int | None = None
    after_deferral: bool | None = None
    internet: str = ""
    branch_of: str = ""
    address: str = ""
    legal_rep_id: str = ""
    principal_id: str = ""
    filed_on: date | None = None
    onsite_on: date | None = None

    @property
    def gone(self) -> bool:
        """Whether it ended."""
        return self.status in GONE


@dataclass(frozen=True, slots=True)
class DoctorRow:
    """One registration of a doctor."""

    id_no: str
    id_type: str = ""
    licence_no: str = ""
    category: str = ""
    scope: str = ""
    level: str = ""
    institution: str = ""
    first: date | None = None
    last: date | None = None
    multi: tuple[Place, ...] = ()
    no_institution_since: date | None = None
    absence_proof: str = ""

    def active(self, day: date) -> bool:
        """Whether it covers a day."""
        return covers(self.first, self.last, day)

    def places(self, day: date) -> set[str]:
        """The institutions where it lets the doctor practise on a day."""
        return {self.institution, *(place.institution for place in self.multi if place.holds(day))} - {""}


@dataclass(frozen=True, slots=True)
class NurseRow:
    """The registration of a nurse."""

    id_no: str
    valid_to: date | None = None
    renewal_applied: date | None = None
    main: str = ""
    others: tuple[Place, ...] = ()
    status: str = ""
    status_from: date | None = None
    change_to: str = ""
    change_reported: date | None = None

    def active(self, day: date) -> bool:
        """Whether it stands on a day; one whose term is over stands until it is ended."""
        ended = self.status == "deregistered" and (self.status_from is None or self.status_from <= day)
        return self.status != "" and not ended


@dataclass(frozen=True, slots=True)
class Service:
    """One visit, stay, operation or shift."""

    date: date
    institution: str
    kind: str
    person_id: str
    role: str
    supervisor_id: str = ""
    subject: str = ""
    operation: str = ""
    first_visit: bool | None = None
    drug: str = ""
    age: float | None = None
    guardian: bool | None = None
    one_signer: bool = False
    """Whether a prescription lacks a second person who reviewed it."""


@dataclass(frozen=True, slots=True)
class Death:
    """A death as reported."""

    id_no: str
    died: date | None = None


@dataclass(frozen=True, slots=True)
class Ban:
    """What bars a person."""

    id_no: str
    kind: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """A stretch in which a person may practise elsewhere without a change (医师法第十八条)."""

    id_no: str
    institution: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Alliance:
    """One member of a medical alliance (医联体)."""

    alliance: str
    institution: str


@dataclass(frozen=True, slots=True)
class Technology:
    """A restricted technology an institution filed."""

    institution: str
    technology: str
    filed_on: date | None = None
    leader_id: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Advert:
    """An approved advertisement with what it says of its institution."""

    number: str
    institution: str
    state: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    name: str = ""
    address: str = ""
    beds: int | None = None


@dataclass(frozen=True, slots=True)
class CaseDays:
    """The days of a case and its limit."""

    id: str
    applied: date | None = None
    accepted: date | None = None
    decided: date | None = None
    delivered: date | None = None
    limit: int | None = None
    unit: str = ""
    excluded_days: int | None = None


@dataclass(frozen=True, slots=True)
class SentDecision:
    """A decision that must be published, and the day its record was accepted."""

    id: str
    decided: date | None = None
    accepted: date | None = None


@dataclass(frozen=True)
class World:
    """Everything the rules see, as known on ``today``."""

    today: date
    calendar: Calendar
    institutions: tuple[Institution, ...] = ()
    doctors: tuple[DoctorRow, ...] = ()
    nurses: tuple[NurseRow, ...] = ()
    services: tuple[Service, ...] = ()
    deaths: tuple[Death, ...] = ()
    bans: tuple[Ban, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    alliances: tuple[Alliance, ...] = ()
    technologies: tuple[Technology, ...] = ()
    adverts: tuple[Advert, ...] = ()
    cases: tuple[CaseDays, ...] = ()
    decisions: tuple[SentDecision, ...] = ()

    def known(self, day: date | None) -> date | None:
        """A day on which something happened, unless it lies ahead."""
        return day if day and day <= self.today else None

    @cached_property
    def by_id(self) -> dict[str, Institution]:
        """Institutions by their id."""
        return {each.id: each for each in self.institutions}

    @cached_property
    def done(self) -> tuple[Service, ...]:
        """The services done by today."""
        return tuple(service for service in self.services if service.date <= self.today)

    def served(self) -> Iterator[tuple[Service, Institution]]:
        """Every service done with the institution where it was done, as far as the register has it."""
        for service in self.done:
            if institution := self.by_id.get(service.institution):
                yield service, institution

    @cached_property
    def _doctors(self) -> dict[str, list[DoctorRow]]:
        return _grouped(self.doctors)

    @cached_property
    def _nurses(self) -> dict[str, list[NurseRow]]:
        return _grouped(self.nurses)

    def doctor_rows(self, id_no: str, day: date) -> list[DoctorRow]:
        """The registrations of a doctor active on a day."""
        return [row for row in self._doctors.get(id_no, ()) if row.active(day)]

    def nurse_rows(self, id_no: str, day: date) -> list[NurseRow]:
        """The registrations of a nurse that stand on a day."""
        return [row for row in self._nurses.get(id_no, ()) if row.active(day)]

    @cached_property
    def active_doctors(self) -> tuple[DoctorRow, ...]:
        """The registrations of doctors active today."""
        return tuple(row for row in self.doctors if row.active(self.today))

    @cached_property
    def active_nurses(self) -> tuple[NurseRow, ...]:
        """The registrations of nurses that stand today."""
        return tuple(row for row in self.nurses if row.active(self.today))

    @cached_property
    def dead(self) -> frozenset[str]:
        """Who is reported dead."""
        return frozenset(each.id_no for each in self.deaths if each.died is None or each.died <= self.today)

    def banned(self, *kinds: str) -> frozenset[str]:
        """Who is barred today, of these kinds or of any."""
        running = (ban for ban in self.bans if covers(ban.first, ban.last, self.today))
        return frozenset(ban.id_no for ban in running if not kinds or ban.kind in kinds) - {""}

    @cached_property
    def _exemptions(self) -> dict[str, list[Exemption]]:
        return _grouped(self.exemptions)

    def exempt(self, id_no: str, institution: str, day: date) -> bool:
        """Whether a person may practise at an institution on a day without being registered there."""
        return any(
            each.institution in (ANYWHERE, institution) and covers(each.first, each.last, day)
            for each in self._exemptions.get(id_no, ())
        )

    @cached_property
    def _alliances(self) -> dict[str, set[str]]:
        members: dict[str, set[str]] = defaultdict(set)
        for each in self.alliances:
            members[each.institution].add(each.alliance)
        return members

    def allied(self, places: Iterable[str], institution: str) -> bool:
        """Whether one of some places is in an alliance with an institution."""
        ours = self._alliances.get(institution, set())
        return any(ours & self._alliances.get(place, set()) for place in places)


_Row = TypeVar("_Row", DoctorRow, NurseRow, Exemption)


def _grouped(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row.id_no].append(row)
    return found
