"""What stands beside the register of physicians: village doctors, special qualifications of each kind, a team from abroad.

Taken over as it stood before the platform, in one change; with them a resident who has no place yet and a doctor suspended after
a failed assessment. One of the doctors they are taken from goes to another province today.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Any

from yizheng.demo import cases
from yizheng.demo.data_files import tables
from yizheng.demo.institutions import Institution
from yizheng.demo.making import Making
from yizheng.kernel.calendar import add_months, add_years
from yizheng.kernel.identifiers import make_resident_id
from yizheng.licensing.item import Candidate
from yizheng.people import vault
from yizheng.people.models import Scope
from yizheng.people.scopes import open_to, organisation_of
from yizheng.people.searching.search import index_names
from yizheng.registry import ChangeKind, StateFact, changing
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.conduct.assessing import cycle_of
from yizheng.systems.doctors.models import (
    PeriodicAssessment,
    Qualification,
    Registration,
    ShortTermPractice,
    SpecialQualification,
    TeamPermit,
    VillageAssessment,
    VillageRegistration,
)
from yizheng.systems.doctors.models.assessment import LINE as ASSESSMENT
from yizheng.systems.doctors.models.qualification import line as qualification_line
from yizheng.systems.doctors.models.registration import line as registration_line
from yizheng.systems.doctors.models.short_term import line as short_term_line
from yizheng.systems.doctors.models.team_permit import line as team_line
from yizheng.systems.doctors.models.village import ASSESSMENT_LINE
from yizheng.systems.institutions.licensing import register_institution
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.identity import LINE as IDENTITY
from yizheng.systems.practitioners.models.special_qualification import line as special_line


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who is nobody's but this file's."""

    name: str
    sex: str
    born: date
    nationality: str = "156"


_DATA = tables("standing.toml")
VILLAGERS, MEMBERS, (RESIDENT,) = (
    tuple(Somebody(**row) for row in _DATA[group]) for group in ("villagers", "members", "residents")
)
PEOPLE = (*VILLAGERS, *MEMBERS, RESIDENT)
SPECIAL: list[tuple[str, str, dict[str, int]]] = _DATA["special"]["rows"]
"""Type, detail, and the days from today that it names."""


def enter(making: Making) -> None:
    """Everything."""
    institution, staff = making.hospital, cases.free_in_haidian(making)
    with changing(kind=ChangeKind.INTAKE, actor=None, cause="intake:demo-permits", reason="接收既有登记") as change:
        _village(change, making)
        _team(change, making, institution)
        _resident(change, making, institution)
        _suspended(change, making, *next(staff))
        leaving = next(staff)
        for granted, (place, doctor) in zip(SPECIAL, cycle(islice(staff, len(SPECIAL))), strict=False):
            _special(change, making, place, doctor, *granted)
    cases.move_out(making, *leaving)


def _state(
    change: ChangeInProgress, kind: type[StateFact], subject: int, line: str, since: date, scope: int, **said: Any
) -> None:  # fmt: skip
    change.state(kind, subject, line, said, valid_from=since, authority_scope=scope)


def _known(change: ChangeInProgress, somebody: Somebody, office: int) -> int:
    subject, chinese = int(change.subject("person").pk), somebody.nationality == "156"
    _state(
        change, PersonIdentity, subject, IDENTITY, somebody.born, office, name=somebody.name, sex=somebody.sex,
        birth_date=somebody.born, nationality=somebody.nationality, ethnic_group="01" if chinese else "",
    )  # fmt: skip
    if chinese:
        number = make_resident_id("110118", somebody.born, 611 if somebody.sex == "1" else 612)
        vault.store(subject, "resident_id", number)
    index_names([(subject, somebody.name, office)])
    return subject


def _village(change: ChangeInProgress, making: Making) -> None:
    """A village clinic with three village doctors: one to be renewed soon, one who failed the last examination."""
    today, district = making.today, Scope.objects.get(code="110118")
    clinic = register_institution(change, _DATA["clinic"], authority=district, valid_from=date(2009, 6, 1))
    for number, (somebody, left) in enumerate(zip(VILLAGERS, (80, 900, 1500), strict=True), 1):
        subject, until = _known(change, somebody, district.pk), today + timedelta(days=left)
        since = add_years(until + timedelta(days=1), -5)
        _state(
            change, VillageRegistration, subject, "village", since, district.pk, institution=clinic.pk,
            certificate_number=f"XC11011820{number:04d}", services="预防、保健和一般医疗服务",
            first_registered_on=add_years(since, -5), issued_on=since, valid_until=until,
        )  # fmt: skip
        change.event(
            VillageAssessment, subject, ASSESSMENT_LINE, {"cycle": "2024-2025", "passed": number != 3},
            happened_on=today - timedelta(days=90 * number), authority_scope=district.pk,
        )  # fmt: skip
        scope = organisation_of(clinic.pk)
        assert scope is not None
        open_to(subject, scope.pk, "registration")


def _team(change: ChangeInProgress, making: Making, institution: Institution) -> None:
    today, city = making.today, Scope.objects.get(code="110000").pk
    since, until = today - timedelta(days=40), today + timedelta(days=50)
    number = f"WT11{since.year}00001"
    both: dict[str, Any] = {"certificate_number": number, "issued_on": since, "valid_until": until}
    _state(
        change, TeamPermit, institution.subject, team_line(number), since, city, team_name="示范北欧医疗队",
        country="芬兰", leader=MEMBERS[0].name, purpose="全科诊疗示教", members=len(MEMBERS), agreement_from=since,
        agreement_to=until, **both,
    )  # fmt: skip
    for somebody in MEMBERS:
        subject = _known(change, somebody, city)
        _state(
            change, ShortTermPractice, subject, short_term_line(institution.subject), since, city, origin="FOREIGN",
            specialty="全科诊疗示教", institution=institution.subject, contract_from=since, contract_to=until,
            team=number, **both,
        )  # fmt: skip
        open_to(subject, institution.scope, "registration")


def _resident(change: ChangeInProgress, making: Making, institution: Institution) -> None:
    """Registered while in standardised training, which is nearly over; place and scope are still open."""
    since, office = making.today - timedelta(days=900), institution.authority_scope
    qualified_on, subject = since - timedelta(days=60), _known(change, RESIDENT, office)
    _state(
        change, Qualification, subject, qualification_line(1), qualified_on, office, level="1", category="clinical",
        qualified_on=qualified_on, way="exam", issuer="北京市卫生健康委员会", holder_name=RESIDENT.name,
    )  # fmt: skip
    _state(
        change, Registration, subject, registration_line("1", ""), since, office, practice_number="110110108990001",
        level="1", category="clinical", scopes=[], place="", institution=None, issued_on=since,
        first_practised_on=since, status="REG", remark=f"住院医师规范化培训：{institution.name}",
    )  # fmt: skip


def _special(
    change: ChangeInProgress, making: Making, place: Institution, doctor: Candidate, type_: str, detail: str,
    days: dict[str, int],
) -> None:  # fmt: skip
    bound = place.subject if type_ in ("narcotic_rx", "antibiotic_rx", "restricted_tech") else None
    since = making.today - timedelta(days=710)
    named: dict[str, Any] = {name: making.today + timedelta(days=number) for name, number in days.items()}
    _state(
        change, SpecialQualification, doctor.subject_id, special_line(type_, detail, bound), since,
        place.authority_scope, type=type_, detail=detail, institution=bound, granted_on=since,
        granted_by=place.name if bound else "北京市卫生健康委员会", **named,
    )  # fmt: skip


def _suspended(change: ChangeInProgress, making: Making, place: Institution, doctor: Candidate) -> None:
    """Failed the assessment, suspended for three months of which one is left."""
    today = making.today
    since = add_months(today, -2)
    ordered = {"suspended_from": since, "suspended_to": add_months(since, 3) - timedelta(days=1)}
    failed = {"cycle": cycle_of(today).code, "passed": False, "attended": True, **ordered}
    change.event(
        PeriodicAssessment, doctor.subject_id, ASSESSMENT, failed,
        happened_on=since - timedelta(days=20), authority_scope=place.authority_scope,
    )  # fmt: skip
    now = Registration.objects.as_of(today).get(subject_id=doctor.subject_id, institution_id=place.subject)
    begins = max(since, now.valid_from + timedelta(days=1))
    said = now.values() | {"status": "SUSP_ASSESS"}
    _state(change, Registration, doctor.subject_id, now.line, begins, now.authority_scope, **said)
