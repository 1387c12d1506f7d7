"""Changing a registration that stands: its next version, what ends with it, and the certificate that says so.

医师法 第十七条、第十八条 (change and deregistration); 行政许可法 第七十条 (a certificate ends with its licence). A change
is entered on the certificate as item, day and approving authority, and the certificate gets a new version.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from yizheng.documents import certificates, sealing
from yizheng.documents.authorities import authority
from yizheng.documents.models import Certificate, Ending, Status
from yizheng.people.models import Scope
from yizheng.registry.failures import NothingInForce
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.certificates.practice import certificate_kind, scope_words
from yizheng.systems.doctors.models import Registration
from yizheng.systems.practitioners.amending import coming, say
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.places import place_name


class NoCertificateError(LookupError):
    """The registration has no certificate in force to renew."""


def amend(
    registration: Registration,
    change: ChangeInProgress,
    on: date,
    *,
    authority_scope: int | None = None,
    **altered: Any,
) -> Registration:
    """From ``on`` the line says this too; every coming version keeps its own days and what else it says.

    So a suspension that is laid over the line runs as long as it ran before. Returns the version of the day; raises
    NothingInForce where the line says nothing from then on.
    """
    versions = coming(registration, on)
    if not versions:
        raise NothingInForce(f"注册自{on}起没有有效的登记，不能变更。")
    said = [say(each, change, on, authority_scope=authority_scope, **altered) for each in versions]
    return said[0]


def end_registration(
    registration: Registration, change: ChangeInProgress, on: date, *, status: str, reason: str = ""
) -> Registration:
    """The registration stands no longer: deregistered, revoked, annulled, gone to the forces or to another province."""
    return change.state(
        Registration,
        registration.subject_id,
        registration.line,
        {**registration.values(), "status": status, "reason": reason},
        valid_from=on,
        authority_scope=registration.authority_scope,
    )


def revoke_certificates(
    registrations: Iterable[Registration], change: ChangeInProgress, on: date, *, ending: Ending
) -> None:
    """End the certificates in force of these registrations."""
    for certificate in _in_force(registrations):
        certificates.revoke(certificate, ending=ending, on=on, change_id=change.id)


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
    former = next(iter(_in_force([registration])), None)
    if former is None:
        raise NoCertificateError(registration.practice_number)
    printed, _check_word = sealing.unseal(former)
    issuer = authority(office.code).name
    entries = [*printed.get("changes", ()), [changed, on.isoformat(), issuer]]
    return {
        **printed,
        **_as_it_stands(registration, identity),
        "institution": institution,
        "issuer": issuer,
        "changes": entries,
        **altered,
    }


def certificate_kind_of(registration: Registration) -> str:
    """The kind of certificate that certifies a registration of this level."""
    return certificate_kind(registration.level)


def _as_it_stands(registration: Registration, identity: PersonIdentity | None) -> Mapping[str, Any]:
    fields: dict[str, Any] = {"scope": scope_words(registration), "place": place_name(registration.place)}
    if identity is not None:
        fields["name"] = identity.name
        fields |= {"photo": identity.photo} if identity.photo else {}
    return fields


def _in_force(registrations: Iterable[Registration]) -> list[Certificate]:
    known = {(each.subject_id, each.practice_number) for each in registrations}
    found = (
        Certificate.objects.all()
        .select_for_update(no_key=True)
        .filter(subject_id__in=[subject for subject, _ in known], status=Status.VALID)
        .filter(number__in=[number for _, number in known])
    )
    return [each for each in found if (each.subject_id, each.number) in known]
