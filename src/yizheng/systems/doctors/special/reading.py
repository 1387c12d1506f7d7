"""Reading special qualifications: what a doctor holds and held, what is asked for now."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yizheng.kernel.codes import table
from yizheng.kernel.remembering import Memory
from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.models import SpecialQualification
from yizheng.systems.doctors.models.special_qualification import line
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.special.applicant import SpecialApplicant, SpecialLimits
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.employer import employer_of
from yizheng.systems.practitioners.models import ProfessionalTitle

SPECIAL: Memory[int, tuple[SpecialQualification, ...]] = Memory("yizheng_doctors_special", of=int)
"""For work that asks of one person again and again."""


def held_of(subject_id: int, why: str) -> tuple[SpecialQualification, ...]:
    """Every current version of the doctor's special qualifications, oldest first, whoever recorded it."""
    return SPECIAL.ask(subject_id, lambda: _held_of(subject_id, why))


def _held_of(subject_id: int, why: str) -> tuple[SpecialQualification, ...]:
    with acting_as_system(why):
        rows = SpecialQualification.objects.current().filter(subject_id=subject_id)
        return tuple(rows.order_by("valid_from", "line"))


def title_of(subject_id: int, on: date, why: str) -> str:
    """The code of the professional title the register holds on the day; empty for none."""
    with acting_as_system(why):
        held = ProfessionalTitle.objects.as_of(on).filter(subject_id=subject_id)
        return str(held.values_list("title", flat=True).first() or "")


def bound(type_: str) -> bool:
    """Whether a type holds at one institution alone."""
    return table("special_qualification_type")[type_].flag("ends_with_institution")


def line_of(type_: str, detail: str, institution: int) -> str:
    """The line of a qualification as it would be granted at this institution."""
    return line(type_, detail, institution if bound(type_) else None)


def special_applicant(
    typed: Mapping[str, Any],
    type_: str,
    held: Held,
    special: tuple[SpecialQualification, ...],
    licence: InstitutionLicence | None,
    on: date,
) -> SpecialApplicant:
    """Everything the rules weigh."""
    main, detail = held.main, str(typed.get("detail", ""))
    wanted = line_of(type_, detail, licence.subject_id) if licence is not None and type_ else ""
    mine = [each for each in special if each.line == wanted]
    standing = any(each.in_force_on(on) and each.allows_practice(on) for each in mine)
    return SpecialApplicant(
        register_status=held.status,
        level="" if main is None else main.level,
        category="" if main is None else main.category,
        scopes=() if main is None else tuple(main.scopes),
        birth_date=None if held.identity is None else held.identity.birth_date,
        employer=None if licence is None else employer_of(licence),
        practises_there=licence is not None and licence.subject_id in institutions_of(held),
        type=type_,
        detail=detail,
        title=str(typed.get("title_held", "")),
        trained_from=typed.get("trained_from"),
        trained_to=typed.get("trained_to"),
        passed=typed.get("result"),
        years=typed.get("years"),
        cosmetic_months=typed.get("cosmetic_months"),
        health_checked_on=typed.get("health_checked_on"),
        last_work_on=typed.get("last_work_on"),
        held_already=standing,
        lapsed_on=mine[-1].valid_from if mine and not standing else None,
        limits=SpecialLimits.on(on),
    )


def institutions_of(held: Held) -> set[int | None]:
    """Where the doctor practises, mainly or by filing."""
    return {each.institution_id for each in held.standing} | {each.institution_id for each in held.filings}
