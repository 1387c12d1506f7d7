"""What lies beside a case: the other cases of the person, and the ledger of its clock."""

from typing import Any

from django.urls import reverse

from yizheng.licensing.case_clock.clock import Clock
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.people.models import Account

MOST = 10


def other_cases(account: Account, case: Case) -> list[dict[str, Any]]:
    """The newest other cases about the same person that the account may see; drafts are nobody's matter yet."""
    others = Case.objects.visible_to(account).with_authority().filter(subject=case.subject_id)
    return [
        {
            "number": each.number,
            "url": reverse("desk:case", args=[each.number]),
            "item": each.item.short_title,
            "institution": each.institution_name,
            "state": CaseState(each.state).label,
            "same": each.is_open and each.item_code == case.item_code,
        }
        for each in others.exclude(pk=case.pk).order_by("-id")[:MOST]
    ]


def ledger(clock: Clock) -> list[tuple[Any, str, int]]:
    """What the clock counted, step by step: the day, what happened, and the working days used till then."""
    return [(entry.on, entry.text, entry.used) for entry in clock.entries]
