"""Channels: what is said is sent once and in order whatever fails, refused data waits for a person, both sides agree afterwards."""

import random
from datetime import datetime, timedelta
from itertools import groupby

import pytest
from django.utils import timezone

from tests.exchange.channels import Sample
from yizheng.exchange.channels import inbox
from yizheng.exchange.channels.contract import contract_test
from yizheng.exchange.channels.delivering import deliver
from yizheng.exchange.channels.figures import faults, figures, flow, to_mend
from yizheng.exchange.channels.outbox import canonical, hash_of, opened, post
from yizheng.exchange.channels.protocol import ACCEPTED, KNOWN, LATER, Answer, Envelope
from yizheng.exchange.channels.reconciling import fill, held, mend, reconcile, untold
from yizheng.exchange.channels.sending_again import NothingToDo, give_up, replay, send_again, tell_anew
from yizheng.exchange.models import Attempt, Circuit, Incoming, Message, MessageState, Partner
from yizheng.exchange.simulating.counterpart import Faults
from yizheng.people import vault
from yizheng.people.models import Account, AuditEntry
from yizheng.people.scope import acting_as_system

pytestmark = pytest.mark.django_db


def later(minutes: float = 0) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)


def states(sample: Sample) -> list[str]:
    return list(Message.objects.filter(channel="sample").order_by("id").values_list("state", flat=True))


def test_what_is_said_again_is_no_new_message_and_an_end_is_the_next_version(sample: Sample) -> None:
    assert len(post(sample.channel, [sample.draft("a", "甲"), sample.draft("b", "乙")], cause="case:1")) == 2
    assert post(sample.channel, [sample.draft("a", "甲")], cause="case:1") == []
    assert len(post(sample.channel, [sample.draft("a", "甲二")], cause="case:2")) == 1
    assert post(sample.channel, [sample.draft("c", "丙", ends=True)], cause="case:3") == [], (
        "never told, nothing to end"
    )
    post(sample.channel, [sample.draft("a", "甲二", ends=True)], cause="case:4")
    post(sample.channel, [sample.draft("a", "甲三")], cause="case:5")
    said = Message.objects.filter(key="a").order_by("version")
    assert [(each.version, each.operation) for each in said] == [(1, "I"), (2, "U"), (3, "D"), (4, "I")]
    assert opened(list(said))[0] == {"name": "甲"}
    assert "甲" not in said[0].sealed


def test_versions_of_a_key_arrive_in_order_and_an_end_leaves_nothing_there(sample: Sample) -> None:
    for name in ("甲", "甲二", "甲三"):
        post(sample.channel, [sample.draft("a", name), sample.draft("b", name)], cause="case:1")
    post(sample.channel, [sample.draft("b", "", ends=True)], cause="case:2")
    run = deliver(sample.channel, sample.other)
    assert (run.acked, run.faults) == (7, 0)
    assert [version for key, version in sample.other.effects if key == "a"] == [1, 2, 3]
    assert set(sample.other.held) == {"a"}
    assert held("sample") == dict(sample.other.held)


@pytest.mark.parametrize("fault", ["timeout", "dropped", "half", "twice", "garbled", "token", "outage"])
def test_a_fault_of_transport_is_tried_again_and_takes_effect_once(sample: Sample, fault: str) -> None:
    post(sample.channel, [sample.draft(key, "甲") for key in "abcd"], cause="case:1")
    sample.other.faults.next = [fault]
    run = deliver(sample.channel, sample.other)
    assert run.rejected == 0
    deliver(sample.channel, sample.other, later(1))
    assert states(sample) == [MessageState.ACKED] * 4
    assert sorted(sample.other.effects) == [(key, 1) for key in "abcd"], "nothing lost, nothing twice"
    assert Attempt.objects.exclude(fault="").count() == (0 if fault == "twice" else 1)


def test_the_circuit_opens_tries_with_one_message_and_closes_by_itself(sample: Sample) -> None:
    sample.other.faults.rates = {"outage": 1.0}
    for minute in range(6):
        post(sample.channel, [sample.draft(f"k{minute}", "甲")], cause="case:1")
        deliver(sample.channel, sample.other, later(minute * 2))
    circuit = Circuit.objects.get(channel="sample")
    assert circuit.opened is not None
    called = Attempt.objects.count()
    assert deliver(sample.channel, sample.other, circuit.opened).faults == 0, "a pause: nobody is asked"
    assert Attempt.objects.count() == called
    sample.other.faults.rates = {}
    run = deliver(sample.channel, sample.other, later(60))
    assert (run.acked, Circuit.objects.get(channel="sample").opened) == (6, None)
    assert Attempt.objects.order_by("id")[called].messages == 1


def test_refused_data_waits_for_a_person_and_holds_up_no_other_key_nor_its_own_repair(
    sample: Sample, engineer: Account
) -> None:
    sample.other.judge = lambda each: (
        ("R3", "代码 110101199003070011 无效") if each.payload.get("name") == "错" else None
    )
    post(sample.channel, [sample.draft("a", "错"), sample.draft("b", "乙")], cause="case:1")
    deliver(sample.channel, sample.other)
    (waiting,) = to_mend("sample")
    assert (waiting.key, waiting.code, waiting.note) == ("a", "R3", "代码 1****************1 无效"), "no number is kept"
    sample.register = {"a": "错"}
    with pytest.raises(NothingToDo, match="先在来源处更正"):
        tell_anew(sample.channel, waiting, engineer)
    sample.register = {"a": "对"}
    assert tell_anew(sample.channel, waiting, engineer) == 1
    deliver(sample.channel, sample.other)
    assert [*to_mend("sample")] == []
    assert sample.other.held["a"][0] == 2, "the same key, its next version"


def test_a_refused_message_is_sent_again_as_it_is_or_given_up_with_a_reason(sample: Sample, engineer: Account) -> None:
    sample.other.judge = lambda each: ("K1", "对方没有此项目")
    post(sample.channel, [sample.draft("a", "甲"), sample.draft("b", "乙")], cause="case:1")
    deliver(sample.channel, sample.other)
    first, second = to_mend("sample")
    sample.other.judge = lambda each: None
    send_again(first, engineer)
    with pytest.raises(NothingToDo, match="理由"):
        give_up(second, engineer, " ")
    give_up(second, engineer, "已由对方人工录入")
    with pytest.raises(NothingToDo, match="刷新"):
        send_again(second, engineer)
    deliver(sample.channel, sample.other)
    assert states(sample) == [MessageState.ACKED, MessageState.DEAD]
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {"exchange.again", "exchange.give_up"}


def test_a_fault_found_before_sending_never_leaves(sample: Sample) -> None:
    post(sample.channel, [sample.draft("a", "甲", fault="rule-3", note="代码无效")], cause="case:1")
    assert deliver(sample.channel, sample.other).acked == 0
    assert (sample.other.effects, to_mend("sample").count()) == ([], 1)


def test_receipt_is_not_acceptance_and_a_batch_refused_whole_is_sent_one_by_one(sample: Sample) -> None:
    sample.other.later = sample.other.whole = True
    sample.other.judge = lambda each: ("R1", "缺项") if each.key == "b" else None
    post(sample.channel, [sample.draft(key, "甲") for key in "abc"], cause="case:1")
    assert deliver(sample.channel, sample.other).sent == 3
    assert states(sample) == [MessageState.SENT] * 3
    run = deliver(sample.channel, sample.other)
    assert (run.acked, run.rejected) == (2, 1)


def test_whatever_fails_nothing_is_lost_nothing_comes_twice_and_order_is_kept(sample: Sample) -> None:
    chance = random.Random(13)
    sample.other.faults = Faults({"timeout": 0.1, "half": 0.1, "twice": 0.05, "dropped": 0.1, "garbled": 0.05})
    for step in range(120):
        post(sample.channel, [sample.draft(f"k{chance.randint(1, 12)}", f"第{step}次")], cause=f"case:{step}")
        if step % 10 == 0:
            deliver(sample.channel, sample.other, later(step))
    for hour in range(200, 2000, 60):
        deliver(sample.channel, sample.other, later(hour))
    assert set(states(sample)) == {MessageState.ACKED}
    assert len(sample.other.effects) == 120 == len(set(sample.other.effects))
    for _, effects in groupby(sorted(sample.other.effects, key=lambda each: each[0]), key=lambda each: each[0]):
        versions = [version for _, version in effects]
        assert versions == list(range(1, len(versions) + 1))
    assert reconcile(sample.channel, sample.other).agrees


def test_the_reconciliation_names_every_difference_and_sends_again_what_was_lost(sample: Sample) -> None:
    sample.register = dict.fromkeys("abcd", "甲")
    assert untold(sample.channel, later().date(), later().date()) == list("abcd")
    assert fill(sample.channel, "abc") == 3
    deliver(sample.channel, sample.other)
    assert reconcile(sample.channel, sample.other).agrees
    sample.other.held.pop("a")
    sample.other.seen.pop(("a", 1))
    sample.other.held["b"] = (1, "0" * 64)
    sample.other.held["x"] = (1, "1" * 64)
    found = reconcile(sample.channel, sample.other)
    assert [(each.key, each.kind) for each in found.differences.all()] == [
        ("a", "missing"), ("b", "differs"), ("x", "unknown"),
    ]  # fmt: skip
    assert mend(found) == 2
    deliver(sample.channel, sample.other, later(1))
    assert "a" in sample.other.held
    assert untold(sample.channel, later().date(), later().date()) == ["d"]


def test_a_period_can_be_told_once_more_and_takes_no_effect_twice(sample: Sample, engineer: Account) -> None:
    post(sample.channel, [sample.draft("a", "甲"), sample.draft("b", "乙")], cause="case:1")
    deliver(sample.channel, sample.other)
    assert replay(sample.channel, later(-5), later(5), engineer) == 2
    assert replay(sample.channel, later(5), later(10), engineer) == 0
    deliver(sample.channel, sample.other, later(1))
    assert (states(sample), len(sample.other.effects)) == ([MessageState.ACKED] * 2, 2)


def came(key: str, version: int, name: str) -> Envelope:
    payload = {"name": name}
    return Envelope("fact", "I", key, version, hash_of(canonical(payload)), payload)


def codes(answers: list[Answer]) -> list[str]:
    return [each.code for each in answers]


def test_what_comes_in_is_taken_once_in_order_and_answered_the_same_way(sample: Sample) -> None:
    channel = sample.channel
    assert codes(inbox.receive(channel, [came("a", 2, "二"), came("a", 3, "错")])) == [LATER, LATER]
    assert sample.came == []
    assert codes(inbox.receive(channel, [came("a", 1, "一")])) == [ACCEPTED]
    assert [each.version for each in sample.came] == [1, 2], "parked until what is before it has come"
    assert codes(inbox.receive(channel, [came("a", 1, "一"), came("a", 2, "二"), came("a", 3, "错")])) == [
        KNOWN, KNOWN, "name",
    ]  # fmt: skip
    assert codes(inbox.receive(channel, [came("a", 1, "别的")])) == ["conflict"]
    assert len(sample.came) == 2
    assert "一" not in Incoming.objects.get(key="a", version=1).sealed


def test_what_cannot_be_taken_in_is_said(sample: Sample) -> None:
    wrong_hash = Envelope("fact", "I", "a", 1, "0" * 64, {"name": "甲"})
    unknown = Envelope("other", "I", "a", 1, wrong_hash.hash, {})
    answers = inbox.receive(sample.channel, [wrong_hash, unknown, came("", 1, "甲"), came("a", 0, "甲")])
    assert codes(answers) == ["hash", "kind", "key", "key"]
    assert Incoming.objects.count() == 0


def test_an_engineer_is_told_in_a_sentence_why_a_channel_lags(sample: Sample) -> None:
    def why(minutes: float = 0) -> tuple[str, str]:
        (found,) = figures([sample.channel], later(minutes))
        return found.word, found.why

    assert why() == ("未开始", "交换对象没有登记接口地址，通道没有接通")
    Partner.objects.create(
        code="sample-partner", name="样例单位", authority_scope=sample.scope, address="http://127.0.0.1:9/x"
    )
    assert why() == ("正常", "发送正常，没有积压")
    post(sample.channel, [sample.draft("a", "甲")], cause="case:1")
    assert why(20) == ("告警", "最早一条已等 20 分钟，还没有发送；请看后台任务是否在运行")
    sample.other.faults.rates = {"timeout": 1.0}
    deliver(sample.channel, sample.other)
    assert "最近一次发送等待超时" in why(20)[1]
    for minute in range(1, 5):
        deliver(sample.channel, sample.other, later(minute * 2))
    assert why(20)[0] == "暂停"
    assert "连续 5 次等待超时，已暂停发送" in why(20)[1]
    sample.other.faults.rates = {}
    deliver(sample.channel, sample.other, later(60))
    assert why(61) == ("正常", "发送正常，没有积压")
    assert faults("sample", later(-60)) == [("传输", "等待超时", 5)]
    assert sum(carried for _, carried, _ in flow("sample", later(60))) == 1


def test_the_contract_test_shows_samples_without_effect(sample: Sample) -> None:
    sample.other.kinds = frozenset({"fact"})
    assert [passed for _, passed, _ in contract_test(sample.channel, sample.other)] == [True, True, True]
    sample.other.kinds = frozenset()
    told = contract_test(sample.channel, sample.other)
    assert [passed for _, passed, _ in told] == [True, True, True]
    sample.other.judge = lambda each: None
    assert [passed for _, passed, _ in contract_test(sample.channel, sample.other)] == [True, False, False]
    assert sample.other.effects == []


def test_messages_about_somebody_erased_are_given_up(sample: Sample) -> None:
    post(sample.channel, [sample.draft("a", "甲")], cause="case:1")
    with acting_as_system("test"):
        vault.erase(sample.subject, None, "test")
    assert deliver(sample.channel, sample.other).acked == 0
    assert states(sample) == [MessageState.DEAD]
