"""The clocks: each fires the day after its period, neither earlier nor twice; it warns before; what it ends is a change."""

from datetime import date, timedelta

import pytest

from tests.cast import Place, new_account
from tests.systems.doctors.people_of_pages import FIRST, LINE, license_house, make_doctor, registered
from yizheng.licensing.deadlines.clocks import Recipient, clocks
from yizheng.licensing.deadlines.computing import recompute
from yizheng.licensing.deadlines.daily import run
from yizheng.licensing.models import Deadline, Expiry, Proposal, RuleValue
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.registry.models import Subject
from yizheng.systems.doctors.models import (
    InstitutionFiling,
    PeriodicAssessment,
    Qualification,
    Registration,
    ShortTermPractice,
    SpecialQualification,
    TeamPermit,
    VillageAssessment,
    VillageRegistration,
)
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.institutions.licensing import end_licence
from yizheng.systems.practitioners.models import PenaltyRecord, RegistrationBar
from yizheng.work.models import Notice

DAY = timedelta(days=1)


def write(model, subject, line, values, *, on, scope, until=date(9999, 12, 31)):
    """One fact by a change of its own."""
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        if hasattr(model.objects, "until"):
            return change.event(model, subject, line, values, happened_on=on, authority_scope=scope.pk)
        return change.state(model, subject, line, values, valid_from=on, valid_to=until, authority_scope=scope.pk)


@pytest.fixture
def person(db, haidian):
    """A subject with a name and an account."""
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        subject = change.subject("person")
    return new_account(AccountKind.INDIVIDUAL, "林知夏", subject=subject)


def fires(clock, on):
    """The days on which the clock fires, as the register stands on ``on``."""
    with acting_as_system("test"):
        recompute(on)
        return list(Deadline.objects.filter(clock=clock).values_list("fires_on", flat=True))


def put(model, line, values, on, until=date(9999, 12, 31)):
    return model, line, values, on, until


def registration(**values):
    return registered(Place(Scope(), Subject(), Account()), **values)


QUALIFIED = {
    "level": "1",
    "category": "clinical",
    "qualified_on": date(2024, 2, 29),
    "issuer": "市",
    "holder_name": "林",
}
FACTS = {
    "idle": (Qualification, "qualification:1", QUALIFIED, date(2024, 2, 29), date(2026, 3, 1)),
    "leave": (
        Registration, LINE, registration(status="LEFT", reason="L01"), date(2024, 5, 10), date(2026, 5, 11),
    ),
    "assessment": (
        Registration, LINE, registration(issued_on=date(2021, 5, 8), first_practised_on=date(2021, 5, 8)),
        date(2021, 5, 8), date(2025, 12, 31),
    ),
    "missed": (
        Registration, LINE, registration(issued_on=date(2019, 5, 8), first_practised_on=date(2019, 5, 8)),
        date(2019, 5, 8), date(2026, 1, 1),
    ),
    "bar": (
        RegistrationBar, "bar:R04:1", {"ground": "R04"}, date(2024, 6, 1), date(2026, 6, 2),
    ),
    "transplant": (
        SpecialQualification, "special:organ_transplant:liver",
        {"type": "organ_transplant", "granted_by": "市", "granted_on": date(2020, 1, 1),
         "last_work_on": date(2023, 4, 4), "status": "VALID"},
        date(2020, 1, 1), date(2026, 4, 5),
    ),
}  # fmt: skip


LAST = date(2026, 6, 30)
DATED = {
    "suspension": (
        Registration, LINE, registration(status="SUSP_ASSESS"), date(2026, 1, 5), date(2026, 7, 5),
    ),
    "resumption": (
        Registration, LINE, registration(status="SUSP_PENAL"), date(2026, 1, 5), date(2026, 7, 5),
    ),
    "filing": (
        InstitutionFiling, "filing:1", {"level": "1", "filed_on": date(2025, 1, 1)}, date(2025, 1, 1), date(2026, 7, 1),
    ),
    "short_term": (
        ShortTermPractice, "short_term:1",
        {"origin": "HK", "certificate_number": "HK-1", "category": "clinical", "contract_from": date(2025, 1, 1),
         "contract_to": LAST, "issued_on": date(2025, 1, 10), "valid_until": LAST},
        date(2025, 1, 10), date(2026, 7, 1),
    ),
    "team": (
        TeamPermit, "team:1",
        {"team_name": "示范医疗队", "country": "276", "leader": "x", "purpose": "x", "certificate_number": "T-1",
         "members": 2, "agreement_from": date(2025, 7, 1), "agreement_to": LAST, "issued_on": date(2025, 7, 1),
         "valid_until": LAST},
        date(2025, 7, 1), date(2026, 7, 1),
    ),
    "village": (
        VillageRegistration, "village",
        {"certificate_number": "V-1", "valid_until": LAST, "first_registered_on": date(2021, 7, 1),
         "issued_on": date(2021, 7, 1)},
        date(2021, 7, 1), date(2026, 7, 1),
    ),
    "village_renewal": (
        VillageRegistration, "village",
        {"certificate_number": "V-1", "valid_until": LAST, "first_registered_on": date(2021, 7, 1),
         "issued_on": date(2021, 7, 1)},
        date(2021, 7, 1), date(2026, 3, 30),
    ),
    "village_assessment": (
        VillageRegistration, "village",
        {"certificate_number": "V-1", "valid_until": date(2029, 6, 30), "first_registered_on": date(2024, 7, 1),
         "issued_on": date(2024, 7, 1)},
        date(2024, 7, 1), date(2026, 7, 1),
    ),
    "village_lapse": (
        VillageRegistration, "village",
        {"certificate_number": "V-1", "valid_until": date(2029, 6, 30), "first_registered_on": date(2024, 7, 1),
         "issued_on": date(2024, 7, 1)},
        date(2024, 7, 1), date(2026, 7, 2),
    ),
    "special": (
        SpecialQualification, "special:mch_premarital",
        {"type": "mch_premarital", "granted_by": "区", "granted_on": date(2023, 7, 1), "valid_until": LAST},
        date(2023, 7, 1), date(2026, 7, 1),
    ),
    "retraining": (
        SpecialQualification, "special:radiation_worker",
        {"type": "radiation_worker", "granted_by": "区", "granted_on": date(2024, 7, 1),
         "retraining_due": date(2026, 7, 1)},
        date(2024, 7, 1), date(2026, 7, 1),
    ),
}  # fmt: skip
"""What names its own last day; the institution is the cast's."""
OF_INSTITUTIONS = {
    "filing_house": date(2026, 6, 30), "interruption": date(2028, 7, 1), "village_interruption": date(2028, 7, 1),
}  # fmt: skip
"""What follows from the end of an institution on 30 June 2026."""
OUTCOMES = {"tell": "已提醒", "propose": "已提出拟办", "end": "已自动终止"}
BY_ITSELF = {"resumption", "filing", "filing_house", "short_term", "team", "village", "special"}
"""What the law lets end by its own time; everything else is told, or put to a person who decides."""


@pytest.fixture
def standing(person, institution, haidian):
    """What the clock looks at, written into the register; answers with the first day on which it fires."""

    def of(clock: str) -> date:
        if clock in OF_INSTITUTIONS:
            license_house(institution, haidian)
            village = {**DATED["village_assessment"][2], "institution": institution.subject.pk}
            kind, line, said = {
                "filing_house": (InstitutionFiling, "filing:1", filed(institution)),
                "interruption": (Registration, LINE, registered(institution)),
                "village_interruption": (VillageRegistration, "village", village),
            }[clock]
            write(kind, person.subject_id, line, said, on=date(2025, 1, 1), scope=haidian)
            with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
                end_licence(change, institution.subject.pk, on=date(2026, 6, 30), status="deregistered")
            return OF_INSTITUTIONS[clock]
        model, line, values, since, first = {**FACTS, **DATED}[clock]
        fields = {field.name for field in model.typed_fields()}
        here = {"institution": institution.subject.pk} if clock in DATED and "institution" in fields else {}
        subject = institution.subject.pk if clock == "team" else person.subject_id
        until = first if clock in {"resumption", "filing"} else date(9999, 12, 31)
        if clock == "resumption":
            write(Registration, subject, LINE, registered(institution), on=FIRST, scope=haidian)
        write(model, subject, line, {**values, **here}, on=since, scope=haidian, until=until)
        if clock == "village_lapse":
            failed = {"cycle": "2025-2026", "passed": False}
            write(VillageAssessment, subject, "village_assessment", failed, on=date(2026, 1, 1), scope=haidian)
        if clock == "suspension":
            order = {"cycle": "2023-2025", "passed": False, "suspended_from": since, "suspended_to": first - DAY}
            write(PeriodicAssessment, subject, "order", order, on=since, scope=haidian)
        return first

    return of


def test_every_clock_is_asked_on_its_days() -> None:
    assert {each.code for each in clocks(DOCTORS)} == {*FACTS, *DATED, *OF_INSTITUTIONS}
    assert {each.code for each in clocks(DOCTORS) if each.firing == "end"} == BY_ITSELF
    assert {each.code for each in clocks(DOCTORS) if each.firing == "propose" and each.act} == {
        "leave", "interruption", "missed", "suspension", "transplant", "village_lapse", "village_interruption",
    }  # fmt: skip


@pytest.mark.parametrize("clock", [*FACTS, *DATED, *OF_INSTITUTIONS])
@pytest.mark.django_db
def test_a_clock_warns_in_its_days_fires_on_the_first_day_after_its_period_and_once(clock, standing, haidian):
    first = standing(clock)
    declared = next(each for each in clocks(DOCTORS) if each.code == clock)
    warning = first - declared.warn_days * DAY
    mine = Deadline.objects.filter(clock=clock)
    with acting_as_system("test"):
        run(warning - DAY)
        assert list(mine.values_list("fires_on", "warned_on")) == [(first, None)]
        run(warning)
        assert list(mine.values_list("fires_on", "warned_on")) == [(first, warning)]
        told = Notice.objects.filter(kind="deadline")
        assert told.filter(title__contains=declared.title).exists() or Recipient.PERSON in declared.recipients
        run(first - DAY)
        assert not mine.exclude(fired_on=None)
        run(first)
        assert list(mine.filter(fires_on=first).values_list("fired_on", "outcome")) == [
            (first, OUTCOMES[declared.firing])
        ]
        proposed = Proposal.objects.filter(consequence=declared.proposal)
        assert proposed.count() == (declared.firing == "propose")
        assert Expiry.objects.filter(clock=clock).count() == (declared.firing == "end")
        noted = (Notice.objects.count(), Proposal.objects.count(), Expiry.objects.count())
        run(first + DAY)
        assert (Notice.objects.count(), Proposal.objects.count(), Expiry.objects.count()) == noted


@pytest.mark.django_db
def test_another_reading_of_the_anniversary_moves_the_day(person, haidian):
    write(Registration, person.subject_id, LINE, FACTS["leave"][2], on=date(2024, 5, 10), scope=haidian)
    RuleValue.objects.create(code="doctors.anniversary_inside", value=0, valid_from=date(2025, 1, 1), article="x")
    assert fires("leave", date(2026, 1, 1)) == [date(2026, 5, 10)]


@pytest.mark.django_db
def test_leave_is_counted_from_its_filing_whatever_else_changed_and_ends_with_a_return(person, haidian):
    left = registration(status="LEFT", reason="L01")
    write(Registration, person.subject_id, LINE, registration(), on=FIRST, scope=haidian)
    write(Registration, person.subject_id, LINE, left, on=date(2024, 5, 10), scope=haidian)
    write(Registration, person.subject_id, LINE, {**left, "scopes": ["13"]}, on=date(2025, 1, 1), scope=haidian)
    assert fires("leave", date(2026, 1, 1)) == [date(2026, 5, 11)]
    write(Registration, person.subject_id, LINE, registration(), on=date(2026, 2, 1), scope=haidian)
    assert fires("leave", date(2026, 3, 1)) == []


@pytest.mark.parametrize(
    ("since", "assessed", "due", "missed"),
    [
        (date(2023, 1, 1), None, [date(2025, 12, 31)], []),
        (date(2023, 1, 2), None, [], []),
        (date(2012, 5, 8), date(2019, 11, 1), [date(2025, 12, 31)], [date(2026, 1, 1)]),
        (date(2012, 5, 8), date(2022, 11, 1), [date(2025, 12, 31)], []),
        (date(2012, 5, 8), date(2025, 9, 1), [], []),
    ],
)
@pytest.mark.django_db
def test_a_cycle_is_the_city_s_and_who_came_within_one_joins_the_next(since, assessed, due, missed, person, haidian):
    held = registration(issued_on=since, first_practised_on=since)
    write(Registration, person.subject_id, LINE, held, on=since, scope=haidian)
    if assessed:
        said = {"cycle": "x", "passed": True}
        write(PeriodicAssessment, person.subject_id, "assessment", said, on=assessed, scope=haidian)
    assert fires("assessment", date(2025, 10, 1)) == due
    assert fires("missed", date(2025, 10, 1)) == missed


@pytest.mark.django_db
def test_who_lost_the_institution_and_found_no_other_is_interrupted(institution, haidian, decider):
    license_house(institution, haidian)
    make_doctor("林知夏", institution, haidian, by=decider)
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        end_licence(change, institution.subject.pk, on=date(2025, 6, 30), status="deregistered")
    assert fires("interruption", date(2027, 1, 1)) == [date(2027, 7, 1)]


@pytest.mark.parametrize(
    ("status", "model", "values"),
    [
        ("SUSP_PENAL", PenaltyRecord, {
            "kind": "suspension", "behaviour": "x", "article": "x", "authority_name": "x", "document_number": "1",
            "suspended_from": date(2026, 1, 5), "suspended_to": date(2026, 7, 4)}),
        ("SUSP_ASSESS", PeriodicAssessment, {
            "cycle": "2023-2025", "passed": False, "suspended_from": date(2026, 1, 5),
            "suspended_to": date(2026, 7, 4)}),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_a_suspension_that_ran_out_is_put_to_a_person(status, model, values, person, haidian):
    write(Registration, person.subject_id, LINE, registration(status=status), on=date(2026, 1, 5), scope=haidian)
    write(model, person.subject_id, "order", values, on=date(2026, 1, 5), scope=haidian)
    assert fires("suspension", date(2026, 6, 1)) == [date(2026, 7, 5)]


@pytest.mark.django_db
def test_a_suspension_as_a_nurse_does_not_lengthen_the_one_as_a_doctor(person, haidian):
    since, penalty = date(2026, 1, 5), {"kind": "suspension", "behaviour": "x", "article": "x", "authority_name": "x"}
    write(Registration, person.subject_id, LINE, registration(status="SUSP_PENAL"), on=since, scope=haidian)
    for register, number, last in (("doctor", "1", date(2026, 7, 4)), ("nurse", "2", date(2026, 9, 30))):
        said = {
            **penalty,
            "of_register": register,
            "document_number": number,
            "suspended_from": since,
            "suspended_to": last,
        }
        write(PenaltyRecord, person.subject_id, f"penalty:{number}", said, on=since, scope=haidian)
    assert fires("suspension", date(2026, 6, 1)) == [date(2026, 7, 5)]


@pytest.mark.django_db
def test_a_penalty_that_ran_is_over_by_itself_and_recorded(person, haidian):
    write(Registration, person.subject_id, LINE, registration(), on=FIRST, scope=haidian)
    suspended = registration(status="SUSP_PENAL")
    write(Registration, person.subject_id, LINE, suspended, on=date(2026, 1, 5), until=date(2026, 7, 5), scope=haidian)
    with acting_as_system("test"):
        run(date(2026, 7, 4))
        assert not Expiry.objects.filter(clock="resumption")
        run(date(2026, 7, 5))
        assert Expiry.objects.get(clock="resumption").happened_on == date(2026, 7, 5)


def filed(house):
    return {"institution": house.subject.pk, "level": "1", "filed_on": date(2025, 1, 1)}
