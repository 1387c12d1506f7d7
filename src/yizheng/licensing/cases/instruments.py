"""Written instruments of a case: which fields each prints, read from the case and its events.

Issued inside the act they belong to. What reaches the applicant is told to her as 您's formal twin 你, as the forms do.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.documents import instruments
from yizheng.documents.authorities import Authority, authority
from yizheng.documents.declarations import PAGES, InstrumentKind, declare
from yizheng.documents.instruments import Draft
from yizheng.documents.models import Instrument
from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing.case_clock import timekeeping
from yizheng.licensing.item import Shape
from yizheng.licensing.models import Case
from yizheng.licensing.verbs.acting import Act
from yizheng.people.models import Scope

NOTICE = {"you": "你", "copies": (), "review_body": None, "review_channel": None, "court": "人民法院"}
_FIELDS = frozenset({"addressee", "item", "case_number", "paragraphs"})
_PAGE = PAGES / "notice.typ"
UNFILING = InstrumentKind("unfiling", "备不", "{item}不成立告知书", _PAGE, _FIELDS, NOTICE)
ACT_NOTICE = InstrumentKind("act_notice", "告", "{item}告知书", _PAGE, _FIELDS, NOTICE)
ACT_DECISION = InstrumentKind("act_decision", "决", "{item}决定书", _PAGE, _FIELDS, NOTICE)
CONCLUSION = InstrumentKind("conclusion", "结", "{item}结论通知书", _PAGE, _FIELDS, NOTICE)
declare(UNFILING, ACT_NOTICE, ACT_DECISION, CONCLUSION)


PROCEDURES = {"start_procedure": "专家评审", "start_hearing": "听证"}
"""What the time of a case stands still for, by the verb that begins it."""


def decision_kind(act: Act) -> str:
    """The instrument of a decision in favour, of a conclusion, or of an act of the authority."""
    if act.item.conclusion:
        return CONCLUSION.code
    return ACT_DECISION.code if act.item.shape is Shape.AUTHORITY_ACT else "grant"


def issue(acts: Sequence[tuple[Act, Mapping[str, Any]]], kind: str) -> list[Instrument]:
    """Issue an instrument of ``kind`` about the case of each act, in their order; what only the verb knows stands beside it."""
    if not acts:
        return []
    scopes = Scope.objects.filter(pk__in={act.case.decided_by for act, _ in acts})
    offices = {pk: authority(code) for pk, code in scopes.values_list("pk", "code")}
    return instruments.issue_many(
        [_draft(act, offices[act.case.decided_by], kind, particulars) for act, particulars in acts]
    )


def _draft(act: Act, office: Authority, kind: str, particulars: Mapping[str, Any]) -> Draft:
    case = act.case
    fields = {
        "addressee": case.applicant_name,
        "item": act.item.title,
        "case_number": case.number,
        **_PRINTED[kind](act, office, particulars),
    }
    return Draft(
        kind,
        subject_id=case.subject_id,
        authority_scope=case.decided_by,
        issuer=office.name,
        mark=office.mark,
        case_ref=f"case:{case.pk}",
        issued_on=act.on,
        fields=fields,
        institution_scope=case.institution_scope if _told(case, kind) else None,
        change_id=case.change_id,
    )


COPIED = frozenset({"refusal"})
"""医师法 第十六条: the institution is told of a refusal as well."""


def _told(case: Case, kind: str) -> bool:
    """Whether the institution gets the instrument too: as the applicant, or because the law says so."""
    return case.begun_by_institution or kind in COPIED


def office_of(case: Case) -> Authority:
    """The authority that handles the case, as its instruments name it."""
    return authority(Scope.objects.get(pk=case.decided_by).code)


def _acceptance(act: Act, office: Authority, particulars: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "applied_on": _applied_on(act.case),
        "accepted_on": act.on,
        "statutory_days": act.statutory.words,
        "promised_days": particulars["promised"],
        "due_on": particulars["due_on"],
    }


def _correction(act: Act, office: Authority, particulars: Mapping[str, Any]) -> dict[str, Any]:
    return {"received_on": _applied_on(act.case), "points": particulars["items"], "reply_by": particulars["reply_by"]}


def _non_acceptance(act: Act, office: Authority, particulars: Mapping[str, Any]) -> dict[str, Any]:
    return {"received_on": _applied_on(act.case), "reasons": particulars["reasons"], **_remedies(office)}


def _grant(act: Act, office: Authority, particulars: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "applied_on": _applied_on(act.case),
        "accepted_on": _accepted_on(act),
        "articles": [str(article) for article in act.item.articles],
        "contents": [particulars["summary"]],
    }


def _refusal(act: Act, office: Authority, particulars: Mapping[str, Any]) -> dict[str, Any]:
    grounds = particulars["grounds"]
    articles = list(dict.fromkeys(article for ground in grounds for article in ground["articles"]))
    reasons = [*map(_reason, grounds), _sentence(particulars["opinion"])]
    return {
        "applied_on": _applied_on(act.case),
        "accepted_on": _accepted_on(act),
        "reasons": list(dict.fromkeys(reasons)),
        "articles": articles or [str(article) for article in act.item.articles],
        **_remedies(office),
    }


def _reason(ground: Mapping[str, Any]) -> str:
    return _sentence(f"{ground['message']}：{ground['evidence']}" if ground["evidence"] else ground["message"])


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "；")) else f"{text}。"


def _withdrawal(act: Act, office: Authority, particulars: Mapping[str, Any]) -> dict[str, Any]:
    return {"applied_on": _applied_on(act.case), "withdrawn_on": act.on}


def _extension(act: Act, office: Authority, particulars: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "accepted_on": _accepted_on(act),
        "reason": particulars["reason"],
        "due_on": timekeeping.read(act.case, act.item, act.on).due_on,
    }


def _procedure(act: Act, office: Authority, particulars: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "accepted_on": _accepted_on(act),
        "procedure": PROCEDURES[act.move.verb],
        "needed_days": particulars["needed_days"],
        "reason": particulars["reason"],
    }


def _unfiling(act: Act, office: Authority, particulars: Mapping[str, Any]) -> dict[str, Any]:
    filed = f"你于{long_date(_applied_on(act.case))}提交的{act.item.title}（办件 {act.case.number}）"
    about = f"{filed}，经核查有下列情形，备案不成立，登记内容已恢复到备案之前："
    return {"paragraphs": [about, *map(_sentence, particulars["reasons"])], **_remedies(office)}


def _conclusion(act: Act, office: Authority, particulars: Mapping[str, Any]) -> dict[str, Any]:
    applied, accepted = long_date(_applied_on(act.case)), long_date(_accepted_on(act))
    basis = "、".join(str(article) for article in act.item.articles)
    began = f"你于{applied}提出的{act.item.title}申请，本机关于{accepted}受理。"
    return {"paragraphs": [began, f"依据{basis}，本机关作出结论：{particulars['summary']}。"], **_remedies(office)}


def _act_notice(act: Act, office: Authority, particulars: Mapping[str, Any]) -> dict[str, Any]:
    right = (
        f"你有权自收到本告知书之日起 {particulars['answer_days']} 个工作日内陈述、申辩，也可以要求听证；逾期视为放弃。"
    )
    basis = "、".join(str(article) for article in act.item.articles)
    return {"paragraphs": [_sentence(particulars["facts"]), f"依据{basis}，本机关拟对你{act.item.title}。", right]}


def _act_decision(act: Act, office: Authority, particulars: Mapping[str, Any]) -> dict[str, Any]:
    basis = "、".join(str(article) for article in act.item.articles)
    facts = act.case.events.filter(verb="propose").values_list("reason", flat=True).first() or ""
    decided = f"依据{basis}，本机关决定：{particulars['summary']}。"
    return {"paragraphs": [_sentence(facts), decided], **_remedies(office)}


def _remedies(office: Authority) -> dict[str, Any]:
    return {"review_body": office.review_body, "review_channel": office.review_channel or None}


def _applied_on(case: Case) -> date:
    return timezone.localdate(case.submitted_at) if case.submitted_at else case.rules_on


def _accepted_on(act: Act) -> date:
    """The day the case was accepted; the day it was applied for where it never was (acts of the authority)."""
    return act.day_of("accept", "deem_accepted") or _applied_on(act.case)


_PRINTED = {
    "acceptance_notice": _acceptance, "correction_notice": _correction, "non_acceptance": _non_acceptance,
    "grant": _grant, "refusal": _refusal, "withdrawal": _withdrawal, "extension_notice": _extension,
    "procedure_notice": _procedure, "unfiling": _unfiling, "act_notice": _act_notice,
    "act_decision": _act_decision, "conclusion": _conclusion,
}  # fmt: skip
