"""The statistics of the desk and the page that begins an act of the authority: who reads them, what they count."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import sign_in
from tests.licensing import items as sample_items
from tests.matrix import AccessMatrix
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.people import vault
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import index_name

FILLED = {"about-id_number": "110108199604260027", "about-years": "5", "about-district": "110108"}
OFFICE = ("acceptor", "reviewer", "decider", "other_district_clerk", "city_clerk", "inspector")


class TestStatistics(AccessMatrix):
    url = "/desk/statistics/"
    readers = (*OFFICE, "analyst")


class TestBeginning(AccessMatrix):
    url = "/desk/initiate/"
    readers = ("reviewer", "other_district_clerk", "city_clerk")
    writers = ("reviewer", "other_district_clerk", "city_clerk")
    refused = frozenset({302, 403, 404, 405})


def decided(applicant: Account, haidian: Scope, decider: Account) -> Case:
    assert applicant.subject_id is not None
    with acting_as_system("test"):
        today = timezone.localdate()
        case = Case.objects.create(
            number="26-900001", item_code=sample_items.SampleLicence.code, rules_on=today, shape="licence",
            subject_id=applicant.subject_id, applicant_name="林知遥", authority_scope=haidian.pk,
            state=CaseState.GRANTED, clock_total=20, submitted_at=timezone.now(),
        )  # fmt: skip
        for verb, state in (("confirm", "received"), ("accept", "reviewing"), ("grant", "granted")):
            CaseEvent.objects.create(
                case=case, verb=verb, title=verb, at=timezone.now(), on=today, actor=decider, actor_name="秦决定",
                to_state=state, subject_id=applicant.subject_id, authority_scope=haidian.pk,
            )  # fmt: skip
    return case


@pytest.mark.django_db
def test_every_number_opens_its_rows(
    client: Client, applicant: Account, haidian: Scope, decider: Account, other_district_clerk: Account
) -> None:
    case = decided(applicant, haidian, decider)
    sign_in(client, decider)
    page = client.get("/desk/statistics/")
    (line,) = page.context["part"].rows
    assert (line.received, line.accepted, line.decided, line.rate, line.median_days) == (1, 1, 1, "100.0%", "0")
    assert [each.title for each in page.context["people"].rows] == ["秦决定"]
    shown = client.get(f"/desk/statistics/?show=decided&item={line.whose['item']}").content.decode()
    assert case.number in shown
    assert sign_in(Client(), other_district_clerk).get("/desk/statistics/").context["part"].rows == []


@pytest.mark.django_db
def test_a_reviewer_begins_an_act_about_somebody_she_finds(
    client: Client, applicant: Account, haidian: Scope, reviewer: Account
) -> None:
    vault.prepare()
    with acting_as_system("test"):
        index_name(applicant.subject_id or 0, "林知遥", [haidian.pk])
    sign_in(client, reviewer)
    assert "林知遥" in client.get("/desk/initiate/?q=林知遥").content.decode()
    about = {"subject": str(applicant.subject_id), "item": "sample_act"}
    page = client.get("/desk/initiate/", about).content.decode()
    assert "事实和证据" in page
    begun = {**about, "office": str(haidian.pk), "evidence": "连续两年没有执业", **FILLED}
    assert client.post("/desk/initiate/", {**begun, "evidence": " "}).status_code == 422
    answer = client.post("/desk/initiate/", begun)
    with acting_as_system("test"):
        case = Case.objects.get(item_code="sample_act")
    assert answer["Location"] == f"/desk/cases/{case.number}/"
    assert case.state == CaseState.PROPOSED
