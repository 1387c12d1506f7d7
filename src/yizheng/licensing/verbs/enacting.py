"""Acts begun by the authority (依职权): proposal with evidence, notice, hearing, decision.

行政处罚法 第四十四条、第四十五条、第六十三条 for the right to be told, to answer and to be heard; the same order is kept
for deregistration ex officio, because it takes a right away.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from yizheng.licensing import catalogue
from yizheng.licensing.answers import as_typed
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.cases import instruments, notices
from yizheng.licensing.item import Shape
from yizheng.licensing.lifecycle import Actor, NotPossibleError, onward
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.acting import Acts
from yizheng.licensing.verbs.drafting import next_number
from yizheng.licensing.verbs.permits import STAFF_ROLES, NotPermittedError
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.people.permissions import allowed

ANSWER_WORKING_DAYS = 5
"""Working days the party has to answer or ask for a hearing after notice."""


def propose(
    account: Account, item_code: str, *, subject_id: int, subject_name: str, authority_scope: int, evidence: str,
    answers: Mapping[str, Mapping[str, Any]] | None = None, on: date | None = None,
) -> Case:  # fmt: skip
    """Open an act of the authority on a subject, with its evidence; the account reviews for that authority.

    Where the item's route has no review (what is decided already is only entered), it goes straight to a second person.
    """
    today = on or timezone.localdate()
    item = catalogue.item(item_code, today)
    if item.shape is not Shape.AUTHORITY_ACT:
        raise NotPossibleError(f"“{item.title}”须由当事人申请，不能依职权启动")
    if not allowed(account, STAFF_ROLES[Actor.REVIEWER], authority_scope):
        raise NotPermittedError("只有该机关的审核人员能依职权启动办件")
    if not evidence.strip():
        raise NotPossibleError("须写明事实和证据")
    state = onward(item, CaseState.PROPOSED)
    with transaction.atomic():
        case = Case.objects.create(
            number=next_number(today), item_code=item_code, rules_on=today, shape=item.shape, subject_id=subject_id,
            applicant_name=subject_name, authority_scope=authority_scope, state=state,
            submitted_at=timezone.now(), answers=as_typed(answers or {}), handler=account,
        )  # fmt: skip
        CaseEvent.of(case, "propose", "提出拟办", on=today, actor=account, reason=evidence.strip()).save()
        audit.record(account, "case.propose", f"case:{case.pk}", {"number": case.number, "item": item_code})
    return case


def notice_of_act(acts: Acts) -> None:
    """The party learns what is intended, on which facts, and how long she may answer."""
    told = [(act, {"facts": act.reason, "answer_days": ANSWER_WORKING_DAYS}) for act in acts.going]
    instruments.issue(told, "act_notice")
    words = f"拟对您{acts.item.title}，请在 {ANSWER_WORKING_DAYS} 个工作日内陈述、申辩"
    notices.to_applicants([(case, words) for case in acts.cases])


def heard(acts: Acts) -> None:
    """Nobody is decided on before the time to answer has run out or a hearing was held."""
    calendar = working_calendar()
    for act in list(acts.going):
        noticed = next((event.on for event in reversed(act.past) if event.verb == "give_notice"), None)
        early = noticed and calendar.working_days_between(noticed, act.on) <= ANSWER_WORKING_DAYS
        if early and not act.day_of("end_hearing"):
            acts.refuse(act, f"告知后须满 {ANSWER_WORKING_DAYS} 个工作日，或者听证结束，才能提请决定")
