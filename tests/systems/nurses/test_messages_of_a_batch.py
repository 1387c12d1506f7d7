"""What a batch tells: one message an event to the hospital and to the desk, and one to each nurse, however many portions it takes."""

from contextlib import suppress
from datetime import timedelta

import pytest

from tests.systems.nurses.test_applied_for_twice import account_of
from tests.systems.nurses.test_collective_renewal import DUE, begun, employ, rows, taken_in
from yizheng.licensing.cases import notices
from yizheng.licensing.collective import batching, handing_in
from yizheng.licensing.models import Case
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.work.models import Notice

pytestmark = pytest.mark.django_db


def done(dossier, verb: str, actor: Account, reason: str = "") -> None:
    with acting_as(actor):
        cases = list(Case.objects.visible_to(actor).filter(dossier=dossier))
        made = batching.choose(actor, verb, cases, reason)
        batching.carry_out(made)
        assert not made.rows.exclude(problem="").exists()


def test_one_message_an_event(monkeypatch, hospital, haidian, acceptor, reviewer, decider):
    monkeypatch.setattr(handing_in, "PORTION", 2)
    monkeypatch.setattr(batching, "CHUNK", 2)
    people = [
        each for n in range(3) for each in employ(hospital, haidian, 2, DUE + timedelta(days=n), first=1 + 10 * n)
    ]
    accounts = [account_of(each) for each in people]
    dossier = begun(hospital.operator, hospital)
    taken_in(dossier, hospital.operator, rows(people))
    with acting_as(hospital.operator):
        handing_in.hand_in(dossier, hospital.operator)
    done(dossier, "accept", acceptor)
    done(dossier, "pass_review", reviewer)
    done(dossier, "grant", decider, "符合条件。")
    with acting_as_system("test"):
        told = list(Notice.objects.filter(kind="case").order_by("pk"))
    assert [each.title for each in told if each.account_id == hospital.operator.pk] == [
        "申请已受理，20 个工作日内作出决定（6 件）",
        "护士延续注册：准予延续注册（6 件）",
    ]
    assert len([each for each in told if each.scope_id == haidian.pk]) == 1
    for account in accounts:
        hers = [each.title for each in told if each.account_id == account.pk]
        assert len(hers) == 2
        assert "有效期至" in hers[1]


def test_what_did_not_happen_is_not_told(hospital, haidian):
    people = employ(hospital, haidian, 2)
    dossier = begun(hospital.operator, hospital)
    taken_in(dossier, hospital.operator, rows(people))
    with acting_as(hospital.operator):
        cases = list(Case.objects.filter(dossier=dossier))
    with notices.collected():
        with suppress(RuntimeError), notices.withdrawn_on_failure():
            notices.to_applicants([(cases[0], "申请已受理")])
            raise RuntimeError
        with notices.withdrawn_on_failure():
            notices.to_applicants([(cases[1], "申请已受理")])
    with acting_as_system("test"):
        assert [each.title for each in Notice.objects.filter(kind="case")] == [f"{cases[1].applicant_name}：申请已受理"]
