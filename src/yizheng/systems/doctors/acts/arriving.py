"""Registering somebody who is registered in another province: number, level, category and first day come along.

医师法 第十三条、第十八条; 医师执业注册管理办法 第十条. The register keeps the qualification stated with it, so that later
business finds it; a suspension ordered elsewhere goes on here.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from yizheng.kernel.codes import name_of
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.systems.doctors.acts.entering import Entry
from yizheng.systems.doctors.acts.identities import enter_applicant, show_to
from yizheng.systems.doctors.models import PersonIdentity, Qualification, Registration
from yizheng.systems.doctors.models.qualification import line as qualification_line
from yizheng.systems.doctors.models.registration import line as registration_line
from yizheng.systems.doctors.reading.gathering import day_in, scopes_in
from yizheng.systems.doctors.reading.places import place_of

ONE_DAY = timedelta(days=1)


def arrive(entry: Entry, *, is_primary: bool) -> tuple[Registration, PersonIdentity]:
    """Enter the person, the qualification and the registration; the institution and its authority see her."""
    identity = enter_applicant(
        entry.change,
        entry.case,
        entry.typed["person"],
        entry.on,
        office=entry.office.pk,
        known=entry.held.identity,
    )
    _qualification(entry, identity)
    registration = _registration(entry, is_primary)
    show_to(entry.change, identity, entry.licence.subject_id, entry.office.pk, entry.cause)
    return registration, identity


def _qualification(entry: Entry, identity: PersonIdentity) -> None:
    origin, held = entry.typed["origin"], entry.held.qualifications
    if any((each.level, each.category) == (origin["level"], origin["category"]) for each in held):
        return
    qualified_on = date.fromisoformat(str(origin["qualified_on"]))
    values = {
        "level": origin["level"],
        "category": origin["category"],
        "qualified_on": qualified_on,
        "issuer": origin["qualification_issuer"],
        "way": "exam",
        "holder_name": identity.name,
    }
    entry.change.state(
        Qualification,
        identity.subject_id,
        qualification_line(len(held) + 1),
        values,
        valid_from=qualified_on,
        authority_scope=entry.office.pk,
    )
    if not vault.masked(identity.subject_id, IdentifierKind.QUALIFICATION_NUMBER):
        number = str(origin["qualification_number"])
        vault.store(identity.subject_id, IdentifierKind.QUALIFICATION_NUMBER, number)


def _registration(entry: Entry, is_primary: bool) -> Registration:
    origin, practice = entry.typed["origin"], entry.typed["practice"]
    level = str(origin["level"])
    place = place_of(level, entry.licence.district)
    where = name_of("province", str(origin["province"]))
    values: dict[str, Any] = {
        "practice_number": origin["practice_number"],
        "level": level,
        "category": origin["category"],
        "scopes": list(scopes_in(origin)),
        "place": place,
        "institution": entry.licence.subject_id,
        "department": practice.get("department", ""),
        "employment": practice.get("employment", ""),
        "status": "REG",
        "issued_on": entry.on,
        "first_practised_on": date.fromisoformat(str(origin["first_practised_on"])),
        "is_primary": is_primary,
        "remark": f"由{where}转入" if is_primary else f"主执业地点在{where}",
    }
    line = registration_line(level, place)
    subject_id, scope = entry.case.subject_id, entry.office.pk
    registration = entry.change.state(
        Registration, subject_id, line, values, valid_from=entry.on, authority_scope=scope
    )
    until = day_in(origin.get("suspended_until"))
    if until is None or until < entry.on:
        return registration
    return entry.change.state(
        Registration,
        subject_id,
        line,
        {**values, "status": "SUSP_PENAL"},
        valid_from=entry.on,
        valid_to=until + ONE_DAY,
        authority_scope=scope,
    )
