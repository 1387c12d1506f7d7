"""What the platform is told of an act on a case: the tables accept, process, special and result of the national hand-over.

Times as GB/T 39046 writes them. Acceptance by silence dates back to the day of receipt (行政许可法 第三十二条第二款).
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from yizheng.documents.authorities import authority
from yizheng.documents.models import Certificate, Instrument
from yizheng.exchange.channels.declaring import Draft
from yizheng.exchange.organs import organ_code
from yizheng.gateway.acceptance.matters import matter_of
from yizheng.gateway.models import PlatformCase
from yizheng.licensing.item import Shape
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.ports.followers import Happened
from yizheng.licensing.states import CaseState
from yizheng.people.models import Scope

RECEIVED, CORRECTION, CORRECTED, ACCEPTED, DECLINED, PROCESS, SPECIAL, DONE, AT_ONCE, DELIVERED = (
    "received", "correction", "corrected", "accept", "decline", "process", "special", "result", "at_once", "delivered",
)  # fmt: skip
KINDS: Mapping[str, str] = {
    "submit": RECEIVED, "confirm": RECEIVED, "ask_correction": CORRECTION, "resubmit": CORRECTED, "accept": ACCEPTED,
    "deem_accepted": ACCEPTED, "decline": DECLINED, "pass_review": PROCESS, "propose_refusal": PROCESS, "step_back": PROCESS,
    "check_off": PROCESS, "start_procedure": SPECIAL, "end_procedure": SPECIAL, "extend": SPECIAL, "grant": DONE,
    "deem_granted": DONE, "refuse": DONE, "withdraw": DONE, "lapse": DONE, "unfile": DONE, "deliver": DELIVERED,
}  # fmt: skip
TITLES: Mapping[str, str] = {
    RECEIVED: "收件", CORRECTION: "补正告知", CORRECTED: "补正收件", ACCEPTED: "受理", DECLINED: "不予受理", PROCESS: "环节",
    SPECIAL: "特别程序", DONE: "办结", AT_ONCE: "即办件（受理并办结）", DELIVERED: "送达",
}  # fmt: skip
RESULTS: Mapping[str, str] = {
    "grant": "准予", "deem_granted": "准予", "refuse": "不予", "withdraw": "撤回", "lapse": "逾期未补正终止", "unfile": "备案不成立",
}  # fmt: skip
_RECEIPTS = ("submit", "confirm", "resubmit")
_EXTENDED, _OTHER = "1", "2"


def moment(at: datetime) -> str:
    """A time as GB/T 39046 writes it, in Beijing."""
    return timezone.localtime(at).strftime("%Y%m%dT%H%M%S")


def drafts(happened: Sequence[Happened]) -> list[Draft]:
    """The messages about these acts; cases that have not reached an authority and items on no list are left out."""
    told = [(case, event) for case, event in happened if _is_told(case, event)]
    if not told:
        return []
    areas = dict(Scope.objects.filter(pk__in={case.decided_by for case, _ in told}).values_list("pk", "code"))
    numbers = dict(
        PlatformCase.objects.filter(case__in=[case for case, _ in told]).values_list("case_id", "project_no")
    )
    return [_draft(case, event, areas[case.decided_by], numbers.get(case.pk, case.number)) for case, event in told]


def _is_told(case: Case, event: CaseEvent) -> bool:
    reached = case.authority_scope is not None and event.to_state not in (CaseState.DRAFT, CaseState.CONFIRMING)
    return reached and event.verb in KINDS and matter_of(case.item_code) is not None


def _draft(case: Case, event: CaseEvent, area: str, project_no: str) -> Draft:
    kind = KINDS[event.verb]
    if case.shape == Shape.FILING and kind == RECEIVED:
        kind = AT_ONCE
    said = {
        "project_no": project_no,
        "event": event.verb,
        "event_time": moment(event.at),
        **_PARTS[kind](case, event, area),
    }
    return Draft(kind, project_no, said, case.subject_id, case.decided_by, cause=f"case:{case.pk}")


def _matter(case: Case, area: str) -> dict[str, Any]:
    matter = matter_of(case.item_code)
    assert matter is not None
    return {
        "catalog_code": matter.base, "task_code": matter.implementation(area, case.rules_on), "task_name": case.item.title,
        "task_version": matter.version, "org_code": organ_code(area, case.rules_on), "org_name": authority(area).name,
    }  # fmt: skip


def _received(case: Case, event: CaseEvent, area: str) -> dict[str, Any]:
    return {
        **_matter(case, area), "applyer_name": case.applicant_name, "apply_date": moment(case.submitted_at or event.at),
        "project_name": f"{case.applicant_name}　{case.item.title}",
    }  # fmt: skip


def _accepted(case: Case, event: CaseEvent, area: str) -> dict[str, Any]:
    accepted_at = _receipt_of(case) if event.verb == "deem_accepted" else event.at
    return {
        **_received(case, event, area), "accept_date": moment(accepted_at), "accept_doc_no": _document(case),
        "promise_date": _day(case.due_on), "handle_user_name": event.actor_name,
        "accept_way": "逾期未告知视为受理" if event.verb == "deem_accepted" else "受理",
    }  # fmt: skip


def _receipt_of(case: Case) -> datetime:
    received = (
        CaseEvent.objects.filter(case=case, verb__in=_RECEIPTS).order_by("-id").values_list("at", flat=True).first()
    )
    assert received is not None
    return received


def _document(case: Case) -> str:
    made = Instrument.objects.all().filter(case_ref=f"case:{case.pk}").order_by("-pk")
    return made.values_list("number", flat=True).first() or ""


def _told_once(case: Case, event: CaseEvent, area: str) -> dict[str, Any]:
    return {"explain": event.reason, "doc_no": _document(case), "handle_user_name": event.actor_name}


def _process(case: Case, event: CaseEvent, area: str) -> dict[str, Any]:
    forward = event.verb in ("pass_review", "check_off")
    return {
        "process_name": event.title, "event_name": "1" if forward else "2", "event_start_time": moment(event.at),
        "event_end_time": moment(event.at), "handle_explain": event.reason or event.title, "handle_user_name": event.actor_name,
    }  # fmt: skip


def _special(case: Case, event: CaseEvent, area: str) -> dict[str, Any]:
    extended = event.verb == "extend"
    ends = {"end_time": moment(event.at), "result": event.reason} if event.verb == "end_procedure" else {}
    return {
        "special_type": _EXTENDED if extended else _OTHER, "special_name": "延长审批" if extended else "专家评审",
        "special_reason": event.reason, "special_time": moment(event.at), "promise_date": _day(case.due_on), **ends,
    }  # fmt: skip


def _result(case: Case, event: CaseEvent, area: str) -> dict[str, Any]:
    certificate = Certificate.objects.all().filter(pk=case.certificate_id or 0).first()
    made = {"result_cetr_name": certificate.title, "result_cetr_no": certificate.number} if certificate else {}
    return {
        "result_type": RESULTS[event.verb], "result_date": moment(event.at),
        "result_explain": case.summary or event.reason or event.title, "is_delivery_results": "0", **made,
    }  # fmt: skip


def _at_once(case: Case, event: CaseEvent, area: str) -> dict[str, Any]:
    """A filing is accepted and finished when it is handed in whole."""
    return {
        **_received(case, event, area), "accept_date": moment(event.at), "result_type": "备案", "result_date": moment(event.at),
        "result_explain": case.summary,
    }  # fmt: skip


def _delivered(case: Case, event: CaseEvent, area: str) -> dict[str, Any]:
    return {"delivered_at": moment(event.at)}


def _day(day: date | None) -> str:
    return f"{day:%Y%m%d}" if day else ""


_PARTS = {
    RECEIVED: _received, CORRECTION: _told_once, CORRECTED: _told_once, ACCEPTED: _accepted, DECLINED: _told_once,
    PROCESS: _process, SPECIAL: _special, DONE: _result, AT_ONCE: _at_once, DELIVERED: _delivered,
}  # fmt: skip
