"""多机构备案: a registered doctor practises at a further institution too (医师法 第十五条; 医师执业注册管理办法 第十条).

A filing and no licence: it takes effect when the other institution confirms it, and the authority of that institution
checks it afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from yizheng.disclosure.publishing import refresh
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Item, Material, Shape, Stage
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import open_to, organisation_of
from yizheng.registry import FOREVER
from yizheng.registry.models import Change, Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.employer import licence_in_force
from yizheng.systems.doctors.checks.filing import (
    FilingApplicant,
    at_the_same_place,
    in_practice,
    not_there_yet,
)
from yizheng.systems.doctors.checks.scope import scope_fits_subjects
from yizheng.systems.doctors.forms.filing import FilingStep
from yizheng.systems.doctors.gathering import Answers, employer_of
from yizheng.systems.doctors.history import history_of
from yizheng.systems.doctors.models import InstitutionFiling, Registration
from yizheng.systems.doctors.models.filing import line
from yizheng.systems.doctors.reading import Held, held_on, standing_on
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence

AGREEMENT = Material("agreement", "聘用或合作协议", "与备案机构签订，写明执业时间")
ONE_DAY = timedelta(days=1)


@declare
class MultiInstitutionFiling(Item):
    """医师多机构备案."""

    code = "doctor_multi_institution_filing"
    title = "医师多机构备案"
    short_title = "多机构备案"
    system = "doctors"
    register = "医师"
    articles = (physicians_law(15), registration_rules(10))
    shape = Shape.FILING
    steps = (FilingStep,)
    materials = (AGREEMENT,)
    checks = (in_practice, licence_in_force, at_the_same_place, not_there_yet, scope_fits_subjects)
    route = (Stage.CONFIRM, Stage.ACCEPT)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """A registration in practice is needed."""
        with acting_as_system("查询可以申请的事项"):
            main = _main(standing_on(subject_id, on))
        if main is None or not main.may_practise:
            return "在册并可以执业的医师才能办理多机构备案"
        return None

    def gather(self, answers: Answers, subject_id: int, on: date) -> FilingApplicant:
        """The registration as it stands and the institution chosen."""
        held = _held(subject_id, on)
        main = _main(held.standing)
        chosen = licences.named(_institution_name(answers), on)
        there = {each.institution_id for each in held.standing} | {
            each.institution_id for each in held.filings
        }
        return FilingApplicant(
            level="" if main is None else main.level,
            category="" if main is None else main.category,
            scopes=() if main is None else tuple(main.scopes),
            employer=None if chosen is None else employer_of(chosen),
            status="" if main is None else name_of("doctor_register_status", main.status),
            may_practise=main is not None and main.may_practise,
            place="" if main is None else main.place,
            practises_there=chosen is not None and chosen.subject_id in there,
        )

    def institution_of(self, answers: Answers, on: date) -> int | None:
        """The further institution confirms."""
        licence = licences.named(_institution_name(answers), on)
        scope = None if licence is None else organisation_of(licence.subject_id)
        return None if scope is None else scope.pk

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The authority of the further institution keeps the filing."""
        licence = licences.named(_institution_name(answers), on)
        return None if licence is None else licence.authority_scope

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The registration that is extended and the institution's licence."""
        main = _main(_held(case.subject_id, on).standing)
        licence = licences.named(_institution_name(case.answers), on)
        return [fact for fact in (main, licence) if fact is not None]

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Enter the filing; the institution and its authority may see the doctor from now on."""
        typed = case.answers["filing"]
        licence = licences.named(_institution_name(case.answers), on)
        main = _main(_held(case.subject_id, on).standing)
        if licence is None or main is None:
            raise LookupError("备案机构的许可或者医师的注册已不存在")
        with acting_as_system("多机构备案登记"):
            _enter(case, typed, licence, main, change, on)
        return Effect(summary=f"已在{licence.name}备案", area=main.place)

    def history(self, subject_id: int) -> list[tuple[date, str]]:
        """What the register knows of the person, newest first."""
        return history_of(subject_id)

    def after(self, case: Case, change: Change) -> None:
        """The public sees where else the doctor practises."""
        refresh("doctor", [case.subject_id])


def _enter(
    case: Case,
    typed: dict[str, Any],
    licence: InstitutionLicence,
    main: Registration,
    change: ChangeInProgress,
    on: date,
) -> None:
    begins = max(date.fromisoformat(str(typed["period_from"])), on)
    ends = date.fromisoformat(str(typed["period_to"])) + ONE_DAY if typed.get("period_to") else FOREVER
    values = {
        "institution": licence.subject_id,
        "level": main.level,
        "department": typed.get("department", ""),
        "schedule": typed.get("schedule", ""),
        "filed_on": on,
    }
    change.state(
        InstitutionFiling,
        case.subject_id,
        line(licence.subject_id),
        values,
        valid_from=begins,
        valid_to=ends,
        authority_scope=licence.authority_scope,
    )
    organisation = organisation_of(licence.subject_id)
    for scope in (licence.authority_scope, None if organisation is None else organisation.pk):
        if scope is not None:
            open_to(case.subject_id, scope, f"case:{case.pk}")


def _held(subject_id: int, on: date) -> Held:
    with acting_as_system("核对多机构备案"):
        return held_on(subject_id, on)


def _main(standing: Iterable[Registration]) -> Registration | None:
    """The registration that counts: the highest level, the main place."""
    return min(standing, key=lambda each: (not each.is_primary, each.level), default=None)


def _institution_name(answers: Answers) -> str:
    return str(answers.get("filing", {}).get("institution", ""))
