"""A hospital subscribes to its staff and hears: everybody at first, then each change in order, signed; nobody else's staff."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Place, sign_in
from tests.systems.nurses.test_personal import restate
from yizheng.disclosure.models import PublicPractitioner
from yizheng.exchange.channels.declaring import UnknownChannel, channel_of
from yizheng.exchange.channels.delivering import deliver
from yizheng.exchange.channels.running import other_side
from yizheng.exchange.channels.signing import verify
from yizheng.exchange.keys import signing_key
from yizheng.exchange.models import Message, MessageState, Subscription
from yizheng.exchange.sending import NotPossible
from yizheng.exchange.subscribers import subscribing
from yizheng.people.models import Account, AuditEntry
from yizheng.work import approval
from yizheng.work.schedules import run_schedule

pytestmark = pytest.mark.django_db


class Hospital(ThreadingHTTPServer):
    """An information system of a hospital: what it was told, and the statuses it answers with next."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Receiver)
        self.told: list[dict[str, Any]] = []
        self.statuses: list[int] = []
        self.key = ""
        self.unsigned = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/yizheng?ward=1"

    def keys(self) -> list[tuple[str, int, str]]:
        return [(each["key"], each["version"], each["operation"]) for each in self.told]


class _Receiver(BaseHTTPRequestHandler):
    server: Hospital

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        said = json.loads(body)
        receiver = f"subscriber-{said['subscription']}"
        verify(dict(self.headers.items()), receiver, self.path, body, signing_key(self.server.key), now=timezone.now())
        status = self.server.statuses.pop(0) if self.server.statuses else 204
        if status == 204 and not said["test"]:
            self.server.told += said["events"]
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 — the name of the base class
        pass


@pytest.fixture
def his() -> Iterator[Hospital]:
    made = Hospital()
    made.key = Client().get("/exchange/key.pem").content.decode()
    threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def subscribed(registered: Any, hospital: Place, security_admin: Account, his: Hospital) -> Subscription:
    asked = subscribing.ask(hospital.operator, his.address, "排班系统核对执业资格")
    approval.approve(asked.pk, security_admin)
    return Subscription.objects.get()


def told(subscription: Subscription, minutes: int = 0) -> None:
    channel = channel_of(subscription.channel)
    with other_side(channel) as other:
        deliver(channel, other, timezone.now() + timedelta(minutes=minutes))


def test_the_staff_is_told_at_first_and_a_suspension_by_the_clock_within_the_minute(
    subscribed: Subscription, nurse: Any, his: Hospital
) -> None:
    told(subscribed)
    key = f"nurse:{nurse.subject_id}"
    assert his.keys() == [(key, 1, "I")]
    assert his.told[0]["payload"]["may_practise"] is True
    restate(nurse, status="SUSP")
    run_schedule("exchange.channel.subscriber")
    assert his.keys()[1:] == [(key, 2, "U")]
    assert his.told[1]["payload"]["may_practise"] is False


def test_who_leaves_is_told_of_once_more_as_ended_and_other_hospitals_hear_nothing(
    subscribed: Subscription, nurse: Any, his: Hospital, another_institution: Place, security_admin: Account
) -> None:
    asked = subscribing.ask(another_institution.operator, f"{his.address}&other=1", "核对")
    approval.approve(asked.pk, security_admin)
    theirs = Subscription.objects.exclude(pk=subscribed.pk).get()
    assert not Message.objects.filter(channel=theirs.channel, kind="nurse").exists()
    key = f"nurse:{nurse.subject_id}"
    restate(nurse, institution_id=another_institution.subject.pk)
    assert list(Message.objects.filter(key=key, channel=subscribed.channel).values_list("operation", flat=True)) == [
        "I",
        "D",
    ]
    assert list(Message.objects.filter(key=key, channel=theirs.channel).values_list("operation", flat=True)) == ["I"]
    restate(nurse, status="SUSP")
    assert Message.objects.filter(key=key, channel=subscribed.channel).count() == 2, (
        "what happens elsewhere is not theirs"
    )


def test_who_leaves_by_the_calendar_is_told_of_that_night_and_once(subscribed: Subscription, nurse: Any) -> None:
    key = f"nurse:{nurse.subject_id}"
    asked = Message.objects.filter(key=key, channel=subscribed.channel).order_by("version")
    run_schedule("subscriber.calendar")
    assert list(asked.values_list("operation", flat=True)) == ["I"], "nothing changed"
    entry = PublicPractitioner.objects.get(register="nurse", subject=nurse.subject_id)
    entry.stored_main = [*(entry.stored_main or [])[:3], timezone.localdate().isoformat()]
    entry.save()
    for _ in range(2):
        run_schedule("subscriber.calendar")
        assert list(asked.values_list("operation", flat=True)) == ["I", "D"]


def test_a_hospital_that_is_down_gets_everything_later_in_order_and_once(
    subscribed: Subscription, nurse: Any, his: Hospital
) -> None:
    restate(nurse, status="SUSP")
    his.statuses = [503, 429]
    for minute in range(4):
        told(subscribed, minute)
    key = f"nurse:{nurse.subject_id}"
    assert his.keys() == [(key, 1, "I"), (key, 2, "U")]
    assert set(Message.objects.filter(channel=subscribed.channel).values_list("state", flat=True)) == {
        MessageState.ACKED
    }


def test_what_a_hospital_refuses_is_not_sent_again_until_it_asks_for_all(
    subscribed: Subscription, hospital: Place, nurse: Any, his: Hospital, client: Client
) -> None:
    his.statuses = [410, 410]
    told(subscribed)
    told(subscribed, 30)
    (message,) = Message.objects.filter(channel=subscribed.channel)
    assert (message.state, message.note, his.told) == (MessageState.REJECTED, "HTTP 410", [])
    restate(nurse, status="SUSP")
    told(subscribed)
    page = f"/exchange/subscriptions/{subscribed.pk}/"
    assert sign_in(client, hospital.operator).post(page, {"act": "again"}).status_code == 302
    told(subscribed)
    assert his.keys() == [(f"nurse:{nurse.subject_id}", 2, "U")] * 2


def test_only_the_institution_asks_only_the_security_administrator_agrees_and_either_end_is_recorded(
    subscribed: Subscription,
    hospital: Place,
    another_institution: Place,
    system_admin: Account,
    his: Hospital,
    client: Client,
) -> None:
    for address in ("ftp://his.example/in", "http://10.0.0.8/in", "https://" + "a" * 200):
        with pytest.raises(NotPossible, match="https"):
            subscribing.ask(hospital.operator, address, "核对")
    with pytest.raises(NotPossible, match="已经开通"):
        subscribing.ask(hospital.operator, his.address, "核对")
    asked = subscribing.ask(hospital.operator, "https://his.example/in", "核对")
    with pytest.raises(approval.ApprovalRefused, match="权限"):
        approval.approve(asked.pk, system_admin)
    page = f"/exchange/subscriptions/{subscribed.pk}/"
    assert sign_in(client, another_institution.operator).post(page, {"act": "end"}).status_code == 404
    own = sign_in(client, hospital.operator)
    shown = own.get("/exchange/subscriptions/").content.decode()
    assert "https://his.example/in 待安全管理员批准" in shown
    assert own.post(page, {"act": "nothing"}).status_code == 422
    said = own.post(page, {"act": "test"}, follow=True).content.decode()
    assert "已送达，对方接收" in said
    assert his.told == [], "a test is marked as one"
    assert own.post(page, {"act": "end"}).status_code == 302
    assert own.post(page, {"act": "end"}).status_code == 404
    for code in (subscribed.channel, "subscriber-" + "9" * 5000, "subscriber-x", "subscriber"):
        with pytest.raises(UnknownChannel):
            channel_of(code)
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.DEAD}
    assert {"exchange.subscription", "exchange.test", "exchange.unsubscribed"} <= set(
        AuditEntry.objects.values_list("verb", flat=True)
    )
