"""``multipart/related`` as DICOMweb sends objects (RFC 2387): taken apart and put together."""

import re
import secrets
from collections.abc import Iterable

TYPE = "application/dicom"
_BOUNDARY = re.compile(r'boundary="?([^";]{1,70})"?')


def parts(content_type: str, body: bytes) -> list[bytes] | None:
    """The objects of a body; nothing where it is no multipart body of DICOM objects."""
    found = _BOUNDARY.search(content_type)
    if found is None or not content_type.lower().startswith("multipart/related") or TYPE not in content_type:
        return None
    pieces = (b"\r\n" + body).split(b"\r\n--" + found[1].encode("latin-1", "replace"))
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        return None
    return [piece.partition(b"\r\n\r\n")[2] for piece in pieces[1:-1]]


def joined(objects: Iterable[bytes]) -> tuple[str, bytes]:
    """The type and body of several objects."""
    boundary = secrets.token_hex(16)
    head = f"--{boundary}\r\nContent-Type: {TYPE}\r\n\r\n".encode()
    body = b"".join(head + each + b"\r\n" for each in objects) + f"--{boundary}--\r\n".encode()
    return f'multipart/related; type="{TYPE}"; boundary={boundary}', body
