"""Fields of a document between issue and print: digested, enciphered under the subject's own key, opened to be printed.

The digest is salted with the printed 印校码: anyone with the paper in hand can recompute it; anyone with a photographed QR
code alone cannot try names and identity numbers one by one.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.documents import codes
from yizheng.documents.models import IssuedDocument
from yizheng.people import vault

DIGEST_BYTES = 16


def canonical(fields: Mapping[str, Any]) -> bytes:
    """The fields in the one form that is digested: sorted keys, no spaces, UTF-8."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def printed_digest(fields: Mapping[str, Any], check_word: str) -> str:
    """128 bits of HMAC-SHA-256 over the canonical fields under the printed check word, in hexadecimal."""
    return hmac.new(check_word.encode("ascii"), canonical(fields), hashlib.sha256).digest()[:DIGEST_BYTES].hex()


@dataclass(frozen=True)
class Sealed:
    """What the row of a new document takes over."""

    code: str
    digest: str
    sealed: str


def seal(subject_id: int, fields: Mapping[str, Any]) -> Sealed:
    """Give the fields a fresh code and check word, digest them and encipher both together."""
    return seal_many([(subject_id, fields)])[0]


def seal_many(rows: Sequence[tuple[int, Mapping[str, Any]]]) -> list[Sealed]:
    """As ``seal`` for the fields of many documents (subject, fields) at once."""
    contents, digests = [], []
    for subject_id, fields in rows:
        plain, check_word = _plain(fields), codes.new_check_word()
        content = json.dumps({"fields": plain, "check_word": check_word}, ensure_ascii=False, sort_keys=True)
        contents.append((subject_id, content))
        digests.append(printed_digest(plain, check_word))
    enciphered = zip(digests, vault.seal_texts(contents), strict=True)
    return [Sealed(codes.new_code(), digest, sealed) for digest, sealed in enciphered]


def unseal(document: IssuedDocument) -> tuple[dict[str, Any], str]:
    """The printed fields of a document and its check word. Raises vault.Erased when the subject was erased."""
    return unseal_many([document])[0]


def unseal_many(documents: Sequence[IssuedDocument]) -> list[tuple[dict[str, Any], str]]:
    """As ``unseal`` for many documents at once. Raises vault.Erased when one subject was erased."""
    texts = vault.open_texts([(document.subject_id, document.sealed) for document in documents])
    return [(content["fields"], content["check_word"]) for content in map(json.loads, texts)]


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as JSON holds them, so that what is digested now equals what is read back later."""
    return dict(json.loads(json.dumps(fields, ensure_ascii=False, default=_text)))


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be printed")
