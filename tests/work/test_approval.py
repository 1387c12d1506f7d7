"""One act needs two persons: the proposer never agrees, one decision wins, consent and act stand or fall together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from tests.cast import sign_in
from yizheng.people import vault
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account, AuditEntry
from yizheng.work import approval
from yizheng.work.models import Approval, ApprovalState, Notice

carried_out: list[int] = []


def carry_out(made: Approval) -> None:
    carried_out.append(made.pk)
    if made.payload.get("fails"):
        raise RuntimeError("the act failed")
    Notice.objects.create(kind="test", title="已办", account=made.proposer)


approval.ApprovalKind(
    "test.act",
    title="回退变更",
    may_decide=lambda held, made: held.account.kind == AccountKind.CLERK,
    carry_out=carry_out,
    describe=lambda made: f"第 {made.object_ref} 号变更",
)


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    carried_out.clear()


@pytest.fixture
def made(reviewer: Account) -> Approval:
    return approval.propose("test.act", "change:7", reviewer, {}, "登记有误")


@pytest.mark.django_db
class TestOneProposal:
    def test_a_second_person_agrees_and_the_act_is_done(self, made: Approval, decider: Account) -> None:
        done = approval.approve(made.pk, decider, "同意")
        assert (done.state, done.decider, done.opinion) == (ApprovalState.APPROVED, decider, "同意")
        assert carried_out == [made.pk]
        assert AuditEntry.objects.filter(verb="approval.approved", object_ref=f"approval:{made.pk}").exists()

    def test_the_proposer_cannot_agree(self, made: Approval, reviewer: Account) -> None:
        with pytest.raises(approval.ApprovalRefused, match="另一人"):
            approval.approve(made.pk, reviewer)
        assert carried_out == []

    def test_the_database_refuses_one_person_for_two(self, made: Approval) -> None:
        with pytest.raises(IntegrityError, match="two_persons"), transaction.atomic():
            Approval.objects.filter(pk=made.pk).update(decider=made.proposer)

    def test_somebody_without_the_right_cannot_agree(self, made: Approval, applicant: Account) -> None:
        with pytest.raises(approval.ApprovalRefused, match="没有批准"):
            approval.approve(made.pk, applicant)

    def test_a_rejection_needs_a_reason_and_does_nothing(self, made: Approval, decider: Account) -> None:
        with pytest.raises(approval.ApprovalRefused, match="写明理由"):
            approval.reject(made.pk, decider, " ")
        assert approval.reject(made.pk, decider, "依据不足").state == ApprovalState.REJECTED
        assert carried_out == []

    def test_a_decided_proposal_names_who_decided(self, made: Approval, decider: Account, acceptor: Account) -> None:
        approval.approve(made.pk, decider)
        with pytest.raises(approval.ApprovalRefused, match=decider.display_name):
            approval.reject(made.pk, acceptor, "不同意")

    def test_an_overdue_proposal_cannot_be_decided_and_makes_room(
        self, made: Approval, reviewer: Account, decider: Account
    ) -> None:
        Approval.objects.filter(pk=made.pk).update(expires=timezone.now() - timedelta(seconds=1))
        with pytest.raises(approval.ApprovalRefused, match="过期"):
            approval.approve(made.pk, decider)
        approval.propose("test.act", "change:7", reviewer, {}, "仍有误")
        made.refresh_from_db()
        assert made.state == ApprovalState.EXPIRED

    def test_the_same_act_is_proposed_once(self, made: Approval, acceptor: Account) -> None:
        with pytest.raises(approval.ApprovalRefused, match="已有待批准"):
            approval.propose("test.act", "change:7", acceptor, {}, "也觉得有误")

    def test_a_proposal_needs_a_reason(self, reviewer: Account) -> None:
        with pytest.raises(approval.ApprovalRefused, match="理由"):
            approval.propose("test.act", "change:8", reviewer, {}, "")

    def test_nobody_proposes_an_unknown_act(self, reviewer: Account) -> None:
        with pytest.raises(LookupError):
            approval.propose("test.unknown", "change:8", reviewer, {}, "试")

    def test_overdue_proposals_end_by_the_clock(self, made: Approval) -> None:
        assert approval.expire_overdue() == 0
        Approval.objects.filter(pk=made.pk).update(expires=timezone.now())
        assert approval.expire_overdue() == 1


@pytest.mark.django_db
def test_a_failing_act_takes_the_consent_back(reviewer: Account, decider: Account) -> None:
    made = approval.propose("test.act", "change:9", reviewer, {"fails": True}, "登记有误")
    with pytest.raises(RuntimeError):
        approval.approve(made.pk, decider)
    made.refresh_from_db()
    assert (made.state, made.decider) == (ApprovalState.PROPOSED, None)
    assert not AuditEntry.objects.filter(verb="approval.approved").exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_agree_at_once_one_wins(reviewer: Account, decider: Account, acceptor: Account) -> None:
    made = approval.propose("test.act", "change:7", reviewer, {}, "登记有误")
    start = Barrier(8)

    def agree(account: Account) -> str:
        try:
            start.wait(10)
            approval.approve(made.pk, account)
        except approval.ApprovalRefused as refusal:
            return str(refusal)
        else:
            return "won"
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(agree, [decider, acceptor] * 4))
    assert answers.count("won") == 1
    assert all("已于" in answer for answer in answers if answer != "won")
    assert len(carried_out) == 1


@pytest.mark.django_db
class TestThePage:
    def test_it_shows_what_waits_and_lets_the_second_person_agree(
        self, client: Client, made: Approval, decider: Account
    ) -> None:
        page = sign_in(client, decider).get("/work/approvals/").content.decode()
        assert "第 change:7 号变更" in page
        assert "登记有误" in page
        assert client.post(f"/work/approvals/{made.pk}/", {"verdict": "approve"}).status_code == 302
        assert carried_out == [made.pk]
        assert "没有等您批准的事项" in client.get("/work/approvals/").content.decode()

    def test_the_proposer_sees_why_the_buttons_are_missing(
        self, client: Client, made: Approval, reviewer: Account
    ) -> None:
        page = sign_in(client, reviewer).get("/work/approvals/").content.decode()
        assert "须由另一人批准" in page
        refused = client.post(f"/work/approvals/{made.pk}/", {"verdict": "approve"})
        assert refused.status_code == 409
        assert "不能批准自己的提请" in refused.content.decode()

    def test_others_see_nothing(self, client: Client, made: Approval, applicant: Account) -> None:
        assert "登记有误" not in sign_in(client, applicant).get("/work/approvals/").content.decode()

    def test_deciding_needs_a_post_and_a_recent_sign_in(self, client: Client, made: Approval, decider: Account) -> None:
        vault.prepare()
        sign_in(client, decider, recently=False)
        assert client.get(f"/work/approvals/{made.pk}/").status_code == 200
        assert carried_out == []
        answer = client.post(f"/work/approvals/{made.pk}/", {"verdict": "approve"})
        assert answer.status_code == 302
        assert "confirm" in answer.headers["Location"]
        assert carried_out == []

    def test_an_unknown_proposal_is_not_found(self, client: Client, decider: Account) -> None:
        assert sign_in(client, decider).post("/work/approvals/999/", {"verdict": "approve"}).status_code == 404
