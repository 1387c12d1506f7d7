"""Ends without a decision: withdrawal, and lapse where a correction never came."""

from yizheng.licensing.cases import instruments, notices
from yizheng.licensing.cases.corrections import TERM_DAYS
from yizheng.licensing.verbs.acting import Acts


def confirm_withdrawal(acts: Acts) -> None:
    """Who had applied is told in writing, and the desk that held the case; a draft is dropped without a word."""
    applied = [act for act in acts.going if act.case.submitted_at is not None]
    handled = [act for act in applied if act.case.authority_scope is not None]
    instruments.issue([(act, {"reason": act.reason}) for act in handled], "withdrawal")
    notices.to_desks([(act.case, f"{act.case.applicant_name} 撤回了申请") for act in handled])
    notices.to_applicants([(act.case, "申请已撤回，可以随时重新申请") for act in applied])


def tell_lapse(acts: Acts) -> None:
    """The case ended because what was asked for never came."""
    words = f"告知补正满 {TERM_DAYS} 日未交回，本件终止；可以重新申请"
    notices.to_applicants([(case, words) for case in acts.cases])
