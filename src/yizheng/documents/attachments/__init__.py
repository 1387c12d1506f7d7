"""Attachments: what is handed in is sniffed, checked, stored by digest and synced to disk before anyone is told it was kept."""

from yizheng.documents.attachments.keeping import keep, read, store_bytes, store_file
from yizheng.documents.attachments.pictures import photo_problem
from yizheng.documents.attachments.recordings import FILMS, MP3, MP4, RECORDINGS, SOUNDS, TEXT, WAV, WEBM, words_of
from yizheng.documents.attachments.sniffing import (
    IMAGES,
    JPEG,
    MEDIA_TYPES,
    PAPERS,
    PDF,
    PNG,
    RefusedFile,
    kind_of,
    size_of,
)
from yizheng.documents.attachments.store import Store, StoreReport, store, verify_store

__all__ = [
    "FILMS",
    "IMAGES",
    "JPEG",
    "MEDIA_TYPES",
    "MP3",
    "MP4",
    "PAPERS",
    "PDF",
    "PNG",
    "RECORDINGS",
    "SOUNDS",
    "TEXT",
    "WAV",
    "WEBM",
    "RefusedFile",
    "Store",
    "StoreReport",
    "keep",
    "kind_of",
    "photo_problem",
    "read",
    "size_of",
    "store",
    "store_bytes",
    "store_file",
    "verify_store",
    "words_of",
]  # fmt: skip
