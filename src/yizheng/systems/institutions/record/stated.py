"""What a form states of an institution, as the record keeps it: the licence, its places, remarks and parties by their lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from yizheng.licensing.answers import Answers
from yizheng.systems.institutions.models import parties, places, remarks

Lines = Mapping[str, Mapping[str, Any]]
"""Values by line."""
MAIN_PLACE = "本部"


@dataclass(frozen=True, slots=True)
class Named:
    """A party and the number she is known by, which the register does not keep."""

    values: Mapping[str, Any]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A record as stated: the values of the licence, and those of each kind beside it by line."""

    licence: Mapping[str, Any]
    places: Lines = field(default_factory=dict)
    remarks: Lines = field(default_factory=dict)
    parties: Mapping[str, Named] = field(default_factory=dict)


_INSTITUTION = (
    "name", "category", "level", "ownership", "economic_type", "business_nature", "affiliation", "service_objects",
    "service_modes", "capital",
)  # fmt: skip
_SITE = ("district", "address", "postcode", "floor_area", "business_area")
SIZES = ("beds", "dental_chairs", "observation_beds")


def stated(answers: Answers) -> Stated:
    """The record as the parts of a founding form state it; parts that a form has not are left out."""
    site, premises = answers.get("site", {}), answers.get("premises", {})
    located = places_of(site, subjects_of(answers))
    licence = {
        **_taken(answers.get("institution", {}), _INSTITUTION),
        **_taken(site, _SITE),
        **_taken(premises, ("uscc", "staff_total", "health_staff")),
        **sums_of(located),
        "subjects": subjects_of(answers),
    }
    return Stated(licence, located, remarks_of(answers), {**founders_of(answers), **responsible_of(answers)})


def subjects_of(answers: Answers) -> list[str]:
    """The codes of the subjects, in order, each once."""
    rows = answers.get("subjects", {}).get("subjects") or []
    return sorted({row["subject"] for row in rows if row.get("subject")})


def remarks_of(answers: Answers) -> Lines:
    """What is remarked of subjects."""
    rows = answers.get("subjects", {}).get("subjects") or []
    return {
        remarks.subject_line(row["subject"]): {"clinical_subject": row["subject"], "remark": row["remark"]}
        for row in rows
        if row.get("subject") and row.get("remark")
    }


def places_of(site: Mapping[str, Any], subjects: list[str]) -> dict[str, dict[str, Any]]:
    """The places of practice: the first with what the others leave of nothing, then each further one."""
    if not site.get("address"):
        return {}
    first = {
        "title": MAIN_PLACE, "subjects": subjects, **_taken(site, ("district", "address", "postcode")),
        **{name: site.get(name) or 0 for name in SIZES},
    }  # fmt: skip
    further = [
        {**_taken(row, ("title", "district", "address", "subjects")), **{name: row.get(name) or 0 for name in SIZES}}
        for row in site.get("further") or []
        if row.get("address")
    ]
    return {places.line(number): each for number, each in enumerate([first, *further], 1)}


def sums_of(located: Lines) -> dict[str, int]:
    """Beds and chairs of all places together."""
    return {name: sum(int(each.get(name) or 0) for each in located.values()) for name in SIZES}


def founders_of(answers: Answers) -> dict[str, Named]:
    """The founders: the one who is named first, and the partners."""
    step = answers.get("founder", {})
    if not step.get("name"):
        return {}
    kind = step.get("kind", "")
    first = Named(_party(parties.FOUNDER, kind, step["name"], uscc=step.get("uscc", "")), step.get("number", ""))
    others = [
        Named(_party(parties.FOUNDER, parties.PARTNER, row["name"]), row["number"])
        for row in step.get("others") or []
        if row.get("name")
    ]
    return {parties.line(parties.FOUNDER, number): each for number, each in enumerate([first, *others], 1)}


def responsible_of(answers: Answers) -> dict[str, Named]:
    """The legal representative and the principal, as far as the form names them."""
    step = answers.get("parties", {})
    legal = Named(
        _party(parties.LEGAL_REPRESENTATIVE, parties.PERSON, step.get("legal_name")), step.get("legal_number", "")
    )
    held = {"position": step.get("principal_position", ""), "since": step.get("since")}
    principal = Named(
        _party(parties.PRINCIPAL, parties.PERSON, step.get("principal_name"), **held), step.get("principal_number", "")
    )
    return {parties.line(each.values["role"]): each for each in (legal, principal) if each.values["name"]}


def _party(role: str, kind: str, name: str | None, **more: Any) -> dict[str, Any]:
    return {"role": role, "party_kind": kind, "name": name, **more}


def _taken(step: Mapping[str, Any], wanted: tuple[str, ...]) -> dict[str, Any]:
    return {name: step[name] for name in wanted if step.get(name) is not None}
