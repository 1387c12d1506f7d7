"""What stands beside the licences of the city from the day each institution opened: parties, places, numbers, verification."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from yizheng.demo import names
from yizheng.demo.dice import Dice
from yizheng.demo.institutions import DUE, Institution
from yizheng.kernel.calendar import add_months
from yizheng.kernel.codes import name_of
from yizheng.registry import FOREVER
from yizheng.registry.models import Fact
from yizheng.registry.periods import one_day
from yizheng.systems.institutions.models import (
    InstitutionNumber,
    InstitutionParty,
    PracticePlace,
    VerificationPeriod,
    numbers,
    parties,
    places,
)
from yizheng.systems.institutions.models.verification import DEFERRED, VERIFICATION, line
from yizheng.systems.institutions.record.stated import MAIN_PLACE
from yizheng.systems.institutions.verification.clock import period_months
from yizheng.systems.institutions.verifying.concluding import again_by
from yizheng.systems.institutions.verifying.steps import MOST_MONTHS

Rows = list[dict[str, Any]]


def beside(institutions: list[Institution]) -> Iterator[tuple[type[Fact], Rows]]:
    """Parties, places, numbers and the clock of verification of every institution, as it opened."""
    yield InstitutionParty, [row for each in institutions for row in _parties(each)]
    yield PracticePlace, [_row(each, places.line(1)) | _place(each) for each in institutions]
    yield (
        InstitutionNumber,
        [
            _row(each, numbers.line("registration", each.number)) | {"kind": "registration", "number": each.number}
            for each in institutions
            if each.kind == "licensed"
        ],
    )
    yield VerificationPeriod, [_row(each, VERIFICATION) | _clock(each) for each in institutions if each.term]


def _row(institution: Institution, line: str) -> dict[str, Any]:
    return {
        "subject_id": institution.subject, "line": line, "valid_from": institution.opened, "valid_to": FOREVER,
        "authority_scope": institution.authority_scope,
    }  # fmt: skip


def _parties(institution: Institution) -> Iterator[dict[str, Any]]:
    number = int(institution.number[3:8])
    district = name_of("district", institution.district)
    founder = {"1": f"{district}人民政府", "2": f"北京{institution.name[-4:-2]}公益基金会"}.get(
        institution.nature, f"北京示范医疗投资第{number % 9 + 1}有限公司"
    )
    kind = "government" if institution.nature == "1" else "legal_person"
    for role, name, of in (
        (parties.FOUNDER, founder, kind),
        (parties.LEGAL_REPRESENTATIVE, _called(number * 2), parties.PERSON),
        (parties.PRINCIPAL, _called(number * 2 + 1), parties.PERSON),
    ):
        yield _row(institution, parties.line(role)) | {"role": role, "party_kind": of, "name": name}


def _place(institution: Institution) -> dict[str, Any]:
    said = institution.values()
    names_ = ("district", "address", "postcode", "beds", "dental_chairs", "observation_beds", "subjects")
    return {"title": MAIN_PLACE, **{name: said[name] for name in names_}}


def _clock(institution: Institution) -> dict[str, Any]:
    """The next round, counted on from the day it opened; of some it ends next month, of one when it was deferred."""
    months = period_months(institution.kind, institution.category, institution.economic, institution.beds)
    if institution.name in DUE:
        return {"months": months, "due_on": add_months(institution.today, 1)}
    if institution.paused_on is not None:
        return {"months": months, "due_on": institution.paused_on}
    due = institution.opened
    while due <= institution.today:
        due = add_months(due, months)
    return {"months": months, "due_on": due}


def deferred(institution: Institution, on: date) -> Rows:
    """The round of an institution from the day its verification was deferred, half a year long."""
    until = add_months(on, MOST_MONTHS)
    standing = {"valid_from": on, "deferred_to": until, "again_by": again_by(until)}
    return [_row(institution, VERIFICATION) | _clock(institution) | standing]


def concluded(institution: Institution, on: date) -> Rows:
    """The verification that ended so."""
    said = {
        "period_from": add_months(on, -_clock(institution)["months"]), "period_to": on, "conclusion": DEFERRED,
        "deferral_months": MOST_MONTHS, "points": 4, "visited": True, "ground": "below_standard",
    }  # fmt: skip
    first, after = one_day(on)
    return [_row(institution, line(1)) | {"valid_from": first, "valid_to": after} | said]


def _called(number: int) -> str:
    """The name of somebody, the same for the same number."""
    return names.name(Dice(number), str(number % 2 + 1))[0]
