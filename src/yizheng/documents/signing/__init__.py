"""Signing: the platform's own root, the seal that signs instruments, the witness, and the proof that they hold.

A signature is reliable when its making is under the signer's sole control and any later change shows
(电子签名法第十三条). Keys are made at first start beside the data with owner-only rights; whoever runs the platform
for real replaces them by the seal service of the government (国务院关于在线政务服务的若干规定第八条、第九条).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from yizheng.documents.signing.keys import KeyRing, SigningKeys, key_ring

if TYPE_CHECKING:
    from yizheng.documents.signing.pdf import SignatureReport, check_pdf, sign_pdf

__all__ = ["KeyRing", "SignatureReport", "SigningKeys", "check_pdf", "key_ring", "sign_pdf"]


def __getattr__(name: str) -> Any:
    """Looked up when first used: the signing library takes a third of a process's start, and few requests sign."""
    if name in ("SignatureReport", "check_pdf", "sign_pdf"):
        return getattr(import_module("yizheng.documents.signing.pdf"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
