"""What the register of institutions tells others: licences to the credit platform, and how they stand to that of certificates."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q
from django.utils import timezone

from yizheng.documents.models import Certificate
from yizheng.exchange.credit.sources import OPEN_END, Party, Printed, Source, declare
from yizheng.exchange.ecertificates import types as ecertificates
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.models.parties import LEGAL_REPRESENTATIVE, PRINCIPAL
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.printing import ORIGINAL

PERMITTED = ("licensed", "internet_independent")
"""The kinds of registration that are permissions; the others are filings and not reported."""


def party_of(subject_id: int, on: date) -> Party:
    """An institution as the register stands: name, code, legal representative or principal."""
    held = Held(subject_id, on)
    named, licence = held.named, held.licence
    legal = named[LEGAL_REPRESENTATIVE] or named[PRINCIPAL]
    return Party(licence.name, uscc=licence.uscc, legal=legal) if licence else Party("")


def _party(certificate: Certificate, printed: Printed, on: date) -> Party | None:
    licence = licences.licence_on(certificate.subject_id, on)
    return party_of(certificate.subject_id, on) if licence and licence.kind in PERMITTED else None


def _term(certificate: Certificate, printed: Printed) -> tuple[date, date]:
    licence = licences.licence_on(certificate.subject_id, certificate.issued_on)
    if licence is None:
        return certificate.issued_on, OPEN_END
    return licence.term_from or certificate.issued_on, licence.term_to or OPEN_END


declare(
    Source(
        ORIGINAL.code,
        "医疗机构",
        _party,
        lambda certificate, printed: f"准予执业，地址{printed['address']}，诊疗科目：{printed['subjects']}"[:4000],
        _term,
    )
)


def _touched(changes: Sequence[int]) -> set[int]:
    rows = InstitutionLicence.objects.all().filter(Q(opened__in=changes) | Q(closed__in=changes))
    return set(rows.values_list("subject_id", flat=True))


def _standing(subjects: Sequence[int]) -> Mapping[int, str]:
    held = licences.licences_on(subjects, timezone.localdate())
    return {subject: "suspended" for subject, licence in held.items() if licence.status == "suspended_penalty"}


def codes_of(subjects: Sequence[int]) -> Mapping[int, str]:
    """The unified codes of institutions; one without a code is left out."""
    held = licences.licences_on(subjects, timezone.localdate())
    return {subject: licence.uscc for subject, licence in held.items() if licence.uscc}


def institution_of(code: str) -> int | None:
    """The institution that has a unified code today; call it as the system."""
    held = InstitutionLicence.objects.as_of(timezone.localdate()).filter(uscc=code)
    return held.values_list("subject_id", flat=True).first() if code else None


ecertificates.declare(ecertificates.Holder((ORIGINAL.code,), _touched, _standing, codes_of, institution_of))
