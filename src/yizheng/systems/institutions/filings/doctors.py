"""Who answers for a clinic as a doctor, and how long she has practised, as the registers of people answer."""

from datetime import date
from typing import Any

from yizheng.systems.institutions.filings.rules import FilingNumbers
from yizheng.systems.institutions.questions import Practice, how_practised
from yizheng.systems.institutions.record.persons import known_person


def practice_of(number: str, on: date) -> dict[str, Any]:
    """The fields of `rules.Led` that are read of the holder of this document; call it as the system."""
    doctor = known_person(number)
    return {
        "asked": how_practised.is_answered,
        "doctor_named": bool(number),
        "practised": () if doctor is None else tuple(how_practised.ask(Practice(doctor, on))),
        "numbers": FilingNumbers.on(on),
    }
