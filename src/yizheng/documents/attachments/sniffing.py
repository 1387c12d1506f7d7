"""What a file is, told from its bytes and not from its name: picture, PDF, text, sound or film, whole, and nothing else inside.

A file that is two things at once (a picture with an archive behind it, a PDF that begins as something else) is
refused, and so is a name that claims another type than the bytes have.
"""

from collections.abc import Collection, Sequence
from pathlib import PurePath

from yizheng.documents.attachments.recordings import FILMS, MP3, MP4, SOUNDS, TEXT, WAV, WEBM, WHOLE

JPEG = "image/jpeg"
PNG = "image/png"
PDF = "application/pdf"
IMAGES = frozenset({JPEG, PNG})
PAPERS = frozenset({JPEG, PNG, PDF})
MEDIA_TYPES = {
    JPEG: "JPG 图片", PNG: "PNG 图片", PDF: "PDF 文件", TEXT: "TXT 文本", WAV: "WAV 录音", MP3: "MP3 录音", MP4: "MP4 影片",
    WEBM: "WebM 影片",
}  # fmt: skip

_EXTENSIONS = {
    JPEG: {".jpg", ".jpeg"}, PNG: {".png"}, PDF: {".pdf"}, TEXT: {".txt"}, WAV: {".wav"}, MP3: {".mp3"},
    MP4: {".mp4", ".m4v"}, WEBM: {".webm"},
}  # fmt: skip
_STARTS = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"%PDF-", PDF))
_FOREIGN = (b"PK\x03\x04", b"PK\x05\x06", b"%PDF-", b"<script", b"<html", b"<?php", b"MZ\x90\x00", b"\x7fELF", b"#!/")
_ACTING = (*_FOREIGN, b"<svg", b"<?xml", b"<!doctype", b"javascript:")
_PDF_TAIL = 2048


class RefusedFile(ValueError):
    """The file is not kept; the message says to the person what is wrong and what to do."""


def kind_of(media_type: str) -> str:
    """How a file of a type is shown: image, film, sound, text or pdf."""
    kinds = (("image", IMAGES), ("film", FILMS), ("sound", SOUNDS), ("text", {TEXT}))
    return next((kind for kind, types in kinds if media_type in types), "pdf")


def size_of(size: int) -> str:
    """The size of a file in words."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, size // 1024)} KB"


def sniff(content: bytes, name: str, allowed: Collection[str]) -> str:
    """The media type of `content`, one of `allowed`. Raises RefusedFile."""
    media_type = _kind(content, allowed)
    if media_type is None or media_type not in allowed:
        wanted = "、".join(MEDIA_TYPES[kind] for kind in sorted(allowed))
        raise RefusedFile(f"“{name}”不是可以接收的文件；请上传{wanted}")
    extension = PurePath(name).suffix.lower()
    if extension not in _EXTENSIONS[media_type]:
        raise RefusedFile(f"“{name}”的内容是 {MEDIA_TYPES[media_type]}，与扩展名不符；请改用正确的扩展名或重新导出")
    if _carries_something_else(content, media_type):
        raise RefusedFile(f"“{name}”中夹带了其他内容；请重新扫描或导出后上传")
    return media_type


def _kind(content: bytes, allowed: Collection[str]) -> str | None:
    """The type the first bytes say; of texts, sounds and films that are asked for, the one that is whole."""
    named = next((kind for start, kind in _STARTS if content.startswith(start)), None)
    return named or next((kind for kind, whole in WHOLE.items() if kind in allowed and whole(content)), None)


def _carries_something_else(content: bytes, media_type: str) -> bool:
    if media_type == TEXT:
        return _foreign(content, _ACTING)
    if media_type in WHOLE:
        return False
    if media_type == PDF:
        last = content.rfind(b"%%EOF")
        return last < 0 or _foreign(content[last + 5 :]) or b"PK\x05\x06" in content[-_PDF_TAIL:]
    end = _png_end(content) if media_type == PNG else _jpeg_end(content)
    return end is None or _foreign(content[end:])


def _foreign(tail: bytes, marks: Sequence[bytes] = _FOREIGN) -> bool:
    lowered = tail.lower()
    return any(mark.lower() in lowered for mark in marks)


def _png_end(content: bytes) -> int | None:
    """Where the picture ends, after its IEND chunk; None when it has none."""
    at = 8
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        at += 12 + length
        if kind == b"IEND":
            return at
    return None


def _jpeg_end(content: bytes) -> int | None:
    """Where the picture ends, after its end-of-image marker; None when it is cut off."""
    at = 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            return at + 2
        if 0xD0 <= marker <= 0xD7 or marker == 0x01:
            at += 2
            continue
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == 0xDA:
            at = _after_scan(content, at)
    return at + 2 if content[at : at + 2] == b"\xff\xd9" else None


def _after_scan(content: bytes, at: int) -> int:
    """Where the marker after a scan's data begins: 0xFF followed by neither stuffing nor a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            return len(content)
        if content[at + 1] != 0x00 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2
