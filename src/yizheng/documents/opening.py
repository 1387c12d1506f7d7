"""Opening a document: the first time its page is set, signed and stored; from then on the same bytes are served.

Whoever may see the document's row may open it; making and reading the stored page is the room's own business.
"""

from typing import Any

from django.db import transaction

from yizheng.documents import sealing
from yizheng.documents.attachments import store, store_bytes
from yizheng.documents.declarations import instrument_kind
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
    from yizheng.documents.signing.pdf import sign_pdf  # its library takes a third of a process's start

    if isinstance(document, Certificate):
        page, reason = sheets.certificate_pages([document]), f"颁发《{document.title}》"
    else:
        data = {**fields, **sheets.marks(document, check_word)}
        pictures = {"qr.svg": qr.picture(qr.address(document))}
        page = pdf.render(instrument_kind(document.kind).page, data, dated=document.issued_on, pictures=pictures)
        reason = f"签发《{fields['title']}》"
    return sign_pdf(page, issuer=document.issuer, reason=reason)
