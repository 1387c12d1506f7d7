"""The store of this installation: what is kept lies on the shelf of backups too before anyone is told that it was kept."""

import logging
from pathlib import Path

from django.conf import settings

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
