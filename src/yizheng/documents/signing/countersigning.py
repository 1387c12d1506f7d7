"""副署: the head of the witness file signed by the witness key, so that the file cannot be written anew with the register.

The register chains its seals and writes their roots outside the database. Somebody who holds both could rewrite both
and the chain would fit; the countersigned roots would not, and the key that signs them serves nothing else.
"""

import base64
import binascii
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from yizheng.documents.signing.keys import key_ring
from yizheng.kernel import journals
from yizheng.registry.seals.witness import Witnessed, last_witnessed, witness_file
from yizheng.registry.seals.witness import witnessed as witness_lines


def countersigned_file() -> Path:
    """Where countersignatures are kept, beside the witness file."""
    return witness_file().with_name("countersigned.jsonl")


def countersign_head() -> int | None:
    """Countersign the newest witnessed seal unless that was done; returns its number, or None when there was nothing."""
    head = last_witnessed(witness_file())
    if head is None or head.seal in {seal for seal, _, _ in _countersigned()}:
        return None
    line = {"seal": head.seal, "root": head.root, "signature": countersign(_statement(head.seal, head.root))}
    journals.append(countersigned_file(), line)
    return head.seal


def faults() -> list[str]:
    """What does not fit between countersignatures and witness file, in sentences; nothing when all fits."""
    lines: dict[int, Witnessed] = {line.seal: line for line in witness_lines(witness_file())}
    found = []
    for seal, root, signature in _countersigned():
        if not witnessed(_statement(seal, root), signature):
            found.append(f"第 {seal} 号封存的副署不是本机见证密钥所签")
        elif seal not in lines or lines[seal].root != root:
            found.append(f"第 {seal} 号封存副署之后，见证文件中的根被改写或删除")
    return found


def _statement(seal: int, root: str) -> str:
    return f"yizheng seal {seal} root {root}"


def _countersigned() -> Iterator[tuple[int, str, str]]:
    for kept in journals.entries(countersigned_file()):
        yield kept["seal"], kept["root"], kept["signature"]


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
