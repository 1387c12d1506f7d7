"""Permits in words, for the pages of office and person: what they are, what they are about, how they stand on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yizheng.disclosure.standings import Words
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of, table
from yizheng.registry.models import Fact
from yizheng.systems.doctors.models import (
    ShortTermPractice,
    SpecialQualification,
    TeamPermit,
    VillageRegistration,
)
from yizheng.systems.doctors.models.short_term import EXPIRED, VALID

Permit = ShortTermPractice | SpecialQualification | TeamPermit | VillageRegistration

DETAILS = {
    "organ_transplant": "organ_type",
    "cosmetic_lead": "cosmetic_specialty",
    "antibiotic_rx": "antibiotic_class",
    "restricted_tech": "restricted_technology",
    "radiation_worker": "radiation_work",
    "western_tcm": "combined_medicine",
}
"""By type of special qualification the code table of what it is about."""
ENDINGS = {ShortTermPractice: "short_term_ending_reason", VillageRegistration: "village_ending_reason"}


def detail(fact: SpecialQualification) -> str:
    """What a special qualification is about; empty where the type says it all."""
    return name_of(DETAILS[fact.type], fact.detail) if fact.type in DETAILS and fact.detail else ""


def title(fact: SpecialQualification) -> str:
    """The type and what it is about."""
    name, about = name_of("special_qualification_type", fact.type), detail(fact)
    return f"{name}（{about}）" if about else name


def origin(fact: ShortTermPractice) -> str:
    """The kind of short-term practice: 港澳医师短期行医."""
    return table("short_term_origin")[fact.origin].attributes["label"]


def work(fact: ShortTermPractice) -> str:
    """What may be done there: scopes by code, or the work in words."""
    return "；".join(name_of("practice_scope", code) for code in fact.scopes) or fact.specialty


def state(fact: Permit, on: date) -> str:
    """The state word on a day; what ran out reads so before the clock has recorded it."""
    over = fact.valid_until is not None and fact.valid_until < on
    return name_of("permit_status", EXPIRED if fact.status == VALID and over else fact.status)


def standing(now: Iterable[Fact], on: date) -> Words | None:
    """How somebody stands who practises by a permit and not by a registration; nothing where no permit is in force."""
    for fact in now:
        if not isinstance(fact, ShortTermPractice | VillageRegistration) or fact.status != VALID:
            continue
        if fact.valid_until < on:
            continue
        until = f"有效期至{long_date(fact.valid_until)}。"
        what = origin(fact) if isinstance(fact, ShortTermPractice) else fact.kind_title()
        return Words("在册", f"（{what}）", "可以在许可的机构执业", until, may_practise=True)
    return None


def value(fact: Fact, field: str) -> str | None:
    """The words for fields whose codes only permits use; nothing where the ordinary words do."""
    if not isinstance(fact, ShortTermPractice | SpecialQualification | TeamPermit | VillageRegistration):
        return None
    if field == "status":
        return name_of("permit_status", fact.status)
    if field == "origin" and isinstance(fact, ShortTermPractice):
        return name_of("short_term_origin", fact.origin)
    if field == "detail" and isinstance(fact, SpecialQualification):
        return detail(fact)
    if field == "reason":
        return name_of(ENDINGS[type(fact)], fact.reason) if type(fact) in ENDINGS else fact.reason
    return None
