"""封存: take the settled changes that follow the last seal, hash what they did, chain the root, have it witnessed.

A seal is committed first and witnessed after; a crash between the two is made good by the next run.
"""

from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from yizheng.registry.failures import RegistryError
from yizheng.registry.models import DigestSchema, Seal, SealPage
from yizheng.registry.seals.encodings import CURRENT, ENCODINGS
from yizheng.registry.seals.leaves import current_columns, pack
from yizheng.registry.seals.tree import BEFORE_THE_FIRST, Tree, schema_digest, seal_root
from yizheng.registry.seals.witness import last_witnessed, witness, witness_file

_ONE_SEALER = 726463747002
"""The advisory lock that keeps two sealers apart."""


class SealingRefused(RegistryError):
    """Register and witness disagree, or positions have a gap: `verify` tells more."""


def seal_pending(limit: int = 10_000) -> Seal | None:
    """Seal up to `limit` positions that are not sealed yet, and witness every seal that is not witnessed.

    Returns the new seal, None when there was nothing to seal or somebody else is sealing. Raises SealingRefused.
    Call it outside of a transaction, as the serving or the job role.
    """
    path = witness_file()
    with transaction.atomic(durable=True):
        if not _only_sealer():
            return None
        current_schema()  # seen by the second connection that hashes only once it is committed
    with transaction.atomic(durable=True):
        if not _only_sealer():
            return None
        _check_witness(path)
        seal = _seal(limit)
    with transaction.atomic(durable=True):
        if _only_sealer():
            _witness_pending(path)
    return seal


def _only_sealer() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [_ONE_SEALER])
        return bool(cursor.fetchone()[0])


def _check_witness(path: Path) -> None:
    """What is witnessed must be what is sealed, and all that counts as witnessed must be in the file."""
    last = last_witnessed(path)
    number = last.seal if last else 0
    seal = Seal.objects.filter(number=number).first()
    if last and (seal is None or bytes(seal.root).hex() != last.root):
        raise SealingRefused(f"见证文件第 {number} 号封存与数据库不符，已停止封存，请运行 ./yizheng verify 核查。")
    if Seal.objects.filter(number__gt=number, witnessed_at__isnull=False).exists():
        raise SealingRefused("见证文件缺少已见证的封存，已停止封存，请恢复见证文件后再试。")


def _seal(limit: int) -> Seal | None:
    previous = Seal.objects.order_by("-number").first()
    first = previous.last_position + 1 if previous else 1
    with connection.cursor() as cursor:
        cursor.execute(
            'select count(*), max("position") from registry_change where "position" between %s and %s',
            [first, first + limit - 1],
        )
        count, last = cursor.fetchone()
    if not count:
        return None
    if last - first + 1 != count:
        raise SealingRefused(f"序位 {first} 至 {last} 之间有缺失，已停止封存，请运行 ./yizheng verify 核查。")
    schema = current_schema()
    number = previous.number + 1 if previous else 1
    tree = ENCODINGS[CURRENT].tree()
    for page, leaves in enumerate(traced(schema, first, last, tree)):
        SealPage.objects.create(seal_id=number, number=page, leaves=leaves)
    seal = Seal(
        number=number,
        first_position=first,
        last_position=last,
        leaves=tree.leaves,
        tree=tree.root(),
        previous=bytes(previous.root) if previous else BEFORE_THE_FIRST,
        schema=schema,
        sealed_at=timezone.now(),
    )
    seal.root = seal_root(seal, schema_digest(schema.encoding, schema.columns))
    seal.save(force_insert=True)
    return seal


def traced(schema: DigestSchema, first: int, last: int, tree: Tree) -> Iterator[bytes]:
    """Hash what the positions did into the tree, and give the pages to keep."""
    for page in ENCODINGS[schema.encoding].pages(schema.pk, first, last):
        tree.add(page.digests)
        yield pack(page.trace)


def current_schema() -> DigestSchema:
    """The schema that lists today's columns; a new one when a migration or a new encoding has changed them."""
    columns = current_columns()
    latest = DigestSchema.objects.order_by("-pk").first()
    if latest and (latest.encoding, latest.columns) == (CURRENT, columns):
        return latest
    return DigestSchema.objects.create(encoding=CURRENT, columns=columns)


def _witness_pending(path: Path) -> None:
    for seal in Seal.objects.filter(witnessed_at__isnull=True).order_by("number"):
        at = timezone.localtime()
        last = last_witnessed(path)
        if last is None or last.seal < seal.number:
            witness(path, seal, at)
        Seal.objects.filter(number=seal.number, witnessed_at__isnull=True).update(witnessed_at=at)
