"""What was decided and then rolled back (业务数据回退; 行政许可法 第六十九条): the case says so wherever it is shown.

A rollback of a case's change ends the case as 已回退, with an event of its own, so that lists, counts, timeline and clock
follow; undoing that rollback gives the case the state it had.
"""

from collections.abc import Iterable

from django.utils import timezone

from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing.case_clock import timekeeping
from yizheng.licensing.cases.rollbacks import RolledBack, follows
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.registry.models import Change

VERB, RESTORED = "roll_back", "undo_roll_back"
TITLES = {VERB: "登记已回退", RESTORED: "回退已撤销，恢复原结果"}


def taken_back(case: Case) -> str:
    """A sentence with the day the register went back to what it said before this case; empty where it did not."""
    if case.state != CaseState.ROLLED_BACK:
        return ""
    on = CaseEvent.objects.filter(case=case, verb=VERB).order_by("-id").values_list("on", flat=True).first()
    day = f"已于{long_date(on)}" if on else "已"
    return f"本办件的登记{day}回退，登记簿恢复为办理以前的内容；本页的结果不再有效"


@follows
def mark_cases(rolled_back: RolledBack) -> None:
    """End the cases whose change went back; where what went back was itself a rollback, give theirs the former state."""
    undone = rolled_back.change.undoes_id or 0
    cases = Case.objects.select_for_update(no_key=True)
    gone = cases.filter(change_id=undone).exclude(state=CaseState.ROLLED_BACK)
    _move(gone, rolled_back.change, VERB)
    original = Change.objects.filter(pk=undone).values_list("undoes_id", flat=True).first()
    if original is not None:
        _move(cases.filter(change_id=original, state=CaseState.ROLLED_BACK), rolled_back.change, RESTORED)


def _move(cases: Iterable[Case], change: Change, verb: str) -> None:
    approver = Account.objects.filter(pk=change.approved_by_id or 0).first()
    for case in cases:
        former, case.state = case.state, _destination(case, verb)
        case.revision += 1
        CaseEvent.of(
            case, verb, TITLES[verb], on=timezone.localdate(), actor=approver, former=former,
            reason=change.reason, detail={"change": change.pk},
        ).save()  # fmt: skip
        case.save(update_fields=["state", "revision", "saved_at"])
        timekeeping.wind(case, case.item)
        audit.record(approver, f"case.{verb}", f"case:{case.pk}", {"number": case.number, "to": case.state})


def _destination(case: Case, verb: str) -> str:
    if verb == VERB:
        return CaseState.ROLLED_BACK
    events = CaseEvent.objects.filter(case=case, verb=VERB).order_by("-id")
    return events.values_list("from_state", flat=True)[0]
