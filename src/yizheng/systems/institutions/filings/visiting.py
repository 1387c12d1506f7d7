"""诊所备案后现场核查: two officers visit; what they find wrong is ordered to be put right by a day.

行政许可法 第三十四条 (two officers); 北京市中医药条例 第二十三条 (the authority watches clinics that filed).
The visit is entered by one person and confirmed by another. After an order the clinic is visited again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import beijing_tcm_regulation, institution_regulation, licensing_law
from yizheng.licensing.answers import Answers
from yizheng.licensing.asking.name_field import NameField
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day, passed
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Stage
from yizheng.people.models import Scope
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.item import InstitutionAct
from yizheng.systems.institutions.models import FilingCheck
from yizheng.systems.institutions.models.filings import LINE, ORDERED, PASSED
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.verification.clock import Regime

FILED = (Regime.CLINIC_FILED, Regime.TCM_CLINIC_FILED)


class VisitStep(Step):
    """When, by whom, with what result."""

    code, title = "visit", "现场核查"
    past = ("visited_on",)
    rows = (("visited_on", "passed"), ("officer", "second"))

    visited_on = day("核查日期")
    passed = passed("核查结果")
    officer = NameField(label="核查人员", max_length=50)
    second = NameField(label="核查人员（第二人）", max_length=50)
    found = forms.CharField(
        label="发现的问题",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不合格的，逐项写明",
    )
    correct_by = day("改正期限", required=False, hint="不合格的填写")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit, and how the clinic stood before it."""

    visited_on: date | None = answered("visit", "visited_on")
    passed: bool | None = answered("visit", "passed")
    officer: str = answered("visit", "officer", "")
    second: str = answered("visit", "second", "")
    found: str = answered("visit", "found", "")
    correct_by: date | None = answered("visit", "correct_by")
    filed_on: date | None = None
    due_on: date | None = None


@check("I-V-TWO", licensing_law(34, 3), title="由两名以上工作人员核查", needs=("visit",))
def two_officers(visit: Visit, on: date) -> Iterator[Finding]:
    """Two different persons."""
    if visit.officer and visit.officer == visit.second:
        yield refuse("visit.second", "现场核查应当由两名以上工作人员进行")


@check("I-V-DAY", institution_regulation(14), title="核查在备案之后", needs=("visit",))
def after_the_filing(visit: Visit, on: date) -> Iterator[Finding]:
    """What was not filed yet cannot be visited for its filing."""
    if visit.visited_on is not None and visit.filed_on is not None and visit.visited_on < visit.filed_on:
        yield refuse("visit.visited_on", f"核查日期早于备案日期{long_date(visit.filed_on)}，请核对")


@check(
    "I-V-LATE", institution_regulation(14), beijing_tcm_regulation(23, 4), title="在规定期限内核查", needs=("visit",)
)
def visited_in_time(visit: Visit, on: date) -> Iterator[Finding]:
    """The visit is due within the days of the rule; a later one counts too, and is told as late."""
    if visit.visited_on is not None and visit.due_on is not None and visit.visited_on > visit.due_on:
        yield advise("visit.visited_on", f"核查期限为{long_date(visit.due_on)}，已经逾期，请说明原因")


@check(
    "I-V-ORDER",
    institution_regulation(14),
    beijing_tcm_regulation(56),
    title="不合格的写明问题和改正期限",
    needs=("visit",),
)
def order_is_whole(visit: Visit, on: date) -> Iterator[Finding]:
    """An order names what is wrong and a day after the visit; what is right needs none."""
    if visit.passed is not False:
        return
    if not visit.found:
        yield refuse("visit.found", "核查不合格的，请写明发现的问题")
    if visit.correct_by is None or (visit.visited_on is not None and visit.correct_by <= visit.visited_on):
        yield refuse("visit.correct_by", "请填写核查日期以后的改正期限")


@declare
class FilingVisit(InstitutionAct):
    """诊所备案后现场核查."""

    code, title, short_title, group = "clinic_file_visit", "诊所备案后现场核查", "备案后核查", "备案"
    articles = (institution_regulation(14), licensing_law(34), beijing_tcm_regulation(23))
    route = (Stage.DECIDE,)
    statuses = ("filed",)
    regimes = FILED
    steps = (VisitStep,)
    weighs = Visit
    checks = (two_officers, after_the_filing, visited_in_time, order_is_whole)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """While a visit is due, or what was ordered is to be looked at again."""
        refused = super().may_apply(subject_id, on)
        stands = None if refused else self.held(subject_id, on).check
        return refused or ("没有待核查的备案" if stands is None or stands.state == PASSED else None)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, object]:
        """When it was filed, and by when it was to be visited."""
        held = self.held(subject_id, on)
        visit, licence = held.check, held.licence
        return {
            "filed_on": None if licence is None else licence.issued_on,
            "due_on": None if visit is None or visit.state == ORDERED else visit.due_on,
        }

    def enter(self, answers: Answers, held: Held, change: ChangeInProgress, deciding: Scope) -> Effect:
        """The clinic passed, or is ordered to put right what was found."""
        former, good = held.check, bool(answers.flag("visit", "passed"))
        assert former is not None
        values = {
            **former.values(), "state": PASSED if good else ORDERED, "visited_on": answers.day("visit", "visited_on"),
            "correct_by": None if good else answers.day("visit", "correct_by"),
            "found": "" if good else answers.text("visit", "found"),
        }  # fmt: skip
        change.state(FilingCheck, held.subject_id, LINE, values, valid_from=held.on, authority_scope=deciding.pk)
        if good:
            return Effect("现场核查合格，备案继续有效")
        by = long_date(values["correct_by"])
        return Effect(f"责令在{by}前改正：{values['found']}；逾期不改正的，注销备案")
