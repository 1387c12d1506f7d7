"""Cases begun before today: first registrations and acts of the authority in every state.

Past acts are written as the events they were, with the days they had, because clocks are read from events; what is
of today is done with the real verbs.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from yizheng.demo import papers, sign_ins
from yizheng.demo.data_files import tables
from yizheng.demo.institutions import Institution
from yizheng.demo.making import DESKS, Making
from yizheng.demo.people import Person, long_absent
from yizheng.demo.plans import DEREGISTRATIONS, FIRST_REGISTRATIONS, REASONS, Dated, Plan, Schedule, path
from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing import answers as form_answers
from yizheng.licensing import catalogue, lifecycle
from yizheng.licensing.case_clock import timekeeping
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.cases import corrections, examining, instruments
from yizheng.licensing.item import Item
from yizheng.licensing.lifecycle import Actor
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import ENDED, CaseState
from yizheng.licensing.verbs import deciding, enacting, perform, reviewing
from yizheng.licensing.verbs.acting import Act
from yizheng.licensing.verbs.drafting import next_number
from yizheng.people.models import Account
from yizheng.people.scope import acting_as

FIRST_REGISTRATION = "doctor_first_registration"
DEREGISTRATION = "doctor_ex_officio_deregistration"
GRANTED_TODAY = 4
"""At Haidian, and as many elsewhere; every other one is handed over."""
INSTRUMENTS: Mapping[str, str] = tables("plans.toml")["instruments"]
UNTAKEN = (CaseState.RECEIVED, CaseState.CHECKING)
"""States in which nobody has opened the case yet."""


def apply(making: Making, people: list[Person]) -> None:
    """First registrations in every state, some of them granted today."""
    made = [_first_registration(making, person, planned) for person, planned in _planned(making, people)]
    ready = [case for case in made if case.state == CaseState.DECIDING and case.blocks == 0]
    haidian = making.hospital.authority_scope
    offices = sorted(ready, key=lambda case: case.authority_scope != haidian)
    for number, case in enumerate([*offices[:GRANTED_TODAY], *offices[-GRANTED_TODAY:]]):
        making.walker.weigh(case, making.desk(case.authority_scope, Actor.REVIEWER))
        granted = making.walker.walk(case, reason="符合注册条件，准予注册。")
        if number % 2:
            making.walker.walk(granted, CaseState.DELIVERED)


def act(making: Making, people: list[Person]) -> None:
    """Deregistration of who left over two years ago (医师执业注册管理办法 第十九条)."""
    planned = [plan for plan in DEREGISTRATIONS for _ in range(plan.count)]
    for plan, person in zip(planned, long_absent(people, making.today), strict=False):
        _deregistration(making, person, plan)


@dataclass(frozen=True, slots=True)
class Planned:
    """One first registration to be made: where it stands, the acts that led there, and where it was applied for."""

    state: CaseState
    days: list[Dated]
    institution: Institution


def _planned(making: Making, people: list[Person]) -> list[tuple[Person, Planned]]:
    """In the order of their first day, so that case numbers rise with it; drafts come last."""
    schedule, item = (Schedule(making.today, working_calendar()), catalogue.item(FIRST_REGISTRATION, making.today))
    planned = [
        Planned(plan.state, schedule.days(path(item, plan.verbs), plan.ago), _employer(making, number))
        for plan in FIRST_REGISTRATIONS
        for number in range(plan.count)
    ]
    candidates = [each for each in people if not each.career.segments and each.name != sign_ins.READY_NAME]
    paired = list(zip(candidates, planned, strict=False))
    return sorted(paired, key=lambda pair: pair[1].days[0][0] if pair[1].days else date.max)


def _employer(making: Making, number: int) -> Institution:
    """The first of every plan goes to Haidian, the second to the city, the others anywhere, half of them to Haidian."""
    takes = [
        institution
        for institution in making.institutions
        if institution.takes(making.today) and institution.scopes("clinical")
    ]
    haidian = [institution for institution in takes if institution.authority == "110108" and institution.weight > 1]
    city = [institution for institution in takes if institution.authority == "110000"]
    other = haidian if making.dice.happens(0.45) else takes
    pool = (haidian, city, other)[min(number, 2)]
    return making.dice.weighted([(institution, institution.weight) for institution in pool])


def _begun(item: Item, person: Person, days: Sequence[Dated], today: date) -> Case:
    """A case as it stands after its acts (unsaved)."""
    begun = days[0][0] if days else today
    return Case(
        number=next_number(begun),
        item_code=item.code,
        rules_on=begun,
        shape=item.shape,
        subject_id=person.subject,
        applicant_name=person.name,
        state=days[-1][1].state if days else CaseState.DRAFT,
        revision=len(days),
    )


def _first_registration(making: Making, person: Person, planned: Planned) -> Case:
    state, days, institution = planned.state, planned.days, planned.institution
    declared = catalogue.item(FIRST_REGISTRATION, days[0][0] if days else making.today)
    typed = _answers(making, declared, person, institution, state)
    case = _begun(declared, person, days, making.today)
    case.applicant_id = person.account
    if days:
        case.submitted_at = _moment(making, days[0][0], 8)
        case.institution_scope, case.institution_name = institution.scope, institution.name
        case.authority_scope = institution.authority_scope
    if state is CaseState.DECIDING:
        case.proposal = "grant"
    if state is CaseState.REFUSED:
        case.proposal, case.summary = "refuse", "不予许可"
    with _eyes(making, person, state):
        form_answers.put(case, declared, typed)
        case.save()
        if state is not CaseState.DRAFT or making.dice.happens(0.5):
            _papers(making, case, person, faulty=state is CaseState.CORRECTING)
        _write(making, case, days)
        if case.state not in ENDED:
            examining.count(case, examining.examine(case, making.today))
        timekeeping.wind(case, declared)
    return case


def _eyes(making: Making, person: Person, state: CaseState) -> AbstractContextManager[object]:
    """A draft is the applicant's alone: not even the system sees or writes it."""
    return acting_as(making.by_id(person.account)) if state is CaseState.DRAFT else nullcontext()


def _answers(
    making: Making, item: Item, person: Person, institution: Institution, state: CaseState
) -> dict[str, dict[str, Any]]:
    typed = item.prefill(person.subject)
    typed["person"]["address"] = "北京市海淀区示范路 8 号"
    short = making.dice.happens(0.15)
    general = making.dice.happens(0.2) and institution.grassroots
    typed["practice"] = {
        "level": person.level,
        "category": person.category,
        "institution": institution.name,
        "scope": "21" if general else making.dice.choice(institution.scopes("clinical")),
        "employment": "contract",
        "employed_from": (making.today - timedelta(days=making.dice.randint(20, 90))).isoformat(),
        "employer_as_sealed": institution.name.removeprefix("海淀区").removeprefix("北京")
        if short
        else institution.name,
    }
    refused = state is CaseState.REFUSED
    typed["declaration"] = {
        "health": "fit",
        "criminal_record": "yes" if refused else "no",
        "sentence_served_on": (making.today - timedelta(days=300)).isoformat() if refused else "",
        "ban": "no",
        "truth": True,
    }
    if state is CaseState.DRAFT and making.dice.happens(0.6):
        del typed["declaration"]
    return typed


def _papers(making: Making, case: Case, person: Person, *, faulty: bool) -> None:
    on = making.today - timedelta(days=making.dice.randint(30, 60))
    papers.hand_in(case, "photo", papers.photo(person.sex), "证件照片.jpg")
    said = f"兹证明{person.name}（{'男' if person.sex == '1' else '女'}）拟在我单位执业，双方已签订聘用合同。"
    sealed = "（未盖章）" if faulty else str(case.answers["practice"]["employer_as_sealed"])
    proof = papers.proof("聘用证明", [said, "特此证明。"], sealed, on)
    papers.hand_in(case, "employment_proof", proof, "聘用证明.pdf")
    if person.trained:
        first, last = person.trained
        said = f"{person.name}自{long_date(first)}至{long_date(last)}在我单位接受连续培训，经考核合格。"
        content = papers.proof("培训考核合格证明", [said, "特此证明。"], "北京安和医院", last)
        papers.hand_in(case, "training_proof", content, "培训考核合格证明.pdf")


def _deregistration(making: Making, person: Person, plan: Plan) -> None:
    left = person.career.segments[-1]
    institution = person.career.last_institution()
    assert institution is not None
    item = catalogue.item(DEREGISTRATION, making.today)
    days = Schedule(making.today, working_calendar()).days(path(item, plan.verbs), plan.ago)
    case = _begun(item, person, days, making.today)
    case.authority_scope, case.submitted_at = institution.authority_scope, _moment(making, days[0][0])
    case.answers = {"ground": {"cause": "D12", "event_on": left.since.isoformat()}}
    case.save()
    _write(making, case, days, f"{person.name}自{long_date(left.since)}离岗备案，至今满二年未继续执业。", person)
    timekeeping.wind(case, item)
    if plan.state is CaseState.ENACTED:
        decider = making.desk(case.authority_scope, Actor.DECIDER)
        perform(case, "enact", decider, reason="事实清楚，依法注销。", on=making.today)


def _write(making: Making, case: Case, days: Sequence[Dated], facts: str = "", party: Person | None = None) -> None:
    """Every act with its event and its instrument, and the clerk who has the case now; ``facts`` are an act's evidence."""
    item, before = case.item, CaseState.DRAFT
    for number, (on, step) in enumerate(days):
        actor = _actor(making, case, step.who, party)
        at, reason = _moment(making, on, 9 + number), REASONS.get(step.verb, facts)
        CaseEvent.objects.create(
            case=case, verb=step.verb, title=step.title, at=at, on=on, actor=actor,
            actor_name=actor.display_name if actor else "系统", from_state="" if step.verb == "propose" else before,
            to_state=step.state, reason=reason, subject_id=case.subject_id, authority_scope=case.authority_scope,
            institution_scope=case.institution_scope,
        )  # fmt: skip
        if step.verb in INSTRUMENTS:
            move = lifecycle.move(item, before, step.verb)
            made = Act(case, item, move, actor, reason, on, past=list(case.events.order_by("id")))
            instruments.issue([(made, _particulars(made))], INSTRUMENTS[step.verb])
        before = step.state
    case.handler = _in_hand(making, case, before)
    case.save(update_fields=["handler"])


def _actor(making: Making, case: Case, part: Actor, party: Person | None) -> Account | None:
    if part is Actor.APPLICANT and party is not None:
        return making.by_id(party.account)
    return None if part is Actor.SYSTEM else making.player(case, part)


def _in_hand(making: Making, case: Case, state: CaseState) -> Account | None:
    """Two of three cases past the window are in somebody's hands; the others wait for whoever takes them."""
    holder = lifecycle.HOLDERS.get(state)
    if holder not in DESKS or state in UNTAKEN or not making.dice.happens(0.66):
        return None
    return making.player(case, holder)


def _moment(making: Making, day: date, hour: int = 9) -> datetime:
    """A minute of office hours on a day."""
    minute = making.dice.randint(0, 59)
    return timezone.make_aware(datetime.combine(day, time(min(hour, 17), minute)))


def _particulars(act: Act) -> dict[str, Any]:
    """What only the act knew, as its verb would have told the instrument."""
    match act.move.verb:
        case "accept":
            due_on = timekeeping.read(act.case, act.item, act.on).due_on
            return {"due_on": due_on, "promised": timekeeping.clockwork([act.case]).promised(act.case)}
        case "ask_correction":
            return {"items": [act.reason], "reply_by": corrections.reply_by(act.on)}
        case "decline":
            return {"reasons": [act.reason]}
        case "refuse":
            grounds = deciding.refusal_grounds(examining.examine(act.case, act.on))
            return {"grounds": grounds, "opinion": act.reason}
        case "start_procedure":
            return {"reason": act.reason, "needed_days": reviewing.PROCEDURE_DAYS}
        case "give_notice":
            return {"facts": act.reason, "answer_days": enacting.ANSWER_WORKING_DAYS}
        case _:
            return {"reason": act.reason}
