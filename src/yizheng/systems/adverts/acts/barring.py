"""申请时隐瞒情况、提供虚假材料: not accepted or not approved, and a year in which no application is accepted (广告法 第六十四条)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import advertising_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.weighing import answered, weigh
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Initiator, Item, Shape, Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.adverts.acts.revoking import enter_ban
from yizheng.systems.adverts.item import ban_of, reviewer_of
from yizheng.systems.adverts.models.ban import FALSE_PAPERS
from yizheng.systems.adverts.register import ADVERTS
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.item import OFFICE


class FalsePapersStep(Step):
    """What was false, in which application, on which document."""

    code, title = "false_papers", "虚假材料"
    past = ("decided_on",)
    rows = (("document_number", "decided_on"),)

    application = forms.CharField(label="涉及的申请", max_length=60, help_text="办件号")
    document_number = forms.CharField(label="警告决定书文号", max_length=100)
    decided_on = day("决定日期")


@dataclass(frozen=True, slots=True, kw_only=True)
class FalsePapers:
    """An institution that filed false papers."""

    decided_on: date | None = answered("false_papers", "decided_on")
    barred_until: date | None = None


@check("A-FALSE", advertising_law(64), title="虚假材料的不受理期限没有重复计算", needs=("false_papers",))
def not_barred_yet(found: FalsePapers, on: date) -> Iterator[Finding]:
    """A ban that still runs is not entered a second time for the same."""
    if found.barred_until and found.barred_until >= on:
        yield refuse("", f"该机构已在不受理期限内（至{long_date(found.barred_until)}）")


@declare
class Barring(Item):
    """不受理申请: told and heard first; a year from the decision."""

    code, title, short_title = "ad_bar", "一年内不受理医疗广告申请", "不受理广告申请"
    system, register, group = "adverts", ADVERTS.title, "医疗广告"
    shape = Shape.AUTHORITY_ACT
    initiators = (Initiator.AUTHORITY,)
    articles = (advertising_law(64),)
    route: ClassVar[tuple[Stage, ...]] = (Stage.REVIEW, Stage.DECIDE)
    steps = (FalsePapersStep,)
    checks = (not_barred_yet,)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Only a registered institution applies for adverts."""
        return None if licences.licence_on(subject_id, on) else "不是登记的医疗机构"

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The organ that reviews its adverts."""
        licence = licences.licence_on(subject_id, date.max)
        return {} if licence is None else {OFFICE: {"scope": reviewer_of(licence.category).pk}}

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The organ that reviews its adverts."""
        found: int | None = answers.get(OFFICE, {}).get("scope")
        return found

    def gather(self, answers: Answers, subject_id: int, on: date) -> FalsePapers:
        """What was typed, and the ban that runs already."""
        with acting_as_system(f"核对{self.title}"):
            ban = ban_of(subject_id, on)
        barred = ban.last_day_barred if ban is not None and ban.ground == FALSE_PAPERS else None
        return weigh(FalsePapers, answers, barred_until=barred)

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The licence of the institution."""
        licence = licences.licence_on(case.subject_id, on)
        return () if licence is None else (licence,)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The ban. Raises NotPossibleError where one runs already."""
        answers = load(case)
        blocks = self.examine(self.gather(answers, case.subject_id, on), on).blocks
        if blocks:
            raise NotPossibleError(f"不能作出决定：{blocks[0].message}")
        document, scope = answers.text("false_papers", "document_number"), case.authority_scope or 0
        with acting_as_system(f"{self.title}登记"):
            last = enter_ban(change, case.subject_id, FALSE_PAPERS, document, on, scope)
        return Effect(f"{long_date(last)}以前不受理其广告审查申请")

    def after(self, cases: Sequence[Case]) -> None:
        """Nothing that is published says so."""
