"""The papers that several items of doctors ask for, each defined once."""

from __future__ import annotations

from yizheng.documents.attachments.photo import photo_problem
from yizheng.licensing.item import Material

PHOTO = Material(
    "photo",
    "证件照片",
    "354×472 像素，白底，6 个月内",
    media_types=("image/jpeg", "image/png"),
    max_bytes=2 * 1024 * 1024,
    inspect=photo_problem,
)
