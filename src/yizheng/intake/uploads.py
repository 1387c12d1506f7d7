"""A file somebody sent with a form, read as rows."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from yizheng.intake.files import ReadRows, read_rows


def read_upload(sent: "UploadedFile[Any]", *, most: int, heads: Sequence[str] = ()) -> ReadRows:
    """The rows of the file. Raises UnreadableFile with what to do about it."""
    name = Path(sent.name or "").name or "名单"
    with NamedTemporaryFile(suffix=Path(name).suffix) as kept:
        for part in sent.chunks():
            kept.write(part)
        kept.flush()
        return read_rows(Path(kept.name), name, most=most, heads=heads)
