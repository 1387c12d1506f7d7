"""The witness countersigns the head of the register's seal chain, so that a rewritten witness file shows.

The witness key is another key than the seal's: whoever can issue documents cannot thereby rewrite what was witnessed.
"""

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from yizheng.documents.signing.keys import key_ring


def countersign(statement: str) -> str:
    """The witness's signature over `statement`, in base64, to be written beside it."""
    signature = key_ring().witness().key.sign(statement.encode(), padding.PKCS1v15(), hashes.SHA256())
    return base64.b64encode(signature).decode("ascii")


def witnessed(statement: str, signature: str) -> bool:
    """Whether `signature` is the witness's over exactly this `statement`."""
    public = key_ring().witness().certificate.public_key()
    if not isinstance(public, rsa.RSAPublicKey):
        return False
    try:
        public.verify(
            base64.b64decode(signature, validate=True), statement.encode(), padding.PKCS1v15(), hashes.SHA256()
        )
    except (InvalidSignature, binascii.Error):
        return False
    return True
