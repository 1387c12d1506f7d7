"""Secret values that live in files beside the data, readable by their owner alone."""

import contextlib
import os
import tempfile
from pathlib import Path


def private_directory(path: Path) -> Path:
    """Make the directory with mode 0700, or tighten an existing one, and return it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_mode & 0o077:
        path.chmod(0o700)
    return path


def write_once(path: Path, value: str) -> str:
    """Keep `value` in `path` (mode 0600) unless the file exists already; return what the file holds.

    The value is written whole and synced before it gets its name, so a crash leaves either no file or a
    complete one, and of two processes that start together both read the winner's value.
    """
    if path.exists():
        return path.read_text("ascii")
    private_directory(path.parent)
    descriptor, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(value)
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
    return path.read_text("ascii")
