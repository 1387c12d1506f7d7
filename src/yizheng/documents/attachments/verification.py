"""核对: every file the store must hold is there and has its digest; what is missing or changed is named."""

from collections.abc import Callable
from dataclasses import dataclass

from yizheng.documents.attachments.store import Store, store
from yizheng.documents.models import StoredFile


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
