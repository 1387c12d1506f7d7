"""What the rules about service over the internet weigh beside the form: subjects, staff and names of the institution behind it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from yizheng.kernel.scopes import scopes_of
from yizheng.licensing.answers import Answers
from yizheng.systems.institutions.internet.rules import InternetNumbers
from yizheng.systems.institutions.models import STRUCK_OFF, FurtherName, InstitutionLicence
from yizheng.systems.institutions.naming.rules import WantedName
from yizheng.systems.institutions.questions import Staff, fitting, who_practises


def subjects_online(answers: Answers) -> list[str]:
    """The codes of the subjects offered, each once."""
    rows = answers.get("subjects", {}).get("subjects") or []
    return sorted({row["subject"] for row in rows if row.get("subject")})


def behind(answers: Answers, host: InstitutionLicence | None, on: date) -> dict[str, Any]:
    """What the institution behind the service is registered for, and what nobody there may practise."""
    if host is None:
        return {}
    return {
        "regime": host.kind,
        "host_subjects": tuple(host.subjects),
        "unstaffed": _unstaffed(host.subject_id, subjects_online(answers), on),
        "numbers": InternetNumbers.on(on),
    }


def _unstaffed(institution: int, wanted: Iterable[str], on: date) -> tuple[str, ...]:
    people = who_practises.ask(Staff(institution, on))
    asked = [code for code in wanted if who_practises.is_answered and scopes_of(code)]
    return tuple(code for code in asked if not fitting(people, code))


def named(wanted: WantedName, own: int, on: date) -> dict[str, Any]:
    """What is wrong with the name wanted, and whether another institution bears it."""
    if not wanted.name:
        return {}
    first = InstitutionLicence.objects.as_of(on).filter(name=wanted.name).exclude(status__in=STRUCK_OFF)
    further = FurtherName.objects.as_of(on).filter(name=wanted.name)
    borne = any(found.exclude(subject_id=own).exists() for found in (first, further))
    faults = tuple(each.sentence for each in wanted.faults)
    return {"internet_name": wanted.name, "internet_name_faults": faults, "internet_name_taken": borne}


def service(answers: Answers, form: str, host: int | None = None) -> dict[str, Any]:
    """The values of the service as the form states it."""
    said = answers.get("platform", {})
    same = ("platform", "address", "doctors", "protection_number", "assessed_on", "agreement_to")
    return {
        **{name: said.get(name) for name in same}, "partner": said.get("partner") or "", "form": form,
        "subjects": subjects_online(answers), "host": host,
    }  # fmt: skip
