"""Of two who act on one case the first wins; the other is told who it was."""

from django.utils import timezone

from yizheng.licensing.models import Case, CaseEvent


class LostRaceError(Exception):
    """Somebody else moved the case first; the message says who, when and what."""


def told_who_won(case: Case) -> str:
    """Who moved the case last, in words for the one who came second."""
    return who_won(case, CaseEvent.objects.filter(case_id=case.pk).order_by("-id").first())


def who_won(case: Case, last: CaseEvent | None) -> str:
    """The same of the last event of a case."""
    if last is None:
        return f"办件 {case.number} 已被他人改动，请刷新后再办"
    return f"{last.actor_name} 已于 {timezone.localtime(last.at):%H:%M} 办理：{last.title}"
