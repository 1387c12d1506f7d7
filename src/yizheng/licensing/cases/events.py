"""What happened to a case, read once by a page that asks for it in several places."""

from yizheng.kernel.remembering import Memory
from yizheng.licensing.models import Case, CaseEvent

EVENTS: Memory[int, list[CaseEvent]] = Memory("yizheng_licensing_events")
"""For a page that shows one case."""


def events_of(case: Case) -> list[CaseEvent]:
    """Every event of the case that is in sight, the oldest first."""
    return EVENTS.ask(case.pk, lambda: list(CaseEvent.objects.filter(case_id=case.pk).order_by("id")))
