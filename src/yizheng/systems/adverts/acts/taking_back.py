"""收回医疗广告审查证明: what it rests on has ended (医疗广告管理办法 第十九条)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django import forms

from yizheng.kernel.statutes import advert_rules
from yizheng.licensing.answers import load
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.catalogue import declare
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.adverts import approving
from yizheng.systems.adverts.acts.act import AdvertAct
from yizheng.systems.adverts.models import AdvertApproval
from yizheng.systems.adverts.models.approval import TAKEN_BACK, VALID

CAUSES: Final[Mapping[str, str]] = {
    "suspended": "医疗机构受到停业整顿、吊销执业许可证的处罚",
    "closed": "医疗机构停业、歇业或者被注销",
    "deferred": "医疗机构暂缓校验",
    "changed": "执业许可证的登记事项变更，与审查内容不一致",
    "other": "其他应当收回的情形",
}


class CauseStep(Step):
    """Why it is taken back."""

    code, title = "cause", "收回的情形"

    cause = forms.ChoiceField(label="情形", choices=[("", "请选择"), *CAUSES.items()])
    details = forms.CharField(label="说明", max_length=250, required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An approval that is to be taken back."""

    cause: str = answered("cause", "cause", "")
    details: str = answered("cause", "details", "")
    status: str = VALID


@check("A-TAKEN", advert_rules(19), title="审查证明仍然有效，收回的情形明确", needs=("cause",))
def stands_and_says_why(taken: Taken, on: date) -> Iterator[Finding]:
    """Only what stands is taken back; another case than those of the law is written out."""
    if taken.status != VALID:
        yield refuse("", "审查证明已经终止或者期满，不需要收回")
    if taken.cause == "other" and not taken.details:
        yield refuse("cause.details", "选择其他情形的，请写明具体情形")


@declare
class TakingBack(AdvertAct):
    """收回: entered by a second person; the institution is told in writing."""

    code, title, short_title = "ad_take_back", "收回医疗广告审查证明", "收回广告证明"
    articles = (advert_rules(19),)
    steps = (CauseStep,)
    weighs = Taken
    stands_in = frozenset({VALID})
    checks = (stands_and_says_why,)

    def enter(self, case: Case, advert: AdvertApproval, change: ChangeInProgress, on: date) -> Effect:
        """The approval ends, and its samples are public no more."""
        answers = load(case)
        reason = CAUSES[answers.text("cause", "cause")]
        details = answers.text("cause", "details")
        approving.end(change, advert, on, TAKEN_BACK, f"{reason}：{details}" if details else reason)
        return Effect(f"收回文号 {advert.number} 的审查证明")
