"""PAdES signatures on PDFs (ETSI EN 319 142-1, baseline B): made by the seal.

The signature certifies: it permits no later change of any kind, so one changed byte makes every reader say so
(电子签名法第五条、第十三条第三项、第四项).
"""

from functools import lru_cache
from io import BytesIO

from asn1crypto import x509 as asn1_x509
from asn1crypto.algos import SignedDigestAlgorithm
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from yizheng.documents.signing.keys import KeyRing, SigningKeys, key_ring

FIELD = "Seal"


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


class _Seal(signers.Signer):
    """A signer that holds its key loaded (loading checks the key and takes longer than signing)."""

    def __init__(self, keys: SigningKeys) -> None:
        self._key = keys.key
        super().__init__(
            signing_cert=asn1(keys.certificate),
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


def asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """The certificate as the signing library takes it."""
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
