"""备案: somebody registered works at a further institution too; entering the filing, extending it, ending it.

A filing and no licence: it takes effect when the institution confirms it, and the authority of that institution checks it afterwards.
Consent of the main institution is no condition; what the parties agreed is theirs. Each register says where and under which of its
rules; its kind of filing is the relation `FILED` of its `PeopleRegister`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.cases import notices
from yizheng.licensing.fields import day
from yizheng.licensing.findings import Finding, refuse, shared
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Candidate, Effect, Initiator, Material, Shape, Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import open_to, organisation_of
from yizheng.registry import FOREVER
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.institution_field import InstitutionField
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.checks import Concerned
from yizheng.systems.practitioners.employer import Employer, employer_of
from yizheng.systems.practitioners.item import PractitionerItem
from yizheng.systems.practitioners.registered import FILED, PeopleRegister

STEP = "filing"
ONE_DAY = timedelta(days=1)
AGREEMENT = Material("agreement", "聘用或合作协议", "与备案机构签订，写明执业时间")
RENEWED_AGREEMENT = Material("agreement", "续签的聘用或合作协议", "与备案机构签订，写明执业时间")


def filing_line(institution: int) -> str:
    """The line of a person's filing at this institution."""
    return f"filing:{institution}"


def keep_as_filing(
    people: PeopleRegister,
    former: Any,
    change: ChangeInProgress,
    on: date,
    keeper: Callable[[InstitutionLicence], int | None],
) -> None:
    """The former main institution stays as a further one, while it is licensed; ``keeper`` says which authority keeps the filing."""
    licence, filed = licences.licence_on(former.institution_id or 0, on), people.relation(FILED)
    if filed is None or licence is None or not licence.may_practise or (scope := keeper(licence)) is None:
        return
    values = {"institution": licence.subject_id, "department": former.department, "schedule": "", "filed_on": on}
    if people.apart:
        values[people.apart] = getattr(former, people.apart)
    line = filing_line(licence.subject_id)
    change.state(filed.kind, former.subject_id, line, values, valid_from=on, valid_to=FOREVER, authority_scope=scope)


class FilingStep(Step):
    """Where else, from when to when, how often."""

    code, title = STEP, "备案信息"
    rows = (("period_from", "period_to"),)
    ordered = (("period_from", "period_to", "备案结束日期早于开始日期，请核对"),)

    institution = InstitutionField(label="备案机构", help_text="输入登记名称或登记号选择；提交后由机构确认")
    department = forms.CharField(label="科室", max_length=50, required=False)
    period_from = day("备案开始")
    period_to = day("备案结束", required=False, hint="不填为长期")
    schedule = forms.CharField(label="执业时间安排", max_length=200, required=False, help_text="例如：每周三下午")


class FilingExtensionStep(Step):
    """Until when the filing is to go on."""

    code, title = STEP, "延期信息"

    institution = InstitutionField(label="备案机构", help_text="已备案的机构；提交后由机构确认")
    period_to = day("延期后的备案结束", required=False, hint="不填为长期")
    schedule = forms.CharField(label="执业时间安排", max_length=200, required=False, help_text="不填为不变")


class FilingEndStep(Step):
    """From when on she no longer works there, and why."""

    code, title = STEP, "取消信息"

    institution = InstitutionField(label="备案机构", help_text="已备案的机构")
    ends_on = day("终止日期", hint="自这一天起不再在该机构执业")
    remark = forms.CharField(label="原因", max_length=200, required=False)


@dataclass(frozen=True, kw_only=True)
class Filer:
    """Somebody who files: the institution chosen, and how she is registered."""

    employer: Employer | None = None
    status: str = ""
    """The status of the registration in words; empty where there is none."""
    may_practise: bool = False
    practises_there: bool = False
    """Whether she practises at the institution already."""
    until: date | None = None
    """The last day asked for."""


@shared("在册并可以执业")
def in_practice(filer: Filer, on: date) -> Iterator[Finding]:
    """Only a registration that allows practice can be extended to a further institution."""
    if not filer.may_practise:
        state = f"现为“{filer.status}”" if filer.status else "没有执业注册"
        yield refuse("filing.institution", f"{state}，不能办理多机构备案")


@shared("没有在该机构注册或者备案", needs=(STEP,))
def not_there_yet(filer: Filer, on: date) -> Iterator[Finding]:
    """Nobody files where she practises already."""
    if filer.practises_there and filer.employer is not None:
        yield refuse("filing.institution", f"您已在{filer.employer.name}执业，不需要再备案")


@shared("备案结束日期不早于今天", needs=(STEP,))
def not_over_yet(filer: Filer, on: date) -> Iterator[Finding]:
    """A filing holds from the day it takes effect: one that would be over by then says nothing."""
    if filer.until is not None and filer.until < on:
        yield refuse("filing.period_to", "备案结束日期已过，请核对")


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledPerson(Concerned):
    """Somebody registered, the institution named, and the filing she has there."""

    employer: Employer | None = None
    filed: bool = False
    """Whether a filing at the institution holds on the day."""
    filed_until: date | None = None
    """The last day of the filing; nothing where it has none."""
    until: date | None = None
    """The last day asked for when extending, the last day of practice when ending."""


@shared("在该机构有备案", needs=(STEP,))
def has_filing(person: FiledPerson, on: date) -> Iterator[Finding]:
    """What is not filed, or has ended, is filed anew."""
    if person.employer is not None and not person.filed:
        yield refuse("filing.institution", f"在{person.employer.name}没有有效的多机构备案")


@shared("延期后的结束日期晚于现在的", needs=(STEP,))
def ends_later(person: FiledPerson, on: date) -> Iterator[Finding]:
    """An extension lengthens; a filing without an end has nothing to be lengthened."""
    if not person.filed:
        return
    if person.filed_until is None:
        yield refuse("filing.institution", "这份备案没有结束日期，不需要延期")
    elif person.until is not None and person.until <= person.filed_until:
        yield refuse("filing.period_to", f"现在备案到{long_date(person.filed_until)}，延期的结束日期须晚于这一天")


@shared("终止日期不早于今天", needs=(STEP,))
def ends_not_before_today(person: FiledPerson, on: date) -> Iterator[Finding]:
    """What was practised was practised: an end is entered for today or a day to come, within the filing."""
    if person.until is None or not person.filed:
        return
    if person.until < on:
        yield refuse("filing.ends_on", "终止日期不能早于今天")
    elif person.filed_until is not None and person.until > person.filed_until:
        yield refuse("filing.ends_on", f"备案到{long_date(person.filed_until)}自动终止，不需要提前取消")


class FilingItem(PractitionerItem):
    """An item about a filing; the authority of the further institution keeps it."""

    shape = Shape.FILING
    group = "备案"
    institution_step = STEP

    @property
    def kind(self) -> type[Any]:
        """The register's kind of filing."""
        relation = self.people.relation(FILED)
        assert relation is not None
        return relation.kind

    def filing(self, answers: Answers, subject_id: int, on: date) -> Any | None:
        """The filing at the institution the form names, as it holds on the day."""
        chosen = self.chosen(answers, on)
        here = None if chosen is None else chosen.subject_id
        return next((each for each in self.held(subject_id, on).filings if each.institution_id == here), None)

    def say(
        self, change: ChangeInProgress, case: Case, line: str, values: dict[str, Any], begins: date, scope: int
    ) -> None:
        """From the day the filing says this, to the last day that was typed."""
        last = load(case).day(STEP, "period_to")
        until = FOREVER if last is None else last + ONE_DAY
        change.state(self.kind, case.subject_id, line, values, valid_from=begins, valid_to=until, authority_scope=scope)


class FurtherInstitution(FilingItem):
    """多机构备案: she works at a further institution too."""

    short_title = "多机构备案"
    weighs: ClassVar[type[Filer]] = Filer
    steps = (FilingStep,)
    materials = (AGREEMENT,)
    route = (Stage.CONFIRM, Stage.ACCEPT)
    initiators = (Initiator.PERSON, Initiator.INSTITUTION)
    collective = True
    objection = "不是您本人意愿的，请办理“取消备案”，当即终止"

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """A registration in practice is needed."""
        main = self.held(subject_id, on).main
        practises = main is not None and main.may_practise
        return None if practises else f"在册并可以执业的{self.of.title}才能办理多机构备案"

    def may_initiate(self, subject_id: int, institution_scope: int, on: date) -> str | None:
        """The further institution may file; she does not practise there yet."""
        return self.may_apply(subject_id, on)

    def concerns(self, subject_id: int, institution_scope: int, on: date) -> bool:
        """Anybody may work there too."""
        return True

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Where the case goes."""
        return self.routing(subject_id, timezone.localdate())

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """What a `Filer` holds."""
        held, chosen = self.held(subject_id, on), self.chosen(answers, on)
        there = {each.institution_id for each in held.filings} | {
            each.institution_id for each in held.registrations if each.stands
        }
        return {
            "employer": None if chosen is None else employer_of(chosen),
            "status": "" if held.main is None else name_of(self.people.states, held.status),
            "may_practise": held.main is not None and held.main.may_practise,
            "practises_there": chosen is not None and chosen.subject_id in there,
            "until": answers.day(STEP, "period_to"),
        }

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The registration that is extended and the institution's licence."""
        main, licence = self.held(case.subject_id, on).main, self.chosen(load(case), on)
        return [fact for fact in (main, licence) if fact is not None]

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Enter the filing; the institution and its authority may see her from now on."""
        typed, main, licence = load(case)[STEP], self.held(case.subject_id, on).main, self.employer(case, on)
        if main is None:
            raise NotPossibleError("注册已经终止，不能备案")
        values = {name: typed.get(name, "") for name in ("department", "schedule")}
        values |= {"institution": licence.subject_id, "filed_on": on}
        if apart := self.people.apart:
            values[apart] = getattr(main, apart)
        line, begins = filing_line(licence.subject_id), max(typed["period_from"], on)
        with acting_as_system(f"{self.short_title}登记"):
            self.say(change, case, line, values, begins, case.decided_by)
            organisation = organisation_of(licence.subject_id)
            for scope in (case.decided_by, None if organisation is None else organisation.pk):
                if scope is not None:
                    open_to(case.subject_id, scope, f"case:{case.pk}")
        return Effect(f"已在{licence.name}备案")


class StandingFiling(FilingItem):
    """An item about a filing that stands."""

    until_field: ClassVar[str] = "period_to"

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """A filing that holds, and a status under which it may be touched."""
        held = self.held(subject_id, on)
        return self.permitted.may_apply(self.code, held.status) if held.filings else "没有多机构备案"

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The institution, where she is filed at one only."""
        today = timezone.localdate()
        filings = self.held(subject_id, today).filings
        known = licences.name_of(filings[0].institution_id, today) if len(filings) == 1 else ""
        begun = {STEP: {"institution": known}} if known else {}
        return {**begun, **self.routing(subject_id, today)}

    def gather(self, answers: Answers, subject_id: int, on: date) -> FiledPerson:
        """The filing at the institution named."""
        chosen, filing = self.chosen(answers, on), self.filing(answers, subject_id, on)
        return FiledPerson(
            register_status=self.held(subject_id, on).status,
            employer=None if chosen is None else employer_of(chosen),
            filed=filing is not None,
            filed_until=None if filing is None or filing.valid_to == FOREVER else filing.valid_to - ONE_DAY,
            until=answers.day(STEP, self.until_field),
        )

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The registration that counts, and the filing."""
        held = self.held(case.subject_id, on)
        return [fact for fact in (held.main, self.filing(load(case), case.subject_id, on)) if fact is not None]

    def meant(self, case: Case, on: date) -> Any:
        """The filing the case is about. Raises NotPossibleError when it is gone."""
        filing = self.filing(load(case), case.subject_id, on)
        if filing is None:
            raise NotPossibleError("在这个机构的备案已经终止，请核对")
        return filing

    def staff(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """The people filed at the institution, by name."""
        return self.named_at(institution_scope, self.kind, on, _until)


def _until(filing: Any) -> str:
    return "长期备案" if filing.valid_to == FOREVER else f"备案到 {filing.valid_to - ONE_DAY}"


class FilingExtension(StandingFiling):
    """备案延期: a filing that ends goes on."""

    short_title = "备案延期"

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """A filing that ends: one without an end has nothing to be lengthened."""
        refused = super().may_apply(subject_id, on)
        ends = any(each.valid_to != FOREVER for each in self.held(subject_id, on).filings)
        return refused or (None if ends else "备案长期有效，没有结束日期，不需要延期")

    steps = (FilingExtensionStep,)
    materials = (RENEWED_AGREEMENT,)
    route = (Stage.CONFIRM, Stage.ACCEPT)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The filing holds until the new last day."""
        answers, filing = load(case), self.meant(case, on)
        last, schedule = answers.day(STEP, "period_to"), answers.text(STEP, "schedule")
        with acting_as_system(f"{self.title}登记"):
            values = {**filing.values(), "schedule": schedule or filing.schedule}
            self.say(change, case, filing.line, values, on, filing.authority_scope)
        return Effect("备案延期" + ("，长期有效" if last is None else f"到{last}"))


class FilingEnd(StandingFiling):
    """取消备案: she or the institution ends a filing; nobody's consent is needed."""

    short_title = "取消备案"
    initiators = (Initiator.PERSON, Initiator.INSTITUTION)
    steps = (FilingEndStep,)
    route = (Stage.ACCEPT,)
    until_field = "ends_on"

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The filing ends on the day named."""
        filing, ends_on = self.meant(case, on), load(case).day(STEP, "ends_on") or on
        with acting_as_system(f"{self.title}登记"):
            self.end(filing, change, ends_on)
        return Effect(f"备案自{ends_on}起终止")

    def end(self, filing: Any, change: ChangeInProgress, on: date) -> None:
        """End it, and what else of the register rests on it."""
        change.end(self.kind, filing.subject_id, filing.line, on=on)

    def after(self, cases: Sequence[Case]) -> None:
        """The public sees it; the institution is told when it was not itself who ended it."""
        super().after(cases)
        for case in cases:
            if not case.begun_by_institution:
                notices.to_institution(case, f"{case.applicant_name}取消了在本机构的多机构备案")
