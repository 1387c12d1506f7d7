"""What a certificate of a person prints: her identity, and of the registration the fields that its declaration says are printed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yizheng.documents import sealing
from yizheng.documents.authorities import authority
from yizheng.documents.declarations import CertificateKind, Printed, declare
from yizheng.documents.models import Certificate
from yizheng.kernel.chinese_dates import long_date
from yizheng.people.models import Scope
from yizheng.registry.fields import DayField
from yizheng.registry.models import Fact
from yizheng.systems.practitioners.models import PersonIdentity


def printed_kind(code: str, title: str, registration: type[Fact], **more: str) -> CertificateKind:
    """Declare the certificate of a registration: who holds it, what ``more`` names, and the fields declared as printed."""
    holder = (Printed("name", "姓名"), Printed("sex", "性别"), Printed("identity_number", "证件号码"))
    fields = {
        each.name: str(each.verbose_name) for each in registration.typed_fields() if getattr(each, "printed", False)
    }
    named = {name: label for name, label in (more | fields).items() if name != "number"}
    kind = CertificateKind(code, title, holder, tuple(Printed(name, label) for name, label in named.items()))
    declare(kind)
    return kind


def printed(
    kind: CertificateKind, registration: Fact, identity: PersonIdentity, office: Scope, **more: str
) -> dict[str, Any]:
    """The printed fields of the kind, by the names of the registration's own fields; ``more`` gives those it does not hold."""
    known = {
        "number": more.get("number") or getattr(registration, "number", ""),
        "issuer": authority(office.code).name,
        "name": identity.name,
        "sex": identity.sex_word,
        **more,
    }
    wanted = [each.key for each in (*kind.holder, *kind.practice) if each.key not in known and not each.optional]
    fields = {**known, **{name: _words(registration, name) for name in wanted}}
    return {**fields, "photo": identity.photo} if identity.photo else fields


def unsealed(certificate: Certificate) -> dict[str, Any]:
    """What a certificate prints."""
    fields, _check_word = sealing.unseal(certificate)
    return dict(fields)


def printed_anew(printed: Mapping[str, Any], on: date, changed: str, office: Scope, **now: Any) -> dict[str, Any]:
    """What a version in force ``printed``, as it stands ``now``, with the change entered (项目、日期、批准机关)."""
    issuer = authority(office.code).name
    entered = [changed, on.isoformat(), issuer]
    return {**printed, "issuer": issuer, "changes": [*printed.get("changes", ()), entered], **now}


def _words(registration: Fact, name: str) -> str:
    field = registration._meta.get_field(name)  # noqa: SLF001 — Django's own door to fields
    value = getattr(registration, name)
    return long_date(value) if isinstance(field, DayField) else str(field.words(registration))  # type: ignore[union-attr]
