"""What stands beside a subject's register: the certificates issued and the cases under way."""

from typing import Any

from django.urls import reverse

from yizheng.documents.models import Certificate
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.people.models import Account

MOST_CASES = 10
_WORDS = {"已由新版本取代": "已换发", "换发新版本": "已换发", "注销": "已注销", "更正回退": "已回退", "失效": "无效"}


def certificates(account: Account, subject_id: int) -> list[dict[str, Any]]:
    """The certificates of a subject, the newest version first."""
    found = Certificate.objects.visible_to(account).filter(subject_id=subject_id)
    return [
        {
            "title": each.title,
            "number": each.number,
            "version": each.version,
            "issued_on": each.issued_on,
            "word": _WORDS.get(each.status_word, each.status_word),
            "url": reverse("documents:certificate", args=[each.pk]),
        }
        for each in found.order_by("kind", "number", "-version")
    ]


def cases_under_way(account: Account, subject_id: int) -> list[dict[str, Any]]:
    """Open cases about the subject that the account may see."""
    found = Case.objects.visible_to(account).open().filter(subject_id=subject_id).order_by("-id")
    return [
        {
            "number": each.number,
            "item": each.item.title,
            "state": CaseState(each.state).label,
            "due_on": each.due_on,
            "url": reverse("desk:case", args=[each.number]),
        }
        for each in found[:MOST_CASES]
    ]
