"""Handing a case to a colleague (转办): same role over the same authority; the case stays where it is, its clock runs on."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from yizheng.licensing.cases import notices
from yizheng.licensing.lifecycle import HOLDERS, NotPossibleError, moves
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.acting import LostRaceError, told_who_won
from yizheng.licensing.verbs.permits import SEPARATED, STAFF_ROLES, WORDS, NotPermittedError, parts
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account

VERB = "transfer"


def role_now(case: Case) -> Role | None:
    """The role at the authority on whose desk the case lies; nobody's while it waits for somebody outside."""
    holder = HOLDERS.get(CaseState(case.state))
    return STAFF_ROLES.get(holder) if holder else None


def may_transfer(account: Account, case: Case) -> bool:
    """Whether the account has this case on its desk and so may hand it on."""
    holder = HOLDERS.get(CaseState(case.state))
    return holder in STAFF_ROLES and holder in parts(account, case)


def colleagues(account: Account, case: Case) -> QuerySet[Account]:
    """Who may take the case over: the same role over the same authority, not the present handler, not oneself.

    Left out is who did an earlier step that bars her from every further one here: three persons bring a licence about.
    """
    holding = Account.objects.filter(
        is_active=True,
        grants__role=role_now(case) or "",
        grants__scope_id=case.authority_scope or 0,
        grants__revoked_at=None,
    )
    barred = CaseEvent.objects.all().filter(case=case, verb__in=_barring(case), actor__isnull=False)
    return (
        holding.exclude(pk__in=[account.pk, case.handler_id or 0])
        .exclude(pk__in=barred.values("actor_id"))
        .order_by("display_name", "pk")
        .distinct()
    )


def _barring(case: Case) -> set[str]:
    """Earlier verbs whose doer could take no deciding step of the holder in this state."""
    holder = HOLDERS.get(CaseState(case.state))
    separated = [
        SEPARATED[move.verb]
        for move in moves(case.item, CaseState(case.state))
        if move.who is holder and move.verb in SEPARATED
    ]
    return set().union(*separated)


def transfer(case: Case, account: Account, to: Account, reason: str) -> CaseEvent:
    """Make ``to`` the handler of ``case``.

    Raises ``NotPermittedError`` (not on this account's desk), ``NotPossibleError`` (no reason, or not to this
    colleague) and ``LostRaceError`` (somebody was faster); in each case nothing has changed.
    """
    holder = HOLDERS.get(CaseState(case.state))
    if holder not in STAFF_ROLES:
        raise NotPossibleError(f"办件处于“{CaseState(case.state).label}”，不在机关经办人手上，不能转办")
    if not may_transfer(account, case):
        raise NotPermittedError(f"当前账号不能转办办件 {case.number}，请由{WORDS[holder]}办理")
    reason = reason.strip()
    if not reason:
        raise NotPossibleError("转办须写明理由")
    if not colleagues(account, case).filter(pk=to.pk).exists():
        raise NotPossibleError(f"不能转给{to.display_name}：须是同一机关有同一角色、没有办过本件前一环节的另一人")
    with transaction.atomic():
        _claim(case, to)
        event = CaseEvent.of(
            case, VERB, f"转办给 {to.display_name}"[:100], on=timezone.localdate(), actor=account, former=case.state,
            reason=reason, detail={"to": to.pk},
        )  # fmt: skip
        event.save()
        audit.record(account, f"case.{VERB}", f"case:{case.pk}", {"number": case.number, "to": to.pk})
        notices.to_handler(case, to, f"{account.display_name} 转来办件：{case.applicant_name} {case.item.short_title}")
    case.revision, case.handler = case.revision + 1, to
    return event


def _claim(case: Case, to: Account) -> None:
    found = Case.objects.filter(pk=case.pk, state=case.state, revision=case.revision)
    if found.update(handler=to, revision=case.revision + 1, saved_at=timezone.now()) != 1:
        raise LostRaceError(told_who_won(case))
