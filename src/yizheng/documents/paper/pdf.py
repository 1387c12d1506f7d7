"""Pages: a template and its data in, PDF/A out. Knows nothing of cases and certificates."""

import base64
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

from django.conf import settings

from yizheng.documents.attachments.pictures import printable_jpeg
from yizheng.documents.declarations import PAGES
from yizheng.documents.typesetting import compile_page, typefaces

_BEIJING = timezone(timedelta(hours=8))
_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="354" height="472" '
    'viewBox="0 0 354 472"><image width="354" height="472" xlink:href="data:image/jpeg;base64,{}"/></svg>'
)


def render(page: Path, data: Mapping[str, Any], *, dated: date, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Set `page` with `data` and return PDF/A-2b. `pictures` are SVG files the page names.

    The same arguments give the same bytes. Raises TypesettingError.
    """
    sources = {"main": page.read_bytes(), "house.typ": (PAGES / "house.typ").read_bytes(), **(pictures or {})}
    faces = typefaces(Path(settings.DATA_DIR) / "fonts")
    return compile_page(sources, data, faces=faces, stamped=midnight(dated))


def midnight(day: date) -> datetime:
    """The beginning of a Beijing day: the date a page bears, whenever it is set."""
    return datetime.combine(day, time(), tzinfo=_BEIJING)


def photo_picture(content: bytes) -> bytes:
    """A photo as a page can embed it: RGB JPEG inside SVG, since the typesetter takes its pictures as text."""
    return _PICTURE.format(base64.b64encode(printable_jpeg(content)).decode("ascii")).encode("ascii")
