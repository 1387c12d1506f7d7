"""Attachments: what is handed in is sniffed, checked, stored by digest and synced to disk before anyone is told it was kept."""

from yizheng.documents.attachments.keeping import keep, read, store_bytes, store_file
from yizheng.documents.attachments.pictures import photo_problem
from yizheng.documents.attachments.sniffing import IMAGES, JPEG, MEDIA_TYPES, PAPERS, PDF, PNG, RefusedFile
from yizheng.documents.attachments.store import Store, StoreReport, store, verify_store

__all__ = [
    "IMAGES", "JPEG", "MEDIA_TYPES", "PAPERS", "PDF", "PNG", "RefusedFile", "Store", "StoreReport", "keep",
    "photo_problem", "read", "store", "store_bytes", "store_file", "verify_store",
]  # fmt: skip
