"""Doctors as the register holds them, written at once: at any level, scope, status, with a certificate in force."""

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests.cast import new_account
from tests.systems.doctors.conftest import House
from yizheng.disclosure.publishing import refresh
from yizheng.documents import certificates
from yizheng.kernel.identifiers import make_qualification_number, make_resident_id
from yizheng.people import vault
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import open_to
from yizheng.registry import ChangeKind, changing
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.certificates import certificate_fields, certificate_kind
from yizheng.systems.doctors.models import Qualification, Registration
from yizheng.systems.doctors.models.registration import line
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners.models import Education, PersonIdentity
from yizheng.systems.practitioners.places import place_of

BORN = date(1985, 3, 9)
QUALIFIED = date(2012, 12, 1)
REGISTERED_ON = date(2013, 3, 4)
_serial = itertools.count(11, 2)


@dataclass(frozen=True)
class Doctor:
    """Somebody in the register, with her account."""

    account: Account
    subject: int
    name: str
    number: str


def person(
    name: str, office: Scope, qualifications: tuple[tuple[str, str], ...] = (("1", "clinical"),), **known: Any
) -> Doctor:
    """Somebody qualified at these levels and in these categories, registered nowhere."""
    number = make_resident_id("110108", BORN, next(_serial))
    qualified_on = known.get("qualified_on", QUALIFIED)
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="test") as change:
        subject = change.subject("person")
        who = {"name": name, "sex": "2", "birth_date": BORN, "ethnic_group": "01"}
        change.state(PersonIdentity, subject, "identity", who, valid_from=BORN, authority_scope=office.pk)
        for index, (level, category) in enumerate(qualifications, 1):
            held = {
                "level": level, "category": category, "qualified_on": qualified_on, "way": "exam",
                "issuer": "北京市卫生健康委员会", "holder_name": name,
            }  # fmt: skip
            change.state(
                Qualification, subject, f"qualification:{index}", held,
                valid_from=qualified_on, authority_scope=office.pk,
            )  # fmt: skip
        learned = {
            "level": "31", "degree": "", "school": "华北示范医科大学", "major": "临床医学",
            "learning_form": "full_time", "graduated_on": date(2008, 6, 30),
        }  # fmt: skip
        change.state(
            Education, subject, "education:1", learned, valid_from=date(2008, 6, 30), authority_scope=office.pk
        )
    vault.store(subject.pk, "resident_id", number)
    if qualifications:
        level, category = min(qualifications)
        certificate = make_qualification_number(qualified_on.year, "11", level, category, number)
        vault.store(subject.pk, "qualification_number", certificate)
    vault.store(subject.pk, "mobile", f"1990000{subject.pk % 10000:04d}")
    account = new_account(AccountKind.INDIVIDUAL, name, subject=subject)
    return Doctor(account, subject.pk, name, number)


def registered_at(
    doctor: Doctor, house: House, office: Scope, *, since: date = REGISTERED_ON, certified: bool = True, **values: Any
) -> Registration:
    """Her registration at the institution, and the certificate of it."""
    licence = licences.licence_on(house.subject, timezone.localdate())
    assert licence is not None
    level = values.get("level", "1")
    place = values.get("place", place_of(level, licence.district))
    said = {
        "practice_number": f"{level}10110108{doctor.subject % 1000000:06d}",
        "level": level,
        "category": "clinical",
        "scopes": ["11"],
        "place": place,
        "institution": house.subject,
        "status": "REG",
        "issued_on": since,
        "first_practised_on": since,
        **values,
    }
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="test") as change:
        registration = change.state(
            Registration, doctor.subject, line(level, place), said, valid_from=since, authority_scope=office.pk
        )
        open_to(doctor.subject, house.scope, "test")
        if certified:
            _certify(change, doctor, registration, licence.name, office)
    refresh("doctor", [doctor.subject])
    return registration


def _certify(
    change: ChangeInProgress, doctor: Doctor, registration: Registration, institution: str, office: Scope
) -> None:
    identity = PersonIdentity.objects.current().get(subject_id=doctor.subject)
    certificates.issue(
        certificates.Draft(
            kind=certificate_kind(registration.level),
            subject_id=doctor.subject,
            authority_scope=office.pk,
            fields=certificate_fields(
                registration,
                identity,
                office,
                institution=institution,
                identity_number=doctor.number,
                qualification_number=f"2012111{10}{doctor.number}",
            ),
            issued_on=registration.issued_on,
            change_id=change.id,
        )
    )


def days_ago(days: int) -> date:
    """So many days before today."""
    return timezone.localdate() - timedelta(days=days)
