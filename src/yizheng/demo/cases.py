"""Cases of the demonstration city: first registrations in every state.

Past acts are written as the events they were, with the days they had, because clocks are read from events; what is
of today is done with the real verbs.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from yizheng.demo import acts, conduct, departures, filings, newcomers, papers, past, permits, sign_ins
from yizheng.demo.dice import Dice
from yizheng.demo.houses import House
from yizheng.demo.making import Making
from yizheng.demo.persons import Person
from yizheng.demo.plans import FIRST_REGISTRATIONS, path
from yizheng.demo.schedule import Dated
from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing import answers as form_answers
from yizheng.licensing import examining, timekeeping
from yizheng.licensing.catalogue import item
from yizheng.licensing.models import Case
from yizheng.licensing.states import ENDED, CaseState
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import next_number
from yizheng.licensing.verbs.reviewing import dispose
from yizheng.people.models import Account
from yizheng.people.scope import acting_as
from yizheng.systems.doctors.registration.first_registration import FirstRegistration

GRANTED_TODAY = 4
"""At Haidian, and as many elsewhere; every other one is handed over."""


def make(dice: Dice, houses: list[House], people: list[Person], today: date) -> int:
    """All cases; returns how many."""
    making = Making(dice, houses, today)
    made = [_first_registration(making, person, planned) for person, planned in _planned(making, people)]
    _decide_some(making, made)
    filed = [filings.submit(making, number, username) for number, username in enumerate(sign_ins.FILERS)]
    begun = (
        acts.begin(making, people)
        + departures.begin(making)
        + conduct.begin(making)
        + newcomers.begin(making)
        + permits.begin(making)
    )
    return len(made) + len([case for case in filed if case]) + begun


@dataclass(frozen=True, slots=True)
class Planned:
    """One first registration to be made: where it stands, the acts that led there, and where it was applied for."""

    state: CaseState
    days: list[Dated]
    house: House


def _planned(making: Making, people: list[Person]) -> list[tuple[Person, Planned]]:
    """In the order of their first day, so that case numbers rise with it; drafts come last."""
    planned = [
        Planned(plan.state, making.schedule.days(path(plan.state), plan.ago), _employer(making, number))
        for plan in FIRST_REGISTRATIONS
        for number in range(plan.count)
    ]
    candidates = [each for each in people if not each.career.segments and each.name != sign_ins.READY_NAME]
    paired = list(zip(candidates, planned, strict=False))
    return sorted(paired, key=lambda pair: pair[1].days[0][0] if pair[1].days else date.max)


def _decide_some(making: Making, made: list[Case]) -> None:
    """Grants of today by the real verbs, some of them handed over at once."""
    ready = [case for case in made if case.state == CaseState.DECIDING and case.blocks == 0]
    offices = sorted(ready, key=lambda case: case.authority_scope != making.haidian)
    for number, case in enumerate([*offices[:GRANTED_TODAY], *offices[-GRANTED_TODAY:]]):
        _grant(making, case)
        if number % 2:
            perform(case, "deliver", making.by_id(case.applicant_id))


def _first_registration(making: Making, person: Person, planned: Planned) -> Case:
    state, days, house = planned.state, planned.days, planned.house
    typed = _answers(making, person, house, state)
    submitted = days[0][0] if days else None
    declared = item(FirstRegistration.code, submitted or making.today)
    case = Case(
        number=next_number(submitted or making.today),
        item_code=FirstRegistration.code,
        rules_on=submitted or making.today,
        shape=declared.shape,
        subject_id=person.subject,
        applicant_name=person.name,
        applicant_id=person.account,
        state=state,
        revision=len(days),
    )
    if submitted is not None:
        case.submitted_at = past.moment(making, submitted, 8)
        case.institution_scope, case.institution_name = house.scope, house.name
        case.authority_scope = house.authority_scope
    if state is CaseState.DECIDING:
        case.proposal = "grant"
    if state is CaseState.REFUSED:
        case.proposal, case.summary = "refuse", "不予许可"
    with _eyes(making, person, state):
        form_answers.put(case, declared, typed)
        case.save()
        if state is not CaseState.DRAFT or making.dice.happens(0.5):
            _papers(making, case, person, house, faulty=state is CaseState.CORRECTING)
        past.write(making, case, person, house, days)
        case.save(update_fields=["handler"])
        if case.state not in ENDED:
            examining.count(case, examining.examine(case, making.today, typed))
        timekeeping.wind(case, declared)
    return case


def _eyes(making: Making, person: Person, state: CaseState) -> AbstractContextManager[object]:
    """A draft is the applicant's alone: not even the system sees or writes it."""
    return acting_as(making.by_id(person.account)) if state is CaseState.DRAFT else nullcontext()


def _employer(making: Making, number: int) -> House:
    """The first of every plan goes to Haidian, the second to the city, the others anywhere, half of them to Haidian."""
    takes = [house for house in making.houses if house.takes(making.today) and house.scopes("clinical")]
    haidian = [house for house in takes if house.authority == "110108" and house.weight > 1]
    city = [house for house in takes if house.authority == "110000"]
    other = haidian if making.dice.happens(0.45) else takes
    pool = (haidian, city, other)[min(number, 2)]
    return making.dice.weighted([(house, house.weight) for house in pool])


def _answers(making: Making, person: Person, house: House, state: CaseState) -> dict[str, dict[str, Any]]:
    scopes = house.scopes("clinical")
    typed = _known(person)
    short = making.dice.happens(0.15)
    typed["practice"] = {
        "level": person.level,
        "category": person.category,
        "institution": house.name,
        "scope": "21" if making.dice.happens(0.2) and house.grassroots else making.dice.choice(scopes),
        "second_scope": "",
        "third_scope": "",
        "department": "",
        "employment": "contract",
        "employed_from": (making.today - timedelta(days=making.dice.randint(20, 90))).isoformat(),
        "employer_as_sealed": house.name.removeprefix("海淀区").removeprefix("北京") if short else house.name,
    }
    refused = state is CaseState.REFUSED
    typed["declaration"] = {
        "health": "fit",
        "criminal_record": "yes" if refused else "no",
        "sentence_served_on": (making.today - timedelta(days=300)).isoformat() if refused else "",
        "ban": "no",
        "banned_until": "",
        "truth": True,
    }
    if state is CaseState.DRAFT and making.dice.happens(0.6):
        del typed["declaration"]
    return typed


def _known(person: Person) -> dict[str, dict[str, Any]]:
    """What the form would have begun with."""
    known: dict[str, dict[str, Any]] = {
        "person": {
            "name": person.name,
            "sex": person.sex,
            "id_type": "01",
            "id_number": person.identity_number,
            "birth_date": person.birth.isoformat(),
            "ethnic_group": person.ethnic_group,
            "mobile": person.mobile,
            "email": "",
            "address": "北京市海淀区示范路 8 号",
        },
        "education": {
            "level": person.education,
            "degree": person.degree,
            "school": person.school,
            "major": person.major,
            "learning_form": "full_time",
            "graduated_on": person.graduated_on.isoformat(),
        },
        "qualification": {
            "qualification_number": person.qualification_number,
            "level": person.level,
            "category": person.category,
            "qualified_on": person.qualified_on.isoformat(),
            "issuer": person.issuer,
            "way": "exam",
        },
    }
    if person.trained:
        first, last = person.trained
        known["training"] = {
            "institution": "北京安和医院",
            "started_on": first.isoformat(),
            "ended_on": last.isoformat(),
            "result": "pass",
        }
    return known


def _papers(making: Making, case: Case, person: Person, house: House, *, faulty: bool) -> None:
    on = making.today - timedelta(days=making.dice.randint(30, 60))
    papers.hand_in(case, "photo", papers.photo(person.sex), "证件照片.jpg")
    sentence = (
        f"兹证明{person.name}（{'男' if person.sex == '1' else '女'}）拟在我单位执业，双方已签订聘用合同。"
    )
    sealed = case.answers["practice"]["employer_as_sealed"] if not faulty else "（未盖章）"
    proof = papers.proof("聘用证明", [sentence, "特此证明。"], str(sealed), on)
    papers.hand_in(case, "employment_proof", proof, "聘用证明.pdf")
    if person.trained:
        first, last = person.trained
        words = f"{person.name}自{long_date(first)}至{long_date(last)}在我单位接受连续培训，经考核合格。"
        content = papers.proof("培训考核合格证明", [words, "特此证明。"], "北京安和医院", last)
        papers.hand_in(case, "training_proof", content, "培训考核合格证明.pdf")


def _grant(making: Making, case: Case) -> None:
    """A decision of today, by the real verb: register, number, certificate, publication."""
    decider = _decider(making, case)
    reviewer = making.staff[decider.username.replace("-decide", "-review")]
    examination = examining.examine(case, making.today)
    for finding in examination.open_advice:
        dispose_for(case, reviewer, finding.code)
    perform(case, "grant", decider, reason="符合注册条件，准予注册。")


def dispose_for(case: Case, reviewer: Account, code: str) -> None:
    """The reviewer weighed the advice before passing the case on."""
    dispose(case, reviewer, code, accepted=False, reason="已核对，不影响注册。")


def _decider(making: Making, case: Case) -> Account:
    house = next(each for each in making.houses if each.authority_scope == case.authority_scope)
    return making.desk(house, "decide")
