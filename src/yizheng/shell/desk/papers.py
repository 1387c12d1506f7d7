"""The papers of a case beside its form: the one in the viewer is that the address names, or the first that was handed in."""

from collections.abc import Sequence
from typing import Any

from yizheng.documents.attachments import IMAGES
from yizheng.licensing.cases.examining import MaterialView


def viewed(materials: Sequence[MaterialView], wanted: str) -> dict[str, Any]:
    """The material in the viewer, and how its paper is shown; nothing where none was handed in or named."""
    handed_in = (view for view in materials if view.paper is not None)
    current = next((view for view in materials if view.material.code == wanted), next(handed_in, None))
    if current is None or current.paper is None:
        return {"view": current}
    attachment = current.paper.attachment
    return {"view": current, "image": attachment.media_type in IMAGES, "size": _size(attachment.size)}


def _size(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, size // 1024)} KB"
