"""执业机构备案: the main institution of a nurse and any number of further ones, all of them filed (护士条例 第九条).

Within the city the place of practice is the city: going to another institution is a filing in real time and no change that an
authority grants. The nurse files, the new institution confirms: neither moves her alone. The former institution is told and has no
veto; the authority of the new one keeps the registration from then on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.statutes import nurse_regulation
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.item import Effect, Shape, Stage
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions import licences
from yizheng.systems.nurses import rules
from yizheng.systems.nurses.first_registration import NursePracticeStep
from yizheng.systems.nurses.item import PERMITTED, OfNurses, certified_anew, main_of
from yizheng.systems.nurses.models import NurseFiling
from yizheng.systems.practitioners import filings
from yizheng.systems.practitioners.amending import amend, end_standing
from yizheng.systems.practitioners.checks import Concerned
from yizheng.systems.practitioners.employer import Employer, employer_of
from yizheng.systems.practitioners.identities import show_to
from yizheng.systems.practitioners.leaving import leave
from yizheng.systems.practitioners.papers import EMPLOYMENT_PROOF

PLACE = nurse_regulation(9)


class NewInstitutionStep(NursePracticeStep):
    """Where she goes, and whether she goes on where she was."""

    title = "变更后的主要执业机构"
    fixed = {"former": "按登记簿显示，不能在这里改"}
    field_order = ("former", "institution", "department", "work_kind", "employment", "employed_from", "employed_until")

    former = forms.CharField(label="现在的主要执业机构", required=False)
    keep_old = forms.BooleanField(label="原机构转为多机构备案", required=False, help_text="仍在原机构执业的选择")


@dataclass(frozen=True, slots=True, kw_only=True)
class Going(Concerned):
    """A nurse and the institution that becomes her main one."""

    employer: Employer | None = None
    main_already: bool = False


@check("N-SAME", PLACE, title="变更后的机构不是现在的主要执业机构", needs=("practice",))
def another_institution(nurse: Going, on: date) -> Iterator[Finding]:
    """Where she is, she need not go."""
    if nurse.main_already and nurse.employer is not None:
        yield refuse("practice.institution", f"{nurse.employer.name}已是主要执业机构，不需要变更")


@declare
class MainInstitutionFiling(OfNurses):
    """护士变更主要执业机构备案."""

    code, title = "nurse_institution_filing", "护士主要执业机构备案"
    short_title, group = "变更主要执业机构", "备案"
    articles = (PLACE,)
    shape = Shape.FILING
    steps = (NewInstitutionStep,)
    materials = (EMPLOYMENT_PROOF,)
    checks = (PERMITTED.status_permits(code), another_institution, rules.employer_may_practise)
    route = (Stage.CONFIRM,)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Where she is."""
        today = timezone.localdate()
        main = self.held(subject_id, today).main
        known = {} if main is None else {"former": licences.name_of(main.institution_id, today)}
        return {self.institution_step: {**known, "work_kind": getattr(main, "work_kind", "")}}

    def gather(self, answers: Answers, subject_id: int, on: date) -> Going:
        """The institution chosen, and whether she is there already."""
        held, chosen = self.held(subject_id, on), self.chosen(answers, on)
        here = None if held.main is None else held.main.institution_id
        return Going(
            register_status=held.status,
            employer=None if chosen is None else employer_of(chosen),
            main_already=chosen is not None and chosen.subject_id == here,
        )

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """Everything the register says of her."""
        return self.held(case.subject_id, on).facts

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The new institution takes the place of the former one at once; number and term stay."""
        answers, licence = load(case), self.employer(case, on)
        with acting_as_system(f"{self.title}登记"):
            held = self.held(case.subject_id, on)
            former = main_of(held)
            said = {name: answers.text("practice", name) for name in ("department", "work_kind")}
            moved = amend(former, change, on, authority_scope=case.decided_by, institution=licence.subject_id, **said)
            if held.identity is not None:
                show_to(change, held.identity, licence.subject_id, case.decided_by, f"case:{case.pk}")
            end_standing(NurseFiling, case.subject_id, change, on, institution_id=licence.subject_id)
            if answers.flag("practice", "keep_old"):
                filings.keep_as_filing(self.people, former, change, on, lambda licence: licence.authority_scope)
            change.flush()
            going_on = NurseFiling.objects.current().filter(subject_id=case.subject_id, valid_to__gt=on)
            told = f"主要执业机构变更为{licence.name}"
            leave(former, going_on, licence, case.decided_by, f"{case.applicant_name}的{told}")
            return certified_anew(held, moved, change, on, entered=told, told=f"{told}，编号和有效期不变")


has_filing = filings.has_filing("N-F04", PLACE)


@declare
class FurtherInstitution(filings.FurtherInstitution, OfNurses):
    """护士多机构执业备案."""

    code, title = "nurse_multi_institution_filing", "护士多机构执业备案"
    articles = (PLACE,)
    checks = (
        filings.in_practice("N-F01", PLACE), rules.employer_may_practise, filings.not_there_yet("N-F03", PLACE),
        filings.not_over_yet("N-F07", PLACE),
    )  # fmt: skip


@declare
class FilingExtension(filings.FilingExtension, OfNurses):
    """护士多机构备案延期."""

    code, title = "nurse_filing_extension", "护士多机构备案延期"
    articles = (PLACE,)
    checks = (
        PERMITTED.status_permits(code), has_filing, filings.ends_later("N-F05", PLACE), rules.employer_may_practise,
    )  # fmt: skip


@declare
class FilingEnd(filings.FilingEnd, OfNurses):
    """取消护士多机构备案."""

    code, title = "nurse_filing_end", "取消护士多机构备案"
    articles = (PLACE,)
    checks = (PERMITTED.status_permits(code), has_filing, filings.ends_not_before_today("N-F06", PLACE))
