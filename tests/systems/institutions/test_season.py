"""The verification season: the calendar says what the calculator says, and a district is worked in batches."""

from datetime import date, timedelta

import pytest
from django.db.models import DateField, Value
from django.urls import reverse

from tests.cast import sign_in
from tests.counting import counted
from tests.systems.institutions.registered import TODAY
from yizheng.documents.models import Instrument
from yizheng.kernel.calendar import add_months
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import add_organisation
from yizheng.registry import ChangeKind, Subject, changing
from yizheng.registry.writer.rows import insert_many
from yizheng.systems.institutions.models import LINE, InstitutionLicence, VerificationPeriod
from yizheng.systems.institutions.models.verification import VERIFICATION
from yizheng.systems.institutions.verification.clock import Outlook, Regime, Round, State
from yizheng.systems.institutions.verifying.calendar import first_due_beyond, stated
from yizheng.work.models import Notice

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)
LICENCE = {
    "kind": "licensed", "category": "D110", "level": "9", "grade": "9", "business_nature": "3", "subjects": ["03"],
    "district": "110108", "address": "北京市海淀区示范路 1 号", "uscc": "", "registration_number": "",
}  # fmt: skip


def registered(office, rounds):
    """An outpatient department for each round, in one change."""
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="test") as change:
        subjects = insert_many([Subject(kind="institution", opened=change.id) for _ in rounds])
        for number, (subject, turned) in enumerate(zip(subjects, rounds, strict=True)):
            name = f"北京示范第{number}门诊部"
            change.state(
                InstitutionLicence,
                subject,
                LINE,
                {**LICENCE, "name": name},
                valid_from=date(2020, 1, 1),
                authority_scope=office.pk,
            )
            period = {
                "months": 12,
                "ordered_on": None,
                "order_by": None,
                "deferred_to": None,
                "again_by": None,
                **turned,
            }
            change.state(
                VerificationPeriod,
                subject,
                VERIFICATION,
                period,
                valid_from=date(2020, 1, 1),
                authority_scope=office.pk,
            )
    return [subject.pk for subject in subjects]


def around(day):
    return (day - ONE, day, day + ONE)


EDGES = [
    *({"due_on": due} for day in (TODAY, add_months(TODAY, 3), first_due_beyond(TODAY)) for due in around(day)),
    *({"due_on": TODAY - ONE, "ordered_on": TODAY - 20 * ONE, "order_by": by} for by in around(TODAY)),
    *({"due_on": TODAY, "deferred_to": to, "again_by": to + 6 * ONE} for to in around(TODAY)),
    *({"due_on": TODAY, "deferred_to": TODAY - 6 * ONE, "again_by": by} for by in around(TODAY)),
]


def round_of(period, applied):
    """The round as the calculator knows it."""
    deferred = period.deferred_to is not None
    same = ("due_on", "order_by", "deferred_to", "again_by")
    return Round(
        Regime.LICENSED,
        period.months,
        applied=None if deferred else applied,
        recheck_applied=applied if deferred else None,
        **{name: getattr(period, name) for name in same},
    )


@pytest.mark.parametrize("applied", [None, TODAY - 2 * ONE, TODAY])
def test_the_calendar_says_of_every_round_what_the_calculator_says(applied, haidian):
    registered(haidian, EDGES)
    with acting_as_system("test"):
        rows = VerificationPeriod.objects.as_of(TODAY).annotate(applied=Value(applied, output_field=DateField()))
        found = {each.pk: each.state for each in stated(rows, TODAY)}
        calendar = working_calendar()
        for period in VerificationPeriod.objects.as_of(TODAY):
            outlook = Outlook(round_of(period, applied), TODAY, calendar)
            assert found[period.pk] == outlook.state, (period.values(), outlook.state)


@pytest.mark.parametrize("on", [date(2026, 2, 28), date(2026, 11, 30), date(2028, 2, 29), date(2026, 5, 31)])
def test_the_window_opens_three_months_before_at_the_end_of_short_months_too(on):
    due = first_due_beyond(on)
    assert add_months(due, -3) >= on > add_months(due - ONE, -3)


def season():
    """Ninety: twenty not due, forty in their window, twenty overdue, ten to deregister."""
    late = {"due_on": TODAY - 60 * ONE, "ordered_on": TODAY - 40 * ONE, "order_by": TODAY - 20 * ONE}
    return [
        *({"due_on": TODAY + 200 * ONE} for _ in range(20)), *({"due_on": TODAY + 30 * ONE} for _ in range(40)),
        *({"due_on": TODAY - 5 * ONE} for _ in range(20)), *(late for _ in range(10)),
    ]  # fmt: skip


def test_a_season_is_seen_at_a_glance_and_ordered_in_one_go(client, haidian, district_desk):
    registered(haidian, season())
    clerk = sign_in(client, district_desk.reviewer)
    address = reverse("institutions:verifications")
    with counted() as whole:
        page = clerk.get(address).content.decode()
    for said in ("全部", "90", "应当申请", "40", "逾期未申请", "20", "可以注销", "10", "北京示范第"):
        assert said in page, said
    with counted() as narrowed:
        assert "责令限期办理" in clerk.get(f"{address}?state={State.OVERDUE}").content.decode()
    assert len(narrowed.own) <= len(whole.own) + 2
    with counted() as ordering:
        done = clerk.post(
            reverse("institutions:verifications_act"), {"what": "order", "whole": State.OVERDUE}, follow=True
        )
    assert "责令限期办理 20 家" in done.content.decode()
    assert len(ordering.own) < 60, len(ordering.own)
    with acting_as_system("test"):
        assert InstitutionLicence.objects.as_of(TODAY).filter(status="check_due").count() == 20
        assert Instrument.objects.all().filter(kind="verification_order").count() == 20
        assert VerificationPeriod.objects.as_of(TODAY).filter(ordered_on=TODAY).count() == 20


def test_who_did_not_follow_an_order_is_proceeded_against_one_by_one(client, haidian, district_desk):
    late = {"due_on": TODAY - 60 * ONE, "ordered_on": TODAY - 40 * ONE, "order_by": TODAY - ONE}
    registered(haidian, [late, {"due_on": TODAY + ONE}])
    with acting_as_system("test"):
        rows = list(VerificationPeriod.objects.as_of(TODAY).values_list("pk", flat=True))
    clerk = sign_in(client, district_desk.reviewer)
    done = clerk.post(reverse("institutions:verifications_act"), {"what": "end", "row": rows}, follow=True)
    assert "立案注销 1 家，1 家的环节不符" in done.content.decode()
    with acting_as_system("test"):
        assert (
            Case.objects.get(item_code="inst_deregister_ex_officio").answers["closing"]["cause"] == "check_not_applied"
        )


def test_a_reminder_reaches_the_operators_and_only_a_reviewer_acts(client, haidian, district_desk):
    (subject,) = registered(haidian, [{"due_on": TODAY + 30 * ONE}])
    with acting_as_system("test"):
        add_organisation(f"institution:{subject}", "北京示范第0门诊部", haidian, subject)
        row = VerificationPeriod.objects.as_of(TODAY).get().pk
    asked = {"what": "remind", "row": [row]}
    acceptor = sign_in(client, district_desk.acceptor)
    calendar = acceptor.get(reverse("institutions:verifications")).content.decode()
    assert "北京示范第0门诊部" in calendar
    assert "提醒申请" not in calendar
    assert 'type="checkbox"' not in calendar
    assert acceptor.post(reverse("institutions:verifications_act"), asked).status_code == 403
    sign_in(client, district_desk.reviewer).post(reverse("institutions:verifications_act"), asked)
    with acting_as_system("test"):
        assert Notice.objects.filter(kind="verification").count() == 1
