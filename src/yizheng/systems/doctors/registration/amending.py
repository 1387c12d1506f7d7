"""The certificate of a registration that was changed: item, day and approving authority are entered, the version is a new one."""

from datetime import date
from typing import Any

from yizheng.documents import sealing
from yizheng.documents.authorities import authority
from yizheng.people.models import Scope
from yizheng.systems.doctors.certificates import certificate_kind, scope_words
from yizheng.systems.doctors.models import Registration
from yizheng.systems.practitioners.amending import in_force
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.places import place_name


class NoCertificateError(LookupError):
    """The registration has no certificate in force to renew."""


def renewed_fields(
    registration: Registration,
    identity: PersonIdentity | None,
    on: date,
    *,
    changed: str,
    office: Scope,
    institution: str,
    **altered: Any,
) -> dict[str, Any]:
    """The printed fields of the version in force, brought up to date, with the change entered (项目、日期、批准机关).

    Raises NoCertificateError where no certificate is in force.
    """
    former = next(iter(in_force([registration])), None)
    if former is None:
        raise NoCertificateError(registration.practice_number)
    printed, _check_word = sealing.unseal(former)
    issuer = authority(office.code).name
    person = {} if identity is None else {"name": identity.name, "photo": identity.photo or printed.get("photo")}
    return {
        **printed,
        "scope": scope_words(registration),
        "place": place_name(registration.place),
        **{name: value for name, value in person.items() if value},
        "institution": institution,
        "issuer": issuer,
        "changes": [*printed.get("changes", ()), [changed, on.isoformat(), issuer]],
        **altered,
    }


def certificate_kind_of(registration: Registration) -> str:
    """The kind of certificate that certifies a registration of this level."""
    return certificate_kind(registration.level)
