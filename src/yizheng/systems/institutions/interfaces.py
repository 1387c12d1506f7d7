"""What the register of institutions tells others: licences to the credit platform (双公示)."""

from datetime import date

from yizheng.documents.models import Certificate
from yizheng.exchange.credit.sources import OPEN_END, Party, Printed, Source, declare
from yizheng.systems.institutions import licences
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
