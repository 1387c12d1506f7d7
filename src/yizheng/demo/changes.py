"""Changes of registrations in several states: to another institution, place, category or scope, back again, risen, in training.

Done today with the real verbs, so that forms, findings, certificates and public pages show what they would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from yizheng.demo import papers
from yizheng.demo.cases import dispose_for
from yizheng.demo.houses import House
from yizheng.demo.making import Making
from yizheng.demo.persons import Person
from yizheng.licensing import examining
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import keep, open_draft
from yizheng.people.models import Account
from yizheng.people.scope import acting_as
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.models.qualification import line

Typed = dict[str, dict[str, Any]]
STATES = (
    CaseState.CONFIRMING,
    CaseState.RECEIVED,
    CaseState.REVIEWING,
    CaseState.DECIDING,
    CaseState.GRANTED,
)
"""How far one case of each item has come."""
TRUTH = {"truth": True}


@dataclass(frozen=True, slots=True)
class Kind:
    """One item: whom it suits, where she goes, what she types, and a further qualification she needs."""

    code: str
    suits: Callable[[Person], bool]
    goes: Callable[[Making, Person], House | None]
    types: Callable[[Making, Person, House], Typed]
    qualified: tuple[str, str] | None = None
    states: tuple[CaseState, ...] = STATES


def suitable(people: list[Person], kinds: Iterable[Kind]) -> Iterator[tuple[Kind, CaseState, Person]]:
    """Who takes part in which case, nobody in two; from the last invented on, for the first have other cases."""
    taken: set[int] = set()
    for kind in kinds:
        free = (each for each in reversed(people) if each.subject not in taken and kind.suits(each))
        for state, person in zip(kind.states, free, strict=False):
            taken.add(person.subject)
            yield kind, state, person


def begin(making: Making, people: list[tuple[Kind, CaseState, Person]]) -> int:
    """The cases; returns how many were begun."""
    begun = 0
    for kind, state, person in people:
        house, account = kind.goes(making, person), making.by_id(person.account)
        busy = Case.objects.all().filter(subject_id=person.subject).exists()
        if house is not None and account is not None and not busy:
            begun += _case(making, kind, state, person, house, account)
    return begun


def _case(
    making: Making, kind: Kind, state: CaseState, person: Person, house: House, account: Account
) -> bool:
    if kind.qualified is not None:
        _qualify(making, person, *kind.qualified)
    with acting_as(account):
        try:
            case = open_draft(account, kind.code)
        except NotPossibleError:
            return False
        case = keep(case, account, kind.types(making, person, house))
        _papers(making, case, person, house)
        if examining.examine(case, making.today).hindrance(weigh_advice=False):
            return True
        perform(case, "submit", account)
    _forward(making, case, state, person, house)
    return True


TURNS = {
    CaseState.CONFIRMING: ("confirm", "institution"),
    CaseState.RECEIVED: ("accept", "accept"),
    CaseState.REVIEWING: ("pass_review", "review"),
    CaseState.DECIDING: ("grant", "decide"),
}
"""Whose turn it is, and what she does to send the case on."""


def _forward(making: Making, case: Case, state: CaseState, person: Person, house: House) -> None:
    """As far as the plan says, each step by whose turn it is."""
    case.refresh_from_db()
    while case.state != state and case.state in TURNS:
        verb, part = TURNS[CaseState(case.state)]
        desk = part != "institution"
        actor = making.desk_of(case.authority_scope, part) if desk else making.actor(person, house, part)
        if actor is None:
            return
        if verb == "pass_review":
            for finding in examining.examine(case, making.today).open_advice:
                dispose_for(case, actor, finding.code)
        perform(case, verb, actor, reason="符合条件。")
        case.refresh_from_db()


def _qualify(making: Making, person: Person, level: str, category: str) -> None:
    """A further qualification, taken over from the examination."""
    on = making.today - timedelta(days=200)
    values = {
        "level": level,
        "category": category,
        "qualified_on": on,
        "issuer": person.issuer,
        "way": "exam",
        "holder_name": person.name,
    }
    with changing(
        kind=ChangeKind.INTAKE, actor=None, cause="demo:qualification", reason="医师资格授予"
    ) as change:
        change.state(
            Qualification, person.subject, line(2), values, valid_from=on, authority_scope=person.office
        )


def _papers(making: Making, case: Case, person: Person, house: House) -> None:
    item = case.item
    applicant = item.gather(case.answers, person.subject, making.today)
    for material in item.needed_materials(applicant, making.today):
        if material.code == "photo":
            papers.hand_in(case, "photo", papers.photo(person.sex), "证件照片.jpg")
        else:
            content = papers.proof(
                material.title, [f"{person.name}：{material.requirement}。"], house.name, making.today
            )
            papers.hand_in(case, material.code, content, f"{material.title}.pdf")


def practises(level: str) -> Callable[[Person], bool]:
    """Whom nothing stands against: in clinical practice at this level, in one scope, without filings or sanctions."""

    def suits(person: Person) -> bool:
        now = person.career.now
        return (
            person.level == level
            and person.category == "clinical"
            and now is not None
            and now.status == "REG"
            and now.house is not None
            and len(now.scopes) == 1
            and not person.career.filings
            and not person.career.sanctions
        )

    return suits


def _ended(person: Person) -> bool:
    now = person.career.now
    return (
        now is not None
        and now.status == "DEREG"
        and now.reason in {"D07", "D11", "D12"}
        and person.category == "clinical"
        and person.level == "1"
        and not person.career.sanctions
    )


def _unregistered(person: Person) -> bool:
    return not person.career.segments and person.category == "clinical" and person.level == "1"


def here(making: Making, person: Person) -> House | None:
    """Where she practises now."""
    now = person.career.now
    return now.house if now is not None else None


def _elsewhere(same_district: bool) -> Callable[[Making, Person], House | None]:
    """Another institution with a place for her scope, in the district or in another one."""

    def goes(making: Making, person: Person) -> House | None:
        now = person.career.now
        here = now.house if now is not None else None
        last = here or next((each.house for each in reversed(person.career.segments) if each.house), None)
        wanted = now.scopes[0] if now is not None and now.scopes else "11"
        found = [
            house
            for house in making.houses
            if house.takes(making.today) and house is not here and wanted in house.scopes("clinical")
        ]
        if last is not None:
            near = [each for each in found if (each.district == last.district) is same_district]
            found = near or found
        return making.dice.choice(found) if found else None

    return goes


def _day(making: Making, ago: int) -> str:
    return (making.today - timedelta(days=ago)).isoformat()


def _employed(making: Making, house: House) -> dict[str, Any]:
    return {
        "institution": house.name,
        "employment": "contract",
        "employed_from": _day(making, 15),
        "employer_as_sealed": house.name,
    }


def _moves(making: Making, person: Person, house: House) -> Typed:
    return {"practice": _employed(making, house), "declaration": TRUTH}


def _other_scope(house: House, person: Person) -> str:
    now = person.career.now
    held = now.scopes if now is not None else ()
    return next((code for code in house.scopes("clinical") if code not in held), "21")


def _changes_scope(making: Making, person: Person, house: House) -> Typed:
    learned = {
        "ground": "training",
        "base": "北京安和医院",
        "started_on": _day(making, 900),
        "ended_on": _day(making, 60),
        "result": "pass",
    }
    return {"practice": {"scope": _other_scope(house, person)}, "learning": learned, "declaration": TRUTH}


def _adds_scope(making: Making, person: Person, house: House) -> Typed:
    learned = {
        "base": "北京安和医院",
        "started_on": _day(making, 400),
        "ended_on": _day(making, 60),
        "result": "pass",
    }
    return {"practice": {"scope": _other_scope(house, person)}, "learning": learned, "declaration": TRUTH}


def _changes_category(making: Making, person: Person, house: House) -> Typed:
    return {"practice": {"category": "public_health", "scope": "41"}, "declaration": TRUTH}


def _rises(making: Making, person: Person, house: House) -> Typed:
    now = person.career.now
    scope = now.scopes[0] if now is not None and now.scopes else "11"
    return {"practice": {**_employed(making, house), "scope": scope}, "declaration": TRUTH}


def _returns(making: Making, person: Person, house: House) -> Typed:
    stopped: date = person.career.segments[-1].since
    back = {
        "ground": "deregistered",
        "stopped_on": stopped.isoformat(),
        "assessor": "北京市示范医师协会",
        "assessed_on": _day(making, 20),
        "assessment": "pass",
        "checked_on": _day(making, 30),
        "checked_at": "北京安和医院",
    }
    training = {
        "institution": "北京安和医院",
        "started_on": _day(making, 240),
        "ended_on": _day(making, 40),
        "result": "pass",
    }
    now = person.career.now
    scope = now.scopes[0] if now is not None and now.scopes else "11"
    declared = {"health": "fit", "criminal_record": "no", "ban": "no", "truth": True}
    practice = {**_employed(making, house), "scope": scope}
    return {"back": back, "training": training, "practice": practice, "declaration": declared}


def _trains(making: Making, person: Person, house: House) -> Typed:
    training = {
        "institution": house.name,
        "discipline": "内科",
        "training_from": (person.qualified_on - timedelta(days=120)).isoformat(),
        "training_to": (making.today + timedelta(days=500)).isoformat(),
    }
    return {"residency": training, "declaration": TRUTH}


def _comes(making: Making, person: Person, house: House) -> Typed:
    scope = next(iter(house.scopes("clinical")), "11")
    origin = {
        "province": "13",
        "authority": "河北省示范市卫生健康局",
        "level": person.level,
        "category": person.category,
        "scope": scope,
        "practice_number": f"110130102{person.subject % 1000000:06d}",
        "first_practised_on": (person.qualified_on + timedelta(days=90)).isoformat(),
        "qualification_number": person.qualification_number,
        "qualified_on": person.qualified_on.isoformat(),
        "qualification_issuer": person.issuer,
        "released_on": _day(making, 7),
        "reference": f"查询 {person.subject}",
    }
    return {"origin": origin, "practice": _employed(making, house), "declaration": TRUTH}


KINDS = (
    Kind("doctor_change_main_institution", practises("1"), _elsewhere(True), _moves),
    Kind("doctor_change_location", practises("2"), _elsewhere(False), _moves),
    Kind("doctor_change_scope", practises("1"), here, _changes_scope),
    Kind("doctor_add_scope", practises("1"), here, _adds_scope),
    Kind("doctor_change_category", practises("1"), here, _changes_category, ("1", "public_health")),
    Kind("doctor_assistant_upgrade", practises("2"), here, _rises, ("1", "clinical")),
    Kind("doctor_reregistration", _ended, _elsewhere(True), _returns),
    Kind("doctor_residency_registration", _unregistered, _elsewhere(True), _trains),
    Kind("doctor_change_location", _unregistered, _elsewhere(True), _comes),
    Kind("doctor_add_location_registration", _unregistered, _elsewhere(True), _comes),
)
