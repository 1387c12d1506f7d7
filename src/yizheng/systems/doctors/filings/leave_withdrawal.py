"""撤销离岗备案: the institution that filed in error takes it back (医师执业注册管理办法 第十九条).

The register then says for every day what it would say had the filing never been made: the main institution, the filings and
the special qualifications that ended with it. The authority checks afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.kernel.statutes import registration_rules
from yizheng.licensing.answers import Answers
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Candidate, Effect, Initiator, Material, Shape, Stage
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import StateFact
from yizheng.registry.reading import kinds_of
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.concerned import kept_here
from yizheng.systems.doctors.filings.leave import (
    LeaveWithdrawalStep,
    Returner,
    nothing_happened_since,
    withdrawn_by_who_filed,
)
from yizheng.systems.doctors.models import LeaveFiling, Registration
from yizheng.systems.doctors.models.registration import LEFT
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.doctors.registered_item import RegisteredItem
from yizheng.systems.practitioners.item import OFFICE
from yizheng.systems.practitioners.models import PersonIdentity

STATEMENT = Material("statement", "误报情况说明", "由机构盖章，附当事人仍在岗的证明")


@declare
class LeaveWithdrawal(RegisteredItem):
    """撤销医师离岗备案."""

    code = "doctor_leave_filing_cancel"
    title = "撤销医师离岗备案"
    group = "离岗与注销"
    short_title = "撤销离岗备案"
    articles = (registration_rules(19),)
    shape = Shape.FILING
    initiators = (Initiator.INSTITUTION,)
    steps = (LeaveWithdrawalStep,)
    materials = (STATEMENT,)
    checks = (status_permits("doctor_leave_filing_cancel"), kept_here, withdrawn_by_who_filed, nothing_happened_since)
    route = (Stage.ACCEPT,)

    def staff(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """Those whose leave the institution filed, by name."""
        with acting_as_system(f"选择人员办理{self.title}"):
            filed = LeaveFiling.objects.as_of(on).filter(institution_id=_subject(institution_scope) or 0)
            left = dict(filed.values_list("subject_id", "left_on"))
            people = PersonIdentity.objects.as_of(on).filter(subject_id__in=left).order_by("name")
            return [Candidate(each.subject_id, each.name, f"{left[each.subject_id]} 离岗") for each in people]

    def prefill_for(self, subject_id: int, institution_scope: int) -> dict[str, dict[str, Any]]:
        """Where the case goes, and who asks."""
        office = self.office(subject_id, timezone.localdate())
        return {OFFICE: {**office, "institution": institution_scope}}

    def gather(self, answers: Answers, subject_id: int, on: date) -> Returner:
        """Who filed, and whether anything was built upon it."""
        held = self.held(subject_id, on)
        with acting_as_system("核对撤销离岗备案"):
            filing = _filing(subject_id, on)
            left = None if filing is None else _left_by(filing)
        asks = _subject(answers.get(OFFICE, {}).get("institution"))
        return Returner(
            register_status=held.status,
            moved=self.moved(answers, held),
            filed_here=filing is not None and filing.institution_id == asks,
            changed_since=filing is not None and left is None,
        )

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """What the leave filing closed holds again from the day it was closed, and the filing itself was never made."""
        with acting_as_system("撤销离岗备案登记"):
            filing = _filing(case.subject_id, on)
            if filing is None or _left_by(filing) is None:
                raise LookupError("离岗备案已不存在")
            undo(filing, change)
        return Effect(summary="离岗备案撤销，恢复在册")


def undo(filing: LeaveFiling, change: ChangeInProgress) -> None:
    """Restore every state that the change of the leave filing closed, for all the time it held."""
    change.end(LeaveFiling, filing.subject_id, filing.line, on=filing.valid_from)
    for kind in kinds_of(DOCTORS):
        if not issubclass(kind, StateFact) or kind is LeaveFiling:
            continue
        for closed in kind.objects.filter(subject_id=filing.subject_id, closed=filing.opened):
            change.state(
                kind,
                closed.subject_id,
                closed.line,
                closed.values(),
                valid_from=max(closed.valid_from, filing.valid_from),
                valid_to=closed.valid_to,
                authority_scope=closed.authority_scope,
            )


def _filing(subject_id: int, on: date) -> LeaveFiling | None:
    return LeaveFiling.objects.as_of(on).filter(subject_id=subject_id).first()


def _left_by(filing: LeaveFiling) -> Registration | None:
    """The registration as the leave filing left it; nothing where it was changed since."""
    mine = Registration.objects.current().filter(subject_id=filing.subject_id, status=LEFT)
    return mine.filter(opened=filing.opened, valid_from=filing.valid_from).first()


def _subject(scope: Any) -> int | None:
    found = Scope.objects.filter(pk=scope).values_list("subject_id", flat=True) if scope else ()
    return next(iter(found), None)
