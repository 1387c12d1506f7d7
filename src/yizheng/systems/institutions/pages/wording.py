"""An institution's licence in words: its standing as a state of the face, its fields as a person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yizheng.kernel.codes import name_of
from yizheng.registry.models import Fact
from yizheng.systems import fact_words
from yizheng.systems.institutions.models import InstitutionLicence

_STATES = {
    "active": ("有效", "（正常执业）"),
    "filed": ("已备案", ""),
    "preparing": ("待批准", "（筹建）"),
    "check_due": ("已超期", "（应校验未校验）"),
    "check_suspended": ("暂停", "（暂缓校验）"),
    "closed_temp": ("暂停", "（停业）"),
    "suspended_penalty": ("暂停", "（停业整顿）"),
    "deregistered": ("已注销", ""),
    "revoked": ("吊销", ""),
    "filing_cancelled": ("已注销", "（备案）"),
}
_TABLES = {
    "kind": "registration_kind",
    "category": "institution_category",
    "level": "institution_level",
    "grade": "institution_class",
    "business_nature": "institution_business_nature",
    "district": "district",
    "status": "institution_status",
    "subjects": "clinical_subject",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """The state word and what follows it."""

    word: str
    detail: str


def state_of(licence: InstitutionLicence) -> Standing:
    """How the licence stands."""
    word, detail = _STATES.get(licence.status, ("无此项", f"（{licence.status_name}）"))
    return Standing(word, detail)


def value(fact: Fact, field: str) -> str:
    """The value of a field as a person reads it; empty when there is none."""
    held: Any = getattr(fact, field)
    if held in (None, "", []):
        return ""
    table = _TABLES.get(field)
    if isinstance(held, list):
        return "；".join(name_of(table, each) if table else str(each) for each in held)
    return name_of(table, str(held)) if table else str(held)


class LicenceWords:
    """The words for institutions' facts on a page that shows those of several systems."""

    def title(self, fact: Fact) -> str:
        """The name of the institution and the kind of fact."""
        name = fact.name if isinstance(fact, InstitutionLicence) else ""
        return f"{name}　{fact.kind_title()}"

    def value(self, fact: Fact, field: str) -> str:
        """As everywhere in this system."""
        return value(fact, field)


fact_words.declare("institutions", lambda _account, _versions: LicenceWords())
