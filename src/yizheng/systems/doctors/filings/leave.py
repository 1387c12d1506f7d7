"""离岗备案: the main institution files that a doctor left, or takes back what it filed in error (医师执业注册管理办法 第十九条).

The registration stands for two more years without a main institution. Filings elsewhere end with it, unless the doctor has
applied to make another institution her main one. She is told and may object, which puts a question to the authority:
if she is right, the filing was never well made. After a
withdrawal the register says for every day what it would say had the filing never been made.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.calendar import natural_days
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import registration_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, day
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Candidate, Effect, Initiator, Material, Shape, Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, Proposal
from yizheng.licensing.ports.consequences import leads_to_case
from yizheng.licensing.states import ENDED, CaseState
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import organisation_of
from yizheng.registry.reading import kinds_of
from yizheng.registry.verbs import ChangeInProgress
from yizheng.shell.mine.port import Objection, declare_objection
from yizheng.systems.doctors.checks.periods import Periods, periods
from yizheng.systems.doctors.filings.dependents import end_filings, end_special
from yizheng.systems.doctors.item import RegisteredItem
from yizheng.systems.doctors.models import LeaveFiling, Registration
from yizheng.systems.doctors.models.leave import line as leave_line
from yizheng.systems.doctors.models.registration import LEFT
from yizheng.systems.doctors.permitted import kept_here, status_permits
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners.amending import amend, restore_closed
from yizheng.systems.practitioners.checks import Concerned
from yizheng.systems.practitioners.item import OFFICE, institution_in
from yizheng.work import inbox

RULE = registration_rules(19)
RETIRED = "L02"
REHIRED = "rehired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaver(Concerned):
    """A doctor of the institution, and what it files about her."""

    at_this_institution: bool = True
    """Whether the institution that files is her main institution."""
    employment: str = ""
    reason: str = answered("leave", "cause", "")
    left_on: date | None = answered("leave", "left_on")
    completed_on: date | None = answered("leave", "completed_on")
    file_by: date | None = None
    """The last day to file in time; a day off moves it."""
    periods: Periods = field(default_factory=Periods)


@check("D-L01", RULE, title="由主要执业机构备案", needs=("leave",))
def filed_by_the_main_institution(leaver: Leaver, on: date) -> Iterator[Finding]:
    """Only the institution that carries the registration says that the doctor left it."""
    if not leaver.at_this_institution:
        yield refuse("", "当事人的主要执业机构不是本机构，不能由本机构作离岗备案")


@check("D-L02", RULE, title="离岗已经发生、手续已经办结", needs=("leave",))
def has_left(leaver: Leaver, on: date) -> Iterator[Finding]:
    """What is to come is not filed."""
    if leaver.left_on is not None and leaver.left_on > on:
        yield refuse("leave.left_on", "离岗日期晚于今天，离岗之后再备案")
    if leaver.completed_on is not None and leaver.completed_on > on:
        yield refuse("leave.completed_on", "手续办结日期晚于今天，办结之后再备案")


@check("D-L03", RULE, title="在期限内备案", needs=("leave",))
def filed_in_time(leaver: Leaver, on: date) -> Iterator[Finding]:
    """A late filing is still a filing; the desk learns that it was late."""
    if leaver.file_by is not None and on > leaver.file_by:
        yield advise(
            "leave.completed_on",
            f"应在手续办结后{leaver.periods.leave_days}日内（{long_date(leaver.file_by)}前）备案，现已超过",
        )


@check("D-L04", RULE, title="本机构返聘的不作离岗备案", needs=("leave",))
def not_rehired_here(leaver: Leaver, on: date) -> Iterator[Finding]:
    """Who retires and is rehired by the same institution has not left it."""
    if leaver.reason == RETIRED and leaver.employment == REHIRED:
        yield refuse("leave.cause", "已登记退休后由本机构返聘，没有离岗；返聘结束后再备案")


@dataclass(frozen=True, slots=True, kw_only=True)
class Returner(Concerned):
    """A doctor whose leave filing is to be withdrawn as an error."""

    filed_here: bool = False
    """Whether the institution that asks is the one that filed."""
    changed_since: bool = False
    """Whether the registration was changed after the leave filing."""


@check("D-L05", RULE, title="由原备案机构撤销")
def withdrawn_by_who_filed(returner: Returner, on: date) -> Iterator[Finding]:
    """Another institution takes the doctor over by a change of main institution."""
    if returner.register_status == "LEFT" and not returner.filed_here:
        yield refuse("", "离岗备案不是本机构作的；由其他机构聘用的，请办理变更主要执业机构")


@check("D-L06", RULE, title="离岗备案之后没有其他登记变更")
def nothing_happened_since(returner: Returner, on: date) -> Iterator[Finding]:
    """Only a filing nothing rests upon can be taken back as never made."""
    if returner.changed_since:
        yield refuse("", "离岗备案之后登记又有变更，不能撤销；请登记机关核实后更正")


class LeaveStep(Step):
    """Reason, last day, and when the formalities were completed."""

    code, title = "leave", "离岗信息"
    rows = (("left_on", "completed_on"),)
    past = ("left_on", "completed_on")

    cause = coded("doctor_leave_reason", "离岗原因")
    left_on = day("离岗日期", hint="最后一天在岗的次日")
    completed_on = day("手续办结日期", hint="自这一天起三十日内备案")


class LeaveWithdrawalStep(Step):
    """What was wrong."""

    code, title = "withdrawal", "撤销说明"

    statement = forms.CharField(
        label="误报情况说明",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明为什么当事人没有离岗",
    )


STEP = LeaveStep.code
PROOF = Material("proof", "离岗证明", "调令、退休审批表、解除或者终止聘用合同的证明等")
STATEMENT = Material("statement", "误报情况说明", "由机构盖章，附当事人仍在岗的证明")
TAKES_ELSEWHERE = "doctor_change_main_institution"
ON_THE_WAY = frozenset(CaseState) - ENDED - {CaseState.DRAFT}
"""States of an application that was handed in and not decided."""


class LeaveItem(RegisteredItem):
    """What the institution files about a doctor who left it."""

    group = "离岗与注销"
    articles = (RULE,)
    shape = Shape.FILING
    initiators = (Initiator.INSTITUTION,)
    route = (Stage.ACCEPT,)

    def prefill_for(self, subject_id: int, institution_scope: int) -> dict[str, dict[str, Any]]:
        """Where the case goes, and who files."""
        return {OFFICE: {**self.office(subject_id, timezone.localdate()), "institution": institution_scope}}


@declare
class LeaveFilingItem(LeaveItem):
    """医师离岗备案."""

    code, title, short_title = "doctor_leave_filing", "医师离岗备案", "离岗备案"
    collective = True
    weighs = Leaver
    steps = (LeaveStep,)
    materials = (PROOF,)
    checks = (status_permits(code), kept_here, filed_by_the_main_institution, has_left, not_rehired_here, filed_in_time)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The registration, and by when the filing was due."""
        held, completed_on = self.held(subject_id, on), answers.day(STEP, "completed_on")
        main, files = held.main, institution_in(self.institution_of(answers, on))
        numbers = periods(on)
        to_file = natural_days(numbers.leave_days)
        return {
            **self.concerned(held, answers),
            "at_this_institution": main is not None and main.institution_id == files,
            "employment": "" if main is None else main.employment,
            "file_by": None if completed_on is None else working_calendar().due(completed_on, to_file).last,
            "periods": numbers,
        }

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The registration has no main institution from today; what the institution gave ends, and so do filings."""
        answers, main = load(case), self.held(case.subject_id, on).main
        if main is None or main.institution_id is None:
            raise NotPossibleError("没有可以备案的注册")
        reason, house, scope = answers.text(STEP, "cause"), main.institution_id, main.authority_scope
        typed = {name: answers.day(STEP, name) for name in ("left_on", "completed_on")}
        values = {**typed, "institution": house, "reason": reason, "filed_on": on}
        with acting_as_system("离岗备案登记"):
            line = leave_line(main.line)
            change.state(LeaveFiling, main.subject_id, line, values, valid_from=on, authority_scope=scope)
            amend(main, change, on, status=LEFT, reason=reason, institution=None, department="", employment="")
            end_special(case.subject_id, change, on, because="离岗", institution=house)
            ended = 0 if goes_elsewhere(case.subject_id) else end_filings(case.subject_id, change, on)
        more = f"，{ended} 处多机构备案终止" if ended else ""
        return Effect(f"{licences.name_of(house, on)}备案离岗（{name_of('doctor_leave_reason', reason)}）{more}")


def goes_elsewhere(subject_id: int) -> bool:
    """Whether she has applied to make another institution her main one; call it as the system."""
    open_cases = Case.objects.all().filter(subject_id=subject_id, item_code=TAKES_ELSEWHERE)
    return open_cases.filter(state__in=ON_THE_WAY).exists()


@declare
class LeaveWithdrawal(LeaveItem):
    """撤销医师离岗备案."""

    code, title, short_title = "doctor_leave_filing_cancel", "撤销医师离岗备案", "撤销离岗备案"
    weighs = Returner
    steps = (LeaveWithdrawalStep,)
    materials = (STATEMENT,)
    checks = (status_permits(code), kept_here, withdrawn_by_who_filed, nothing_happened_since)

    def staff(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """Those whose leave the institution filed, by name."""
        return self.named_at(institution_scope, LeaveFiling, on, lambda filing: f"{filing.left_on} 离岗")

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """Who filed, and whether anything was built upon it."""
        filing, asks = filing_on(subject_id, on), institution_in(self.institution_of(answers, on))
        return {
            **super().known(answers, subject_id, on),
            "filed_here": filing is not None and filing.institution_id == asks,
            "changed_since": filing is not None and not _untouched(filing),
        }

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """What the leave filing closed holds again from the day it was closed, and the filing itself was never made."""
        with acting_as_system("撤销离岗备案登记"):
            filing = filing_on(case.subject_id, on)
            if filing is None or not _untouched(filing):
                raise NotPossibleError("离岗备案已不存在")
            change.end(LeaveFiling, filing.subject_id, filing.line, on=filing.valid_from)
            restore_closed(filing, change, [each for each in kinds_of(DOCTORS) if each is not LeaveFiling])
        return Effect("离岗备案撤销，恢复在册")


def filing_on(subject_id: int, on: date) -> LeaveFiling | None:
    """The leave filing that stands; call it as the system."""
    return LeaveFiling.objects.as_of(on).filter(subject_id=subject_id).first()


def _untouched(filing: LeaveFiling) -> bool:
    """Whether the registration stands as the leave filing left it."""
    mine = Registration.objects.current().filter(subject_id=filing.subject_id, status=LEFT)
    return mine.filter(opened=filing.opened, valid_from=filing.valid_from).exists()


OBJECTION = "doctors.leave_objection"
leads_to_case(OBJECTION)
MOST_WORDS = 120


def objectionable(subject_id: int, on: date) -> LeaveFiling | None:
    """The leave filing that stands and that she has not objected to yet."""
    with acting_as_system("离岗备案异议"):
        filing = filing_on(subject_id, on)
        return None if filing is None or _objected(filing) else filing


def object_to(filing: LeaveFiling, account: Account, words: str) -> Proposal:
    """Put the question to the authority once, and tell its reviewers and the institution."""
    with acting_as_system("离岗备案异议"):
        proposal, _ = Proposal.objects.get_or_create(
            consequence=OBJECTION,
            subject_id=filing.subject_id,
            cause=filing.opened,
            defaults={
                "register": DOCTORS.code,
                "authority_scope": filing.authority_scope,
                "title": f"{account.display_name}对离岗备案有异议：{words[:MOST_WORDS]}",
                "article": str(RULE),
            },
        )
        _tell(filing, account)
    audit.record(account, "leave.object", f"proposal:{proposal.pk}", {"subject": filing.subject_id})
    return proposal


declare_objection(
    Objection(
        code="leave",
        title="对离岗备案有异议",
        explains="机构备案您已离岗。没有离岗的，写明情况，登记机关核实；误报的备案会撤下，注册恢复原状。",
        sent="异议已送登记机关",
        open_to=objectionable,
        put=object_to,
    )
)


def _objected(filing: LeaveFiling) -> bool:
    known = Proposal.objects.all().filter(consequence=OBJECTION, cause=filing.opened)
    return known.filter(subject_id=filing.subject_id).exists()


def _tell(filing: LeaveFiling, account: Account) -> None:
    title = f"{account.display_name}对离岗备案提出异议"
    inbox.send(title=title, kind="objection", role=Role.REVIEWER, scope=filing.authority_scope, link="/proposals/")
    house = organisation_of(filing.institution_id)
    if house is not None:
        body = "登记机关正在核实；确系误报的，请办理撤销离岗备案。"
        inbox.send(title=title, body=body, kind="objection", role=Role.INSTITUTION_OPERATOR, scope=house.pk)
