"""Signatures of pages checked against our root alone."""

from dataclasses import dataclass
from io import BytesIO

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from yizheng.documents.signing.keys import KeyRing, key_ring
from yizheng.documents.signing.pdf import asn1


@dataclass(frozen=True)
class SignatureReport:
    """What the check of a signed PDF found. `valid` is the only answer that means "as issued"."""

    signed: bool
    intact: bool
    trusted: bool
    signer: str

    @property
    def valid(self) -> bool:
        """Signed by a key our root vouches for, and not one byte changed."""
        return self.signed and self.intact and self.trusted


_UNSIGNED = SignatureReport(signed=False, intact=False, trusted=False, signer="")


def check_pdf(pdf: bytes, *, ring: KeyRing | None = None) -> SignatureReport:
    """Check the signature of `pdf` against our root alone; a file that cannot be read counts as unsigned."""
    trust = ValidationContext(trust_roots=[asn1((ring or key_ring()).root())], allow_fetching=False)
    try:
        signatures = PdfFileReader(BytesIO(pdf)).embedded_signatures
        if not signatures:
            return _UNSIGNED
        status = validate_pdf_signature(signatures[0], trust)
    except (PdfError, ValueError, KeyError):
        return _UNSIGNED
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return SignatureReport(
        signed=True,
        intact=bool(status.intact and status.valid and whole),
        trusted=bool(status.trusted),
        signer=str(status.signing_cert.subject.native.get("common_name", "")),
    )
