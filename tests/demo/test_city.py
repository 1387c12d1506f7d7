"""The demonstration city: built once, all or nothing, with something to do at every desk."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from yizheng import demo
from yizheng.demo import adverts, city, nurses, past, scenarios, sign_ins
from yizheng.demo.corrections import MATTERS
from yizheng.demo.people import long_absent
from yizheng.demo.plans import DEREGISTRATIONS, FIRST_REGISTRATIONS, Schedule, path
from yizheng.demo.standing import PEOPLE, SPECIAL, VILLAGERS
from yizheng.disclosure.models import PublicInstitution, PublicPractitioner
from yizheng.documents.models import Certificate
from yizheng.exchange import sending
from yizheng.exchange.kinds import kind_of
from yizheng.exchange.models import Package
from yizheng.kernel.calendar import state_council_calendar
from yizheng.kernel.identifiers import is_resident_id
from yizheng.kernel.rowscope import RowScope, within
from yizheng.licensing.case_clock import timekeeping
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.case_clock.clock import Tick, read
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import as_of
from yizheng.registry.models import Change, Subject
from yizheng.systems.adverts.models import AdvertApproval, PublicAdvert
from yizheng.systems.adverts.models.approval import STATUSES
from yizheng.systems.doctors.models import Registration, SpecialQualification, TeamPermit, VillageRegistration
from yizheng.systems.doctors.registration.deregistration import ExOfficioDeregistration
from yizheng.systems.doctors.registration.first_registration import FirstRegistration
from yizheng.systems.practitioners.models import PersonIdentity

SMALL, NURSES = 800, 300
ADMITTED = [
    state
    for each in scenarios.scenarios("newcomers")
    for state in each.states
    if each.who == "newcomer" and state is CaseState.GRANTED
]
"""Doctors from elsewhere who were registered for a short term."""


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer doctors and nurses, and of every plan of past cases no more than three: one of Haidian, of the city, of anywhere."""
    monkeypatch.setattr(city, "DOCTORS", SMALL)
    monkeypatch.setattr(nurses, "REGISTERED", NURSES)
    monkeypatch.setattr(nurses, "DUE", 40)
    monkeypatch.setattr(
        past, "FIRST_REGISTRATIONS", [replace(each, count=min(each.count, 3)) for each in FIRST_REGISTRATIONS]
    )
    monkeypatch.setattr(adverts, "APPROVED", 90)


def everything() -> RowScope:
    """What the system sees."""
    with acting_as_system("test") as scope:
        return scope


def the_city_stands() -> None:
    with within(everything()):
        assert PersonIdentity.objects.as_of(timezone.localdate()).count() == (
            SMALL + len(ADMITTED) + len(PEOPLE) + nurses.REGISTERED + nurses.CANDIDATES
        )
        statuses = Counter(Registration.objects.as_of(timezone.localdate()).values_list("status", flat=True))
        assert statuses["REG"] > 150
        assert statuses["LEFT"]
        assert statuses["SUSP_ASSESS"]
        assert statuses["MOVED"]
        today = timezone.localdate()
        held = SpecialQualification.objects.as_of(today).values_list("type", flat=True)
        assert set(held) >= {type_ for type_, _, _ in SPECIAL}
        assert VillageRegistration.objects.as_of(today).count() == len(VILLAGERS)
        assert TeamPermit.objects.as_of(today).count() == 1
        assert Registration.objects.as_of(today).filter(place="", status="REG").exists()
        moved = Registration.objects.exclude(closed=None).first()
        first, last = Change.objects.order_by("position").first(), Change.objects.order_by("position").last()
        before = as_of(Registration, moved.subject_id, valid=moved.valid_from, known=moved.opened)
        assert before.filter(pk=moved.pk).exists()
        assert first.position < last.position
        assert Certificate.objects.count() > 150
    assert PublicPractitioner.objects.count() > 200
    assert PublicInstitution.objects.count() == 66, "the sixty, the village clinic, four filed clinics, a home"


def adverts_stand_in_every_state() -> None:
    with within(everything()):
        approvals = AdvertApproval.objects.as_of(timezone.localdate())
        assert PublicAdvert.objects.count() == approvals.count() >= adverts.APPROVED
        assert set(approvals.values_list("status", flat=True)) == set(STATUSES)
        seen = set(
            Case.objects.filter(item_code="ad_review").exclude(state=CaseState.DRAFT).values_list("state", flat=True)
        )
        acts = set(Case.objects.filter(item_code__in=["ad_take_back", "ad_revoke"]).values_list("state", flat=True))
    assert seen == {*adverts.STATES} - {CaseState.DRAFT}
    assert acts == {CaseState.DECIDING, CaseState.PROPOSED}


def every_state_has_a_case() -> None:
    applicants = Account.objects.filter(kind=AccountKind.INDIVIDUAL, username__startswith="doctor-")
    with within(everything()):
        seen = set(Case.objects.values_list("state", flat=True))
        haidian = Scope.objects.get(code="110108").pk
        there = set(Case.objects.filter(authority_scope=haidian).values_list("state", flat=True))
        due = set(Case.objects.filter(clock_runs=True).values_list("due_on", flat=True))
    for account in applicants:
        with acting_as(account):
            seen |= set(Case.objects.filter(state=CaseState.DRAFT).values_list("state", flat=True))
    assert set(CaseState) - seen == {CaseState.ROLLED_BACK}, "a rollback takes two persons; a visitor makes it herself"
    assert set(CaseState) - there == {CaseState.DRAFT, CaseState.ROLLED_BACK}
    due_next = working_calendar().next_working_day(timezone.localdate(), inclusive=True)
    assert any(day < due_next for day in due)
    assert due_next in due
    assert any(day > due_next for day in due)


def every_clock_agrees_with_its_events() -> None:
    with within(everything()):
        for case in Case.objects.all():
            clock = timekeeping.read(case, case.item)
            kept = (case.due_on, case.clock_runs, case.clock_total, case.clock_stopped)
            assert kept == (clock.due_on, clock.runs, clock.total, clock.stopped[:200]), case
            events = list(case.events.all())
            assert events[-1].to_state == case.state
            assert [event.on for event in events] == sorted(event.on for event in events)
            assert all(event.on == timezone.localdate(event.at) for event in events)
            assert case.revision >= len(events) - 1


def what_was_known_then_differs() -> None:
    with within(everything()):
        taken_over = Change.objects.get(cause=f"demo:{timezone.localdate().year}")
        later = Change.objects.filter(position__gt=taken_over.position, cause__in=[each.cause for each in MATTERS])
        assert later.exclude(actor_id=None).count() == later.count() > 10
        corrected = Registration.objects.current().filter(opened__in=later.values("id"))
        assert corrected.values("subject_id").distinct().count() > SMALL // 12
        now = corrected.first()
        then = as_of(Registration, now.subject_id, valid=now.valid_from, known=taken_over.position).get()
        assert then.department != now.department


def every_service_was_begun_and_one_is_done() -> None:
    with within(everything()):
        for scenario in scenarios.scenarios("changes"):
            if CaseState.CONFIRMING not in scenario.states:
                states = set(Case.objects.filter(item_code=scenario.item).values_list("state", flat=True))
                assert set(scenario.states) <= states, scenario.item


def a_package_came_and_one_may_go() -> None:
    """Somebody went over to the forces, so the city has something to tell them."""
    today = timezone.localdate()
    decider = Account.objects.get(username="city-decide")
    with acting_as(decider):
        came = Package.objects.visible_to(decider).get()
        package = sending.propose(
            kind_of("military"), came.partner, today - timedelta(days=30), today, account=decider, reason="按月通报"
        )
        assert package.rows == 1


def the_ready_doctor_may_apply() -> None:
    account = Account.objects.get(username=sign_ins.READY_DOCTOR)
    assert account.subject_id is not None
    assert FirstRegistration().may_apply(account.subject_id, timezone.localdate()) is None
    begun = FirstRegistration().prefill(account.subject_id)
    assert is_resident_id(begun["person"]["id_number"])
    with acting_as(account):
        assert not Case.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_city_stands_and_a_second_build_does_nothing(small: None) -> None:
    said: list[str] = []
    assert demo.build(said.append)
    assert len(said) > 5
    the_city_stands()
    adverts_stand_in_every_state()
    every_state_has_a_case()
    every_clock_agrees_with_its_events()
    what_was_known_then_differs()
    every_service_was_begun_and_one_is_done()
    a_package_came_and_one_may_go()
    the_ready_doctor_may_apply()
    printed = {name for name, _, _ in demo.accounts()}
    assert sign_ins.READY_DOCTOR in printed
    assert Account.objects.filter(username__in=printed).count() >= 6
    changes = Change.objects.count()
    assert not demo.build(said.append)
    assert Change.objects.count() == changes


@pytest.mark.django_db(transaction=True)
def test_a_build_that_was_killed_leaves_nothing(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*args: object) -> int:
        raise KeyboardInterrupt

    before = Subject.objects.count()
    monkeypatch.setattr(city, "DOCTORS", SMALL // 3)
    monkeypatch.setattr(sign_ins, "make", killed)
    with pytest.raises(KeyboardInterrupt):
        demo.build(lambda step: None)
    assert Subject.objects.count() == before
    assert not Account.objects.filter(username=sign_ins.READY_DOCTOR).exists()


CALENDAR = state_council_calendar()
DAYS = {
    "a working day": date(2026, 11, 23),
    "a Saturday": date(2026, 11, 21),
    "a holiday": date(2026, 10, 1),
    "the middle of a long holiday": date(2026, 2, 18),
    "a year not announced": date(2027, 1, 15),
    "the first day of a year": date(2027, 1, 1),
}
PERIODS = timekeeping.periods_of(Case(), FirstRegistration(), None)


@pytest.mark.parametrize("today", DAYS.values(), ids=DAYS)
def test_planned_acts_lie_on_working_days_in_order(today: date) -> None:
    schedule = Schedule(today, CALENDAR)
    plans = [(plan, path(FirstRegistration(), plan.verbs)) for plan in FIRST_REGISTRATIONS]
    plans += [(plan, path(ExOfficioDeregistration(), plan.verbs)) for plan in DEREGISTRATIONS]
    for plan, steps in plans:
        days = [day for day, _ in schedule.days(steps, plan.ago)]
        assert days == sorted(days)
        assert all(day <= today and CALENDAR.is_working_day(day) for day in days)


@pytest.mark.parametrize("today", DAYS.values(), ids=DAYS)
def test_planned_clocks_are_late_due_and_to_come_on_any_day(today: date) -> None:
    schedule = Schedule(today, CALENDAR)
    due = []
    for plan in FIRST_REGISTRATIONS:
        steps = path(FirstRegistration(), plan.verbs)
        ticks = [Tick(step.verb, day, step.state) for day, step in schedule.days(steps, plan.ago)]
        clock = read(ticks, PERIODS, CALENDAR, today)
        if plan.state in (CaseState.RECEIVED, CaseState.CORRECTED):
            assert clock.due_on >= today, "the platform would accept it in silence"
        if clock.due_on is not None:
            due.append(clock.due_on)
    assert min(due) < today
    assert schedule.next_due in due
    assert max(due) > schedule.next_due


@pytest.mark.parametrize("today", DAYS.values(), ids=DAYS)
def test_nobody_lives_beyond_the_day_the_city_is_built(today: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(city, "DOCTORS", 400)
    invented = city.invent(today)
    assert len(long_absent(invented.people, today)) >= sign_ins.PARTIES
    assert len(invented.people) == 400
    for person in invented.people:
        assert person.qualified_on < today
        assert all(segment.since < today for segment in person.career.segments)
    assert all(
        institution.opened < today and institution.takes(today)
        for institution in invented.institutions
        if institution.closed_on is None and institution.paused_on is None
    )
