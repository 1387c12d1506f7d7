"""A doctor with a history, made as the program makes one: every step a change of its own, some known late."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.cast import Place
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import open_to
from yizheng.people.searching.search import index_name
from yizheng.registry import ChangeKind, Subject, changing
from yizheng.registry.models import Change
from yizheng.systems.doctors.models import InstitutionFiling, PeriodicAssessment, Qualification, Registration
from yizheng.systems.doctors.models.assessment import LINE as ASSESSMENT
from yizheng.systems.doctors.models.qualification import line as qualification_line
from yizheng.systems.doctors.models.registration import line as registration_line
from yizheng.systems.institutions.models import LINE as LICENCE
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.filings import filing_line
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.identity import LINE as IDENTITY

FIRST = date(2016, 9, 8)
LEFT = date(2021, 5, 20)
BACK = date(2021, 6, 15)
WIDENED = date(2025, 5, 19)
LINE = registration_line("1", "110000")


@dataclass(frozen=True)
class Made:
    """The doctor and the changes that made her record, by name."""

    subject: Subject
    changes: dict[str, Change]


def license_house(place: Place, district: Scope, subjects: tuple[str, ...] = ("02", "03")) -> Change:
    """Give an institution of the cast its licence."""
    values = {
        "kind": "licensed", "name": place.scope.name, "registration_number": f"E{place.subject.pk:021d}",
        "category": "A100", "business_nature": "1", "subjects": list(subjects), "district": district.code,
        "address": "青禾路 1 号",
    }  # fmt: skip
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        change.state(
            InstitutionLicence, place.subject, LICENCE, values,
            valid_from=date(2010, 1, 4), authority_scope=district.pk,
        )  # fmt: skip
        index_name(place.subject.pk, place.scope.name, [district.pk], person=False)
    return change.record


def registered(house: Place, **values: Any) -> dict[str, Any]:
    """The values of a registration."""
    return {
        "practice_number": "110110108004217", "level": "1", "category": "clinical", "scopes": ["11"],
        "place": "110000", "institution": house.subject.pk, "issued_on": FIRST, "first_practised_on": FIRST,
        "status": "REG", **values,
    }  # fmt: skip


def make_doctor(
    name: str,
    house: Place,
    district: Scope,
    *,
    by: Account,
    second: Place | None = None,
    number: str = "110110108004217",
) -> Made:
    """Qualified and registered in 2016, left and came back in 2021, filed elsewhere, scope widened in 2025."""
    changes: dict[str, Change] = {}
    office = district.pk

    def opened(what: str) -> Any:
        return changing(kind=ChangeKind.DECISION, actor=by.pk, cause="test", reason=f"{what}经审核属实")

    with acting_as_system("test"):
        with opened("登记") as change:
            subject = change.subject("person")
            who = {"name": name, "sex": "2", "birth_date": date(1990, 3, 28), "ethnic_group": "01"}
            change.state(PersonIdentity, subject, IDENTITY, who, valid_from=FIRST, authority_scope=office)
            held = {
                "level": "1", "category": "clinical", "qualified_on": date(2016, 7, 20), "issuer": "北京市",
                "holder_name": name,
            }  # fmt: skip
            change.state(
                Qualification, subject, qualification_line(1), held,
                valid_from=date(2016, 7, 20), authority_scope=office,
            )  # fmt: skip
            change.state(
                Registration, subject, LINE, registered(house, practice_number=number),
                valid_from=FIRST, authority_scope=office,
            )  # fmt: skip
        changes["first"] = change.record
        steps = {
            "left": (LEFT, registered(house, practice_number=number, status="LEFT", reason="L01", institution=None)),
            "back": (BACK, registered(house, practice_number=number)),
            "widened": (WIDENED, registered(house, practice_number=number, scopes=["11", "21"])),
        }
        for key, (day, values) in steps.items():
            with opened(key) as change:
                change.state(Registration, subject, LINE, values, valid_from=day, authority_scope=office)
            changes[key] = change.record
        with opened("考核") as change:
            change.event(
                PeriodicAssessment, subject, ASSESSMENT, {"cycle": "2016-2018", "passed": True},
                happened_on=date(2018, 12, 1), authority_scope=office,
            )  # fmt: skip
        changes["assessed"] = change.record
        if second is not None:
            with opened("备案") as change:
                filed = {"institution": second.subject.pk, "level": "1", "filed_on": date(2023, 3, 1)}
                change.state(
                    InstitutionFiling, subject, filing_line(second.subject.pk), filed,
                    valid_from=date(2023, 3, 1), valid_to=date(2026, 3, 1), authority_scope=office,
                )  # fmt: skip
            changes["filed"] = change.record
        index_name(subject.pk, name, [office])
        open_to(subject.pk, house.scope.pk, "test")
    return Made(subject, changes)


def give_identity_number(made: Made, number: str = "110108199003280328") -> None:
    """Put an identity number into the vault."""
    vault.store(made.subject.pk, IdentifierKind.RESIDENT_ID, number)
