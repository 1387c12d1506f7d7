"""The Parquet files of slices, kept by their digest in a store of their own, and the folder where they are made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from yizheng.kernel.file_store import Store
from yizheng.kernel.private_files import private_directory


def store() -> Store:
    """Where the files of slices lie."""
    return Store(Path(settings.SLICES_DIR))


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder nobody else reads, gone after the block."""
    home = private_directory(Path(settings.SLICES_DIR))
    with TemporaryDirectory(dir=home, prefix=".draft-") as folder:
        yield Path(folder)
