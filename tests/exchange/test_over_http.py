"""The same promises over HTTP: a simulated partner in a server of its own, tokens that run out, signatures, faults while it runs."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from tests.exchange.channels import Sample
from yizheng.exchange.channels.contract import contract_test
from yizheng.exchange.channels.delivering import deliver
from yizheng.exchange.channels.outbox import post
from yizheng.exchange.channels.over_http import OverHttp
from yizheng.exchange.channels.protocol import TransportFault
from yizheng.exchange.channels.reconciling import reconcile
from yizheng.exchange.channels.signing import OwnKey
from yizheng.exchange.models import Attempt, Message, MessageState, Partner
from yizheng.exchange.simulating.running import NotSimulated, prepared
from yizheng.exchange.simulating.server import Simulator

pytestmark = pytest.mark.django_db


@pytest.fixture
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


@pytest.fixture
def server(sample: Sample, key: Ed25519PrivateKey) -> Iterator[Simulator]:
    made = Simulator(("127.0.0.1", 0), {"sample": sample.other}, key.public_key(), "sample-partner")
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


def partner(server: Simulator) -> Partner:
    return Partner(code="sample-partner", address=f"http://127.0.0.1:{server.server_port}/api")


def test_faults_over_http_lose_nothing_and_a_token_that_ran_out_is_fetched_anew(
    sample: Sample, server: Simulator, key: Ed25519PrivateKey
) -> None:
    other = OverHttp(partner(server), "sample", OwnKey(key), timeout=5)
    post(sample.channel, [sample.draft(f"k{n}", "甲") for n in range(12)], cause="case:1")
    sample.other.faults.next = ["timeout", "outage", "garbled", "half"]
    for minute in range(6):
        deliver(sample.channel, other, timezone.now() + timedelta(minutes=minute))
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.ACKED}
    assert len(sample.other.effects) == 12
    assert set(Attempt.objects.values_list("fault", flat=True)) == {"", "unreachable", "busy", "garbled"}
    server.tokens.clear()
    assert reconcile(sample.channel, other).agrees
    assert [passed for _, passed, _ in contract_test(sample.channel, other)] == [True, True, True]
    other.close()


def test_a_wrong_key_gets_no_token_and_nobody_there_is_a_fault_of_transport(sample: Sample, server: Simulator) -> None:
    stranger = OverHttp(partner(server), "sample", OwnKey(Ed25519PrivateKey.generate()))
    with pytest.raises(TransportFault) as refused:
        stranger.holdings()
    assert refused.value.kind == "token"
    stranger.close()
    absent = OverHttp(
        Partner(code="nobody", address="http://127.0.0.1:9/"), "sample", OwnKey(Ed25519PrivateKey.generate())
    )
    with pytest.raises(TransportFault) as unreachable:
        absent.holdings()
    assert unreachable.value.kind == "unreachable"


def test_faults_are_set_while_it_runs(sample: Sample, server: Simulator) -> None:
    connection = HTTPConnection("127.0.0.1", server.server_port)
    connection.request("POST", "/faults", json.dumps({"rates": {"timeout": 0.5, "unheard": 1}, "next": ["half"]}))
    assert connection.getresponse().read() == b"{}"
    connection.request("GET", "/")
    told = json.loads(connection.getresponse().read())["channels"]["sample"]
    connection.close()
    assert (told["rates"], told["next"], told["held"]) == ({"timeout": 0.5}, ["half"], 0)


def test_a_partner_is_simulated_by_its_code_with_the_faults_asked_for() -> None:
    made = prepared("city-credit", 0, ["timeout=0.05"])
    made.server_close()
    assert made.channels["credit"].faults.rates == {"timeout": 0.05}
    for code, fault, words in (("nobody", [], "city-credit"), ("city-credit", ["unheard"], "timeout")):
        with pytest.raises(NotSimulated, match=words):
            prepared(code, 0, fault)
