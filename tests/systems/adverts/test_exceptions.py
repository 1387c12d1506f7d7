"""初筛例外: what two persons found to be no violation is spared from then on, until two persons end it."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import sign_in
from tests.systems.adverts.conftest import WORDS, application, filed
from tests.systems.adverts.test_samples import codes
from yizheng.systems.adverts.models import ScreeningException
from yizheng.systems.adverts.review import exceptions
from yizheng.work import approval
from yizheng.work.models import Approval

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PHRASE = "教授路"


def send(desk, **sent: str) -> str:
    typed = {"rule": "f6", "phrase": PHRASE, "reason": "道路名称", **sent}
    answer = sign_in(Client(), desk.reviewer).post("/adverts/exceptions/propose/", typed, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_two_persons_spare_a_phrase_and_end_it(hospital, city_desk):
    rows = [{**row, "words": f"{WORDS}\n{PHRASE}"} for row in application()["samples"]["samples"]]
    case = filed(hospital, city_desk, samples={"samples": rows})
    assert "A-SCREEN" in codes(case, hospital.operator)
    assert "已提请" in send(city_desk)
    (asked,) = Approval.objects.waiting()
    with pytest.raises(approval.ApprovalRefused, match="不能批准自己"):
        approval.approve(asked.pk, city_desk.reviewer)
    with pytest.raises(approval.ApprovalRefused, match="没有批准"):
        approval.approve(asked.pk, city_desk.acceptor)
    approval.approve(asked.pk, city_desk.decider)
    exception = ScreeningException.objects.get()
    assert (exception.rule, exception.valid_from, exception.valid_to) == ("F6", TODAY, date.max)
    found = codes(case, hospital.operator)
    page = sign_in(Client(), city_desk.decider).get("/adverts/exceptions/").content.decode()
    assert PHRASE in page
    assert "A-SCREEN" not in found
    assert "已经在例外之中" in send(city_desk)
    ending = exceptions.propose_end(city_desk.reviewer, exception, "道路改名")
    approval.approve(ending.pk, city_desk.decider)
    exception.refresh_from_db()
    assert exception.valid_to < TODAY
    assert "A-SCREEN" in codes(case, hospital.operator)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"rule": "F6", "phrase": "教授"}, "本身就是禁用词"),
        ({"rule": "F2", "phrase": "眼科路"}, "不命中"),
        ({"phrase": " "}, "1 至 80 字"),
        ({"reason": " "}, "请写明理由"),
    ],
)
def test_no_exception_switches_a_rule_off(city_desk, sent, words):
    assert words in send(city_desk, **sent)
    assert not Approval.objects.exists()


def test_only_reviewers_of_the_organs_propose(city_desk, hospital):
    for stranger in (city_desk.acceptor, hospital.operator):
        answer = sign_in(Client(), stranger).post("/adverts/exceptions/propose/", {"rule": "F6", "phrase": PHRASE})
        assert answer.status_code == 403
    assert sign_in(Client(), hospital.operator).get("/adverts/exceptions/").status_code == 403
    client = sign_in(Client(), city_desk.reviewer)
    for chosen in ("", "x", "9" * 20, "1"):
        assert client.post("/adverts/exceptions/end/", {"exception": chosen, "reason": "停用"}).status_code == 302
    assert not Approval.objects.exists()
