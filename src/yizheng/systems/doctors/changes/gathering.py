"""From what was typed and what the register holds to the one value the rules of changing a registration are asked about."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from yizheng.licensing.answers import Answers
from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.changes.learning import EDUCATION_RANK
from yizheng.systems.doctors.changes.rules import Changer, Learning, Origin, Practice, Return
from yizheng.systems.doctors.checks.applicant import as_known
from yizheng.systems.doctors.conduct.suspending import suspended_until
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.reading.gathering import applicant_from, as_held
from yizheng.systems.doctors.reading.held import Held, held_on
from yizheng.systems.doctors.reading.history import left_since
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners.models import Education
from yizheng.systems.practitioners.moving_out import under_way
from yizheng.systems.practitioners.places import place_name


def changer_from(answers: Answers, subject_id: int, on: date, item_code: str) -> Changer:
    """Everything the rules of changing a registration weigh about this person on ``on``."""
    with acting_as_system("核对变更注册申请"):
        held = held_on(subject_id, on)
        known = applicant_from(_with_what_stands(answers, held), subject_id, on, held)
        return Changer(
            **as_known(known),
            now=_practice(held.main, on),
            left_on=None if held.main is None else left_since(held.main),
            suspended=suspended_until(held.main, on) is not None,
            open_cases=under_way(subject_id).exclude(item_code=item_code).count(),
            qualifications=tuple(map(as_held, held.qualifications)),
            keep_old=bool(answers.flag("practice", "keep_old")),
            learning=_learning(answers, held.educations),
            origin=answers.stated("origin", Origin),
            back=_return(answers, held),
        )


def _with_what_stands(answers: Answers, held: Held) -> Answers:
    """The answers, with level, category and scopes as registered, here or elsewhere, where the form does not ask."""
    main, practice = held.main, {**_elsewhere(answers.get("origin", {})), **answers.get("practice", {})}
    person = dict(answers.get("person", {}))
    if held.identity is not None:
        person.setdefault("name", held.identity.name)
        person.setdefault("birth_date", held.identity.birth_date)
    if main is not None:
        practice.setdefault("level", main.level)
        practice.setdefault("category", main.category)
        if not practice.get("scope"):
            names = ("scope", "second_scope", "third_scope")
            practice |= dict(zip(names, main.scopes, strict=False))
    declared = {**answers.get("fitness", {}), **answers.get("declaration", {})}
    return Answers({**answers, "practice": practice, "person": person, "declaration": declared})


def _elsewhere(origin: Mapping[str, Any]) -> dict[str, Any]:
    names = ("level", "category", "scope", "second_scope", "third_scope")
    return {name: origin[name] for name in names if origin.get(name)}


def _practice(main: Registration | None, on: date) -> Practice | None:
    if main is None:
        return None
    return Practice(
        level=main.level,
        category=main.category,
        scopes=tuple(main.scopes),
        place=main.place,
        place_name=place_name(main.place),
        institution=licences.name_of(main.institution_id, on),
    )


def _learning(answers: Answers, educations: Iterable[Education]) -> Learning:
    known = [each.level for each in educations if each.level in EDUCATION_RANK]
    best, passed = max(known, key=EDUCATION_RANK.index, default=""), answers.flag("learning", "result")
    return answers.stated("learning", Learning, best_education=best, passed=passed)


def _return(answers: Answers, held: Held) -> Return:
    """What was typed; where no assessment was, the last one passed on record."""
    passed = answers.flag("back", "assessment")
    if passed is None and held.assessed_on is not None:
        return answers.stated("back", Return, assessed_on=held.assessed_on, assessment_passed=True)
    return answers.stated("back", Return, assessment_passed=passed)
