"""A message is written with its cause, delivered later, tried again at growing distance, and given up in the end."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from yizheng.work import outbox
from yizheng.work.models import OutboxMessage
from yizheng.work.models.outbox import OutboxState

pytestmark = pytest.mark.django_db
delivered: list[int] = []
broken: set[str] = set()


@outbox.deliverer("test.one")
@outbox.deliverer("test.two")
def deliver(message: OutboxMessage) -> None:
    if message.channel in broken:
        raise ConnectionError("110108199003071234")
    delivered.append(message.pk)


@pytest.fixture(autouse=True)
def afresh() -> None:
    delivered.clear()
    broken.clear()


def test_a_message_is_delivered_once() -> None:
    message = outbox.post("test.one", {"case": 1})
    assert outbox.deliver_due() == 1
    assert outbox.deliver_due() == 0
    message.refresh_from_db()
    assert (message.state, message.attempts) == (OutboxState.DELIVERED, 1)
    assert delivered == [message.pk]


def test_a_message_falls_with_its_cause() -> None:
    with transaction.atomic():
        outbox.post("test.one", {"case": 1})
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()


def test_a_failure_waits_and_does_not_hold_up_others() -> None:
    broken.add("test.one")
    stuck, fine = outbox.post("test.one", {}), outbox.post("test.two", {})
    assert outbox.deliver_due() == 1
    stuck.refresh_from_db()
    assert (stuck.state, stuck.attempts, stuck.last_error) == (OutboxState.PENDING, 1, "ConnectionError")
    assert stuck.next_attempt > timezone.now()
    assert delivered == [fine.pk]


def test_after_many_attempts_it_is_given_up() -> None:
    broken.add("test.one")
    message = outbox.post("test.one", {})
    for _ in range(outbox.MOST_ATTEMPTS):
        OutboxMessage.objects.update(next_attempt=timezone.now())
        outbox.deliver_due()
    message.refresh_from_db()
    assert message.state == OutboxState.GIVEN_UP
    assert outbox.deliver_due() == 0


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 30), (2, 60), (5, 480), (30, 6 * 3600)])
def test_the_distance_doubles_up_to_six_hours(attempts: int, seconds: int) -> None:
    assert outbox.wait_after(attempts) == timedelta(seconds=seconds)


def test_nobody_posts_on_an_unknown_channel() -> None:
    with pytest.raises(LookupError):
        outbox.post("test.nobody", {})
