"""What becomes of a short-term practice that stands: it ends, on request or by the authority; its certificate is made again.

港澳医师短期行医规定、台湾医师短期行医规定 第八条、第十三条; 外国医师短期行医办法 第三条、第十二条; 行政许可法 第四十二条、第七十条.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms

from yizheng.documents import certificates
from yizheng.documents.models import MadeFor
from yizheng.kernel.calendar import natural_days
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import foreign_doctor_rules, hk_macau_rules, licensing_law, taiwan_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, day, radio
from yizheng.licensing.findings import Check, Finding, advise, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Initiator, Material, Shape, Stage, WorkingDays
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.periods import periods
from yizheng.systems.doctors.models import ShortTermPractice
from yizheng.systems.doctors.models.short_term import FOREIGN
from yizheng.systems.doctors.short_term.foreign import ForeignEndingStep, ForeignReissueStep, ForeignStandingStep
from yizheng.systems.doctors.short_term.hmt import ShortTermApplicant, by_origin
from yizheng.systems.doctors.short_term.item import ShortTermItem
from yizheng.systems.doctors.short_term.limits import FOREIGN_LEVEL, ShortTermLimits
from yizheng.systems.practitioners import permits


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingParty(ShortTermApplicant):
    """Somebody whose short-term practice stands, and what is asked about it."""

    stands: bool = False
    valid_until: date | None = None
    contract_to: date | None = answered("amended", "contract_to")
    happened_on: date | None = answered("ending", "happened_on")
    report_by: date | None = None
    """The last day to report what happened, moved to a working day."""


@by_origin(
    "D-HK20", 9, also=(licensing_law(70),), title="短期行医注册有效", english="The short-term practice is in force"
)
def practice_stands(party: StandingParty, on: date) -> Iterator[Finding]:
    """Only what stands can be changed, ended or certified again."""
    if not party.stands:
        yield refuse("standing.institution", "没有这家机构的有效短期行医注册；有效期已满的须重新申请注册")


@by_origin("D-HK22", 13, title="情形已经发生并在期限内报告", needs=("ending",))
def reported_in_time(party: StandingParty, on: date) -> Iterator[Finding]:
    """What has not happened ends nothing; a late report is put to a person."""
    happened = party.happened_on
    if happened is None:
        return
    if happened > on:
        yield refuse("ending.happened_on", "注销情形还没有发生")
    elif party.report_by is not None and on > party.report_by:
        sentence = f"情形发生已 {(on - happened).days} 日，超过{party.limits.report_days}日的报告期限，请核实知悉日期"
        yield advise("ending.happened_on", sentence)


class StandingStep(Step):
    """Which practice is meant, as the register has it."""

    code = "standing"
    title = "现有注册"
    fixed = dict.fromkeys(("institution", "certificate_number"), "登记内容，不能改")
    rows = (("institution", "certificate_number"),)

    institution = forms.CharField(label="聘用机构", max_length=200)
    certificate_number = forms.CharField(label="证书编号", max_length=40)


class EndingStep(Step):
    """Why the practice ends, and since when; revocation is a penalty and nobody asks for it."""

    code = "ending"
    title = "注销情形"
    rows = (("ground", "happened_on"),)

    ground = coded("short_term_ending_reason", "注销原因", only=lambda code: not code.flag("sanction"))
    happened_on = day("情形发生日期", hint="机构应自知悉之日起 30 日内报告")
    explanation = forms.CharField(label="说明", max_length=300, required=False)


class ShortTermGroundStep(Step):
    """The ground on which the authority ends the practice, and when it came about; the facts stand in the evidence."""

    code = "ending"
    title = "注销情形"
    rows = (("ground", "happened_on"),)

    ground = coded("short_term_ending_reason", "注销原因")
    happened_on = day("情形发生日期")


class ReissueStep(Step):
    """Why the certificate is made again."""

    code = "reissue"
    title = "补证原因"

    cause = radio("原因", ((MadeFor.LOST.value, "遗失"), (MadeFor.DAMAGED.value, "损坏")))
    explanation = forms.CharField(label="经过说明", max_length=300)


class StandingItem(ShortTermItem):
    """An item about a short-term practice that stands: the form names the host, and only such hosts."""

    institution_step = "standing"
    weighs = StandingParty
    nothing: ClassVar[str] = "没有有效的短期行医注册"
    begins_with = {"standing": ("institution", "certificate_number")}
    origins: ClassVar[frozenset[str]] = frozenset({"HK", "MO", "TW"})

    def about(self, subject_id: int, on: date) -> list[ShortTermPractice]:
        """What stands of the origins the item is for."""
        return [each for each in super().about(subject_id, on) if each.origin in self.origins]

    def meant(self, answers: Answers, subject_id: int, on: date) -> list[ShortTermPractice]:
        """What stands at the host the form names."""
        licence = self.chosen(answers, on)
        return [each for each in self.about(subject_id, on) if licence and each.institution_id == licence.subject_id]

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """Who granted decides on what becomes of it; the form carries the number of that authority's certificate."""
        number = answers.text("standing", "certificate_number")
        with acting_as_system(f"确定{self.title}的决定机关"):
            rows = ShortTermPractice.objects.current().filter(certificate_number=number)
            return rows.values_list("authority_scope", flat=True).first() if number else None

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """What stands at the host."""
        standing = next(iter(self.meant(answers, subject_id, on)), None)
        happened, scope = answers.day("ending", "happened_on"), answers.text("amended", "scope")
        limits = ShortTermLimits.on(on)
        to_report = natural_days(limits.report_days)
        return {
            "stands": standing is not None,
            "origin": "" if standing is None else standing.origin,
            "category": "" if standing is None else standing.category,
            "valid_until": None if standing is None else standing.valid_until,
            "report_by": None if happened is None else working_calendar().due(happened, to_report).last,
            "limits": limits,
            "scopes": (scope,) if scope else (),
            "employer": self.weighed_employer(answers, on),
            "periods": periods(on),
        }


class EndingItem(StandingItem):
    """The practice ends, and its certificate with it."""

    initiators: ClassVar[tuple[Initiator, ...]] = (Initiator.INSTITUTION, Initiator.PERSON)
    steps: ClassVar[tuple[type[Step], ...]] = (StandingStep, EndingStep)
    materials: ClassVar[tuple[Material, ...]] = (Material("proof", "证明材料", "解除聘用的证明或者其他注销情形的证明"),)
    checks: ClassVar[tuple[Check, ...]] = (practice_stands, reported_in_time)
    route = (Stage.ACCEPT, Stage.DECIDE)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """What is meant ends today. Raises NotPossibleError where nothing stands."""
        answers = load(case)
        meant = self.meant(answers, case.subject_id, on)
        if not meant:
            raise NotPossibleError(f"{self.nothing}，不需要注销")
        reason = answers.text("ending", "ground") or "S9"
        with acting_as_system(f"{self.title}登记"):
            self.end(meant, change, on, reason)
        return Effect(f"注销短期行医注册（{name_of('short_term_ending_reason', reason)}），证书废止")


class ReissueItem(StandingItem):
    """The same certificate as a new version; the register stays as it is."""

    steps: ClassVar[tuple[type[Step], ...]] = (StandingStep, ReissueStep)
    materials: ClassVar[tuple[Material, ...]] = (
        Material("statement", "遗失声明或者损坏的证书", "遗失的写明经过，损坏的附原证书照片"),
    )
    checks = (practice_stands,)
    route = (Stage.ACCEPT, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """A new version with a new code. Raises NotPossibleError where no certificate is in force."""
        answers = load(case)
        meant = self.meant(answers, case.subject_id, on)
        with acting_as_system("短期行医证书补发"):
            former = permits.certificates_of(meant[:1]).first()
            if former is None:
                raise NotPossibleError("没有有效的短期行医证书可以补发")
            reason = MadeFor(str(answers["reissue"]["cause"]))
            made = certificates.reissue(former, reason=reason, on=on, change_id=change.id)
        case.certificate_id = made.pk
        return Effect(summary=f"补发证书 {made.number}，原证书失效")


@declare
class ShortTermExOfficioEnding(EndingItem):
    """依职权注销短期行医: on grounds nobody asked for; the person is told and heard before."""

    code = "short_term_ex_officio_ending"
    title = short_title = "依职权注销短期行医"
    articles = (hk_macau_rules(13), taiwan_rules(13), licensing_law(70))
    shape = Shape.AUTHORITY_ACT
    initiators = (Initiator.AUTHORITY,)
    steps = (ShortTermGroundStep,)
    materials = ()
    checks = (practice_stands,)
    route = (Stage.REVIEW, Stage.DECIDE)
    begins_with = {}
    origins = frozenset({"HK", "MO", "TW", FOREIGN})

    def meant(self, answers: Answers, subject_id: int, on: date) -> list[ShortTermPractice]:
        """Everything that stands."""
        return self.about(subject_id, on)

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """What stands."""
        return self.about(case.subject_id, on)


@declare
class HmtDeregistration(EndingItem):
    """港澳台医师短期行医注销: the institution reports within thirty days that one of nine grounds has come about."""

    code = "hmt_short_term_deregistration"
    title = "港澳台医师短期行医注销"
    short_title = "短期行医注销"
    articles = (hk_macau_rules(13), taiwan_rules(13))


@declare
class HmtReissue(ReissueItem):
    """港澳台医师短期行医证书补发."""

    code = "hmt_short_term_reissue"
    title = "港澳台医师短期行医证书补发"
    short_title = "短期行医补证"
    articles = (hk_macau_rules(8), taiwan_rules(8), licensing_law(42))


class OfForeigner(StandingItem):
    """An item about the permit of a foreign doctor."""

    level_rule = FOREIGN_LEVEL
    origins = frozenset({FOREIGN})
    nothing = "没有有效的外国医师短期行医许可"


@declare
class ForeignShortTermReissue(OfForeigner, ReissueItem):
    """外国医师短期行医许可证补发."""

    code = "foreign_short_term_reissue"
    title = "外国医师短期行医许可证补发"
    short_title = "外国医师补证"
    english = "New copy of a foreign doctor's permit"
    articles = (foreign_doctor_rules(3), licensing_law(42))
    steps = (ForeignStandingStep, ForeignReissueStep)
    materials = (
        Material(
            "statement", "遗失声明或者损坏的许可证", "遗失的写明经过，损坏的附原证照片",
            english=("Statement of loss, or the damaged permit", "say what happened"),
        ),
    )  # fmt: skip


@declare
class ForeignShortTermCancel(OfForeigner, EndingItem):
    """外国医师短期行医许可注销."""

    code = "foreign_short_term_cancel"
    title = "外国医师短期行医许可注销"
    short_title = "外国医师许可注销"
    english = "Ending a foreign doctor's permit"
    articles = (licensing_law(70), foreign_doctor_rules(12))
    steps = (ForeignStandingStep, ForeignEndingStep)
    materials = (
        Material(
            "proof", "证明材料", "协议终止的证明或者其他注销情形的证明",
            english=("Proof", "of the end of the agreement, or of another ground"),
        ),
    )  # fmt: skip
