"""Opening a document: the first time its page is set, signed and stored; from then on the same bytes are served.

Whoever may see the document's row may open it; making and reading the stored page is the room's own business.
"""

from typing import Any

from django.db import transaction

from yizheng.documents import sealing, signing
from yizheng.documents.attachments import store, store_bytes
from yizheng.documents.declarations import certificate_kind, instrument_kind
from yizheng.documents.models import Certificate, Instrument, Rendering
from yizheng.documents.paper import pdf, qr, sheets


def open_document(document: Certificate | Instrument) -> bytes:
    """The signed page of a document.

    Raises MissingFile when the stored page was lost, vault.Erased when the subject was erased.
    """
    fields, check_word = sealing.unseal(document)  # also proves that the subject was not erased since
    owner: dict[str, Any] = {"certificate" if isinstance(document, Certificate) else "instrument": document}
    kept = Rendering.objects.filter(**owner).first() or _keep(owner, _set(document, fields, check_word))
    return store().read(kept.digest)


def _keep(owner: dict[str, Any], page: bytes) -> Rendering:
    """Of two first openings the row that comes first is kept and served to both."""
    with transaction.atomic():
        row = Rendering(**owner, digest=store_bytes(page), size=len(page))
        Rendering.objects.bulk_create([row], ignore_conflicts=True)
        return Rendering.objects.get(**owner)


def _set(document: Certificate | Instrument, fields: dict[str, Any], check_word: str) -> bytes:
    if isinstance(document, Instrument):
        return _instrument_page(document, fields, check_word)
    title = certificate_kind(document.kind).title
    page = sheets.certificate_pages([document])
    return signing.sign_pdf(page, issuer=document.issuer, reason=f"颁发《{title}》")


def _instrument_page(instrument: Instrument, fields: dict[str, Any], check_word: str) -> bytes:
    kind = instrument_kind(instrument.kind)
    data = {**fields, **sheets.marks(instrument, check_word)}
    page = pdf.render(
        kind.page, data, dated=instrument.issued_on, pictures={"qr.svg": qr.picture(qr.address(instrument))}
    )
    return signing.sign_pdf(page, issuer=instrument.issuer, reason=f"签发《{fields['title']}》")
