"""Work that need not be done again: remembered by a digest of what went into it."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest_of_contents(files: Iterable[Path]) -> str:
    """A digest of names and contents."""
    found = hashlib.sha256()
    for path in sorted(files):
        found.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def done(stamp: Path, digest: str) -> bool:
    """Whether the work with this digest was done."""
    return stamp.exists() and stamp.read_text() == digest


def remember(stamp: Path, digest: str) -> None:
    """Note that it is done."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest)
