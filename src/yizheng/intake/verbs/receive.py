"""收到文件: it is kept by its digest before anything else is done with it."""

from pathlib import Path

from yizheng.documents.attachments import store_file
from yizheng.intake.formats import Format
from yizheng.intake.models import Batch
from yizheng.people import audit
from yizheng.people.models import Account

MOST_BYTES = 2 * 1024**3


def receive(declared: Format, path: Path, name: str, *, account: Account | None, authority_scope: int) -> Batch:
    """Keep the file at ``path`` and open a batch for it; ``account`` is None for the command line."""
    digest = store_file(path)
    batch = Batch.objects.create(
        format=declared.code,
        name=name[-200:],
        digest=digest,
        size=path.stat().st_size,
        authority_scope=authority_scope,
        account=account,
    )
    audit.record(account, "intake.receive", f"batch:{batch.pk}", {"format": declared.code, "file": digest[:8]})
    return batch


def same_file(batch: Batch) -> Batch | None:
    """The batch that took in exactly this file before, if one did."""
    loaded = Batch.objects.filter(digest=batch.digest, format=batch.format, change__isnull=False)
    return loaded.exclude(pk=batch.pk).order_by("-id").first()
