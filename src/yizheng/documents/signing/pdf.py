"""PAdES signatures on PDFs (ETSI EN 319 142-1, baseline B): made by the seal, checked against our root.

The signature certifies: it permits no later change of any kind, so one changed byte makes every reader say so
(电子签名法第五条、第十三条第三项、第四项).
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from asn1crypto import x509 as asn1_x509  # type: ignore[import-untyped]
from asn1crypto.algos import SignedDigestAlgorithm  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from yizheng.documents.signing.keys import KeyRing, SigningKeys, key_ring

FIELD = "Seal"


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


def sign_pdf(pdf: bytes, *, issuer: str, reason: str, ring: KeyRing | None = None) -> bytes:
    """`pdf` with the seal's signature appended; `issuer` and `reason` are shown by readers in the signature's panel."""
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        name=issuer,
        reason=reason,
        location="北京",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
        tight_size_estimates=True,  # padding after a signature is a stretch no signature covers
    )
    signed = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), metadata, signer=_seal(ring or key_ring()))
    return bytes(signed.getvalue())


def check_pdf(pdf: bytes, *, ring: KeyRing | None = None) -> SignatureReport:
    """Check the signature of `pdf` against our root alone; a file that cannot be read counts as unsigned."""
    trust = ValidationContext(trust_roots=[_asn1((ring or key_ring()).root())], allow_fetching=False)
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


class _Seal(signers.Signer):
    """A signer that holds its key loaded (loading checks the key and takes longer than signing)."""

    def __init__(self, keys: SigningKeys) -> None:
        self._key = keys.key
        super().__init__(
            signing_cert=_asn1(keys.certificate),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
            signature_mechanism=SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
            embed_roots=False,
        )

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(self._key.key_size // 8)
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


@lru_cache(maxsize=4)
def _seal(ring: KeyRing) -> _Seal:
    return _Seal(ring.seal())


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
