"""Whether a reason of the law for the end of an institution stands; pure.

Each reason says who may bring it, whether the institution is heard first and whether it rests on a document
(`institution_deregistration_reason`); what must be the case for it stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import Code, table
from yizheng.kernel.statutes import article, institution_regulation, institution_rules, licensing_law
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.institutions.models.closing import REASONS
from yizheng.systems.institutions.suspension.rules import counts_as_closing

INSTITUTION, AUTHORITY = "institution", "authority"
BY: Final[Mapping[str, str]] = {INSTITUTION: "机构", AUTHORITY: "登记机关"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """An institution that is to end, and what its record says for or against the reason."""

    initiator: str = INSTITUTION
    regime: str = "licensed"
    cause: str = answered("closing", "cause", "")
    event_on: date | None = answered("closing", "event_on")
    successor: str = answered("closing", "successor", "")
    district_to: str = answered("closing", "district_to", "")
    organ: str = answered("closing", "organ", "")
    document_number: str = answered("closing", "document_number", "")
    district: str = ""
    term_to: date | None = None
    order_by: date | None = None
    deferred_to: date | None = None
    again_by: date | None = None
    failed: bool = False
    """Whether its last verification failed."""
    applied: bool = False
    """Whether an application to be verified is open."""
    suspended_from: date | None = None
    suspended_for: str = ""
    open_cases: tuple[str, ...] = ()
    """What else it has applied for and is not decided."""
    staff: int = 0
    """How many practise there mainly or by filing."""

    @property
    def law(self) -> Code | None:
        """The row of the reason."""
        return table(REASONS).get(self.cause)


@check("I-X-CAUSE", licensing_law(70), title="注销原因由能够提出的一方提出", needs=("closing",))
def cause_fits_initiator(ending: Ending, on: date) -> Iterator[Finding]:
    """Each reason of the law is for the institution or for the authority to bring."""
    if ending.law is None:
        yield refuse("closing.cause", "没有写明注销的原因")
    elif ending.initiator not in ending.law.many("initiators"):
        whose = "、".join(BY[each] for each in ending.law.many("initiators"))
        yield refuse("closing.cause", f"“{ending.law.name}”由{whose}提出")


@check("I-X-DAY", licensing_law(70), title="事由已经发生", needs=("closing",))
def has_happened(ending: Ending, on: date) -> Iterator[Finding]:
    """Nothing ends for what is still to come."""
    if ending.event_on is not None and ending.event_on > on:
        yield refuse("closing.event_on", "事由发生日期晚于今天，请核对")


@check("I-X-DOC", licensing_law(70, None, 4), title="写明所依据的生效文书", needs=("closing",))
def rests_on_a_document(ending: Ending, on: date) -> Iterator[Finding]:
    """A withdrawal, an annulment, a revocation names who decided it, its number and its day."""
    if ending.law is not None and ending.law.flag("document"):
        if not ending.organ or not ending.document_number:
            yield refuse("closing.document_number", f"“{ending.law.name}”须写明决定机关和文书号")
        if ending.event_on is None:
            yield refuse("closing.event_on", "须写明文书的日期")


@check("I-X-GROUND", licensing_law(70), title="注销的事由成立", needs=("closing",))
def ground_stands(ending: Ending, on: date) -> Iterator[Finding]:
    """What the reason asks for is in the record."""
    against = _AGAINST.get(ending.cause)
    told = against(ending, on) if against else ""
    if told and ending.law is not None:
        yield refuse("closing.cause", told, articles=(article(ending.law.attributes["articles"]),))


def _merged(ending: Ending, on: date) -> str:
    return "" if ending.successor else "合并后终止的，请写明存续的机构"


def _moved_out(ending: Ending, on: date) -> str:
    if not ending.district_to:
        return "迁出的，请写明迁往的区；新址须另行申请执业登记"
    return "迁往的区与现在相同，在辖区内变更地点的办理变更登记" if ending.district_to == ending.district else ""


def _term_ended(ending: Ending, on: date) -> str:
    if ending.term_to is None:
        return "许可证没有载明有效期"
    return f"许可证有效期至{long_date(ending.term_to)}，尚未届满" if on <= ending.term_to else ""


def _check_not_applied(ending: Ending, on: date) -> str:
    if ending.order_by is None:
        return "没有责令限期补办校验"
    if on <= ending.order_by:
        return f"责令补办的期限至{long_date(ending.order_by)}，尚未届满"
    return "机构已经申请校验，尚未作出结论" if ending.applied else ""


def _check_failed(ending: Ending, on: date) -> str:
    if ending.failed:
        return ""
    if ending.again_by is None:
        return "机构没有在暂缓校验"
    if on <= ending.again_by:
        return f"再次校验的申请期限至{long_date(ending.again_by)}，尚未届满"
    return "机构已经申请再次校验，尚未作出结论" if ending.applied else ""


def _limits_broken(ending: Ending, on: date) -> str:
    deferred = ending.deferred_to is not None and on <= ending.deferred_to
    return "" if deferred else "机构不在暂缓校验期内"


def _idle(ending: Ending, on: date) -> str:
    begun = ending.suspended_from
    if begun is None:
        return "机构没有停业"
    closed = counts_as_closing(ending.regime, ending.suspended_for, begun, on)
    return "" if closed else "停业没有超过一年，或者因改建、扩建、迁建停业，不视为歇业"


_AGAINST: Mapping[str, Callable[[Ending, date], str]] = {
    "merged": _merged, "moved_out": _moved_out, "term_ended": _term_ended, "check_not_applied": _check_not_applied,
    "check_failed": _check_failed, "limits_broken": _limits_broken, "idle": _idle,
}  # fmt: skip


@check("I-X-OPEN", institution_regulation(20), title="没有其他在办的申请")
def nothing_else_is_open(ending: Ending, on: date) -> Iterator[Finding]:
    """Who closes has nothing else before the authority."""
    if ending.open_cases and ending.initiator == INSTITUTION:
        yield refuse("", f"还有在办的{'、'.join(ending.open_cases)}，请先撤回或者等待办结")


@check("I-X-STAFF", institution_rules(34), title="没有在本机构执业的人员")
def nobody_is_left(ending: Ending, on: date) -> Iterator[Finding]:
    """Those who practise there must go on somewhere else."""
    if ending.staff and ending.initiator == INSTITUTION:
        yield advise("", f"有 {ending.staff} 名医师、护士在本机构执业，注销后须变更执业机构，准予后列入拟办")


CHECKS = (cause_fits_initiator, has_happened, rests_on_a_document, ground_stands, nothing_else_is_open, nobody_is_left)
