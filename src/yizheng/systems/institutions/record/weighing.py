"""What the rules about a founding form weigh beside the form itself: sums, who is barred, whether the name is free."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from yizheng.kernel.codes import name_of
from yizheng.kernel.names import fold_name
from yizheng.licensing.answers import Answers
from yizheng.systems.institutions.models import STRUCK_OFF, InstitutionLicence, InstitutionParty
from yizheng.systems.institutions.models.parties import FOUNDER
from yizheng.systems.institutions.naming.rules import WantedName
from yizheng.systems.institutions.naming.taken import names_like
from yizheng.systems.institutions.record.persons import known_person
from yizheng.systems.institutions.record.stated import Named, Stated, stated

REVOKED = "revoked"


def weighed(answers: Answers, on: date, *, own: int | None = None) -> dict[str, Any]:
    """The fields of `rules.Plan` that are not the form's own; ``own`` is the institution it is about. Call it as the system."""
    told = stated(answers)
    return {
        "beds": told.licence["beds"],
        "dental_chairs": told.licence["dental_chairs"],
        "place_subjects": frozenset(code for place in told.places.values() for code in place.get("subjects", ())),
        "barred": barred(told.parties.values(), on),
        "name_faults": name_faults(told.licence, told.parties.values()),
        "taken_by": bearer_of(told, on, own),
        "alike": alike(told, on),
    }


def name_faults(licence: Mapping[str, Any], named: Iterable[Named]) -> tuple[str, ...]:
    """What the rules of names say of the name stated; empty while there is none."""
    if not licence.get("name") or not licence.get("category"):
        return ()
    founder = next((each.values for each in named if each.values["role"] == FOUNDER), {})
    subjects = tuple(name_of("clinical_subject", code) for code in licence.get("subjects", ()))
    wanted = WantedName(
        licence["name"], licence["category"], founder.get("party_kind", ""), founder.get("name", ""), subjects
    )
    return tuple(each.sentence for each in wanted.faults)


def alike(told: Stated, on: date, own: str = "") -> tuple[str, ...]:
    """Which names of others are like the one stated; ``own`` is the name it bears now."""
    name = told.licence.get("name", "")
    return names_like(name, on, own=own) if name else ()


def barred(named: Iterable[Named], on: date) -> Mapping[str, str]:
    """Those who led an institution whose licence was revoked (细则 第十二条第五项), by name."""
    subjects = {person: each.values["name"] for each in named if (person := known_person(each.number))}
    if not subjects:
        return {}
    led = InstitutionParty.objects.current().filter(person_id__in=subjects).exclude(role="founder")
    houses = dict(led.values_list("subject_id", "person_id"))
    gone = InstitutionLicence.objects.as_of(on).filter(subject_id__in=houses, status=REVOKED)
    return {subjects[houses[each.subject_id]]: f"曾任被吊销许可的{each.name}的负责人" for each in gone}


def bearer_of(told: Stated, on: date, own: int | None = None) -> str:
    """Which other institution of the city bears the name now; empty where none does."""
    name = told.licence.get("name", "")
    if not name:
        return ""
    alike = InstitutionLicence.objects.as_of(on).filter(name__in={name, fold_name(name)})
    return (
        alike.exclude(status__in=STRUCK_OFF).exclude(subject_id=own or 0).values_list("name", flat=True).first() or ""
    )
