"""限制类医疗技术临床应用备案: filed within fifteen working days after the first case, and noted on the duplicate within fifteen more.

医疗技术临床应用管理办法 第十条 (the list), 第十一条 (assessment, filing, note).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.kernel.scopes import scopes_of
from yizheng.kernel.statutes import technology_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.name_field import NameField
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.catalogue import declare
from yizheng.licensing.dated_numbers import DatedNumbers, number
from yizheng.licensing.fields import coded, day
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material, Shape, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.item import InstitutionItem, office
from yizheng.systems.institutions.models import FiledTechnology, technologies
from yizheng.systems.institutions.questions import Practitioner, Staff, fitting, who_practises
from yizheng.systems.institutions.record.printing import certify
from yizheng.systems.institutions.record.steps import PromiseStep
from yizheng.systems.institutions.verification.clock import Regime

GROUP = "限制类技术"


@dataclass(frozen=True)
class TechnologyNumbers(DatedNumbers, prefix="institutions.technology_"):
    """By when a restricted technology is filed."""

    file_days: int = number("限制类技术首例后的备案期限", 15, "个工作日", technology_rules(11))


class TechnologyStep(Step):
    """Which technology, under whom, and who argued it before the first case."""

    code, title = "technology", "限制类技术"
    past = ("first_case_on", "committee_on", "ethics_on")
    rows = (
        ("technology", "clinical_subject"),
        ("first_case_on", "leader"),
        ("committee_on", "ethics_on", "ethics_number"),
    )

    technology = coded("restricted_technology", "技术名称")
    clinical_subject = coded("clinical_subject", "对应的诊疗科目")
    first_case_on = day("首例临床应用日期")
    leader = NameField(label="技术负责人", max_length=50, help_text="注册在本机构的医师")
    committee_on = day("技术管理组织论证日期")
    ethics_on = day("伦理委员会论证日期")
    ethics_number = forms.CharField(label="伦理审查编号", max_length=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Technology:
    """A technology that is to be filed, and what the institution has."""

    technology: str = answered("technology", "technology", "")
    clinical_subject: str = answered("technology", "clinical_subject", "")
    first_case_on: date | None = answered("technology", "first_case_on")
    leader: str = answered("technology", "leader", "")
    committee_on: date | None = answered("technology", "committee_on")
    ethics_on: date | None = answered("technology", "ethics_on")
    subjects: tuple[str, ...] = ()
    filed: frozenset[str] = frozenset()
    """The technologies filed already."""
    asked: bool = True
    leaders: tuple[Practitioner, ...] = ()
    """Who practises here under the leader's name."""
    applied_on: date | None = None
    file_by: date | None = None
    """The last day of filing in time."""


@check("I-T-TWICE", technology_rules(11), title="该技术没有备案过", needs=("technology",))
def not_filed_yet(technology: Technology, on: date) -> Iterator[Finding]:
    """A technology is filed once."""
    if technology.technology in technology.filed:
        yield refuse("technology.technology", "这项技术已经备案")


@check("I-T-SUBJECT", technology_rules(11), title="对应的诊疗科目已经登记", needs=("technology",))
def subject_is_registered(technology: Technology, on: date) -> Iterator[Finding]:
    """The technology belongs to a subject the institution is registered for."""
    if technology.clinical_subject and technology.clinical_subject not in technology.subjects:
        named = name_of("clinical_subject", technology.clinical_subject)
        yield refuse("technology.clinical_subject", f"本机构没有登记{named}，不能开展相应的技术")


@check("I-T-LEADER", technology_rules(11), title="技术负责人是本机构医师，执业范围相符", needs=("technology",))
def leader_practises_here(technology: Technology, on: date) -> Iterator[Finding]:
    """A doctor registered or filed here, within whose scope the subject lies."""
    if not technology.leader:
        return
    if not technology.asked:
        yield advise("technology.leader", "没有医师登记簿可以核对，请核对技术负责人的执业证书")
    elif not technology.leaders:
        yield refuse("technology.leader", f"{technology.leader}不是注册在本机构的医师")
    elif scopes_of(technology.clinical_subject) and not fitting(technology.leaders, technology.clinical_subject):
        yield refuse(
            "technology.leader",
            f"{technology.leader}的执业范围与{name_of('clinical_subject', technology.clinical_subject)}不符",
        )


@check("I-T-ARGUED", technology_rules(11), title="首例之前经过论证", needs=("technology",))
def argued_before_the_first_case(technology: Technology, on: date) -> Iterator[Finding]:
    """Committee and ethics committee come before the first patient."""
    first = technology.first_case_on
    for field, argued in (("committee_on", technology.committee_on), ("ethics_on", technology.ethics_on)):
        if first is not None and argued is not None and argued > first:
            yield refuse(f"technology.{field}", f"论证日期晚于首例日期{long_date(first)}，请核对")


@check("I-T-LATE", technology_rules(11), title="在首例之后规定期限内备案", needs=("technology",))
def filed_in_time(technology: Technology, on: date) -> Iterator[Finding]:
    """Fifteen working days after the first case; later it is filed all the same, and told as late."""
    if technology.file_by is not None and (technology.applied_on or on) > technology.file_by:
        yield advise("technology.first_case_on", f"应当在{long_date(technology.file_by)}前备案，已经逾期")


@declare
class TechnologyFiling(InstitutionItem):
    """限制类医疗技术临床应用备案."""

    code, title, short_title, group = "tech_file", "限制类医疗技术临床应用备案", "限制类技术备案", GROUP
    articles = (technology_rules(10), technology_rules(11))
    regimes = (Regime.LICENSED,)
    extendable = False
    statutory = WorkingDays(15, technology_rules(11), from_receipt=True)
    steps = (TechnologyStep, PromiseStep)
    materials = (
        Material("application", "限制类技术临床应用备案表", "附自我评估材料，盖章"),
        Material("committee", "技术临床应用管理组织的论证材料", "写明日期和结论"),
        Material("ethics", "伦理委员会的论证材料", "写明日期、编号和结论"),
        Material("leader", "技术负责人的资质证明", "职称证书、执业证书、培训证明"),
    )
    weighs = Technology
    checks = (not_filed_yet, subject_is_registered, leader_practises_here, argued_before_the_first_case, filed_in_time)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """What is registered and filed, who practises here under the name, and until when it is in time."""
        held, first = self.held(subject_id, on), answers.day("technology", "first_case_on")
        days = TechnologyNumbers.on(on).file_days
        return {
            "subjects": () if held.licence is None else tuple(held.licence.subjects),
            "filed": frozenset(each.technology for each in held.of(FiledTechnology)),
            "asked": who_practises.is_answered,
            "leaders": _leaders(subject_id, answers.text("technology", "leader"), on),
            "applied_on": answers.filed_on,
            "file_by": None if first is None else working_calendar().add_working_days(first, days),
        }

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The technology stands on the record, and the duplicate notes it."""
        answers, deciding = load(case), office(case)
        technology, subject = answers.text("technology", "technology"), answers.text("technology", "clinical_subject")
        with acting_as_system(f"{self.title}登记"):
            here = _leaders(case.subject_id, answers.text("technology", "leader"), on)
            leader = next(iter(fitting(here, subject) or here), None)
            values = {
                "technology": technology, "clinical_subject": subject, "leader": None if leader is None else leader.subject,
                "first_case_on": answers.day("technology", "first_case_on"), "filed_on": on,
            }  # fmt: skip
            change.state(
                FiledTechnology, case.subject_id, technologies.line(technology), values,
                valid_from=on, authority_scope=deciding.pk,
            )  # fmt: skip
            named = name_of("restricted_technology", technology)
            case.certificate_id = certify(change, case.subject_id, on, deciding, changed=f"备案{named}").pk
        return Effect(f"{named}已备案，记载于执业许可证副本备注栏")


def _leaders(institution: int, name: str, on: date) -> tuple[Practitioner, ...]:
    wanted = name.strip()
    return tuple(each for each in who_practises.ask(Staff(institution, on)) if each.name == wanted) if wanted else ()


class StopStep(Step):
    """Which technology ends, since when and why."""

    code, title = "stop", "停止"
    past = ("stopped_on",)
    rows = (("technology", "stopped_on"),)

    technology = coded("restricted_technology", "技术名称")
    stopped_on = day("停止日期")
    grounds = forms.CharField(
        label="停止的原因", max_length=300, help_text="如：技术负责人或者设备变化、发生严重不良事件、被禁止"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopping:
    """A technology that is given up."""

    technology: str = answered("stop", "technology", "")
    filed: frozenset[str] = frozenset()


@check("I-T-FILED", technology_rules(11), title="该技术已经备案", needs=("stop",))
def was_filed(stopping: Stopping, on: date) -> Iterator[Finding]:
    """What was never filed cannot be given up."""
    if stopping.technology and stopping.technology not in stopping.filed:
        yield refuse("stop.technology", "本机构没有备案这项技术")


@declare
class TechnologyStop(InstitutionItem):
    """限制类技术停止: reported at once, and taken from the duplicate."""

    code, title, short_title, group = "tech_stop", "停止限制类医疗技术临床应用", "停止限制类技术", GROUP
    articles = (technology_rules(11),)
    shape = Shape.FILING
    route = ()
    statuses = ("active", "check_due", "check_suspended", "closed_temp", "suspended_penalty")
    steps = (StopStep, PromiseStep)
    materials = (Material("report", "停止临床应用的报告", "写明原因和在治患者的安排"),)
    weighs = Stopping
    checks = (was_filed,)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """There is one to stop."""
        refused = super().may_apply(subject_id, on)
        return refused or (None if self.held(subject_id, on).of(FiledTechnology) else "本机构没有备案的限制类技术")

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The technology, where there is one only."""
        filed = self.held(subject_id, timezone.localdate()).of(FiledTechnology)
        return {"stop": {"technology": filed[0].technology}} if len(filed) == 1 else {}

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """What is filed."""
        return {"filed": frozenset(each.technology for each in self.held(subject_id, on).of(FiledTechnology))}

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The line ends, and the duplicate is made anew."""
        technology, deciding = load(case).text("stop", "technology"), office(case)
        named = name_of("restricted_technology", technology)
        with acting_as_system(f"{self.title}登记"):
            change.end(FiledTechnology, case.subject_id, technologies.line(technology), on=on)
            case.certificate_id = certify(change, case.subject_id, on, deciding, changed=f"停止{named}").pk
        return Effect(f"{named}的备案已终止，执业许可证副本已变更")
