"""Opinions of hips: what cannot be, who reads what when, agreement, one conclusion, and two who write at once."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.cast import sign_in
from tests.systems.sequelae.conftest import Office, hip, hips
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.scope import acting_as
from yizheng.systems.sequelae.consultation import hip_opinions
from yizheng.systems.sequelae.consultation.hip_opinions import agree, collapsed, faults, harris
from yizheng.systems.sequelae.consultation.opining import Refused, conclude, open_to_reading, opinions_of, record
from yizheng.systems.sequelae.models import Opinion
from yizheng.systems.sequelae.models.opinions import Field

FULL = {
    "pain": 44.0, "limp": 11.0, "support": 11.0, "distance": 11.0, "stairs": 4.0, "shoes": 4.0, "sitting": 5.0,
    "transport": 1.0, "deformity": 4.0, "flexion_deg": 110, "abduction_deg": 20, "external_rotation_deg": 15,
    "adduction_deg": 15,
}  # fmt: skip


@pytest.mark.parametrize(
    ("now", "before", "count"),
    [
        ({"stage": "ARCO-2019:IIIA", "collapse": 2.0}, None, 0),
        ({"stage": "ARCO-2019:IIIA", "collapse": 2.1}, None, 1),
        ({"stage": "ARCO-2019:IIIB", "collapse": 2.0}, None, 1),
        ({"stage": "ARCO-2019:IIIB", "collapse": 2.1}, None, 0),
        ({"surgery": "tha"}, None, 0),
        ({"surgery": "tha", "stage": "ARCO-2019:IV"}, None, 1),
        ({"stage": "ARCO-2019:II"}, {"stage": "ARCO-1994:IIIA"}, 1),
        ({"stage": "ARCO-2019:IIIA"}, {"stage": "ARCO-1994:IIIC"}, 0),
        ({"stage": "ARCO-2019:II"}, {"surgery": "tha"}, 1),
        ({"surgery": "tha"}, {"surgery": "tha"}, 0),
    ],
)
def test_what_cannot_be_of_a_hip_is_told(now: dict[str, Any], before: dict[str, Any] | None, count: int) -> None:
    assert len(list(faults(hip(**now), hip(**before) if before else None))) == count


def test_old_and_new_stages_are_compared_by_collapse_alone() -> None:
    assert collapsed({"stage": "ARCO-1994:IIIA"}) is collapsed({"stage": "ARCO-2019:IIIA"}) is True
    assert collapsed({"stage": "Ficat-Arlet:IIB"}) is False
    assert collapsed({"stage": "ARCO-2019:IV", "surgery": "tha"}) is None


def test_a_whole_harris_score_is_a_hundred_and_a_missing_item_leaves_none() -> None:
    assert harris(FULL) == 100.0
    assert harris({**FULL, "limp": None}) is None
    assert harris({"harris": 71}) == 71


@pytest.mark.parametrize(
    ("item", "one", "other", "same"),
    [("collapse", 1.0, 2.0, True), ("collapse", 1.0, 2.1, False), ("stage", "ARCO-2019:II", "ARCO-2019:IIIA", False),
     ("effusion", False, None, True), ("volume", 20.0, 30.0, True), ("volume", 20.0, 30.5, False)],
)  # fmt: skip
def test_two_readings_agree_within_what_readings_differ(item: str, one: Any, other: Any, same: bool) -> None:
    assert agree(item, {item: one}, {item: other}) is same


def test_every_stage_has_words_and_every_harris_item_its_points() -> None:
    assert set(hip_opinions.STAGED) <= {code.split(":")[0] for code in hip_opinions.stages()}
    assert all(hip_opinions.options(item) for item in hip_opinions.HARRIS)


@pytest.mark.django_db
def test_each_expert_reads_alone_and_then_both_conclude(office: Office) -> None:
    one, person = office.staff[Role.ORTHOPAEDIST], office.people[0]
    other = office.another(Role.ORTHOPAEDIST)
    with acting_as(one):
        record(one, person, office.now, Field.HIPS, hips(hip(stage="ARCO-2019:II", volume=30.0)))
    with acting_as(other):
        said = opinions_of(other, person)
        assert open_to_reading(other, said, office.now) == []
        with pytest.raises(Refused, match="两份意见"):
            conclude(other, person, office.now, Field.HIPS, hips(hip()))
        record(other, person, office.now, Field.HIPS, hips(hip(stage="ARCO-2019:IIIA", volume=33.0)))
        assert len(open_to_reading(other, opinions_of(other, person), office.now)) == 2
        conclude(other, person, office.now, Field.HIPS, hips(hip(stage="ARCO-2019:II")))
    with acting_as(one), pytest.raises(Refused, match="刷新"):
        conclude(one, person, office.now, Field.HIPS, hips(hip(stage="ARCO-2019:IIIA")))


@pytest.mark.django_db
def test_a_corrected_opinion_follows_the_one_it_replaces(office: Office) -> None:
    one, person = office.staff[Role.ORTHOPAEDIST], office.people[0]
    with acting_as(one):
        for stage in ("ARCO-2019:II", "ARCO-2019:IIIA"):
            record(one, person, office.now, Field.HIPS, hips(hip(stage=stage)))
        assert [each.hip("l")["stage"] for each in opinions_of(one, person)] == ["ARCO-2019:IIIA"]
        assert Opinion.objects.count() == 2
        with pytest.raises(Refused, match="呼吸会诊"):
            record(one, person, office.now, Field.LUNGS, {"diagnosis": "正常"})


@pytest.mark.django_db(transaction=True)
def test_of_two_conclusions_at_once_one_wins(office: Office) -> None:
    person = office.people[0]
    experts = [office.staff[Role.ORTHOPAEDIST], office.another(Role.ORTHOPAEDIST)]
    for account in experts:
        with acting_as(account):
            record(account, person, office.now, Field.HIPS, hips(hip(stage="ARCO-2019:II")))
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def at_once(account: Account) -> None:
        ready.wait()
        try:
            with acting_as(account):
                conclude(account, person, office.now, Field.HIPS, hips(hip(stage="ARCO-2019:II")))
            outcomes.append("won")
        except Refused:
            outcomes.append("lost")
        finally:
            connection.close()

    threads = [threading.Thread(target=at_once, args=(each,)) for each in experts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes) == ["lost", "won"]


@pytest.mark.django_db
def test_the_form_keeps_both_hips_and_refuses_a_head_that_recovers(client: Client, office: Office) -> None:
    one, person = office.staff[Role.ORTHOPAEDIST], office.people[0]
    with acting_as(one):
        record(one, person, office.early, Field.HIPS, hips(hip(stage="ARCO-1994:IIIB", collapse=3.0)))
    sign_in(client, one)
    address = f"{person.get_absolute_url()}hips/"
    assert "2008：ARCO-1994 IIIB" in client.get(address).content.decode()
    sent = {"l_stage": "ARCO-2019:II", "r_stage": "ARCO-2019:I", "r_volume": "12.5"}
    refused = client.post(address, sent)
    assert refused.status_code == 422
    unread = client.post(address, {"l_stage": "ARCO-2019:IIIB", "l_collapse": "3"})
    assert (unread.status_code, "右髋还没有读" in unread.content.decode()) == (422, True)
    assert "塌陷的股骨头不会恢复" in refused.content.decode()
    assert client.post(address, {**sent, "sure": "on"}).status_code == 302
    with acting_as(one):
        assert opinions_of(one, person)[-1].hip("r") == {
            **opinions_of(one, person)[-1].hip("r"), "stage": "ARCO-2019:I", "volume": 12.5,
        }  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "points"),
    [
        (("no", "no", "no", "no"), 4.0),
        (("no", "no", "no", "yes"), 0.0),
        (("no", "no", "no", ""), None),
        (("yes", "", "", ""), 0.0),
    ],
)
def test_deformity_has_all_its_points_or_none(answers: tuple[str, ...], points: float | None) -> None:
    assert hip_opinions.deformity(dict(zip(hip_opinions.DEFORMITIES, answers, strict=True))) == points
