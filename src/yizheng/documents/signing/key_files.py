"""Keys on the disk: a folder that gets its name last, so that a crash leaves none and of two processes at once one wins.

Folders are 0700, files 0600 and written whole or not at all.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes


def ensure(folder: Path, fill: Callable[[Path], None]) -> None:
    """Make the folder with what ``fill`` writes into it, unless it is there."""
    if folder.is_dir():
        return
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        fill(draft)
        _sync(draft)
        draft.rename(folder)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if not folder.is_dir():
            raise
    _sync(folder.parent)


def write(path: Path, content: bytes) -> None:
    """Write a file, or one in place of the former."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    Path(draft).replace(path)


def write_private(path: Path, key: PrivateKeyTypes) -> None:
    """Write a private key; the rights of the file are what protects it."""
    form, bare = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    write(path, key.private_bytes(serialization.Encoding.PEM, form, bare))


def public_pem(key: PublicKeyTypes) -> str:
    """A public key as text."""
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
