"""The store of this installation: what is kept lies on the shelf of backups too before anyone is told that it was kept.

核对: every file it must hold is there and has its digest; what is missing or changed is named.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from yizheng.documents.models import StoredFile
from yizheng.kernel.file_store import MissingFile, Store

__all__ = ["KeptTwice", "MissingFile", "Store", "store"]

_log = logging.getLogger("yizheng.documents.store")


class KeptTwice(Store):
    """The store of the installation. Once backups are made, every file goes onto their shelf at once.

    The log of the database brings back each row up to its last moment; a file that waited for the next backup would then
    be missing. A shelf that cannot be written is told in the log and does not stop the work: the next backup copies.
    """

    def put(self, content: bytes) -> str:
        """As `Store.put`, on the shelf too."""
        digest = super().put(content)
        self._put_on_shelf(digest)
        return digest

    def put_file(self, source: Path) -> str:
        """As `Store.put_file`, on the shelf too."""
        digest = super().put_file(source)
        self._put_on_shelf(digest)
        return digest

    def _put_on_shelf(self, digest: str) -> None:
        shelf = Store(Path(settings.ATTACHMENTS_ON_SHELF))
        try:
            if shelf.root.is_dir() and not shelf.holds(digest):
                shelf.put_file(self.path(digest))
        except OSError as problem:
            _log.error("a file could not be put onto the shelf of backups: %s", problem.strerror)


def store() -> KeptTwice:
    """The store of this installation."""
    return KeptTwice(Path(settings.ATTACHMENTS_DIR))


@dataclass(frozen=True)
class StoreReport:
    """What the check found. `unclaimed` files belong to no row (a crash between file and row); they do no harm."""

    checked: int
    damaged: tuple[str, ...]
    unclaimed: int


def verify_store(progress: Callable[[int, int], None] | None = None, files: Store | None = None) -> StoreReport:
    """Read every stored file and compare its digest with its name."""
    held = files or store()
    claimed = list(StoredFile.objects.order_by("digest").values_list("digest", flat=True))
    damaged = []
    for done, digest in enumerate(claimed, start=1):
        if not held.holds(digest):
            damaged.append(digest)
        if progress is not None:
            progress(done, len(claimed))
    return StoreReport(len(claimed), tuple(damaged), unclaimed=len(set(held.digests()) - set(claimed)))
