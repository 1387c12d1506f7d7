"""Batch notices of the season: reminders, orders to apply within twenty days, and proceedings to deregister (条例 第二十一条).

An order is a change of the register for each institution: its day and its last day stand in the period, a licence whose period is
over stands as overdue, the institution gets the order as an instrument and a message. All of a batch share their statements.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from yizheng.disclosure.publishing import refresh
from yizheng.documents import instruments
from yizheng.documents.authorities import authority
from yizheng.documents.declarations import PAGES, InstrumentKind
from yizheng.documents.declarations import declare as declare_kind
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import institution_regulation
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.ports.consequences import Carried, carry_changes, follow_change
from yizheng.licensing.verbs.enacting import propose
from yizheng.licensing.verbs.permits import NotPermittedError
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Scope
from yizheng.people.permissions import held_by
from yizheng.registry import ChangeKind
from yizheng.registry.verbs import Cause, ChangeInProgress, changing_many
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import LINE, InstitutionLicence, VerificationPeriod
from yizheng.systems.institutions.models.verification import VERIFICATION
from yizheng.systems.institutions.register import INSTITUTIONS
from yizheng.systems.institutions.verification.clock import DAYS_OF_ORDER, State
from yizheng.systems.institutions.verifying.calendar import rounds
from yizheng.systems.institutions.verifying.concluding import ACTIVE, OVERDUE
from yizheng.work import inbox
from yizheng.work.models import Notice

MOST = 1000
"""So many institutions at once."""
KIND = "verification"
ORDER = InstrumentKind(
    "verification_order", "校责", "责令限期办理校验通知书", PAGES / "notice.typ", frozenset({"addressee", "paragraphs"}),
    {"you": "你单位", "copies": (), "review_body": None, "review_channel": None, "court": "人民法院"},
)  # fmt: skip
declare_kind(ORDER)


@dataclass(frozen=True, slots=True)
class Done:
    """How many institutions it was done to, and how many of those asked for do not stand so any more."""

    done: int
    left: int


def remind(account: Account, wanted: Iterable[int], on: date) -> Done:
    """A message to the operators of those who should apply by now."""
    chosen, left = _chosen(account, wanted, on, (State.LATE_TO_APPLY, State.OVERDUE, State.RECHECK_DUE))
    told = [(each.subject_id, f"请在校验期届满（{long_date(each.due_on)}）前申请校验") for each in chosen]
    _tell(told)
    audit.record_many(account, "verification.remind", [(f"institution:{each}", {}) for each, _ in told])
    return Done(len(chosen), left)


def order(account: Account, wanted: Iterable[int], on: date) -> Done:
    """Those who did not apply are ordered to within twenty days."""
    chosen, left = _chosen(account, wanted, on, (State.OVERDUE,))
    if not chosen:
        return Done(0, left)
    last = working_calendar().next_working_day(on + timedelta(days=DAYS_OF_ORDER), inclusive=True)
    licensed = licences.licences_on([each.subject_id for each in chosen], on)
    causes = [
        Cause(account.pk, f"verification:{each.subject_id}", "校验期届满没有申请，责令限期办理") for each in chosen
    ]
    with changing_many(ChangeKind.DECISION, causes, subjects=[each.subject_id for each in chosen]) as changes:
        pairs = list(zip(chosen, changes, strict=True))
        overdue = [_enter(change, period, licensed[period.subject_id], on, last) for period, change in pairs]
        carry_changes([each for each in overdue if each is not None], on)
        changes[0].flush()
        _issue(pairs, licensed, on, last)
        _tell([(each.subject_id, f"责令在{long_date(last)}前办理校验，逾期仍不申请的注销执业许可") for each in chosen])
        audit.record_many(
            account, "verification.order", [(f"institution:{each.subject_id}", {"by": str(last)}) for each in chosen]
        )
        refresh(INSTITUTIONS.code, {each.subject_id for each in chosen})
    return Done(len(chosen), left)


def begin_ending(account: Account, wanted: Iterable[int], on: date) -> Done:
    """Acts of deregistration for those whom neither an order nor a deferral brought to apply; each is told and heard."""
    chosen, left = _chosen(account, wanted, on, (State.TO_DEREGISTER,))
    licensed = licences.licences_on([each.subject_id for each in chosen], on)
    begun = 0
    for period in chosen:
        cause = "check_not_applied" if period.deferred_to is None else "check_failed"
        try:
            with transaction.atomic():
                propose(
                    account, "inst_deregister_ex_officio", subject_id=period.subject_id,
                    subject_name=licensed[period.subject_id].name, authority_scope=period.authority_scope,
                    evidence=f"校验期{long_date(period.due_on)}届满，{_evidence(period)}", answers={"closing": {"cause": cause}},
                )  # fmt: skip
                begun += 1
        except (NotPossibleError, NotPermittedError):
            left += 1
    return Done(begun, left)


def _evidence(period: VerificationPeriod) -> str:
    if period.again_by is not None:
        return f"暂缓校验后至{long_date(period.again_by)}没有申请再次校验"
    return f"责令补办的期限{long_date(period.order_by)}届满仍未申请" if period.order_by is not None else "没有申请"


def _chosen(
    account: Account, wanted: Iterable[int], on: date, states: Sequence[State]
) -> tuple[list[VerificationPeriod], int]:
    """Those that stand so and are the account's to decide, and how many others were asked for. Raises NotPermittedError."""
    asked = set(list(wanted)[:MOST])
    found = list(rounds(account, on).filter(pk__in=asked, state__in=states).order_by("subject_id"))
    scopes = {each.authority_scope for each in found}
    if found and not held_by(account).has_over(Role.REVIEWER, scopes):
        raise NotPermittedError("校验的提醒、责令和立案由登记机关的审核人员办理")
    return found, len(asked) - len(found)


def _enter(
    change: ChangeInProgress, period: VerificationPeriod, licence: InstitutionLicence, on: date, last: date
) -> Carried | None:
    """The order in the round; the licence that stands as overdue from now on, for what goes along with it."""
    change.state(
        VerificationPeriod, period.subject_id, VERIFICATION, {**period.values(), "ordered_on": on, "order_by": last},
        valid_from=on, authority_scope=period.authority_scope,
    )  # fmt: skip
    if licence.status != ACTIVE:
        return None
    values = {**licence.values(), "status": OVERDUE}
    new = change.state(
        InstitutionLicence, period.subject_id, LINE, values, valid_from=on, authority_scope=licence.authority_scope
    )
    follow_change(licence, new, cause=change.id, on=on)
    return Carried(licence, new, change)


def _issue(
    pairs: Sequence[tuple[VerificationPeriod, ChangeInProgress]], licensed: dict[int, InstitutionLicence], on: date,
    last: date,
) -> None:  # fmt: skip
    codes = dict(Scope.objects.filter(pk__in={each.authority_scope for each, _ in pairs}).values_list("pk", "code"))
    offices = {scope: authority(code) for scope, code in codes.items()}
    own = dict(
        Scope.objects.filter(subject_id__in=[each.subject_id for each, _ in pairs]).values_list("subject_id", "pk")
    )
    instruments.issue_many(
        [
            instruments.Draft(
                ORDER.code, subject_id=period.subject_id, authority_scope=period.authority_scope,
                issuer=offices[period.authority_scope].name, mark=offices[period.authority_scope].mark,
                case_ref=f"verification:{period.subject_id}", issued_on=on,
                fields={
                    "addressee": licensed[period.subject_id].name,
                    "paragraphs": [
                        f"你单位《医疗机构执业许可证》校验期于{long_date(period.due_on)}届满，至今没有申请校验。",
                        f"依据{institution_regulation(21)}，责令你单位在{long_date(last)}前申请办理校验。逾期仍不申请的，依法注销执业许可。",
                    ],
                    "review_body": offices[period.authority_scope].review_body,
                    "review_channel": offices[period.authority_scope].review_channel or None,
                },
                institution_scope=own.get(period.subject_id), change_id=change.id,
            )
            for period, change in pairs
        ]
    )  # fmt: skip


def _tell(told: Sequence[tuple[int, str]]) -> None:
    own = dict(Scope.objects.filter(subject_id__in=[each for each, _ in told]).values_list("subject_id", "pk"))
    inbox.send_many(
        KIND,
        [
            Notice(role=Role.INSTITUTION_OPERATOR, scope_id=own[subject], title=words, body="医疗机构校验", link=reverse("my:cases"))
            for subject, words in told
            if subject in own
        ],
    )  # fmt: skip
