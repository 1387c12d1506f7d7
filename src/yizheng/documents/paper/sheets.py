"""Certificates laid out: the fields, codes and pictures of one or of many, as the page of their kind takes them."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from yizheng.documents import codes, sealing
from yizheng.documents.attachments import store
from yizheng.documents.declarations import Printed, certificate_kind
from yizheng.documents.models import Certificate, IssuedDocument
from yizheng.documents.paper import pdf, qr


def certificate_pages(certificates: Sequence[Certificate]) -> bytes:
    """The unsigned pages of certificates whose kinds share a page, in their order, as one PDF/A.

    Raises vault.Erased when a subject was erased, MissingFile when a photo was lost, TypesettingError.
    """
    first = certificates[0]
    kind = certificate_kind(first.kind)
    pictures: dict[str, bytes] = {}
    unsealed = sealing.unseal_many(certificates)
    for place, address in enumerate(qr.addresses(certificates)):
        pictures[_code(place)] = qr.picture(address)
    sheets = [
        _sheet(certificate, fields, check_word, place, pictures)
        for place, (certificate, (fields, check_word)) in enumerate(zip(certificates, unsealed, strict=True))
    ]
    one = len(certificates) == 1
    title = f"{kind.title} {first.number}" if one else f"{kind.title}等 {len(certificates)} 本"
    data = {"title": title, "issuer": first.issuer, "sheets": sheets}
    return pdf.render(kind.page, data, dated=first.issued_on, pictures=pictures)


def marks(document: IssuedDocument, check_word: str) -> dict[str, Any]:
    """What every page prints to be checked by."""
    return {
        "code": codes.grouped(document.code),
        "check_word": codes.grouped_word(check_word),
        "specimen": settings.DEMO,
    }


def _sheet(
    certificate: Certificate, fields: dict[str, Any], check_word: str, place: int, pictures: dict[str, bytes]
) -> dict[str, Any]:
    """One certificate, whose code is drawn; its photo is added under a name of its own."""
    kind = certificate_kind(certificate.kind)
    photo = f"photo-{place}.svg"
    if fields.get("photo"):
        pictures[photo] = pdf.photo_picture(store().read(fields["photo"]))
    return {
        **marks(certificate, check_word),
        "qr": _code(place),
        "photo": photo if photo in pictures else None,
        "title": kind.title,
        "number": certificate.number,
        "issuer": certificate.issuer,
        "issued_on": certificate.issued_on.isoformat(),
        "version": certificate.version,
        "holder": _pairs(kind.holder, fields),
        "practice": _pairs(kind.practice, fields),
        "changes": fields.get("changes", []),
        "remarks": fields.get("remarks"),
        "tables": fields.get("tables", []),
        "pictured": kind.pictured,
        "number_label": kind.number_label,
    }


def _code(place: int) -> str:
    return f"qr-{place}.svg"


def _pairs(printed: tuple[Printed, ...], fields: dict[str, Any]) -> list[list[str]]:
    return [[one.label, str(fields[one.key])] for one in printed if fields.get(one.key)]
