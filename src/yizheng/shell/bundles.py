"""Styles and scripts, written in small files by concept and sent as one file a page kind.

A bundle is joined in memory when first asked for, named by the digest of its content, sent compressed and kept by the
browser for a year, so that a page needs few requests and a new version is never mixed with an old one.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli
import django_htmx
from django.conf import settings

HERE = Path(__file__).parent
VENDOR = HERE / "static" / "vendor"
STYLES = HERE / "static" / "shell" / "css"
SCRIPTS = HERE / "static" / "shell" / "js"

_COMMON = ("tokens", "base", "controls", "state", "findings", "table", "timeline", "form")
PARTS: dict[str, tuple[str, ...]] = {
    "public.css": (*_COMMON, "public", "samples", "content", "narrow", "print"),
    "applicant.css": ("tabler", *_COMMON, "public", "apply", "samples", "dialog", "narrow", "lines", "print"),
    "office.css": (
        "tabler", *_COMMON, "office", "worklist", "case", "apply", "samples", "content", "analysis", "dialog", "narrow", "office_narrow",
        "lines", "print",
    ),
    "work.js": ("htmx", "keep", "dialogs", "keys", "rows", "worklist", "upload", "draft", "reveal", "film"),
}  # fmt: skip
TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_SPACE = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Bundle:
    """A joined file: its address name, media type, and the bytes plain and compressed."""

    name: str
    digest: str
    media_type: str
    plain: bytes
    gzip: bytes
    brotli: bytes

    @property
    def address(self) -> str:
        """The file name with the digest of the content in it."""
        stem, _, suffix = self.name.rpartition(".")
        return f"{stem}.{self.digest}.{suffix}"


def _part(name: str, suffix: str) -> str:
    """The text of one part. Tabler lies in a cascade layer, so that every rule of ours wins over it."""
    if name == "tabler":
        text = (VENDOR / "tabler.min.css").read_text("utf-8")
        text = text.removeprefix('@charset "UTF-8";').split("/*# sourceMappingURL")[0]
        return f"@layer tabler{{{text}}}"
    if name == "htmx":
        return (Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js").read_text("utf-8") + "\n"
    if suffix == "css":
        return _SPACE.sub("\n", _COMMENT.sub("", (STYLES / f"{name}.css").read_text("utf-8")))
    return (SCRIPTS / f"{name}.js").read_text("utf-8")


def join(name: str) -> Bundle:
    """Read and join the parts of a bundle; `KeyError` for a name that does not exist."""
    suffix = name.rpartition(".")[2]
    plain = "".join(_part(part, suffix) for part in PARTS[name]).encode()
    digest = hashlib.sha256(plain).hexdigest()[:12]
    quality = 5 if settings.DEBUG else 9
    return Bundle(
        name, digest, TYPES[suffix], plain, gzip.compress(plain, 6, mtime=0), brotli.compress(plain, quality=quality)
    )


_kept = cache(join)


def bundle(name: str) -> Bundle:
    """The bundle of that name, kept for the life of the process (read again each time while developing)."""
    return join(name) if settings.DEBUG else _kept(name)
