"""Keeping a file: look at it, store its bytes, then write the row that says whose it is."""

from collections.abc import Collection
from pathlib import Path, PurePath
from typing import BinaryIO

from yizheng.documents.attachments.pictures import open_picture
from yizheng.documents.attachments.sniffing import IMAGES, PAPERS, PDF, RefusedFile, sniff
from yizheng.documents.attachments.store import store
from yizheng.documents.models import Attachment, StoredFile

MAX_BYTES = 10 * 1024 * 1024
_NAME_LENGTH = 200


def keep(
    file: BinaryIO,
    name: str,
    *,
    subject_id: int,
    authority_scope: int | None = None,
    institution_scope: int | None = None,
    media_types: Collection[str] = PAPERS,
    max_bytes: int = MAX_BYTES,
) -> Attachment:
    """Keep a file handed in by or for a subject and return its row.

    Raises RefusedFile with a sentence for the person when the file is empty, too large, of another type than it may
    be or claims, damaged, protected, or carries anything that acts.
    """
    name = _plain(name)
    content = file.read(max_bytes + 1)
    if not content:
        raise RefusedFile(f"“{name}”是空文件；请重新选择")
    if len(content) > max_bytes:
        raise RefusedFile(f"“{name}”超过 {max_bytes / 1024 / 1024:g} MB；请压缩后重新上传")
    media_type = sniff(content, name, media_types)
    if media_type == PDF:
        from yizheng.documents.attachments.pdfs import check_pdf_file  # its library is slow to load

        check_pdf_file(content, name)
    elif media_type in IMAGES:
        open_picture(content, name)
    return Attachment.objects.create(
        digest=store_bytes(content),
        media_type=media_type,
        size=len(content),
        name=name,
        subject_id=subject_id,
        authority_scope=authority_scope,
        institution_scope=institution_scope,
    )


def store_bytes(content: bytes) -> str:
    """Store bytes and note that the store must hold them from now on; returns their digest."""
    return _noted(store().put(content), len(content))


def store_file(path: Path) -> str:
    """As ``store_bytes`` for a file of any size, copied in a stream."""
    return _noted(store().put_file(path), path.stat().st_size)


def _noted(digest: str, size: int) -> str:
    StoredFile.objects.bulk_create([StoredFile(digest=digest, size=size)], ignore_conflicts=True)
    return digest


def read(attachment: Attachment) -> bytes:
    """The bytes of a kept file. Raises MissingFile when the store lost or changed them."""
    return store().read(attachment.digest)


def _plain(name: str) -> str:
    """The last part of the name without control characters, its extension kept when it is too long."""
    last = PurePath(name.replace("\\", "/")).name
    printable = "".join(mark for mark in last if mark.isprintable()).strip() or "未命名"
    extension = PurePath(printable).suffix
    return printable if len(printable) <= _NAME_LENGTH else printable[: _NAME_LENGTH - len(extension)] + extension
