"""The digest of what a document prints: salted, so that the code on a photographed QR gives nothing away.

Anyone with the paper in hand can recompute it from the printed fields and the printed 印校码; anyone with the QR code
alone cannot, because names and identity numbers are few enough to be tried one by one.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

DIGEST_BYTES = 16


def canonical(fields: Mapping[str, Any]) -> bytes:
    """The fields in the one form that is digested: sorted keys, no spaces, UTF-8."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def printed_digest(fields: Mapping[str, Any], check_word: str) -> str:
    """128 bits of HMAC-SHA-256 over the canonical fields under the printed check word, in hexadecimal."""
    return hmac.new(check_word.encode("ascii"), canonical(fields), hashlib.sha256).digest()[:DIGEST_BYTES].hex()
