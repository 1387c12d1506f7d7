"""What the users of other service desks and monitors report as faults, each by a test that would fail if it were ours.

The products and numbers of their threads stand in the names' comments; what they ask for is in domain words.
"""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from tests.systems.service.conftest import Service
from yizheng.kernel.calendar.calculators import calendar
from yizheng.kernel.calendar.hours import ROUND_THE_CLOCK, Hours
from yizheng.people import audit
from yizheng.people.models import AuditEntry
from yizheng.systems.service.ledger import Event, Kept, Kind, Ledger, Limits
from yizheng.systems.service.matters import kinds
from yizheng.systems.service.models import Entry, WorkOrder
from yizheng.systems.service.orders.acting import Refused
from yizheng.systems.service.orders.escalating import escalate
from yizheng.systems.service.orders.standing import Standing
from yizheng.systems.service.reports.figures import figures
from yizheng.systems.service.words import EntryKind, OrderKind, Party, Satisfaction

OFFICE = Hours(calendar())
MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def ledger(*events: Event, hours: Hours = ROUND_THE_CLOCK, restore: int = 240, now: str = "2026-09-01T00:00") -> Ledger:
    return Ledger(events, Limits(60 * MINUTE, restore * MINUTE), hours, at(now))


def test_waiting_time_is_not_lost_when_a_limit_changes() -> None:
    """GLPI #15605, #6902."""
    told = [Event(Kind.REPORT, at("2026-08-03T09:00")), Event(Kind.PAUSE, at("2026-08-03T10:00"), "client"),
            Event(Kind.RESUME, at("2026-08-03T11:30")), Event(Kind.RESTORE, at("2026-08-03T12:00"))]  # fmt: skip
    before, after = ledger(*told), ledger(*told, restore=60)
    assert before.restore_net == after.restore_net == 90 * MINUTE
    assert (before.restore_kept_net, after.restore_kept_net) == (Kept.YES, Kept.NO)


def test_a_pause_over_a_weekend_takes_office_hours_alone_from_a_limit_in_days() -> None:
    """GLPI #10594."""
    told = [Event(Kind.REPORT, at("2026-08-07T09:00")), Event(Kind.PAUSE, at("2026-08-07T16:30"), "client"),
            Event(Kind.RESUME, at("2026-08-10T09:30")), Event(Kind.RESTORE, at("2026-08-10T10:00"))]  # fmt: skip
    book = ledger(*told, hours=OFFICE, restore=2 * 420)
    assert book.restore_gross is not None
    assert book.restore_net is not None
    assert book.restore_gross - book.restore_net == 90 * MINUTE, "one hour on Friday, half an hour on Monday"


@pytest.mark.django_db
def test_nothing_is_escalated_when_an_order_has_just_been_made(service: Service) -> None:
    """GLPI #15429."""
    service.register(ago=timedelta(0))
    assert escalate() == 0


@pytest.mark.django_db
def test_the_clock_begins_with_the_report_and_not_with_its_registration_or_assignment(service: Service) -> None:
    """GLPI #1911."""
    order = service.register(ago=timedelta(minutes=50))
    service.write(order, EntryKind.ANSWER)
    response = Standing(order).ledger.response
    assert response is not None
    assert response >= 50 * MINUTE


@pytest.mark.django_db
def test_the_list_says_of_each_order_whether_its_clock_runs_stands_or_is_late(service: Service, client: Client) -> None:
    """GLPI #1002."""
    order = service.register(ago=timedelta(minutes=70))
    service.write(order, EntryKind.ANSWER)
    service.write(order, EntryKind.PAUSE, party=Party.CLOUD)
    client.force_login(service.manager)
    page = client.get("/service/orders/").content.decode()
    assert "停计" in page
    assert "（超时限）" in page


@pytest.mark.django_db
def test_an_opinion_is_asked_once_closes_by_itself_and_stands_in_the_list_and_its_spreadsheet(
    service: Service, client: Client
) -> None:
    """GLPI #8645, #4192, #6510."""
    order = service.restored(ago=timedelta(minutes=20))
    service.write(order, EntryKind.CLOSE)
    service.write(order, EntryKind.FOLLOW_UP, service.other, satisfaction=Satisfaction.UNREACHABLE)
    with pytest.raises(Refused, match="不能记录“回访”"):
        service.write(order, EntryKind.FOLLOW_UP, service.other, satisfaction=Satisfaction.SATISFIED)
    client.force_login(service.manager)
    assert order.number in client.get("/service/orders/?state=asked").content.decode()


@pytest.mark.django_db
def test_who_handled_an_order_never_rates_it(service: Service) -> None:
    """GLPI #474."""
    order = service.restored(ago=timedelta(minutes=20))
    service.write(order, EntryKind.CLOSE)
    with pytest.raises(Refused, match="不能自己评价自己"):
        service.write(order, EntryKind.FOLLOW_UP, satisfaction=Satisfaction.SATISFIED)


def test_a_promise_of_office_hours_is_never_due_outside_them() -> None:
    """Zammad #4432."""
    book = ledger(Event(Kind.REPORT, at("2026-08-07T17:20")), hours=OFFICE)
    assert book.response_due == at("2026-08-10T09:50")


@pytest.mark.django_db
def test_a_note_of_the_reporter_neither_stops_nor_restarts_a_clock(service: Service) -> None:
    """Zammad #1322."""
    order = service.register(ago=timedelta(minutes=30))
    before = Standing(order).ledger.response_due
    service.write(order, EntryKind.NOTE, said="还是打不开")
    book = Standing(WorkOrder.objects.get(pk=order.pk)).ledger
    assert (book.answered, book.response_due) == (None, before)


@pytest.mark.django_db
def test_the_time_spent_stands_in_the_report(service: Service) -> None:
    """Zammad #2086, #760, #1580."""
    order = service.register()
    service.write(order, EntryKind.ANSWER, minutes=30)
    today = timezone.localdate()
    assert {each.title: each.value for each in figures(service.around(), today - timedelta(days=1), today)}[
        "用时"
    ] == "0.5 小时"


@pytest.mark.django_db
def test_each_line_of_the_ledger_says_how_many_minutes_had_run(service: Service) -> None:
    """Zammad #4777."""
    order = service.register(ago=timedelta(minutes=45))
    service.write(order, EntryKind.ANSWER)
    assert [line.gross is not None for line in Standing(order).lines] == [True, True]


@pytest.mark.django_db
def test_the_audit_trail_cannot_be_changed_and_names_the_act(service: Service) -> None:
    """Zammad #6200, #6210."""
    entry = audit.record(service.engineer, "service.inspect", "inspection:1")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update people_auditentry set verb = 'x' where id = %s", [entry.pk])
    assert AuditEntry.objects.get(pk=entry.pk).verb == "service.inspect"


@pytest.mark.django_db
def test_the_ledger_cannot_be_changed_by_whoever_writes_past_the_program(service: Service) -> None:
    order = service.register()
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(order=order).update(at=timezone.now())


def test_holidays_and_working_weekends_of_the_state_council_count_as_they_are() -> None:
    """osTicket #1168, #4969."""
    book = ledger(Event(Kind.REPORT, at("2026-02-13T17:00")), hours=OFFICE)
    assert book.response_due == at("2026-02-14T09:30"), "a Saturday worked for the Spring Festival"
    assert OFFICE.running(at("2026-10-01T00:00"), at("2026-10-02T00:00")) == timedelta(0)


def test_a_state_of_waiting_pauses_the_net_clock_alone() -> None:
    """osTicket #3034, #91."""
    book = ledger(
        Event(Kind.REPORT, at("2026-08-03T09:00")),
        Event(Kind.PAUSE, at("2026-08-03T10:00"), "third"),
        now="2026-08-03T13:30",
    )
    assert (book.restore_kept_gross, book.restore_kept_net) == (Kept.NO, Kept.PENDING)


def test_the_answer_and_the_restored_service_have_clocks_of_their_own() -> None:
    """osTicket #218."""
    told = [Event(Kind.REPORT, at("2026-08-03T09:00")), Event(Kind.ANSWER, at("2026-08-03T10:30")),
            Event(Kind.RESTORE, at("2026-08-03T12:00"))]  # fmt: skip
    book = ledger(*told)
    assert (book.response_kept, book.restore_kept_gross) == (Kept.NO, Kept.YES)


def test_noon_does_not_count_in_office_hours() -> None:
    """Frappe #2212."""
    assert OFFICE.running(at("2026-08-03T11:30"), at("2026-08-03T14:00")) == 60 * MINUTE


@pytest.mark.django_db
def test_a_contract_s_included_days_are_an_account_that_says_what_is_left(service: Service) -> None:
    """osTicket #733."""
    from yizheng.systems.service.clauses.changes import account_of_changes

    for days in (Decimal(12), Decimal(11)):
        order = service.register(OrderKind.CHANGE)
        service.write(order, EntryKind.ANSWER)
        service.write(order, EntryKind.ESTIMATE, days=days)
        service.write(order, EntryKind.AGREED, service.client)
    booked = account_of_changes(service.around())
    assert (booked.left, [each.charged for each in booked.booked]) == (0, [0, 3])


def test_a_window_is_announced_with_an_end_and_by_a_second_person() -> None:
    """Uptime Kuma #6064, #4622; Alertmanager #4303; Grafana #5856: no silence without an end, and it is said who agreed."""
    assert {"begins", "ends"} <= {each.name for each in kinds.ANNOUNCEMENT.fields if not each.optional}
    publish = kinds.ANNOUNCEMENT.move("publish")
    assert publish is not None
    assert publish.not_by == ("open",)


def test_the_same_events_tell_the_same_whatever_rule_was_in_force_meanwhile() -> None:
    """A replay after an edit of calendar or rule: nothing but events is kept, and one edit back tells the first figures again."""
    told = [Event(Kind.REPORT, at("2026-08-07T17:00")), Event(Kind.RESTORE, at("2026-08-10T09:45"))]
    first, edited, back = ledger(*told, hours=OFFICE), ledger(*told), ledger(*told, hours=OFFICE)
    assert first.restore_gross == back.restore_gross == 75 * MINUTE
    assert edited.restore_gross == timedelta(hours=64, minutes=45)
