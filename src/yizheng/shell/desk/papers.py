"""The papers of a case beside its form: numbered tabs, the one in the viewer, and the instruments that were issued."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from yizheng.documents.attachments import IMAGES
from yizheng.documents.models import Instrument
from yizheng.licensing.cases.examining import Examination, MaterialView
from yizheng.licensing.models import Case
from yizheng.people.models import Account


def shown(request: HttpRequest, case: Case, examination: Examination) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The tabs and what the viewer shows: the paper the address names, or the first that was handed in."""
    views = list(examination.materials)
    wanted = request.GET.get("material", "")
    handed_in = [view for view in views if view.paper is not None]
    current = next((view for view in views if view.material.code == wanted), handed_in[0] if handed_in else None)
    tabs = [
        {
            "number": index,
            "title": view.material.title,
            "url": f"{reverse('desk:case', args=[case.number])}?material={view.material.code}",
            "current": view is current,
        }
        for index, view in enumerate(views, 1)
    ]
    return tabs, _viewer(current)


def _viewer(view: MaterialView | None) -> dict[str, Any]:
    if view is None:
        return {"kind": "", "url": "", "meta": "", "text": "", "compare": []}
    if view.paper is None:
        return {
            "kind": "text",
            "url": "",
            "meta": "没有提交",
            "text": f"没有提交{view.material.title}。",
            "compare": [],
        }
    attachment = view.paper.attachment
    when = timezone.localtime(view.paper.handed_in_at)
    return {
        "kind": "image" if attachment.media_type in IMAGES else "pdf",
        "url": reverse("documents:attachment", args=[attachment.pk]),
        "meta": f"本人上传 {when:%m-%d %H:%M}，{_size(attachment.size)}",
        "text": "",
        "compare": [],
    }


def _size(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, size // 1024)} KB"


def instruments(account: Account, case: Case) -> list[dict[str, Any]]:
    """The instruments issued in the case, oldest first."""
    found = Instrument.objects.visible_to(account).filter(case_ref=f"case:{case.pk}").order_by("pk")
    return [
        {
            "title": each.title,
            "number": each.number,
            "on": each.issued_on,
            "url": reverse("documents:instrument", args=[each.pk]),
        }
        for each in found
    ]
