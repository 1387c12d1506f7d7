"""拟办: what follows from the end of an institution is listed to its authority and settled once, with a result in words."""

from datetime import date
from typing import ClassVar

import pytest
from django.test import Client

from tests.cast import Place, sign_in
from tests.matrix import AccessMatrix
from tests.systems.doctors.people_of_pages import license_house, make_doctor
from yizheng.licensing.deadlines.daily import run
from yizheng.licensing.models import Case, Proposal
from yizheng.people.models import Account, AuditEntry, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.models import Registration
from yizheng.systems.institutions.licensing import end_licence
from yizheng.systems.practitioners.amending import amend


@pytest.fixture
def proposal(institution: Place, haidian: Scope, decider: Account) -> Proposal:
    license_house(institution, haidian)
    make_doctor("林知夏", institution, haidian, by=decider)
    with (
        acting_as_system("test"),
        changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="注销") as change,
    ):
        end_licence(change, institution.subject.pk, on=date(2026, 6, 1), status="deregistered")
    with acting_as_system("test"):
        return Proposal.objects.get()


def settled() -> list[str]:
    with acting_as_system("test"):
        return list(Proposal.objects.exclude(settled_at=None).values_list("outcome", flat=True))


class TestWhoSeesTheList(AccessMatrix):
    url = "/proposals/"
    readers = ("reviewer", "decider", "other_district_clerk", "city_clerk")
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 405})


class TestWhoSettles(AccessMatrix):
    writers = ("reviewer", "decider")
    posted: ClassVar[dict[str, str]] = {"outcome": "已办理离岗备案"}
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 404, 405})

    @pytest.fixture
    def address(self, proposal: Proposal) -> str:
        self.proposal = proposal
        return f"/proposals/{proposal.pk}/settle/"

    def state(self) -> list[str]:
        return settled()

    def make_wrong(self) -> bool:
        with acting_as_system("test"):
            Proposal.objects.filter(pk=self.proposal.pk).update(settled_at="2026-06-02T02:00Z", outcome="已转区")
        return True


@pytest.mark.django_db
class TestSettling:
    def test_it_is_listed_counted_and_then_gone(self, client: Client, proposal: Proposal, reviewer: Account) -> None:
        sign_in(client, reviewer)
        page = client.get("/proposals/").content.decode()
        assert "林知夏须离岗备案或者变更主要执业机构" in page
        assert '拟办<span class="count">1</span>' in page
        answer = client.post(f"/proposals/{proposal.pk}/settle/", {"outcome": "已办理离岗备案"}, follow=True)
        assert "没有待处理的拟办" in answer.content.decode()
        assert settled() == ["已办理离岗备案"]
        assert AuditEntry.objects.filter(verb="proposal.settle", actor=reviewer).exists()

    def test_it_needs_words(self, client: Client, proposal: Proposal, reviewer: Account) -> None:
        answer = sign_in(client, reviewer).post(f"/proposals/{proposal.pk}/settle/", {"outcome": "  "})
        assert answer.status_code == 422
        assert "请写明处理结果" in answer.content.decode()
        assert settled() == []

    def test_who_comes_second_is_told_who_was_first(
        self, client: Client, proposal: Proposal, reviewer: Account, decider: Account
    ) -> None:
        address = f"/proposals/{proposal.pk}/settle/"
        sign_in(client, decider).post(address, {"outcome": "已变更机构"})
        answer = sign_in(client, reviewer).post(address, {"outcome": "已办理离岗备案"})
        assert answer.status_code == 409
        assert "秦决定 已于" in answer.content.decode()
        assert settled() == ["已变更机构"]

    def test_another_district_sees_nothing(
        self, client: Client, proposal: Proposal, other_district_clerk: Account
    ) -> None:
        assert "林知夏" not in sign_in(client, other_district_clerk).get("/proposals/").content.decode()


@pytest.fixture
def leaving(institution: Place, haidian: Scope, decider: Account) -> Proposal:
    """What the clock proposes about somebody who has been on leave for two years."""
    license_house(institution, haidian)
    made = make_doctor("林知夏", institution, haidian, by=decider)
    with acting_as_system("test"):
        now = Registration.objects.as_of(date(2024, 1, 2)).get(subject=made.subject)
        with changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
            amend(now, change, date(2024, 1, 2), status="LEFT", reason="L01", institution=None)
        run(date(2026, 1, 3))
        return Proposal.objects.get(consequence="doctor.clock.leave")


class TestWhoOpensTheAct(AccessMatrix):
    writers = ("reviewer",)
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 404, 405, 422})

    @pytest.fixture
    def address(self, leaving: Proposal) -> str:
        return f"/proposals/{leaving.pk}/begin/"

    def state(self) -> list[str]:
        return settled()


@pytest.mark.django_db
class TestOneClickToTheAct:
    def test_the_case_is_begun_with_its_facts_and_the_proposal_is_dealt_with(
        self, client: Client, leaving: Proposal, reviewer: Account
    ) -> None:
        sign_in(client, reviewer)
        assert "立案：注销医师执业注册" in client.get("/proposals/").content.decode()
        answer = client.post(f"/proposals/{leaving.pk}/begin/")
        with acting_as_system("test"):
            case = Case.objects.get(subject_id=leaving.subject_id)
        assert answer["Location"] == f"/desk/cases/{case.number}/"
        assert (case.item_code, case.state) == ("doctor_ex_officio_deregistration", "proposed")
        assert case.answers["ground"] == {"cause": "D12"}
        assert settled() == [f"已立案 {case.number}"]
        assert client.post(f"/proposals/{leaving.pk}/begin/").status_code == 404

    def test_what_leads_to_no_act_is_settled_in_words(
        self, client: Client, proposal: Proposal, reviewer: Account
    ) -> None:
        answer = sign_in(client, reviewer).post(f"/proposals/{proposal.pk}/begin/")
        assert answer.status_code == 422
        assert "没有对应的依职权事项" in answer.content.decode()
        assert settled() == []
