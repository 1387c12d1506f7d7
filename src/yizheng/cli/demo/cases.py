"""Cases of the demonstration city: first registrations in every state.

Past acts are written as the events they were, with the days they had, because clocks are read from events; what is
of today is done with the real verbs.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from yizheng.cli.demo import filings, papers, sign_ins
from yizheng.cli.demo.dice import Dice
from yizheng.cli.demo.houses import House
from yizheng.cli.demo.making import Making
from yizheng.cli.demo.persons import Person
from yizheng.cli.demo.plans import FIRST_REGISTRATIONS, REASONS, path
from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing import answers as form_answers
from yizheng.licensing import examining, instruments, timekeeping
from yizheng.licensing.calendars import working_calendar
from yizheng.licensing.lifecycle import moves
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import ENDED, CaseState
from yizheng.licensing.verbs import deciding, perform
from yizheng.licensing.verbs.acting import Act
from yizheng.licensing.verbs.drafting import next_number
from yizheng.licensing.verbs.reviewing import dispose
from yizheng.people.models import Account
from yizheng.people.scope import acting_as
from yizheng.systems.doctors.items import FirstRegistration

GRANTED_TODAY = 4
INSTRUMENTS = {
    "accept": ("acceptance_notice", "due"),
    "ask_correction": ("correction_notice", "items"),
    "decline": ("non_acceptance", "reasons"),
    "refuse": ("refusal", "grounds"),
}
"""Which past acts left a written instrument, and what it says beside the case."""


def make(dice: Dice, houses: list[House], people: list[Person], today: date) -> int:
    """All cases; returns how many."""
    making = Making(dice, houses, today)
    candidates = [each for each in people if not each.career.segments and each.name != sign_ins.READY_NAME]
    waiting = iter(candidates)
    made = [
        _first_registration(making, next(waiting), plan.state, plan.ago)
        for plan in FIRST_REGISTRATIONS
        for _ in range(plan.count)
    ]
    deciding_now = [case for case in made if case.state == CaseState.DECIDING and case.blocks == 0]
    for case in deciding_now[:GRANTED_TODAY]:
        _grant(making, case)
    filed = [filings.submit(making, username) for username in sign_ins.FILERS]
    acts = filings.begin_acts(making, people)
    return len(made) + len([case for case in filed if case]) + acts


def _first_registration(making: Making, person: Person, state: CaseState, ago: int) -> Case:
    house = _employer(making)
    days = _days(making, state, ago)
    typed = _answers(making, person, house, state)
    submitted = days[0][0] if days else None
    case = Case(
        number=next_number(submitted or making.today),
        item_code=FirstRegistration.code,
        rules_on=submitted or making.today,
        shape=making.item.shape,
        subject_id=person.subject,
        applicant_name=person.name,
        applicant_id=person.account,
        state=state,
        revision=len(days),
    )
    if submitted is not None:
        case.submitted_at = _moment(making, submitted)
        case.institution_scope, case.institution_name = house.scope, house.name
        case.authority_scope = house.authority_scope
    with _eyes(making, person, state):
        form_answers.put(case, making.item, typed)
        case.save()
        if state is not CaseState.DRAFT or making.dice.happens(0.5):
            _papers(making, case, person, house, faulty=state is CaseState.CORRECTING)
        _events(making, case, person, house, days)
        if case.state not in ENDED:
            examining.count(case, examining.examine(case, making.today, typed))
        timekeeping.wind(case, making.item)
    return case


def _eyes(making: Making, person: Person, state: CaseState) -> AbstractContextManager[object]:
    """A draft is the applicant's alone: not even the system sees or writes it."""
    return acting_as(making.by_id(person.account)) if state is CaseState.DRAFT else nullcontext()


def _employer(making: Making) -> House:
    """Every other applicant goes to Haidian, so that its desk has enough to show."""
    takes = [house for house in making.houses if house.takes(making.today) and house.scopes("clinical")]
    haidian = [house for house in takes if house.authority == "110108" and house.weight > 1]
    pool = haidian if making.dice.happens(0.45) else takes
    return making.dice.weighted([(house, house.weight) for house in pool])


def _days(making: Making, state: CaseState, ago: int) -> list[tuple[date, tuple[str, str, CaseState, str]]]:
    """The day of each act: the one the plan counts from stands fixed, those before it a few working days earlier."""
    steps = path(state)
    counted = {"accept", "confirm", "resubmit", "ask_correction"}
    fixed = max((at for at, step in enumerate(steps) if step[0] in counted), default=len(steps) - 1)
    if state is CaseState.CORRECTING:
        fixed = len(steps) - 1
    placed = []
    for at, step in enumerate(steps):
        offset = ago + (fixed - at) * 2 if at <= fixed else max(0, ago - (at - fixed) * 4)
        placed.append((making.back(offset), step))
    return placed


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


def _events(
    making: Making,
    case: Case,
    person: Person,
    house: House,
    days: list[tuple[date, tuple[str, str, CaseState, str]]],
) -> None:
    before = CaseState.DRAFT
    for number, (on, (verb, title, entered, part)) in enumerate(days):
        actor = _actor(making, person, house, part)
        CaseEvent.objects.create(
            case=case,
            verb=verb,
            title=title,
            at=_moment(making, on, 9 + number),
            on=on,
            actor=actor,
            actor_name=actor.display_name if actor else "系统",
            from_state=before,
            to_state=entered,
            reason=REASONS.get(verb, ""),
            subject_id=case.subject_id,
            authority_scope=case.authority_scope,
            institution_scope=case.institution_scope,
        )
        before = entered
        if actor is not None and part not in ("applicant", "institution"):
            case.handler = actor
        if verb in INSTRUMENTS:
            _instrument(making, case, verb, on, actor)
    if case.state == CaseState.DECIDING:
        case.proposal = "grant"
    if case.state == CaseState.REFUSED:
        case.proposal, case.summary = "refuse", "不予许可"
    case.save(update_fields=["handler", "proposal", "summary"])


def _actor(making: Making, person: Person, house: House, part: str) -> Account | None:
    if part == "applicant":
        return making.by_id(person.account)
    if part == "institution":
        return next(each for each in making.staff.values() if each.subject_id == house.subject)
    return None if part == "system" else making.desk(house, part)


def _instrument(making: Making, case: Case, verb: str, on: date, actor: Account | None) -> None:
    kind, content = INSTRUMENTS[verb]
    state = next(each for each in path(CaseState(case.state)) if each[0] == verb)
    came_from = CaseState.RECEIVED if verb in ("accept", "ask_correction", "decline") else CaseState.DECIDING
    move = next(each for each in moves(making.item, came_from) if each.verb == verb)
    act = Act(case, making.item, move, actor, REASONS.get(verb, ""), on)
    assert state
    if content == "due":
        due = working_calendar().add_working_days(on, making.item.statutory.days)
        instruments.issue(act, kind, {"due_on": due})
    elif content == "items":
        instruments.issue(act, kind, {"items": [act.reason], "term_days": 60})
    elif content == "reasons":
        instruments.issue(act, kind, {"reasons": [act.reason]})
    else:
        grounds = deciding.refusal_grounds(examining.examine(case, on))
        instruments.issue(act, kind, {"grounds": grounds, "opinion": act.reason})


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


def _moment(making: Making, day: date, hour: int = 9) -> datetime:
    minute = making.dice.randint(0, 59)
    return timezone.make_aware(datetime.combine(day, time(min(hour, 17), minute)))
