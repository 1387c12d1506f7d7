"""Public entries as FHIR R4 resources: Practitioner, PractitionerRole, Organization, Location, HealthcareService.

Only public fields go out; ids are the tokens of the public entries. Codes are of the platform's own code tables, under
addresses of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from yizheng.disclosure.keys import public_number
from yizheng.disclosure.models import PublicInstitution, PublicPractitioner
from yizheng.disclosure.verdicts import verdict_on

Resource = dict[str, Any]
Entry = PublicPractitioner | PublicInstitution
GENDERS = {"男": "male", "女": "female"}
_LONG_ADDRESS = "地址"


def system(name: str) -> str:
    """The address of a code system or a series of numbers of the platform."""
    return f"{settings.PUBLIC_BASE}/fhir/{name}"


def _coded(table: str, code: str, text: str) -> dict[str, Any]:
    coding = {"system": system(f"CodeSystem/{table}"), "code": code, "display": text} if code else {}
    return {"coding": [coding], "text": text} if coding else {"text": text}


def _resource(kind: str, entry: Entry, suffix: str = "") -> Resource:
    updated = timezone.localtime(entry.refreshed).isoformat()
    return {"resourceType": kind, "id": f"{entry.token}{suffix}", "meta": {"lastUpdated": updated}}


def practitioner(entry: PublicPractitioner, institutions: Mapping[int, str]) -> Resource:
    """A registered doctor or nurse; the number as the public sees it."""
    number = {
        "system": system(f"NamingSystem/{entry.register}-practice-number"),
        "value": public_number(entry.practice_number),
    }
    registered = {
        "code": {"text": " ".join(each for each in (entry.level, entry.category) if each) or entry.register},
        "period": {"start": entry.first_registered.isoformat()}, "issuer": {"display": entry.authority},
    }  # fmt: skip
    gender = {"gender": GENDERS[entry.sex]} if entry.sex in GENDERS else {}
    return {
        **_resource("Practitioner", entry), "identifier": [number], "active": _practises(entry), **gender,
        "name": [{"use": "official", "text": entry.name}], "qualification": [registered],
    }  # fmt: skip


def role(entry: PublicPractitioner, institutions: Mapping[int, str]) -> Resource:
    """Where she practises, in which scopes: her main institution."""
    made = {
        **_resource("PractitionerRole", entry, "-role"), "active": _practises(entry),
        "practitioner": {"reference": f"Practitioner/{entry.token}", "display": entry.name},
        "code": [_coded("register", entry.register, entry.level or entry.register)],
    }  # fmt: skip
    scopes = [{"text": scope.name} for scope in entry.scopes]
    if scopes:
        made["specialty"] = scopes
    main = entry.main
    if main is not None:
        token = institutions.get(main.institution)
        reference = {"reference": f"Organization/{token}"} if token else {}
        made["organization"] = {**reference, "display": main.name}
        made["period"] = {"start": main.since.isoformat()}
    return made


def _practises(entry: PublicPractitioner) -> bool:
    return bool(verdict_on(entry, timezone.localdate()).may_practise)


def organization(entry: PublicInstitution, institutions: Mapping[int, str]) -> Resource:
    """An institution as its licence says."""
    number = {"system": system("NamingSystem/institution-registration-number"), "value": entry.number}
    return {
        **_resource("Organization", entry), **({"identifier": [number]} if entry.number else {}), "active": entry.in_force,
        "type": [_coded("institution_category", entry.category_code, entry.category)], "name": entry.name,
        "address": [_address(entry)],
    }  # fmt: skip


def location(entry: PublicInstitution, institutions: Mapping[int, str]) -> Resource:
    """The place of an institution."""
    return {
        **_resource("Location", entry, "-place"), "status": "active" if entry.in_force else "inactive", "name": entry.name,
        "mode": "instance", "address": _address(entry),
        "managingOrganization": {"reference": f"Organization/{entry.token}", "display": entry.name},
    }  # fmt: skip


def service(entry: PublicInstitution, institutions: Mapping[int, str]) -> Resource:
    """The subjects an institution is licensed for."""
    named = [_coded("clinical_subject", "", each.label) for each in entry.subjects]
    for coded, code in zip(named, entry.subject_codes, strict=False):
        coded["coding"] = [{"system": system("CodeSystem/clinical_subject"), "code": code, "display": coded["text"]}]
    return {
        **_resource("HealthcareService", entry, "-service"), "active": entry.in_force,
        "providedBy": {"reference": f"Organization/{entry.token}", "display": entry.name}, "specialty": named,
        "location": [{"reference": f"Location/{entry.token}-place"}],
    }  # fmt: skip


def _address(entry: PublicInstitution) -> dict[str, Any]:
    written = next((note.words for note in entry.notes if note.label == _LONG_ADDRESS), "")
    return {"use": "work", "text": written or entry.district, "district": entry.district, "country": "CN"}


@dataclass(frozen=True, slots=True)
class Kind:
    """One type of resource: whose entries it is made of, and how."""

    name: str
    of: type[Entry]
    made: Callable[[Any, Mapping[int, str]], Resource]
    suffix: str = ""


KINDS: Mapping[str, Kind] = {
    each.name: each
    for each in (
        Kind("Practitioner", PublicPractitioner, practitioner),
        Kind("PractitionerRole", PublicPractitioner, role, "-role"),
        Kind("Organization", PublicInstitution, organization),
        Kind("Location", PublicInstitution, location, "-place"),
        Kind("HealthcareService", PublicInstitution, service, "-service"),
    )
}
