"""撤销医疗广告审查批准, 一年或者三年内不受理申请 (广告法 第五十五条、第五十七条、第五十八条、第六十四条; 中医药法 第五十七条)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms

from yizheng.kernel.calendar.periods import add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import advertising_law, tcm_law
from yizheng.licensing.answers import load
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Stage
from yizheng.licensing.models import Case
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.adverts import approving
from yizheng.systems.adverts.acts.act import AdvertAct
from yizheng.systems.adverts.models import AdvertApproval, AdvertBan
from yizheng.systems.adverts.models.approval import EXPIRED, REVOKED, VALID
from yizheng.systems.adverts.models.ban import DEVIATING, GROUNDS, REVOKING, line
from yizheng.systems.adverts.numbers import TCM


class GroundStep(Step):
    """What was found, by whom, on which document."""

    code, title = "ground", "撤销的事由"
    past = ("decided_on",)
    rows = (("document_number", "decided_on"),)

    ground = forms.ChoiceField(
        label="事由", choices=[("", "请选择"), *((code, GROUNDS[code].title) for code in REVOKING)]
    )
    document_number = forms.CharField(label="处罚决定书或者认定文书的文号", max_length=100)
    decided_on = day("文书日期")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked:
    """An approval that is to be revoked."""

    ground: str = answered("ground", "ground", "")
    decided_on: date | None = answered("ground", "decided_on")
    organ: str = ""
    term_from: date = date.min
    status: str = VALID


@check(
    "A-REVOKED",
    advertising_law(55),
    advertising_law(58),
    advertising_law(64),
    title="撤销的事由成立",
    needs=("ground",),
)
def ground_fits(revoked: Revoked, on: date) -> Iterator[Finding]:
    """What stands is revoked, on a finding made after it was approved; deviation is a ground of Chinese medicine."""
    if revoked.status not in (VALID, EXPIRED):
        yield refuse("", "审查证明已收回、撤销、注销或者换发")
    if revoked.decided_on and revoked.decided_on < revoked.term_from:
        yield refuse("ground.decided_on", f"文书日期早于审查批准日期（{long_date(revoked.term_from)}）")
    if revoked.ground == DEVIATING and revoked.organ != TCM:
        yield refuse("ground.ground", "内容不符的撤销适用于中医医疗广告", articles=(tcm_law(57),))


def enter_ban(change: ChangeInProgress, institution: int, ground: str, document: str, on: date, scope: int) -> date:
    """The institution may not apply until the anniversary, which is still barred; returns that day."""
    last = add_years(on, GROUNDS[ground].years)
    values = {"ground": ground, "document_number": document, "last_day_barred": last}
    at = change.next_line(AdvertBan, institution, line)
    change.state(AdvertBan, institution, at, values, valid_from=on, authority_scope=scope)
    return last


@declare
class Revocation(AdvertAct):
    """撤销: told and heard first; the ban runs from the decision."""

    code, title, short_title = "ad_revoke", "撤销医疗广告审查批准", "撤销广告批准"
    articles = (advertising_law(55), advertising_law(58), advertising_law(64))
    route = (Stage.REVIEW, Stage.DECIDE)
    steps = (GroundStep,)
    weighs = Revoked
    checks = (ground_fits,)

    def known(self, advert: AdvertApproval | None, on: date) -> dict[str, object]:
        """How the approval stands, by whom and since when."""
        if advert is None:
            return {"status": ""}
        return {"status": advert.status_on(on), "organ": advert.organ, "term_from": advert.term_from}

    def enter(self, case: Case, advert: AdvertApproval, change: ChangeInProgress, on: date) -> Effect:
        """The approval is revoked and its institution barred."""
        answers = load(case)
        ground, document = answers.text("ground", "ground"), answers.text("ground", "document_number")
        approving.end(change, advert, on, REVOKED, GROUNDS[ground].title)
        last = enter_ban(change, advert.institution_id, ground, document, on, advert.authority_scope)
        return Effect(f"撤销文号 {advert.number} 的审查批准，{long_date(last)}以前不受理其广告审查申请")
