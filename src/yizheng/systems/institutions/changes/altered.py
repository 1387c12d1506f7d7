"""What a change makes of the record: the entries its kinds name, everything else as it stands."""

from collections.abc import Collection, Mapping
from typing import Any

from yizheng.licensing.answers import Answers
from yizheng.systems.institutions.changes import kinds
from yizheng.systems.institutions.models import parties, places
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.prefilling import filled
from yizheng.systems.institutions.record.stated import (
    MAIN_PLACE,
    SIZES,
    Lines,
    Named,
    Stated,
    places_of,
    remarks_of,
    subjects_of,
    sums_of,
)
from yizheng.systems.institutions.record.steps import INTERNET

_STEP_OF = {
    kinds.NAME: "name", kinds.OWNERSHIP: "ownership", kinds.OBJECTS: "objects", kinds.MODES: "modes",
    kinds.CAPITAL: "capital", kinds.NATURE: "nature",
}  # fmt: skip
FIRST = places.line(1)


def chosen(answers: Answers) -> frozenset[str]:
    """The kinds of change."""
    return frozenset(answers.get("kinds", {}).get("kinds") or ())


def altered(answers: Answers, held: Held) -> Stated:
    """The record after the change."""
    picked = chosen(answers)
    located = _places(answers, held, picked)
    main = located[FIRST]
    licence: dict[str, Any] = {**_entries(answers, held, picked), **sums_of(located)}
    if kinds.ADDRESS in picked:
        licence |= {name: main[name] for name in ("district", "address", "postcode") if name in main}
    if kinds.SUBJECTS in picked:
        licence["subjects"] = subjects_of(answers)
    stand = {line: each.values() for line, each in held.remarks.items()}
    remarked = remarks_of(answers) if kinds.SUBJECTS in picked else stand
    return Stated(licence, located, remarked, _parties(answers, picked))


def standing_parts(held: Held) -> dict[str, dict[str, Any]]:
    """Every part of the form of a change with what stands; who answers for it is typed anew."""
    licence, known = held.licence, filled(held)
    if licence is None:
        return {}
    parts = {step: {name: getattr(licence, name) for name in kinds.ENTRIES[kind]} for kind, step in _STEP_OF.items()}
    site = known["site"]
    parts["modes"]["service_modes"] = [code for code in licence.service_modes if code != INTERNET]
    parts["address"] = {name: site.get(name, "") for name in ("district", "address", "postcode", "further")}
    parts["site"] = {name: site[name] for name in SIZES}
    parts["subjects"] = known["subjects"]
    return {step: {name: value for name, value in said.items() if value is not None} for step, said in parts.items()}


def _entries(answers: Answers, held: Held, picked: Collection[str]) -> dict[str, Any]:
    found = {
        name: answers.get(step, {})[name]
        for kind, step in _STEP_OF.items()
        if kind in picked
        for name in kinds.ENTRIES[kind]
        if answers.get(step, {}).get(name) is not None
    }
    online = held.licence is not None and INTERNET in held.licence.service_modes
    if "service_modes" in found and online:
        found["service_modes"] = [*found["service_modes"], INTERNET]
    return found


def _places(answers: Answers, held: Held, picked: Collection[str]) -> dict[str, dict[str, Any]]:
    standing = {line: each.values() for line, each in held.places.items()} or {FIRST: _place_of_licence(held)}
    if kinds.ADDRESS in picked:
        stated = places_of(answers.get("address", {}), [])
        sizes = {name: standing[FIRST][name] for name in (*SIZES, "subjects")}
        standing = {**stated, FIRST: {**standing[FIRST], **stated.get(FIRST, {}), **sizes}}
    for kind, names in kinds.SIZES.items():
        if kind in picked:
            site = answers.get("site", {})
            standing[FIRST] = {**standing[FIRST], **{name: site.get(name) or 0 for name in names}}
    if kinds.SUBJECTS in picked:
        standing = _with_subjects(standing, subjects_of(answers))
    return standing


def _with_subjects(standing: Lines, subjects: list[str]) -> dict[str, dict[str, Any]]:
    """The first place offers every subject; the others what they offered and is still registered."""
    return {
        line: {**place, "subjects": subjects if line == FIRST else [c for c in place["subjects"] if c in subjects]}
        for line, place in standing.items()
    }


def _place_of_licence(held: Held) -> dict[str, Any]:
    licence = held.licence
    if licence is None:
        return dict.fromkeys(("district", "address", "postcode"), "") | dict.fromkeys(SIZES, 0) | {"subjects": []}
    said = {name: getattr(licence, name) for name in ("district", "address", "postcode", "subjects", *SIZES)}
    return {"title": MAIN_PLACE, **said}


def _parties(answers: Answers, picked: Collection[str]) -> Mapping[str, Named]:
    found = {}
    for kind, step, role in (
        (kinds.LEGAL, "legal", parties.LEGAL_REPRESENTATIVE),
        (kinds.PRINCIPAL, "principal", parties.PRINCIPAL),
    ):
        said = answers.get(step, {})
        if kind in picked and said.get("name"):
            values = {
                "role": role, "party_kind": parties.PERSON, "name": said["name"],
                "position": said.get("position", ""), "since": said.get("since"),
            }  # fmt: skip
            found[parties.line(role)] = Named(values, said.get("number", ""))
    return found
