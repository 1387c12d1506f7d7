"""Begins the scenarios of today and walks each as far as it goes; one person takes part in one scenario."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from yizheng.demo import sign_ins
from yizheng.demo.data_files import tables
from yizheng.demo.institutions import Institution
from yizheng.demo.making import Making
from yizheng.demo.people import Person
from yizheng.demo.scenarios import FILE, Known, Scenario, of_person, scenarios
from yizheng.kernel.calendar import add_months
from yizheng.licensing import catalogue
from yizheng.licensing.item import Candidate, Shape
from yizheng.licensing.lifecycle import Actor, NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.enacting import propose
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account, IdentityClaim
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.conduct.assessing import cycle_of
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.models.qualification import line

LEAVE = "doctor_leave_filing"
"""The item whose staff are asked for: everybody who practises at an institution."""


def change(making: Making, chosen: Iterable[tuple[Scenario, CaseState, Person]]) -> None:
    """Cases of people about their own registrations."""
    for scenario, state, person in chosen:
        institution, account = _place(making, scenario, person), making.by_id(person.account)
        if institution is None or account is None or _busy(person.subject):
            continue
        if scenario.qualified is not None:
            _qualify(making, person, *scenario.qualified)
        _apply(making, scenario, state, account, of_person(person, institution, making.today))


def file(making: Making) -> None:
    """Filings of physicians at the hospital that has an account."""
    (scenario,) = scenarios("filings")
    for state, account in zip(scenario.states, _accounts(making, sign_ins.FILERS), strict=False):
        _apply(making, scenario, state, account, _said(making))


def work(making: Making) -> None:
    """Everything else of today: the hospital's people, newcomers, special qualifications."""
    for scenario in scenarios("hospital"):
        _at_hospital(making, scenario)
    people, filers = _newcomers(making), _accounts(making, reversed(sign_ins.FILERS))
    for scenario in scenarios("newcomers"):
        for state in scenario.states:
            if scenario.who == "newcomer":
                account, known = next(people)
                _apply(making, scenario, state, account, known)
            elif (filer := next(filers, None)) is not None:
                _apply(making, scenario, state, filer, _said(making))


def move_out(making: Making, institution: Institution, doctor: Candidate) -> None:
    """Entered today: one who went to another province."""
    (scenario,) = scenarios("gone")
    _propose(making, scenario, scenario.states[0], institution, doctor)


def free_in_haidian(making: Making) -> Iterator[tuple[Institution, Candidate]]:
    """Doctors of Haidian's institutions without another case, those of the hospital that has an account first."""
    there = [each for each in making.institutions if each.authority == making.hospital.authority]
    for institution in sorted(there, key=lambda each: each is not making.hospital):
        yield from ((institution, doctor) for doctor in _free(making, institution))


def _free(making: Making, institution: Institution) -> Iterator[Candidate]:
    """Doctors of an institution without an account and without a case, from the last name on."""
    everybody = list(catalogue.item(LEAVE, making.today).staff(institution.scope, making.today))
    known = {account.subject_id for account in making.staff.values()}
    return (each for each in reversed(everybody) if each.subject_id not in known and not _busy(each.subject_id))


def _busy(subject: int) -> bool:
    return Case.objects.all().filter(subject_id=subject).exists()


def _accounts(making: Making, names: Iterable[str]) -> Iterator[Account]:
    return (making.staff[name] for name in names if name in making.staff)


def _at_hospital(making: Making, scenario: Scenario) -> None:
    """One case for each state, while the hospital has people for it."""
    for state, doctor in zip(scenario.states, _people(making, scenario), strict=False):
        if isinstance(doctor, Account):
            _apply(making, scenario, state, doctor, _said(making))
        elif catalogue.item(scenario.item, making.today).shape is Shape.AUTHORITY_ACT:
            _propose(making, scenario, state, making.hospital, doctor)
        else:
            operator = making.staff[sign_ins.HOSPITAL_ACCOUNT]
            _apply(making, scenario, state, operator, _said(making), doctor)


def _people(making: Making, scenario: Scenario) -> Iterator[Candidate | Account]:
    """Whom a scenario of the hospital is about."""
    match scenario.who:
        case "staff":
            return _free(making, making.hospital)
        case "same staff":
            last = Case.objects.all().filter(item_code=LEAVE).order_by("-pk")[:1]
            return (Candidate(case.subject_id, case.applicant_name) for case in last)
        case "due":
            item = catalogue.item(scenario.item, making.today)
            return (each for each in item.staff(making.hospital.scope, making.today) if not _busy(each.subject_id))
        case "filed":
            item = catalogue.item(scenario.item, making.today)
            filers = _accounts(making, sign_ins.FILERS)
            return (each for each in filers if each.subject_id and not item.may_apply(each.subject_id, making.today))
        case account:
            return _accounts(making, [account])


def _apply(
    making: Making, scenario: Scenario, state: CaseState, account: Account, known: Known,
    doctor: Candidate | None = None,
) -> None:  # fmt: skip
    """A case applied for and walked to the state; where something stands against it, a draft."""
    walker = making.walker
    try:
        case = walker.draft(
            account, scenario.item, known.fill(scenario.answers), person=doctor, institution=making.hospital.scope
        )
    except NotPossibleError:
        return
    if state is not CaseState.DRAFT and not walker.hindered(case, account):
        walker.walk(case, state, reason=scenario.reason)


def _propose(making: Making, scenario: Scenario, state: CaseState, institution: Institution, doctor: Candidate) -> None:
    """An act of the authority of an institution, walked to the state."""
    case = propose(
        making.desk(institution.authority_scope, Actor.REVIEWER), scenario.item, subject_id=doctor.subject_id,
        subject_name=doctor.name, authority_scope=institution.authority_scope, evidence=scenario.evidence,
        answers=_said(making).fill(scenario.answers),
    )  # fmt: skip
    making.walker.walk(case, state, reason=scenario.reason)


def _said(making: Making) -> Known:
    """What is known beside the person: the hospital, its authority, the cycle of assessment."""
    words = {
        "institution": making.hospital.name, "hospital": making.hospital.name, "authority": making.hospital.authority_scope,
        "cycle": cycle_of(making.today).code, "year": making.today.year,
    }  # fmt: skip
    return Known(making.today, words, {"in_six_months": add_months(making.today, 6) - timedelta(days=1)})


def _newcomers(making: Making) -> Iterator[tuple[Account, Known]]:
    """Somebody without a resident number, with an account and what she is known by."""
    for row in tables(FILE)["people"]:
        kind = IdentifierKind.PASSPORT if row["origin"].isdecimal() else IdentifierKind.HMT_PERMIT
        with changing(kind=ChangeKind.EXCHANGE, actor=None, cause="registration", reason="个人实名注册") as entered:
            subject = int(entered.subject("person").pk)
        vault.store(subject, kind, row["number"])
        account = Account(
            username=row["account"], kind=AccountKind.INDIVIDUAL, display_name=row["name"], subject_id=subject,
            password=making.staff[sign_ins.READY_DOCTOR].password,
        )  # fmt: skip
        account.save()
        IdentityClaim.objects.create(account=account, state=IdentityClaim.State.NEW)
        making.enter(account)
        id_type = "07" if row["origin"] == "TW" else "06"
        known = _said(making)
        yield account, Known(making.today, {**known.words, **row, "id_type": id_type}, {"birth": row["born"]})


def _place(making: Making, scenario: Scenario, person: Person) -> Institution | None:
    """The institution a scenario leads to: her own, or another one with a place for her scope."""
    now = person.career.now
    if scenario.where == "here":
        return now.institution
    wanted = now.scopes[0] if now.scopes else "11"
    found = [
        each
        for each in making.institutions
        if each.takes(making.today) and each is not now.institution and wanted in each.scopes("clinical")
    ]
    if last := person.career.last_institution():
        near = [each for each in found if (each.district == last.district) is (scenario.where == "near")]
        found = near or found
    return making.dice.choice(found) if found else None


def _qualify(making: Making, person: Person, level: str, category: str) -> None:
    """A further qualification, taken over from the examination."""
    on = making.today - timedelta(days=200)
    held: dict[str, Any] = {
        "level": level, "category": category, "qualified_on": on, "issuer": person.issuer, "way": "exam",
        "holder_name": person.name,
    }  # fmt: skip
    with changing(kind=ChangeKind.INTAKE, actor=None, cause="demo:qualification", reason="医师资格授予") as entered:
        entered.state(Qualification, person.subject, line(2), held, valid_from=on, authority_scope=person.office)
